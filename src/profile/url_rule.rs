//! `url`: the rules of [`url`](super::url) applied, and the URL cut into what rendering needs.

use super::check::Check;
use super::url::{self, UrlParts};
use crate::cipher::Selection;
use crate::json::Value;
use crate::replacer::{Grammar, Template, count, has_names};
use crate::report::{AdvisoryCode, Pointer, Rule};

/// A checked URL, ready to be filled. Literal parts are percent-encoded where RFC 3986 wants it.
#[derive(Debug)]
pub(crate) struct UrlTemplate {
    /// As it was sent.
    pub(crate) raw: String,
    /// `scheme://authority`.
    pub(crate) origin: String,
    pub(crate) path: Template,
    /// How many segments of the path are `.` or `..` before it is filled; filling must not add any.
    pub(crate) dot_segments: usize,
    /// The parameters of the query, in order; `None` if there is no `?`.
    pub(crate) query: Option<Vec<QueryPart>>,
}

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

/// A URL that obeys the rules, borrowed from the payload.
pub(crate) struct CheckedUrl<'d> {
    raw: &'d str,
    parts: UrlParts<'d>,
}

/// Ports that web servers listen on.
const USUAL_PORTS: [u16; 4] = [80, 443, 8080, 8443];

pub(crate) fn check<'d>(
    value: Value<'d>,
    place: Pointer<'_>,
    check: &mut Check<'_>,
) -> Option<CheckedUrl<'d>> {
    let raw = check.string(value, place)?;
    let before = check.violations.found();
    let limit = check.options.limits.url_bytes;
    if raw.len() > limit {
        check.violations.add(
            place,
            match raw.chars().nth(limit) {
                Some(_) => Rule::at_most_characters(limit),
                None => Rule::new("url_bytes", format!("must be at most {limit} bytes")),
            },
        );
    }
    let parts = match url::parse(raw) {
        Ok(parts) => parts,
        Err(refusal) => {
            check.violations.add(place, Rule::new("format", refusal.to_string()));
            return None;
        }
    };
    advise(&parts, place, check);
    let of_query = parts.query.map_or(0, |query| count(query, Grammar::Names));
    check.count_replacers(count(parts.path, Grammar::Names).saturating_add(of_query), place);
    (check.violations.found() == before).then_some(CheckedUrl { raw, parts })
}

fn advise(parts: &UrlParts<'_>, place: Pointer<'_>, check: &mut Check<'_>) {
    if !check.notes() && !check.options.policy.refuses(AdvisoryCode::PlainHttp) {
        return; // nobody will hear of it
    }
    if !parts.https {
        check.advise(AdvisoryCode::PlainHttp, place, Rule::new("plain_http", "must use https"));
    }
    // Readers disagree about 010.0.0.1, so an odd spelling of an address is as suspect as a private one.
    if parts.host.is_private() || parts.odd_ipv4 {
        let rule = Rule::new("private_address", "must have a host on the public internet");
        check.advise(AdvisoryCode::PrivateAddress, place, rule);
    }
    if parts.userinfo.is_some() {
        let rule = Rule::new("credentials_in_url", "must NOT hold a user name or password");
        check.advise(AdvisoryCode::CredentialsInUrl, place, rule);
    }
    if parts.fragment.is_some() {
        check.note(AdvisoryCode::UrlFragment, place);
    }
    if parts.port.is_some_and(|port| !USUAL_PORTS.contains(&port)) {
        check.note(AdvisoryCode::UnusualPort, place);
    }
}

impl UrlTemplate {
    /// Cuts a checked URL, whose filled values are encrypted where `selection` takes them.
    pub(crate) fn of(url: &CheckedUrl<'_>, selection: &Selection) -> UrlTemplate {
        let CheckedUrl { raw, parts } = url;
        let encoded = |text: &str| {
            let mut out = String::new();
            url::encode_literal_path(text, &mut out);
            out
        };
        let path = Template::compile(parts.path, Grammar::Names).map_text(encoded);
        let query = parts.query.map(|query| {
            // Exact room: a parameter can be two bytes of the URL.
            let mut parts = Vec::with_capacity(parameters(query).count());
            parts.extend(parameters(query).map(|part| QueryPart::of(part, selection)));
            parts
        });
        let dot_segments = parts.path.split('/').filter(|segment| url::is_dot_segment(segment)).count();
        UrlTemplate { raw: (*raw).to_owned(), origin: parts.origin.to_owned(), path, dot_segments, query }
    }

    /// Whether a parameter with replacers in its value has some in its name: any name of enc.params can mean it.
    pub(crate) fn has_filled_parameter_names(&self) -> bool {
        self.query.iter().flatten().any(|part| matches!(part.value, QueryValue::ByName(_)))
    }

    /// The names of the parameters that are encrypted whatever the record.
    pub(crate) fn encrypted_parameters(&self) -> impl Iterator<Item = &str> {
        let sealed = self.query.iter().flatten().filter(|part| matches!(part.value, QueryValue::Sealed(_)));
        sealed.filter_map(|part| part.constant_name.as_deref())
    }
}

impl QueryPart {
    fn of(text: &str, selection: &Selection) -> QueryPart {
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
        let is_filled = value.is_some_and(has_names) && *selection != Selection::Nothing;
        let value = match &constant_name {
            None if is_filled => plain()
                .zip(sealed())
                .map(|(plain, sealed)| QueryValue::ByName(Box::new(ByName { plain, sealed }))),
            Some(name) if is_filled && selection.within(name).takes_value() => {
                sealed().map(QueryValue::Sealed)
            }
            _ => plain().map(QueryValue::Plain),
        };
        let value = value.unwrap_or(QueryValue::None);
        QueryPart { name: template.map_text(encoded), constant_name, value }
    }
}

/// What stands between the `&` of a query. Where nothing stands between several, they are one piece, so that a query of
/// nothing but `&` is a single one.
fn parameters(query: &str) -> impl Iterator<Item = &str> {
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

/// The text of a query's name or value: `+` is a blank, `%XX` a byte.
fn decoded(text: &str) -> String {
    let blanks = text.replace('+', " ");
    percent_encoding::percent_decode_str(&blanks).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let empty = |part: &&str| QueryPart::of(part, &Selection::Nothing).is_empty();
            assert_eq!(
                parameters(query).filter(|part| !empty(part)).collect::<Vec<_>>(),
                query.split('&').filter(|part| !part.is_empty()).collect::<Vec<_>>()
            );
        }
    }
}
