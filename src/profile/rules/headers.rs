//! `headers`: names and values that cannot change the request around them (RFC 9110 §5).

use std::collections::BTreeSet;

use super::context::{Check, Source};
use crate::ascii::Kinds;
use crate::body::ContentType;
use crate::json::{Kind, Value};
use crate::replacer::{Grammar, count, has_names};
use crate::report::{AdvisoryCode, Pointer, Rule};

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

/// Judges the headers and gives back their object.
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
    let mut names = BTreeSet::new();
    let mut bytes: usize = 0;
    for (index, (name, value)) in object.members().enumerate() {
        let here = place.member(name);
        let text = check_value(value, here, check);
        check_name(name, here, check, || is_duplicate(object, index, name, &mut names));
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

/// The body is compiled for its type, so the type and a constant boundary must be known and right now.
fn check_content_type(text: &str, here: Pointer<'_>, check: &mut Check<'_>) {
    if has_names(text) {
        check.violations.add(here, Rule::new("content_type", "must NOT have replacers in the media type"));
    } else if let Err(rule) = ContentType::parse(text) {
        check.violations.add(here, Rule::new("content_type", rule));
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

fn check_name(name: &str, here: Pointer<'_>, check: &mut Check<'_>, is_duplicate: impl FnOnce() -> bool) {
    let limit = check.options.limits.header_name_bytes;
    let rule = if name.len() > limit {
        Rule::new("header_name", format!("must have a name of at most {limit} bytes"))
    } else if name.is_empty() || !Kinds::of(name).are_within(Kinds::TCHAR) {
        Rule::new("header_name", "must have a name of letters, digits and !#$%&'*+-.^_`|~")
    } else if is_refused(name) {
        Rule::new("refused_header", "must NOT be set: the sender decides this header")
    } else if is_duplicate() {
        Rule::new("duplicate_header", "must NOT be there twice: header names have no case")
    } else {
        return;
    };
    check.violations.add(here, rule);
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
    if !Kinds::of(text).are_within(Kinds::HEADER_VALUE) {
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
