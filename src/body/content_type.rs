//! What a `content-type` value says about a body.

use super::header::{Fault, Grammar, HeaderValue, is_token, trimmed, without_pairs};

/// A media type (RFC 9110 §8.3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentType {
    kind: ContentKind,
    essence: Box<str>,
    boundary: Option<Box<str>>,
}

/// The ways in which a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentKind {
    /// `application/json`, `text/json` and `application/*+json`.
    Json,
    /// `multipart/form-data`.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Any other type; the body is JSON all the same.
    Other,
}

/// RFC 2046 §5.1.1.
pub(crate) const LONGEST_BOUNDARY: usize = 70;

impl ContentType {
    /// Reads a header's value.
    ///
    /// Errors: what was expected; the words read on after "must be" and after "expected".
    pub(crate) fn parse(text: &str) -> Result<ContentType, &'static str> {
        let value = HeaderValue::split(trimmed(text), Grammar::MediaType).map_err(|fault| match fault {
            Fault::Syntax => "one media type: type/subtype; name=value",
            Fault::TooMany => "a media type of at most 32 parameters",
            Fault::Twice => "a media type without a parameter that occurs twice",
            Fault::Extended => "a media type without an asterisk in a parameter's name",
        })?;
        let parts = value.first.split_once('/');
        if !parts.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype)) {
            return Err("one media type: type/subtype; name=value");
        }
        let is_utf8 =
            |charset: &str| ["utf-8", "utf8"].iter().any(|known| charset.eq_ignore_ascii_case(known));
        if value.parameter("charset").is_some_and(|charset| !is_utf8(&without_pairs(charset))) {
            return Err("a media type whose charset is UTF-8");
        }
        let essence = value.first.to_ascii_lowercase();
        let kind = ContentKind::of(&essence);
        let boundary =
            value.parameter("boundary").filter(|_| kind == ContentKind::Multipart).map(without_pairs);
        if boundary.as_deref().is_some_and(|boundary| !is_boundary(boundary)) {
            return Err("a media type whose boundary has 1 to 70 characters of those that RFC 2046 allows");
        }
        Ok(ContentType { kind, essence: essence.into(), boundary: boundary.map(Into::into) })
    }

    pub(crate) fn kind(&self) -> ContentKind {
        self.kind
    }

    /// `type/subtype` in lower case, without parameters.
    pub(crate) fn essence(&self) -> &str {
        &self.essence
    }

    /// The boundary of a multipart body, without quotes and backslashes.
    pub(crate) fn boundary(&self) -> Option<&str> {
        self.boundary.as_deref()
    }

    /// Whether a body of the other type can be one of this type: the same media type, or the same kind.
    pub(crate) fn accepts(&self, received: &ContentType) -> bool {
        let own = if self.kind == ContentKind::Other { ContentKind::Json } else { self.kind };
        received.essence == self.essence || received.kind == own
    }

    /// The types that [`accepts`](Self::accepts) takes, as the end of a sentence; the own one first.
    pub(crate) fn accepted(&self) -> String {
        let mut names = vec![&*self.essence];
        if matches!(self.kind, ContentKind::Json | ContentKind::Other) {
            let others = ["application/json", "text/json", "application/*+json"];
            names.extend(others.into_iter().filter(|name| *name != &*self.essence));
        }
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            _ => names.concat(),
        }
    }
}

/// Without a header.
impl Default for ContentType {
    fn default() -> Self {
        ContentType { kind: ContentKind::Json, essence: "application/json".into(), boundary: None }
    }
}

impl ContentKind {
    /// The kind of a `type/subtype` in lower case.
    fn of(essence: &str) -> ContentKind {
        let is_json_suffix =
            |subtype: &str| subtype.strip_suffix("+json").is_some_and(|name| !name.is_empty());
        match essence {
            "application/json" | "text/json" => ContentKind::Json,
            "multipart/form-data" => ContentKind::Multipart,
            "application/x-www-form-urlencoded" => ContentKind::Form,
            _ if essence.strip_prefix("application/").is_some_and(is_json_suffix) => ContentKind::Json,
            _ => ContentKind::Other,
        }
    }
}

