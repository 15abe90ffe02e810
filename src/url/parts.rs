//! The rules for a profile's URL, and the parts it is split into.
//!
//! The **raw spelling** is validated: parsers that repair what they read (strip a line break, turn a backslash into a
//! slash, fold a full-width digit) repair different things, and where two of them see different hosts, a callback can
//! be sent into the sender's own network. What passes here names the same scheme, host and port to every reader: [`parse`] agrees
//! with the WHATWG URL standard (tested against the `url` crate), and the URL, its path and query encoded by
//! [`encode_literal_path`] and [`encode_literal_query`], is one by the strict grammar of RFC 3986, which `iri-string`
//! decides.

use std::borrow::Cow;

use iri_string::types::UriStr;

use crate::ascii::Kinds;

use super::characters::check_characters;
use super::encode;
use super::host::{self, Host};
use super::refusal::UrlRefusal;

/// An accepted URL, split. All text is as it was sent: `origin`, `path`, `?` and `query`, `#` and `fragment` one after
/// the other are the URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UrlParts<'a> {
    /// Whether the scheme is https; else it is http.
    pub(crate) https: bool,
    /// User name and password, without the `@`.
    pub(crate) userinfo: Option<&'a str>,
    /// The host as WHATWG reads it.
    pub(crate) host: Host<'a>,
    /// Whether the host is an IPv4 address in another spelling than four decimal numbers. The address is WHATWG's
    /// reading; others may read another one (`010.0.0.1` is 8.0.0.1 here and 10.0.0.1 to decimal readers).
    pub(crate) odd_ipv4: bool,
    /// The port if one is written, even the scheme's own.
    pub(crate) port: Option<u16>,
    /// Everything before the path, `scheme://authority`: no replacers, nothing to encode.
    pub(crate) origin: &'a str,
    /// Empty or from the first `/`; may hold replacers and characters to encode.
    pub(crate) path: &'a str,
    /// What follows the `?`; may hold replacers and characters to encode.
    pub(crate) query: Option<&'a str>,
    /// What follows the `#`; never sent.
    pub(crate) fragment: Option<&'a str>,
}

/// Validates a URL and splits it. The caller limits its length.
pub(crate) fn parse(raw: &str) -> Result<UrlParts<'_>, UrlRefusal> {
    let kinds = Kinds::of(raw);
    if !kinds.are_within(Kinds::GRAPHIC) || kinds.hold(Kinds::BACKSLASH) {
        check_characters(raw)?;
    }
    let (https, scheme_length, rest) = split_scheme(raw)?;
    let authority_length = memchr::memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(authority_length).ok_or(UrlRefusal::NotAbsolute)?;
    let (userinfo, host_text, port_text) = split_authority(authority)?;
    let host = Host::parse(host_text)?;
    let odd_ipv4 = matches!(host, Host::Ipv4(address) if address.to_string() != host_text);
    let port = parse_port(port_text)?;
    if kinds.hold(Kinds::PERCENT) && !percent_signs_are_complete(raw) {
        return Err(UrlRefusal::Percent);
    }
    let (before_fragment, fragment) = split_off(tail, b'#');
    let (path, query) = split_off(before_fragment, b'?');
    let origin_length = scheme_length.saturating_add(authority_length);
    let origin = raw.get(..origin_length).ok_or(UrlRefusal::NotAbsolute)?;
    let parts = UrlParts { https, userinfo, host, odd_ipv4, port, origin, path, query, fragment };
    if !obeys_rfc3986(raw, &parts) {
        confirm_rfc3986(raw, host_text, &parts)?;
    }
    Ok(parts)
}

/// Whether the URL is known to follow RFC 3986 without the strict parser: of an ASCII URL whose host is not an IPv6
/// address, every part was compared with the RFC's characters above, or is encoded before it is sent. Tests ask the
/// parser about these URLs too.
fn obeys_rfc3986(raw: &str, parts: &UrlParts<'_>) -> bool {
    raw.is_ascii() && !matches!(parts.host, Host::Ipv6(_))
}

/// User name and password, host, and port.
fn split_authority(authority: &str) -> Result<(Option<&str>, &str, Option<&str>), UrlRefusal> {
    if Kinds::of(authority).are_within(Kinds::HOST) {
        return Ok((None, authority, None)); // nothing to split at
    }
    if authority.contains(['<', '>']) {
        return Err(UrlRefusal::ReplacerBeforePath);
    }
    let (userinfo, host_and_port) = match authority.rsplit_once('@') {
        Some((userinfo, host_and_port)) => (Some(userinfo), host_and_port),
        None => (None, authority),
    };
    if userinfo.is_some_and(|userinfo| !userinfo.bytes().all(is_userinfo_byte)) {
        return Err(UrlRefusal::Userinfo);
    }
    let (host, port) = host::split_port(host_and_port)?;
    Ok((userinfo, host, port))
}

