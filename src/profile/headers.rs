//! The headers of a profile, ready to be filled.

use crate::Error;
use crate::body::ContentType;
use crate::bug::bug;
use crate::json::Value;
use crate::replacer::{Grammar, Part, ProgramWriter, as_it_is, constant};

/// The checked headers.
#[derive(Debug, Default)]
pub(crate) struct Headers {
    list: Box<[Header]>,
    /// What the content-type header says, if there is one.
    content_type: Option<ContentType>,
}

/// A header that callbacks carry. `Debug` shows the name only: the value may be a credential.
pub struct Header {
    name: Box<str>,
    value: Box<str>,
    pub(crate) template: Part,
}

impl Header {
    /// The name as it was sent; unique without regard to case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether every callback has this value, without regard to the blanks around it.
    pub(crate) fn is_always(&self, value: &str) -> bool {
        constant(&self.value).is_some_and(|own| own.trim_matches([' ', '\t']) == value)
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
    pub(super) fn of(program: &mut ProgramWriter, object: Value<'_>) -> Result<Headers, Error> {
        let (mut list, mut own_type) = (Vec::with_capacity(object.len()), None);
        for (name, value) in object.members() {
            let text = value.as_str().ok_or_else(|| bug("the value of a checked header is a string"))?;
            if name.eq_ignore_ascii_case("content-type") {
                let content_type = ContentType::parse(text);
                own_type = Some(content_type.map_err(|_| bug("a checked content type is one"))?);
            }
            let template = program.template_part(text, Grammar::Names, as_it_is);
            list.push(Header { name: name.into(), value: text.into(), template });
        }
        Ok(Headers { list: list.into(), content_type: own_type })
    }

    pub(super) fn list(&self) -> &[Header] {
        &self.list
    }

    /// The media type that a header sets, in lower case and without parameters.
    pub(crate) fn content_type(&self) -> Option<&ContentType> {
        self.content_type.as_ref()
    }
}
