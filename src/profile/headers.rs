//! `headers`: names and values that cannot change the request around them (RFC 9110 §5).

use std::collections::BTreeSet;

use super::check::{Check, Source};
use super::content_type::{BodyType, is_boundary};
use crate::json::{Kind, Value};
use crate::replacer::{Grammar, Template, count, has_names};
use crate::report::{AdvisoryCode, Pointer, Rule};

/// The checked headers.
#[derive(Debug, Default)]
pub(crate) struct Headers {
    list: Vec<Header>,
    /// The media type of the content-type header, in lower case, without parameters.
    content_type: Option<String>,
}

/// A header that callbacks carry. `Debug` shows the name only: the value may be a credential.
pub struct Header {
    name: String,
    value: String,
    pub(crate) template: Template,
}

/// What the transport decides, or what would let a profile speak for a proxy. SPEC §2.
const REFUSED: [&str; 10] = [
    "host",
    "content-length",
    "transfer-encoding",
    "te",
    "trailer",
    "connection",
    "keep-alive",
    "upgrade",
    "expect",
    "http2-settings",
];
const REFUSED_PREFIX: &str = "proxy-";

/// Parts of names that credentials are sent under.
const SECRET_PARTS: [&str; 9] =
    ["auth", "token", "secret", "passw", "api-key", "apikey", "access-key", "cookie", "credential"];

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

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}

/// Judges the headers and gives back their object, which [`Headers::of`] compiles.
pub(crate) fn check<'d>(value: Value<'d>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Source<'d>> {
    let source = check.object_or_text(value, place)?;
    check_object(source.object(), place, check).then_some(source)
}

fn check_object(object: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) -> bool {
    let before = check.violations.found();
    let limits = check.options.limits;
    if object.len() > limits.headers {
        check.violations.add(place, Rule::at_most_properties(limits.headers));
    }
    let mut names = Names::of(object);
    let mut bytes: usize = 0;
    for (name, value) in object.members() {
        let here = place.member(name);
        let text = check_value(value, here, check);
        check_name(name, here, &mut names, check);
        bytes = bytes.saturating_add(name.len()).saturating_add(text.map_or(0, str::len));
        let Some(text) = text else { continue };
        check.count_replacers(count(text, Grammar::Names), here);
        advise(name, text, here, check);
        if name.eq_ignore_ascii_case("content-type") {
            check_content_type(text, here, check);
        }
    }
    if bytes > limits.headers_bytes {
        let text = format!("must NOT have more than {} bytes in all", limits.headers_bytes);
        check.violations.add(place, Rule::new("headers_bytes", text));
    }
    check.violations.found() == before
}

impl Headers {
    /// Compiles the object that [`check`] accepted.
    pub(crate) fn of(object: Value<'_>) -> Headers {
        let mut headers = Headers { list: Vec::with_capacity(object.len()), content_type: None };
        for (name, value) in object.members() {
            let text = value.as_str().unwrap_or_default();
            if name.eq_ignore_ascii_case("content-type") {
                headers.content_type = text.split(';').next().map(|media| media.trim().to_ascii_lowercase());
            }
            let template = Template::compile(text, Grammar::Names);
            headers.list.push(Header { name: name.to_owned(), value: text.to_owned(), template });
        }
        headers
    }
}

/// The body is compiled for its type, so the type and a constant boundary must be known and right now.
fn check_content_type(text: &str, here: Pointer<'_>, check: &mut Check<'_>) {
    let media_type = text.split(';').next().unwrap_or_default();
    if has_names(media_type) {
        check.violations.add(here, Rule::new("content_type", "must NOT have replacers in the media type"));
    }
    if let Some(BodyType::Multipart { boundary: Some(boundary) }) = BodyType::of(text)
        && !has_names(text)
        && !is_boundary(boundary)
    {
        let text = "must have a boundary of 1 to 70 characters as RFC 2046 allows them";
        check.violations.add(here, Rule::new("content_type", text));
    }
}