/// Whether it is https, the length of `scheme://`, and what follows.
fn split_scheme(raw: &str) -> Result<(bool, usize, &str), UrlRefusal> {
    for (scheme, https) in [("https://", true), ("http://", false)] {
        if let Some(rest) = raw.strip_prefix(scheme) {
            return Ok((https, scheme.len(), rest));
        }
    }
    let (scheme, rest) = raw.split_once("://").ok_or(UrlRefusal::NotAbsolute)?;
    if scheme.contains(['<', '>']) && !scheme.contains(['/', '?', '#']) {
        return Err(UrlRefusal::ReplacerBeforePath);
    }
    let https = scheme.eq_ignore_ascii_case("https");
    if !https && !scheme.eq_ignore_ascii_case("http") {
        return Err(UrlRefusal::NotAbsolute);
    }
    Ok((https, scheme.len().saturating_add("://".len()), rest))
}

fn split_off(text: &str, separator: u8) -> (&str, Option<&str>) {
    let split = memchr::memchr(separator, text.as_bytes()).and_then(|at| text.split_at_checked(at));
    match split {
        Some((before, after)) => (before, after.get(1..)),
        None => (text, None),
    }
}

/// RFC 3986: unreserved, percent sign, sub-delims, colon. The percent signs are checked for the whole URL at once.
fn is_userinfo_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:".contains(&byte)
}

/// `http://host:/` has no port, as in RFC 3986 and WHATWG; leading zeros are theirs, too.
fn parse_port(text: Option<&str>) -> Result<Option<u16>, UrlRefusal> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(UrlRefusal::Port);
    }
    match text.parse::<u16>() {
        Ok(0) | Err(_) => Err(UrlRefusal::Port),
        Ok(port) => Ok(Some(port)),
    }
}

fn percent_signs_are_complete(text: &str) -> bool {
    let mut after = text.split('%').skip(1);
    after.all(encode::starts_with_two_hex_digits)
}

/// All other URLs go through a parser of the RFC's own grammar: it must accept what a callback will send, and see the
/// same host and user.
pub(super) fn confirm_rfc3986(raw: &str, host_text: &str, parts: &UrlParts<'_>) -> Result<(), UrlRefusal> {
    let encoded = encode_for_rfc3986(raw, parts);
    let uri = UriStr::new(&encoded).map_err(|_| UrlRefusal::NotAbsolute)?;
    let seen = uri.authority_components().ok_or(UrlRefusal::NotAbsolute)?;
    if seen.host() == host_text && seen.userinfo() == parts.userinfo {
        Ok(())
    } else {
        Err(UrlRefusal::NotAbsolute)
    }
}

