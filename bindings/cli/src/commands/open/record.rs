//! Log records: where in a line of JSON the body is, and its content type.

use std::borrow::Cow;
use std::str::FromStr;

use callback_profile::json::{Document, Kind, Value};
use callback_profile::{ErrorClass, ErrorCode, Limits};

use crate::stream::LineFailure;

/// The members of a record that are read: names, or JSON Pointers (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    body: String,
    content_type: Option<String>,
}

/// What a record has of a callback.
pub(super) struct Logged<'r> {
    pub(super) body: Cow<'r, [u8]>,
    pub(super) content_type: Option<&'r str>,
}

impl FromStr for Fields {
    type Err = &'static str;

    /// `BODY` or `BODY,CONTENT_TYPE`.
    fn from_str(text: &str) -> Result<Fields, &'static str> {
        let (body, content_type) = match text.split_once(',') {
            None => (text, None),
            Some((body, content_type)) => (body, Some(content_type)),
        };
        if body.is_empty() || content_type.is_some_and(|name| name.is_empty() || name.contains(',')) {
            return Err("the member with the body is expected, or two: BODY,CONTENT_TYPE");
        }
        Ok(Fields { body: body.to_owned(), content_type: content_type.map(str::to_owned) })
    }
}

impl Fields {
    /// What the record has. A body that is an object or array stands for its text: some loggers parse JSON bodies.
    pub(super) fn of<'r>(&self, record: &'r Document) -> Result<Logged<'r>, LineFailure> {
        let root = record.root();
        if root.kind() != Kind::Object {
            return Err(failure(ErrorCode::NotAnObject));
        }
        let body =
            find(root, &self.body).ok_or_else(|| failure(ErrorCode::MissingValue).about(&self.body))?;
        let body = match (body.as_str(), body.kind()) {
            (Some(text), _) => Cow::Borrowed(text.as_bytes()),
            (None, Kind::Object | Kind::Array) => {
                let mut text = Vec::new();
                body.write_compact(&mut text);
                Cow::Owned(text)
            }
            (None, _) => return Err(failure(ErrorCode::UnexpectedType).about(&self.body)),
        };
        // A record without a content type is one of a callback without: the option's holds, if there is one.
        let content_type = match &self.content_type {
            None => None,
            Some(name) => match find(root, name) {
                None => None,
                Some(value) => {
                    Some(value.as_str().ok_or_else(|| failure(ErrorCode::UnexpectedType).about(name))?)
                }
            },
        };
        Ok(Logged { body, content_type })
    }
}

/// Reads a line as JSON, with the limits of what is received.
pub(super) fn read(line: &[u8]) -> Result<Document<'_>, LineFailure> {
    let mut limits = Limits::default();
    limits.payload_bytes = limits.received_bytes;
    Document::read(line, &limits).map_err(|_| failure(ErrorCode::InvalidJson))
}

/// The value at a name or JSON Pointer; null is none.
fn find<'r>(root: Value<'r>, name: &str) -> Option<Value<'r>> {
    let value = if name.starts_with('/') { root.pointer(name) } else { root.get(name) };
    value.filter(|value| value.kind() != Kind::Null)
}

/// A line that is no log record with a body.
fn failure(code: ErrorCode) -> LineFailure {
    LineFailure::new(ErrorClass::Decryption, code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_one_or_two_names() {
        for (text, body, content_type) in [
            ("body", "body", None),
            ("body,type", "body", Some("type")),
            (
                "/request/body,/request/headers/content-type",
                "/request/body",
                Some("/request/headers/content-type"),
            ),
        ] {
            let fields = Fields { body: body.to_owned(), content_type: content_type.map(str::to_owned) };
            assert_eq!(text.parse(), Ok(fields));
        }
        for text in ["", ",", "body,", ",type", "a,b,c"] {
            assert!(text.parse::<Fields>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_record_has_a_body_or_says_what_is_wrong() {
        let fields: Fields = "body,/headers/content-type".parse().unwrap();
        let of = |line: &str| {
            let document = read(line.as_bytes())?;
            let logged = fields.of(&document)?;
            Ok((String::from_utf8(logged.body.into_owned()).unwrap(), logged.content_type.map(str::to_owned)))
        };
        for (line, body, content_type) in [
            (r#"{"body":"{\"a\":1}"}"#, r#"{"a":1}"#, None),
            (
                r#"{"body": {"a": [1, null]}, "headers": {"content-type": "application/json"}}"#,
                r#"{"a":[1,null]}"#,
                Some("application/json"),
            ),
            (r#"{"headers":{"content-type":null},"body":"a=b"}"#, "a=b", None),
            (r#"{"body":""}"#, "", None),
        ] {
            assert_eq!(of(line), Ok((body.to_owned(), content_type.map(str::to_owned))), "{line}");
        }
        for (line, expected) in [
            ("", failure(ErrorCode::InvalidJson)),
            (r#"{"body":"a","body":"b"}"#, failure(ErrorCode::InvalidJson)),
            ("[]", failure(ErrorCode::NotAnObject)),
            ("{}", failure(ErrorCode::MissingValue).about("body")),
            (r#"{"body":null}"#, failure(ErrorCode::MissingValue).about("body")),
            (r#"{"body":7}"#, failure(ErrorCode::UnexpectedType).about("body")),
            (
                r#"{"body":"a","headers":{"content-type":["a"]}}"#,
                failure(ErrorCode::UnexpectedType).about("/headers/content-type"),
            ),
        ] {
            assert_eq!(of(line), Err(expected), "{line}");
        }
    }
}