/// The names before the one that is looked at, to find those that differ only in case.
enum Names<'d> {
    /// Few headers are compared one by one, which copies nothing.
    Few(Vec<&'d str>),
    /// Many, in lower case.
    Many(BTreeSet<String>),
}

/// Headers up to this many are [`Names::Few`].
const FEW: usize = 64;

impl<'d> Names<'d> {
    fn of(object: Value<'d>) -> Names<'d> {
        if object.len() > FEW {
            Names::Many(BTreeSet::new())
        } else {
            Names::Few(Vec::with_capacity(object.len()))
        }
    }

    /// Whether the name is a new one.
    fn insert(&mut self, name: &'d str) -> bool {
        match self {
            Names::Many(names) => names.insert(name.to_ascii_lowercase()),
            Names::Few(names) => {
                let is_new = !names.iter().any(|known| known.eq_ignore_ascii_case(name));
                names.push(name);
                is_new
            }
        }
    }
}

fn check_name<'d>(name: &'d str, here: Pointer<'_>, names: &mut Names<'d>, check: &mut Check<'_>) {
    let limit = check.options.limits.header_name_bytes;
    let rule = if name.len() > limit {
        Rule::new("header_name", format!("must have a name of at most {limit} bytes"))
    } else if !is_token(name) {
        Rule::new("header_name", "must have a name of letters, digits and !#$%&'*+-.^_`|~")
    } else if is_refused(name) {
        Rule::new("refused_header", "must NOT be set: the sender decides this header")
    } else if !names.insert(name) {
        Rule::new("duplicate_header", "must NOT be there twice: header names have no case")
    } else {
        return;
    };
    check.violations.add(here, rule);
}

/// `token` of RFC 9110 §5.6.2.
fn is_token(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}

fn is_refused(name: &str) -> bool {
    REFUSED.iter().any(|refused| name.eq_ignore_ascii_case(refused)) || starts_with(name, REFUSED_PREFIX)
}

fn starts_with(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn check_value<'d>(value: Value<'d>, here: Pointer<'_>, check: &mut Check<'_>) -> Option<&'d str> {
    let limit = check.options.limits.header_value_bytes;
    if value.kind() != Kind::String {
        check.violations.add(here, Rule::type_is("string"));
        return None;
    }
    let text = value.as_str()?;
    let before = check.violations.found();
    if text.len() > limit && text.chars().nth(limit).is_some() {
        check.violations.add(here, Rule::at_most_characters(limit));
    }
    if !text.bytes().all(|byte| byte == b'\t' || byte == b' ' || byte.is_ascii_graphic()) {
        check.violations.add(here, Rule::new("header_value", "must be visible ASCII, spaces and tabs"));
    }
    (check.violations.found() == before).then_some(text)
}

fn advise(name: &str, value: &str, here: Pointer<'_>, check: &mut Check<'_>) {
    let is_metadata = name.eq_ignore_ascii_case("metadata-flavor")
        || name.eq_ignore_ascii_case("x-metadata-token")
        || starts_with(name, "x-aws-ec2-metadata-token");
    if is_metadata {
        let rule = Rule::new("metadata_header", "must NOT be a header of cloud metadata services");
        check.advise(AdvisoryCode::MetadataHeader, here, rule);
    } else if check.notes() && !value.is_empty() && is_secret(name) {
        check.note(AdvisoryCode::SecretInHeader, here);
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_PARTS.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_those_of_the_http_crate() {
        for byte in 0..=u8::MAX {
            for name in [vec![byte], vec![b'a', byte], vec![byte, b'-', b'Z']] {
                let Ok(name) = String::from_utf8(name) else { continue };
                assert_eq!(
                    is_token(&name),
                    http::HeaderName::from_bytes(name.as_bytes()).is_ok(),
                    "{name:?}"
                );
            }
        }
        assert!(!is_token("") && !is_token("é"));
    }
}
