//! `url`: the rules of [`url`](crate::url) applied. Dot segments of the URL itself are no violation: the profile's author wrote
//! them. Only filling may not make any.

use super::context::Check;
use crate::body::query;
use crate::json::Value;
use crate::replacer::{Grammar, TextOf, count};
use crate::report::{AdvisoryCode, Pointer, Refused, Rule};
use crate::url::{self, UrlParts};

/// A URL that obeys the rules, borrowed from the payload.
pub(crate) struct CheckedUrl<'d> {
    pub(crate) raw: &'d str,
    pub(crate) parts: UrlParts<'d>,
}

/// Ports that web servers listen on.
const USUAL_PORTS: [u16; 4] = [80, 443, 8080, 8443];

pub(super) fn check<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<CheckedUrl<'d>, Refused> {
    let raw = check.string(value, pointer)?;
    let before = check.violations.found();
    let limit = check.options.limits.url_bytes;
    if raw.len() > limit {
        let rule = match raw.chars().nth(limit) {
            Some(_) => Rule::at_most_characters(limit),
            None => Rule::new("url_bytes", format!("must be at most {limit} bytes")),
        };
        check.violations.add(pointer, rule);
    }
    let parts = url::parse(raw)
        .map_err(|refusal| check.violations.add(pointer, Rule::new("format", refusal.to_string())))?;
    if parts.query.is_some_and(|query| !query::is_utf8(query)) {
        // Other bytes are replaced by some readers and kept by others.
        let rule = Rule::new("query_utf8", "must have a query whose percent-encoded bytes are UTF-8");
        check.violations.add(pointer, rule);
    }
    advise(&parts, pointer, check);
    check.note_suspicious(raw, TextOf::Url, pointer);
    let of_query = parts.query.map_or(0, |query| count(query, Grammar::Names));
    check.count_replacers(count(parts.path, Grammar::Names).saturating_add(of_query), pointer);
    check.violations.none_since(before)?;
    Ok(CheckedUrl { raw, parts })
}

fn advise(parts: &UrlParts<'_>, pointer: Pointer<'_>, check: &mut Check<'_>) {
    if !check.notes() && !check.options.policy.refuses(AdvisoryCode::PlainHttp) {
        return; // the advisories below are neither wanted nor violations
    }
    if !parts.https {
        check.advise(AdvisoryCode::PlainHttp, pointer, Rule::new("plain_http", "must use https"));
    }
    // Readers disagree about 010.0.0.1, so an odd spelling of an address is as suspect as a private one.
    if parts.host.is_private() || parts.odd_ipv4 {
        let rule = Rule::new("private_address", "must have a host on the public internet");
        check.advise(AdvisoryCode::PrivateAddress, pointer, rule);
    }
    if parts.userinfo.is_some() {
        let rule = Rule::new("credentials_in_url", "must NOT hold a user name or password");
        check.advise(AdvisoryCode::CredentialsInUrl, pointer, rule);
    }
    if parts.fragment.is_some() {
        check.note(AdvisoryCode::UrlFragment, pointer);
    }
    if parts.port.is_some_and(|port| !USUAL_PORTS.contains(&port)) {
        check.note(AdvisoryCode::UnusualPort, pointer);
    }
}
