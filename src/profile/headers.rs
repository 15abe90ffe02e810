//! The headers of a profile, ready to be filled.

use crate::Error;
use crate::body::ContentType;
use crate::bug::bug;
use crate::json::Value;
use crate::replacer::{Grammar, Template};

/// The checked headers.
#[derive(Debug, Default)]
pub(crate) struct Headers {
    list: Vec<Header>,
    /// What the content-type header says, if there is one.
    content_type: Option<ContentType>,
}

/// A header that callbacks carry. `Debug` shows the name only: the value may be a credential.
pub struct Header {
    name: String,
    value: String,
    pub(crate) template: Template,
}

impl Header {
    /// The name as it was sent; unique without regard to case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value that every callback has, without the blanks around it; `None` if it has replacers.
    pub(crate) fn constant(&self) -> Option<&str> {
        self.template.constant().map(|value| value.trim_matches([' ', '\t']))
    }

    /// The value as it was sent, replacers unfilled. It may be a credential.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl std::fmt::Debug for Header {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Header").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Headers {
    /// Compiles the object that the rules accepted.
    pub(super) fn of(object: Value<'_>) -> Result<Headers, Error> {
        let mut headers = Headers { list: Vec::with_capacity(object.len()), content_type: None };
        for (name, value) in object.members() {
            let text = value.as_str().ok_or_else(|| bug("the value of a checked header is a string"))?;
            if name.eq_ignore_ascii_case("content-type") {
                let content_type = ContentType::parse(text);
                headers.content_type = Some(content_type.map_err(|_| bug("a checked content type is one"))?);
            }
            let template = Template::compile(text, Grammar::Names);
            headers.list.push(Header { name: name.to_owned(), value: text.to_owned(), template });
        }
        Ok(headers)
    }

    pub(super) fn list(&self) -> &[Header] {
        &self.list
    }

    /// The media type that a header sets, in lower case and without parameters.
    pub(crate) fn content_type(&self) -> Option<&ContentType> {
        self.content_type.as_ref()
    }
}
