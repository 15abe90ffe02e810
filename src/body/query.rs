//! The parameters of a URL's query.

use percent_encoding::percent_decode;

use super::fill::Fill;
use super::sealing::Sealing;
use crate::Error;
use crate::replacer::{Escape, Grammar, Template, has_names, push_query};
use crate::selection::Selection;
use crate::url;

/// What stands between two `&` of the query; of several in a row that are empty, all.
#[derive(Debug)]
pub(crate) struct QueryPart {
    pub(crate) name: Template,
    /// The name decoded, if it is the same in every callback.
    pub(crate) constant_name: Option<Box<str>>,
    pub(crate) value: QueryValue,
}

/// The value of a query parameter.
#[derive(Debug)]
pub(crate) enum QueryValue {
    /// No `=`.
    None,
    /// Percent-encoded where it is literal, values filled in percent-encoded.
    Plain(Template),
    /// Encrypted as a whole; the literal parts are decoded.
    Sealed(Template),
    /// The parameter's name is filled in too, and decides.
    ByName(Box<ByName>),
}

/// A parameter's value in both forms.
#[derive(Debug)]
pub(crate) struct ByName {
    /// If it is not encrypted.
    pub(crate) plain: Template,
    /// If it is.
    pub(crate) sealed: Template,
}

impl QueryPart {
    pub(crate) fn compile(text: &str, sealing: &Sealing<'_>) -> QueryPart {
        let encoded = |text: &str| {
            let mut out = String::new();
            url::encode_literal_query(text, &mut out);
            out
        };
        if text.bytes().all(|byte| byte == b'&') {
            let name = Template::compile(text, Grammar::Names);
            return QueryPart { name, constant_name: Some("".into()), value: QueryValue::None };
        }
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let template = Template::compile(name, Grammar::Names);
        let constant_name: Option<Box<str>> = template.constant().map(|name| decoded(name).into());
        let plain = || value.map(|value| Template::compile(value, Grammar::Names).map_text(encoded));
        let sealed = || value.map(|value| Template::compile(value, Grammar::Names).map_text(decoded));
        let is_filled = value.is_some_and(has_names) && matches!(sealing, Sealing::On(..));
        let value = match &constant_name {
            None if is_filled => plain()
                .zip(sealed())
                .map(|(plain, sealed)| QueryValue::ByName(Box::new(ByName { plain, sealed }))),
            Some(name) if is_filled && sealing.within(name).cipher().is_some() => {
                sealed().map(QueryValue::Sealed)
            }
            _ => plain().map(QueryValue::Plain),
        };
        let value = value.unwrap_or(QueryValue::None);
        QueryPart { name: template.map_text(encoded), constant_name, value }
    }

    /// The templates of name and value.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template> {
        let value = match &self.value {
            QueryValue::None => None,
            QueryValue::Plain(template) | QueryValue::Sealed(template) => Some(template),
            // Both forms have the same replacers.
            QueryValue::ByName(both) => Some(&both.plain),
        };
        std::iter::once(&self.name).chain(value)
    }

    /// Appends the parameter, filled. `scratch` holds an encrypted value until it is percent-encoded.
    pub(crate) fn fill(
        &self,
        out: &mut Vec<u8>,
        scratch: &mut Vec<u8>,
        selection: &Selection,
        fill: &mut Fill<'_, '_>,
    ) -> Result<(), Error> {
        let name_start = out.len();
        fill.template(out, &self.name, Escape::Percent)?;
        let (template, is_sealed) = match &self.value {
            QueryValue::None => return Ok(()),
            QueryValue::Plain(template) => (template, false),
            QueryValue::Sealed(template) => (template, true),
            QueryValue::ByName(both) => {
                let filled = out.get(name_start..).unwrap_or_default();
                let compare = |name: &str| name.bytes().cmp(decoded_bytes(filled));
                match selection.takes_member_that(compare) {
                    true => (&both.sealed, true),
                    false => (&both.plain, false),
                }
            }
        };
        fill.literal(out, b"=")?;
        if !is_sealed {
            return fill.template(out, template, Escape::Percent);
        }
        fill.seal_now(scratch, template)?;
        fill.renderer.capped(out, scratch.len(), |out| push_query(out, scratch))
    }
}

/// What stands between the `&` of a query. Where nothing stands between several, they are one piece, so that a query of
/// nothing but `&` is a single one.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(query);
    std::iter::from_fn(move || {
        let text = rest?;
        let empty = text.bytes().take_while(|byte| *byte == b'&').count();
        let (part, after) = match empty.checked_sub(1) {
            None => text.split_once('&').map_or((text, None), |(part, after)| (part, Some(after))),
            Some(_) if empty == text.len() => (text, None),
            Some(between) => (text.get(..between)?, text.get(empty..)),
        };
        rest = after;
        Some(part)
    })
}

impl QueryPart {
    /// Whether nothing stands between the two `&`; readers skip that.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.value, QueryValue::None) && self.constant_name.as_deref() == Some("")
    }
}

/// The text of a query's name or value, decoded.
fn decoded(text: &str) -> String {
    let bytes: Vec<u8> = decoded_bytes(text.as_bytes()).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A query's name or value as forms are decoded: `+` is a blank, `%XX` a byte. A receiver reads it the same way, so
/// whether a name is one of `enc.params` is decided by this reading.
fn decoded_bytes(text: &[u8]) -> impl Iterator<Item = u8> {
    text.split(|byte| *byte == b'+').enumerate().flat_map(|(index, piece)| {
        let blank = (index > 0).then_some(b' ');
        blank.into_iter().chain(percent_decode(piece))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_as_forms_are() {
        for (text, name) in [
            ("", ""),
            ("a", "a"),
            ("a+b", "a b"),
            ("+a++b+", " a  b "),
            ("a%20b", "a b"),
            ("a%2Bb%2b", "a+b+"),
            ("a%+20", "a% 20"),
            ("%C3%A9", "é"),
            ("100%", "100%"),
        ] {
            assert_eq!(decoded(text), name, "{text}");
        }
    }

    #[test]
    fn a_run_of_empty_parameters_is_one_piece() {
        let cases: [(&str, &[&str]); 11] = [
            ("", &[""]),
            ("a", &["a"]),
            ("&", &["&"]),
            ("&&&", &["&&&"]),
            ("a&", &["a", ""]),
            ("&a", &["", "a"]),
            ("a&b", &["a", "b"]),
            ("a&&b", &["a", "", "b"]),
            ("a&&&&b", &["a", "&&", "b"]),
            ("&&a&&", &["&", "a", "&"]),
            ("a=1&&&b=&c", &["a=1", "&", "b=", "c"]),
        ];
        for (query, expected) in cases {
            assert_eq!(parameters(query).collect::<Vec<_>>(), expected, "{query}");
            assert_eq!(parameters(query).collect::<Vec<_>>().join("&"), query);
            let empty = |part: &&str| QueryPart::compile(part, &Sealing::Off).is_empty();
            assert_eq!(
                parameters(query).filter(|part| !empty(part)).collect::<Vec<_>>(),
                query.split('&').filter(|part| !part.is_empty()).collect::<Vec<_>>()
            );
        }
    }
}
