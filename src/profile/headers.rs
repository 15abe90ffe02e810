//! The headers of a profile, ready to be filled.

use crate::body::ContentType;
use crate::json::Value;
use crate::replacer::{Grammar, Template};

/// The checked headers.
#[derive(Debug, Default)]
pub(crate) struct Headers {
    list: Vec<Header>,
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
    pub(crate) fn list(&self) -> &[Header] {
        &self.list
    }

    /// What the content-type header says, if there is one.
    pub(crate) fn content_type(&self) -> Option<&ContentType> {
        self.content_type.as_ref()
    }
}

impl Headers {
    /// Compiles the object that the rules accepted.
    pub(crate) fn of(object: Value<'_>) -> Headers {
        let mut headers = Headers { list: Vec::with_capacity(object.len()), content_type: None };
        for (name, value) in object.members() {
            let text = value.as_str().unwrap_or_default();
            if name.eq_ignore_ascii_case("content-type") {
                headers.content_type = ContentType::parse(text).ok();
                debug_assert!(headers.content_type.is_some(), "the rules accept a media type only");
            }
            let template = Template::compile(text, Grammar::Names);
            headers.list.push(Header { name: name.to_owned(), value: text.to_owned(), template });
        }
        headers
    }
}
