//! `headers`: names and values that cannot change the request around them (RFC 9110 §5).

use std::collections::BTreeSet;

use http::HeaderName;

use super::check::Check;
use super::content_type::{BodyType, is_boundary};
use crate::json::{Kind, Value};
use crate::replacer::{Grammar, Template};
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

pub(crate) fn check(value: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Headers> {
    let source = check.object_or_text(value, place)?;
    check_object(source.object(), place, check)
}

fn check_object(object: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Headers> {
    let before = check.violations.found();
    let limits = check.options.limits;
    if object.len() > limits.headers {
        check.violations.add(place, Rule::at_most_properties(limits.headers));
    }
    let mut headers = Headers::default();
    let mut names = BTreeSet::new();
    let mut bytes: usize = 0;
    for (name, value) in object.members() {
        let here = place.member(name);
        let text = check_value(value, here, check);
        check_name(name, here, &mut names, check);
        bytes = bytes.saturating_add(name.len()).saturating_add(text.map_or(0, str::len));
        let Some(text) = text else { continue };
        let template = Template::compile(text, Grammar::Names);
        check.count_replacers(template.replacers(), here);
        advise(name, text, here, check);
        if name.eq_ignore_ascii_case("content-type") {
            check_content_type(text, &template, here, check);
            headers.content_type = text.split(';').next().map(|media| media.trim().to_ascii_lowercase());
        }
        headers.list.push(Header { name: name.to_owned(), value: text.to_owned(), template });
    }
    if bytes > limits.headers_bytes {
        let text = format!("must NOT have more than {} bytes in all", limits.headers_bytes);
        check.violations.add(place, Rule::new("headers_bytes", text));
    }
    (check.violations.found() == before).then_some(headers)
}

/// The body is compiled for its type, so the type and a constant boundary must be known and right now.
fn check_content_type(text: &str, template: &Template, here: Pointer<'_>, check: &mut Check<'_>) {
    let media_type = text.split(';').next().unwrap_or_default();
    if Template::compile(media_type, Grammar::Names).constant().is_none() {
        check.violations.add(here, Rule::new("content_type", "must NOT have replacers in the media type"));
    }
    if let Some(BodyType::Multipart { boundary: Some(boundary) }) = BodyType::of(text)
        && template.constant().is_some()
        && !is_boundary(boundary)
    {
        let text = "must have a boundary of 1 to 70 characters as RFC 2046 allows them";
        check.violations.add(here, Rule::new("content_type", text));
    }
}

fn check_name<'d>(
    name: &'d str,
    here: Pointer<'_>,
    names: &mut BTreeSet<String>,
    check: &mut Check<'_>,
) -> Option<&'d str> {
    let limit = check.options.limits.header_name_bytes;
    let rule = if name.len() > limit {
        Rule::new("header_name", format!("must have a name of at most {limit} bytes"))
    } else {
        // The parser knows RFC 9110's tokens, and gives the name in lower case.
        match HeaderName::from_bytes(name.as_bytes()) {
            Err(_) => Rule::new("header_name", "must have a name of letters, digits and !#$%&'*+-.^_`|~"),
            Ok(lower) if REFUSED.contains(&lower.as_str()) || lower.as_str().starts_with(REFUSED_PREFIX) => {
                Rule::new("refused_header", "must NOT be set: the sender decides this header")
            }
            Ok(lower) if !names.insert(lower.as_str().to_owned()) => {
                Rule::new("duplicate_header", "must NOT be there twice: header names have no case")
            }
            Ok(_) => return Some(name),
        }
    };
    check.violations.add(here, rule);
    None
}

fn check_value<'d>(value: Value<'d>, here: Pointer<'_>, check: &mut Check<'_>) -> Option<&'d str> {
    let limit = check.options.limits.header_value_bytes;
    if value.kind() != Kind::String {
        check.violations.add(here, Rule::type_is("string"));
        return None;
    }
    let text = value.as_str()?;
    let before = check.violations.found();
    if text.chars().nth(limit).is_some() {
        check.violations.add(here, Rule::at_most_characters(limit));
    }
    if !text.bytes().all(|byte| byte == b'\t' || byte == b' ' || byte.is_ascii_graphic()) {
        check.violations.add(here, Rule::new("header_value", "must be visible ASCII, spaces and tabs"));
    }
    (check.violations.found() == before).then_some(text)
}

fn advise(name: &str, value: &str, here: Pointer<'_>, check: &mut Check<'_>) {
    let name = name.to_ascii_lowercase();
    let is_metadata = name == "metadata-flavor"
        || name == "x-metadata-token"
        || name.starts_with("x-aws-ec2-metadata-token");
    if is_metadata {
        let rule = Rule::new("metadata_header", "must NOT be a header of cloud metadata services");
        check.advise(AdvisoryCode::MetadataHeader, here, rule);
    } else if !value.is_empty() && SECRET_PARTS.iter().any(|part| name.contains(part)) {
        check.note(AdvisoryCode::SecretInHeader, here);
    }
}
