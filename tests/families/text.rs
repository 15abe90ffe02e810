//! Texts of a size.

use callback_profile::{ParseOptions, Profile};

use super::Work;

/// `unit` as often as fits in `size` bytes, at least once.
pub(super) fn repeat(unit: &str, size: usize) -> String {
    unit.repeat((size / unit.len()).max(1))
}

/// The units of the numbers from 0 on, with commas, until `size` bytes are reached.
pub(super) fn list(size: usize, unit: impl Fn(usize) -> String) -> String {
    joined(size, ",", unit)
}

/// The same with any separator.
pub(super) fn joined(size: usize, separator: &str, unit: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for number in 0.. {
        out.push_str(&unit(number));
        if out.len() >= size {
            break;
        }
        out.push_str(separator);
    }
    out
}

/// Members of a body, until `size` bytes are reached: each is filled with the same value.
pub(super) fn names(size: usize) -> String {
    list(size, |n| format!(r#""n{n}":"<m>""#))
}

/// Headers of a payload, behind other members: a body is a form.
pub(super) const FORM: &str = r#","headers":{"content-type":"application/x-www-form-urlencoded"}"#;
/// The same for a multipart body.
pub(super) const MULTIPART: &str = r#","headers":{"content-type":"multipart/form-data"}"#;

/// A text as a JSON string.
pub(super) fn json(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
    format!("\"{text}\"")
}

/// A payload with these members besides title, method and URL.
pub(super) fn payload(members: &str) -> String {
    format!(r#"{{"title":"family","http_method":"POST","url":"https://example.com/",{members}}}"#)
}

/// A payload that is sent by GET.
pub(super) fn payload_of_url(url: &str, members: &str) -> String {
    let url = json(url);
    format!(r#"{{"title":"family","http_method":"GET","url":{url}{members}}}"#)
}

/// Encryption, with more members.
pub(super) fn enc(more: &str) -> String {
    format!(r#""enc":{{"algo":"AES-128-GCM","key":"K1abcdefghijkl2P","IV":"POabcdefghijklLY"{more}}}"#)
}

pub(super) fn parse(members: &str, options: &ParseOptions) -> Work {
    Work::Parse(payload(members), *options)
}

/// The title of the profile that stands in for one that the limits refuse.
pub(super) const IDLE: &str = "idle";

/// A profile to work with. Where the limits refuse it, a small one is taken instead: there is then no work to measure,
/// and [`Work::is_idle`] says so.
pub(super) fn profile(payload: &str, options: &ParseOptions) -> Box<Profile> {
    let small = format!(r#"{{"title":"{IDLE}","http_method":"GET","url":"https://example.com/"}}"#);
    let parsed = Profile::parse_with(payload, options);
    Box::new(parsed.unwrap_or_else(|_| Profile::parse(small).unwrap()))
}
