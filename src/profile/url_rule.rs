//! `url`: the rules of [`url`](super::url) applied, and the URL cut into what rendering needs.

use super::check::Check;
use super::url::{self, UrlParts};
use crate::cipher::Selection;
use crate::json::Value;
use crate::replacer::{Grammar, Template, count};
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

/// What stands between two `&` of the query.
#[derive(Debug)]
pub(crate) struct QueryPart {
    pub(crate) name: Template,
    /// The name decoded, if it is the same in every callback.
    pub(crate) constant_name: Option<String>,
    pub(crate) value: QueryValue,
    /// The value as it was sent.
    raw_value: String,
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
    ByName {
        /// If it is not encrypted.
        plain: Template,
        /// If it is.
        sealed: Template,
    },
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
    /// Cuts a checked URL.
    pub(crate) fn of(url: &CheckedUrl<'_>) -> UrlTemplate {
        let CheckedUrl { raw, parts } = url;
        let encoded = |text: &str| {
            let mut out = String::new();
            url::encode_literal_path(text, &mut out);
            out
        };
        let path = Template::compile(parts.path, Grammar::Names).map_text(encoded);
        let query = parts.query.map(|query| query.split('&').map(QueryPart::of).collect());
        let dot_segments = parts.path.split('/').filter(|segment| url::is_dot_segment(segment)).count();
        UrlTemplate { raw: (*raw).to_owned(), origin: parts.origin.to_owned(), path, dot_segments, query }
    }

    /// The same URL, with the substituted values that `selection` takes encrypted.
    pub(crate) fn sealed_by(mut self, selection: &Selection) -> UrlTemplate {
        for part in self.query.iter_mut().flatten() {
            let QueryValue::Plain(template) = &part.value else { continue };
            if template.constant().is_some() || *selection == Selection::Nothing {
                continue;
            }
            let sealed = Template::compile(&part.raw_value, Grammar::Names).map_text(decoded);
            part.value = match (&part.constant_name, std::mem::replace(&mut part.value, QueryValue::None)) {
                (None, QueryValue::Plain(plain)) => QueryValue::ByName { plain, sealed },
                (Some(name), QueryValue::Plain(_)) if selection.within(name).takes_value() => {
                    QueryValue::Sealed(sealed)
                }
                (_, value) => value,
            };
        }
        self
    }

    /// Whether a name of enc.params can mean a parameter with replacers in its value.
    pub(crate) fn has_parameter(&self, name: &str) -> bool {
        self.query.iter().flatten().any(|part| match &part.value {
            QueryValue::Sealed(_) => part.constant_name.as_deref() == Some(name),
            QueryValue::ByName { .. } => true,
            QueryValue::Plain(_) | QueryValue::None => false,
        })
    }
}

impl QueryPart {
    fn of(text: &str) -> QueryPart {
        let encoded = |text: &str| {
            let mut out = String::new();
            url::encode_literal_query(text, &mut out);
            out
        };
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let template = Template::compile(name, Grammar::Names);
        let constant_name = template.constant().map(decoded);
        let raw_value = value.unwrap_or_default().to_owned();
        let value = match value {
            None => QueryValue::None,
            Some(value) => QueryValue::Plain(Template::compile(value, Grammar::Names).map_text(encoded)),
        };
        QueryPart { name: template.map_text(encoded), constant_name, value, raw_value }
    }
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