fn encode_for_rfc3986<'a>(raw: &'a str, parts: &UrlParts<'a>) -> Cow<'a, str> {
    // Most URLs need no encoding, and the parser itself finds that out fastest.
    if UriStr::new(raw).is_ok() {
        return Cow::Borrowed(raw);
    }
    let mut encoded = String::from(parts.origin);
    encode::encode_literal_path(parts.path, &mut encoded);
    if let Some(query) = parts.query {
        encoded.push('?');
        encode::encode_literal_query(query, &mut encoded);
    }
    if let Some(fragment) = parts.fragment {
        encoded.push('#');
        encode::encode_literal_query(fragment, &mut encoded); // RFC 3986 allows the same characters in both
    }
    Cow::Owned(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn host_text(host: &Host<'_>) -> String {
        match host {
            Host::Name(name) => name.to_string(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => format!("[{address}]"),
        }
    }

    #[test]
    fn every_listed_url_is_accepted_or_refused_by_its_rule() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/url.json");
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut rules = std::collections::HashSet::new();
        for case in &cases {
            let parsed = parse(case["url"].as_str().unwrap());
            if let Ok(parts) = &parsed {
                assert!(super::super::oracle::rfc3986_agrees(case["url"].as_str().unwrap(), parts), "{case}");
            }
            let rule = parsed.as_ref().err().map(|refusal| format!("{refusal:?}"));
            assert_eq!(rule.as_deref(), case["rule"].as_str(), "{case}");
            assert_eq!(parsed.is_ok(), case["accepted"], "{case}");
            let host = parsed.ok().map(|parts| host_text(&parts.host));
            assert_eq!(host.as_deref(), case["host"].as_str(), "{case}");
            rules.extend(rule);
        }
        assert!(cases.len() >= 330, "only {} cases", cases.len());
        assert_eq!(rules.len(), 16, "a rule is untested: {rules:?}");
    }

    #[test]
    fn the_parts_in_a_row_are_the_url() {
        for raw in [
            "HTTPS://u:p@Example.com:8443/a/<id>/b?x=<a.b>&y=ü#top",
            "http://h.example",
            "http://h.example?a?b",
            "http://h.example#a#b?c",
            "http://[::1]:80/?#",
            "http://@h.example:/",
        ] {
            let parts = parse(raw).unwrap();
            let query = parts.query.map(|query| format!("?{query}")).unwrap_or_default();
            let fragment = parts.fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            assert_eq!(format!("{}{}{query}{fragment}", parts.origin, parts.path), raw);
        }
        let parts = parse("HTTPS://u:p@Example.com.:8443/a/<id>?x=<y>#top").unwrap();
        assert_eq!((parts.https, parts.userinfo, parts.port), (true, Some("u:p"), Some(8443)));
        assert_eq!(parts.host, Host::Name("example.com.".into()));
        assert_eq!((parts.path, parts.query, parts.fragment), ("/a/<id>", Some("x=<y>"), Some("top")));
    }

    #[test]
    fn odd_spellings_of_ipv4_are_found() {
        let odd = |raw: &str| parse(raw).unwrap().odd_ipv4;
        assert!(odd("http://010.0.0.1/") && odd("http://127.1/") && odd("http://127.0.0.1./"));
        assert!(
            !odd("http://127.0.0.1/") && !odd("http://[::ffff:1.2.3.4]/") && !odd("http://EXAMPLE.com./")
        );
    }

    #[test]
    fn private_hosts_are_found_in_every_spelling() {
        let private = |raw: &str| parse(raw).unwrap().host.is_private();
        for raw in [
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "[::ffff:7f00:1]",
            "[64:ff9b::808:808]",
            "LOCALHOST.",
            "db.internal",
        ] {
            assert!(private(&format!("http://{raw}/")), "{raw}");
        }
        for raw in
            ["8.8.8.8", "134744072", "[::ffff:8.8.8.8]", "[2606:4700::1]", "example.com", "127.0.0.1.nip.io"]
        {
            assert!(!private(&format!("http://{raw}/")), "{raw}");
        }
    }

    #[test]
    fn the_host_keeps_its_limits() {
        let name =
            |length: usize| format!("{}.com", "a.".repeat((length - 4) / 2) + &"b".repeat((length - 4) % 2));
        let long = |length: usize| format!("http://{}/", name(length).replace("..", "."));
        assert!(parse(&format!("http://{}.com/", "a".repeat(63))).is_ok());
        assert_eq!(parse(&format!("http://{}.com/", "a".repeat(64))), Err(UrlRefusal::HostLength));
        assert!(parse(&long(253)).is_ok());
        assert!(parse(&long(253).replace(".com/", ".com./")).is_ok(), "a trailing dot does not count");
        assert_eq!(parse(&long(255)), Err(UrlRefusal::HostLength));
    }

    #[test]
    fn the_strict_parser_refuses_another_host_another_user_and_what_is_not_a_url() {
        let raw = "http://user@h.example/é";
        let parts = parse(raw).unwrap();
        assert_eq!(confirm_rfc3986(raw, "h.example", &parts), Ok(()));
        let refused = Err(UrlRefusal::NotAbsolute);
        assert_eq!(confirm_rfc3986(raw, "example", &parts), refused);
        assert_eq!(confirm_rfc3986(raw, "h.example", &UrlParts { userinfo: None, ..parts.clone() }), refused);
        assert_eq!(confirm_rfc3986(raw, "h.example", &UrlParts { origin: "http://h[", ..parts }), refused);
    }

    #[test]
    fn no_message_holds_the_url() {
        for raw in
            ["SECRET", "http://h/SECRET%", "http://SECRET[/", "http://h:SECRET/", "http://SECRET\u{e9}/"]
        {
            assert!(!parse(raw).unwrap_err().to_string().contains("SECRET"), "{raw}");
        }
    }
}