/// `bchars` of RFC 2046 §5.1.1; a space must not be the last.
pub(crate) fn is_boundary(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    !text.is_empty() && text.len() <= LONGEST_BOUNDARY && !text.ends_with(' ') && text.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_that_of_the_media_type_in_any_case() {
        for (text, kind, essence) in [
            ("application/json", ContentKind::Json, "application/json"),
            (" \tAPPLICATION/Json\t ; charset=\"U\\tf-8\" ", ContentKind::Json, "application/json"),
            ("text/json;charset=utf8;;", ContentKind::Json, "text/json"),
            ("application/vnd.api+json", ContentKind::Json, "application/vnd.api+json"),
            ("application/cloudevents+JSON; v=1", ContentKind::Json, "application/cloudevents+json"),
            ("application/+json", ContentKind::Other, "application/+json"),
            ("image/x+json", ContentKind::Other, "image/x+json"),
            ("application/jsonp", ContentKind::Other, "application/jsonp"),
            ("text/plain; boundary=\"\"", ContentKind::Other, "text/plain"),
            ("multipart/mixed; boundary=b", ContentKind::Other, "multipart/mixed"),
            ("Multipart/Form-Data", ContentKind::Multipart, "multipart/form-data"),
            ("application/x-www-form-urlencoded", ContentKind::Form, "application/x-www-form-urlencoded"),
        ] {
            let read = ContentType::parse(text).unwrap();
            assert_eq!((read.kind(), read.essence(), read.boundary()), (kind, essence, None), "{text}");
        }
        assert_eq!(ContentType::parse("application/json"), Ok(ContentType::default()));
    }

    #[test]
    fn the_types_that_are_named_as_accepted_are() {
        let json = "application/json, text/json or application/*+json";
        for (own, accepted) in [
            ("application/json; charset=utf-8", json),
            ("text/json", "text/json, application/json or application/*+json"),
            ("Application/Problem+Json", &format!("application/problem+json, {json}")),
            ("text/plain", &format!("text/plain, {json}")),
            ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
            ("multipart/form-data; boundary=b", "multipart/form-data"),
        ] {
            let own = ContentType::parse(own).unwrap();
            assert_eq!(own.accepted(), accepted);
            let names = accepted.split(", ").flat_map(|names| names.split(" or "));
            for name in names.map(|name| name.replace('*', "x")) {
                assert!(own.accepts(&ContentType::parse(&name).unwrap()), "{name}");
            }
            assert!(!own.accepts(&ContentType::parse("text/html").unwrap()));
        }
    }

    #[test]
    fn a_boundary_is_found_with_regard_to_quotes() {
        for (parameters, boundary) in [
            ("boundary=b", "b"),
            ("BOUNDARY=\"b\"", "b"),
            ("boundary=\"\\b\"", "b"),
            ("boundary=\"a b\"", "a b"),
            ("x=\"a; boundary=c\"; boundary=b", "b"),
            ("x=\"\\\"; boundary=c; \\\"\"; boundary=b; y=boundary", "b"),
            ("xboundary=c; boundary='b'", "'b'"),
            ("boundary=\"a/b:c=d?(e),f\"", "a/b:c=d?(e),f"),
        ] {
            let read = ContentType::parse(&format!("multipart/form-data; {parameters}")).unwrap();
            assert_eq!(read.boundary(), Some(boundary), "{parameters}");
        }
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        let long = format!("multipart/form-data; boundary={}", "b".repeat(LONGEST_BOUNDARY + 1));
        for (expected, texts) in [
            (
                "one media type",
                &[
                    "",
                    ";",
                    "json",
                    "form-data",
                    "/",
                    "a/",
                    "/b",
                    "a/b/c",
                    "a b/c",
                    "a/b c",
                    "a /b",
                    "multipart/form-data, application/json",
                    "application/json, text/plain",
                    "a/b; x",
                    "a/b; =x",
                    "a/b; x=",
                    "a/b; x =y",
                    "a/b; x= y",
                    "a/b; x=y z",
                    "a/b; x=\"y",
                    "a/b; x=\"y\"z",
                    "a/b; x=\"y\\\"",
                    "a/b; x=y\"",
                    "a/b; é=y",
                    "a/b; x=é",
                    "a/b x=y",
                    "a/b; x=\"\u{1}\"",
                    "a/b\n",
                    "a/b\u{7f}",
                    "<x>/json",
                    "application/<x>",
                    "multipart/form-data; boundary=a/b",
                ][..],
            ),
            (
                "occurs twice",
                &["a/b; x=1; x=1", "a/b; x=1; y=2; X=3", "multipart/form-data; boundary=b; boundary=b"],
            ),
            ("asterisk", &["a/b; x*=utf-8''y", "multipart/form-data; boundary*0=a; boundary*1=b"]),
            (
                "charset",
                &[
                    "application/json; charset=iso-8859-1",
                    "text/plain; charset=us-ascii",
                    "a/b; charset=\"\"",
                ],
            ),
            (
                "1 to 70",
                &[
                    "multipart/form-data; boundary=\"\"",
                    "multipart/form-data; boundary=\"b \"",
                    long.as_str(),
                    "multipart/form-data; boundary=\"b<c>\"",
                    "multipart/form-data; boundary=b!",
                ],
            ),
        ] {
            for text in texts {
                let refusal = ContentType::parse(text).unwrap_err();
                assert!(refusal.contains(expected), "{text}: {refusal}");
            }
        }
    }

    #[test]
    fn a_profile_accepts_its_kind_and_its_own_type() {
        let accepts = |own: &str, received: &str| {
            ContentType::parse(own).unwrap().accepts(&ContentType::parse(received).unwrap())
        };
        for (own, received, is_accepted) in [
            ("application/json", "text/json", true),
            ("application/vnd.api+json", "application/vnd.api+json", true),
            ("text/plain", "text/plain; x=y", true),
            ("text/plain", "application/json", true),
            ("text/plain", "text/html", false),
            ("application/json", "text/plain", false),
            ("text/plain", "multipart/form-data; boundary=b", false),
            ("multipart/form-data; boundary=a", "Multipart/form-data; boundary=b", true),
            ("multipart/form-data", "application/x-www-form-urlencoded", false),
            ("application/x-www-form-urlencoded", "application/json", false),
        ] {
            assert_eq!(accepts(own, received), is_accepted, "{own} and {received}");
        }
    }
}
