//! `headers`: names and values that cannot change the request around them (RFC 9110 §5).

use std::collections::BTreeSet;

use super::context::{Check, Source};
use crate::ascii::Kinds;
use crate::body::{ContentKind, ContentType};
use crate::json::{Document, Value};
use crate::replacer::{Grammar, TextOf, count, has_names};
use crate::report::{AdvisoryCode, Pointer, Refused, Rule};

/// Headers that the transport decides, or that would let a profile speak for a proxy.
const REFUSED: [&str; 13] = [
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
    "proxy",
    "content-encoding",
    "content-range",
];
const REFUSED_PREFIX: &str = "proxy-";
/// What the headers of a signature begin with.
const SIGNATURE_PREFIX: &str = "webhook-";

/// Parts of names that credentials are sent under.
const SECRET_PARTS: [&str; 9] =
    ["auth", "token", "secret", "passw", "api-key", "apikey", "access-key", "cookie", "credential"];

/// Checks the headers and gives back their object.
pub(super) fn check<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<Source<'d>, Refused> {
    let source = check.object_or_text(value, pointer)?;
    let before = check.violations.found();
    check_object(source.object(), pointer, check);
    check.violations.none_since(before)?;
    Ok(source)
}

fn check_object(object: Value<'_>, pointer: Pointer<'_>, check: &mut Check<'_>) {
    let limits = check.options.limits;
    if object.len() > limits.headers {
        check.violations.add(pointer, Rule::at_most_properties(limits.headers));
    }
    let mut names = BTreeSet::new();
    let mut bytes: usize = 0;
    for (index, (name, value)) in object.members().enumerate() {
        let pointer = pointer.member(name);
        let text = check_value(value, pointer, check);
        check_name(name, pointer, check, || is_duplicate(object, index, name, &mut names));
        bytes = bytes.saturating_add(name.len());
        let Ok(text) = text else { continue };
        bytes = bytes.saturating_add(text.len());
        check.count_replacers(count(text, Grammar::Names), pointer);
        check.note_suspicious(text, TextOf::Value, pointer);
        advise(name, text, pointer, check);
        if name.eq_ignore_ascii_case("content-type") {
            check_content_type(text, pointer, check);
        }
    }
    if bytes > limits.headers_bytes {
        let text = format!("must NOT have more than {} bytes in all", limits.headers_bytes);
        check.violations.add(pointer, Rule::new("headers_bytes", text));
    }
}

/// What the content-type header says, whether the other headers obey the rules or not.
pub(super) fn content_type(value: Value<'_>, check: &Check<'_>) -> Option<ContentType> {
    let find = |object: Value<'_>| {
        let header = object.members().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        header.and_then(|(_, value)| ContentType::parse(value.as_str()?).ok())
    };
    match value.as_str() {
        None => find(value),
        Some(text) => {
            Document::read(text.as_bytes(), &check.options.limits).ok().and_then(|read| find(read.root()))
        }
    }
}

/// The body is compiled for its media type, so the type must be constant and have one meaning.
fn check_content_type(text: &str, pointer: Pointer<'_>, check: &mut Check<'_>) {
    if has_names(text) {
        check.violations.add(pointer, Rule::new("content_type", "must NOT have replacers"));
        return;
    }
    match ContentType::parse(text) {
        Err(expected) => {
            check.violations.add(pointer, Rule::new("content_type", format!("must be {expected}")));
        }
        Ok(_) if !check.sends_body => check.note(AdvisoryCode::UnusedContentType, pointer),
        Ok(content_type) if content_type.kind() == ContentKind::Other => {
            let rule = Rule::new("content_type_mismatch", "must be a type of JSON, form or multipart bodies");
            check.advise(AdvisoryCode::ContentTypeMismatch, pointer, rule);
        }
        Ok(_) => {}
    }
}

/// Objects with more headers than this find equal names by a set; fewer are compared one by one, which copies nothing.
const FEW: usize = 64;

/// Whether a header before the one at `index` has its name, in whatever case. `names` is the set of many names.
fn is_duplicate(object: Value<'_>, index: usize, name: &str, names: &mut BTreeSet<String>) -> bool {
    if object.len() > FEW {
        return !names.insert(name.to_ascii_lowercase());
    }
    object.members().take(index).any(|(other, _)| other.eq_ignore_ascii_case(name))
}

fn check_name(name: &str, pointer: Pointer<'_>, check: &mut Check<'_>, is_duplicate: impl FnOnce() -> bool) {
    let limit = check.options.limits.header_name_bytes;
    let rule = if name.len() > limit {
        Rule::new("header_name", format!("must have a name of at most {limit} bytes"))
    } else if name.is_empty() || !Kinds::of(name).are_within(Kinds::TCHAR) {
        Rule::new("header_name", "must have a name of letters, digits and !#$%&'*+-.^_`|~")
    } else if check.options.signed && starts_with(name, SIGNATURE_PREFIX) {
        Rule::new("refused_header", "must NOT be set: signing adds this header")
    } else if is_refused(name) {
        Rule::new("refused_header", "must NOT be set: the sender decides this header")
    } else if is_duplicate() {
        Rule::new("duplicate_header", "must NOT be there twice: header names have no case")
    } else {
        return;
    };
    check.violations.add(pointer, rule);
}

fn is_refused(name: &str) -> bool {
    REFUSED.iter().any(|refused| name.eq_ignore_ascii_case(refused)) || starts_with(name, REFUSED_PREFIX)
}

fn starts_with(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn check_value<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<&'d str, Refused> {
    let limit = check.options.limits.header_value_bytes;
    let text = check.string(value, pointer)?;
    let before = check.violations.found();
    if text.len() > limit && text.chars().nth(limit).is_some() {
        check.violations.add(pointer, Rule::at_most_characters(limit));
    }
    if !Kinds::of(text).are_within(Kinds::HEADER_VALUE) {
        check.violations.add(pointer, Rule::new("header_value", "must be visible ASCII, spaces and tabs"));
    }
    check.violations.none_since(before)?;
    Ok(text)
}

fn advise(name: &str, value: &str, pointer: Pointer<'_>, check: &mut Check<'_>) {
    let is_metadata = name.eq_ignore_ascii_case("metadata-flavor")
        || name.eq_ignore_ascii_case("x-metadata-token")
        || starts_with(name, "x-aws-ec2-metadata-token");
    if is_metadata {
        let rule = Rule::new("metadata_header", "must NOT be a header of cloud metadata services");
        check.advise(AdvisoryCode::MetadataHeader, pointer, rule);
    } else if is_forwarding(name) {
        let rule = Rule::new("forwarding_header", "must NOT be a header in which proxies name the client");
        check.advise(AdvisoryCode::ForwardingHeader, pointer, rule);
    } else if check.notes() && !value.is_empty() && is_secret(name) {
        check.note(AdvisoryCode::SecretInHeader, pointer);
    }
}

fn is_forwarding(name: &str) -> bool {
    ["forwarded", "via", "x-real-ip"].iter().any(|known| name.eq_ignore_ascii_case(known))
        || starts_with(name, "x-forwarded-")
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_PARTS.iter().any(|part| name.contains(part))
}
