//! A received callback in whatever form it came: its parameters with their names.

use std::borrow::Cow;

use crate::body::{form, multipart};
use crate::json::{Document, Kind, Value};
use crate::limits::Limits;

/// The form in which parameters came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    /// A JSON object as the text of a JSON string.
    JsonInString,
    /// A JSON object as the only element of an array.
    JsonInArray,
    Urlencoded,
    Multipart,
}

/// A callback as it was received.
pub(super) struct Received {
    pub(super) form: Form,
    pub(super) has_byte_order_mark: bool,
    /// The strings with their names (`contacts[0].name`), in the received order.
    pub(super) parameters: Vec<(String, String)>,
    /// The names whose values are no strings.
    pub(super) others: Vec<String>,
}

impl Received {
    /// Reads a body or query in the first form that it has. `None` if it has none of them.
    pub(super) fn read(
        received: &[u8],
        is_query: bool,
        boundary: Option<&str>,
        limits: &Limits,
    ) -> Option<Received> {
        let text = received.strip_prefix("\u{feff}".as_bytes()).unwrap_or(received);
        let has_byte_order_mark = text.len() < received.len();
        let of =
            |form, (parameters, others)| Some(Received { form, has_byte_order_mark, parameters, others });
        let pairs = |parameters: Vec<(String, String)>| (parameters, Vec::new());
        if is_query {
            return of(Form::Urlencoded, pairs(form::parse(form::query_of(text), limits.nodes).ok()?));
        }
        if let Some((form, parameters)) = json(text, limits) {
            return of(form, parameters);
        }
        // Where the boundary is known, other text may stand before the first delimiter.
        let begins_with_delimiter = text.trim_ascii_start().starts_with(b"--");
        if begins_with_delimiter || boundary.is_some() {
            let names = multipart::Names::of(std::iter::empty());
            match multipart::parse(text, boundary, &names, limits.nodes) {
                Ok(parameters) => return of(Form::Multipart, pairs(parameters)),
                Err(_) if begins_with_delimiter => return None,
                Err(_) => {}
            }
        }
        let is_form = text.contains(&b'=') && !text.trim_ascii_start().starts_with(b"{");
        let parameters = is_form.then(|| form::parse(text.trim_ascii(), limits.nodes).ok())??;
        of(Form::Urlencoded, pairs(parameters))
    }
}

type Parameters = (Vec<(String, String)>, Vec<String>);

fn json(text: &[u8], limits: &Limits) -> Option<(Form, Parameters)> {
    let document = Document::read_at_most(text, limits.received_bytes, limits).ok()?;
    let root = document.root();
    match root.kind() {
        Kind::Object => Some((Form::Json, strings(root))),
        Kind::String => {
            let inner =
                Document::read_at_most(root.as_str()?.as_bytes(), limits.received_bytes, limits).ok()?;
            let is_object = inner.root().kind() == Kind::Object;
            is_object.then(|| (Form::JsonInString, strings(inner.root())))
        }
        Kind::Array => {
            let only = root.element(0).filter(|only| root.len() == 1 && only.kind() == Kind::Object)?;
            Some((Form::JsonInArray, strings(only)))
        }
        _ => None,
    }
}

/// The strings within a value and the names of other scalars.
fn strings(root: Value<'_>) -> Parameters {
    let (mut strings, mut others) = (Vec::new(), Vec::new());
    let mut open = vec![(String::new(), root)];
    // The last of the list is the next in the received order.
    while let Some((name, value)) = open.pop() {
        match value.kind() {
            Kind::Object => {
                let joined = |member: &str| {
                    if name.is_empty() { member.to_owned() } else { format!("{name}.{member}") }
                };
                let members: Vec<_> =
                    value.members().map(|(member, value)| (joined(member), value)).collect();
                open.extend(members.into_iter().rev());
            }
            Kind::Array => {
                let elements = value.elements().enumerate();
                let elements: Vec<_> =
                    elements.map(|(index, value)| (format!("{name}[{index}]"), value)).collect();
                open.extend(elements.into_iter().rev());
            }
            _ => match value.as_str() {
                Some(text) => strings.push((name, text.to_owned())),
                None => others.push(name),
            },
        }
    }
    (strings, others)
}

/// Why a received name is probably meant for an expected one, if it is.
pub(super) fn likeness(received: &str, expected: &str) -> Option<&'static str> {
    let plain = |name: &str| name.trim().to_lowercase().replace(['_', '-'], "");
    let unescaped: Cow<'_, str> = match received.strip_prefix("amp;") {
        Some(rest) => Cow::Borrowed(rest),
        None => Cow::Borrowed(received),
    };
    if received == expected {
        None
    } else if *unescaped == *expected {
        Some("it stands behind amp;, the rest of an ampersand that HTML escaped")
    } else if received.to_lowercase() == expected.to_lowercase() {
        Some("it is written in another case")
    } else if received.split_once('.').is_some_and(|(_, inner)| inner == expected)
        || received.split_once("].").is_some_and(|(_, inner)| inner == expected)
    {
        Some("it is one level deeper")
    } else if expected.split_once('.').is_some_and(|(_, inner)| inner == received) {
        Some("it is one level higher")
    } else if plain(&unescaped) == plain(expected) {
        Some("it is spelled differently")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_with_its_names() {
        let limits = Limits::default();
        for (text, is_query, form, names) in [
            (r#"{"a":"1","b":{"c":["2",3]}}"#, false, Form::Json, "a b.c[0]"),
            (r#""{\"a\":\"1\"}""#, false, Form::JsonInString, "a"),
            (r#"[{"a":"1"}]"#, false, Form::JsonInArray, "a"),
            ("a=1&amp;b=2", false, Form::Urlencoded, "a amp;b"),
            ("https://example.com/?a=1&b=2", true, Form::Urlencoded, "a b"),
            (
                "--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n",
                false,
                Form::Multipart,
                "a",
            ),
        ] {
            for mark in ["", "\u{feff}"] {
                let body = format!("{mark}{text}");
                let received = Received::read(body.as_bytes(), is_query, None, &limits).unwrap();
                let found: Vec<&str> = received.parameters.iter().map(|(name, _)| name.as_str()).collect();
                assert_eq!((received.form, found.join(" ").as_str()), (form, names), "{text}");
                assert_eq!(received.has_byte_order_mark, !mark.is_empty());
            }
        }
        for text in ["", "plain", "[1]", "{\"a\":", "{a=b}"] {
            assert!(Received::read(text.as_bytes(), false, None, &limits).is_none(), "{text}");
        }
    }

    #[test]
    fn likely_names() {
        for (received, expected, is_alike) in [
            ("to", "to", false),
            ("To", "to", true),
            ("amp;to", "to", true),
            ("data.to", "to", true),
            ("items[0].to", "to", true),
            ("to", "data.to", true),
            ("first_name", "firstName", true),
            ("from", "to", false),
            ("auto", "to", false),
        ] {
            assert_eq!(likeness(received, expected).is_some(), is_alike, "{received} {expected}");
        }
    }
}
