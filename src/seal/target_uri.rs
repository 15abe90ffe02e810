//! The URL that a sealed callback is bound to (`htu`, as in RFC 9449 §4.2), in one spelling: scheme, host, port and path as
//! sent; scheme and host in lower case; no user name and password, no default port, query or fragment; an empty path is
//! `/`; percent-encoding in upper case, unreserved characters decoded (RFC 3986 §6.2.2).

use crate::url;

/// The one spelling; `None` if this is no absolute http or https URL.
pub(super) fn normalised(text: &str) -> Option<String> {
    let parts = url::parse(text).ok()?;
    let (_, authority) = parts.origin.split_once("://")?;
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    // The brackets of an IPv6 address hold colons.
    let host_end = host_and_port.rfind(']').map_or(0, |end| end.saturating_add(1));
    let (bracketed, rest) = host_and_port.split_at_checked(host_end)?;
    let (name, _) = rest.split_once(':').unwrap_or((rest, ""));
    let mut out = String::from(if parts.https { "https://" } else { "http://" });
    out.extend([bracketed, name].map(str::to_ascii_lowercase));
    let default_port = if parts.https { 443 } else { 80 };
    if let Some(port) = parts.port.filter(|port| *port != default_port) {
        out.push_str(&format!(":{port}"));
    }
    match parts.path {
        "" => out.push('/'),
        path => url::encode_literal_path(path, &mut out),
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn one_spelling_for_each_url() {
        for (url, expected) in [
            ("https://example.com", "https://example.com/"),
            ("HTTPS://Example.COM/A/b", "https://example.com/A/b"),
            ("https://user:word@example.com:443/a?b=c#d", "https://example.com/a"),
            ("http://example.com:443/", "http://example.com:443/"),
            ("http://example.com:80/", "http://example.com/"),
            ("https://example.com:/a", "https://example.com/a"),
            ("https://example.com:08443/a", "https://example.com:8443/a"),
            ("https://example.com?a", "https://example.com/"),
            ("https://e.com/%7ea%2fb%c3%a9é", "https://e.com/~a%2Fb%C3%A9%C3%A9"),
            ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
            ("http://[::1]", "http://[::1]/"),
            ("https://e.com/a/../b", "https://e.com/a/../b"),
        ] {
            assert_eq!(normalised(url).as_deref(), Some(expected), "{url}");
            assert_eq!(normalised(expected).as_deref(), Some(expected), "once more: {url}");
        }
        for url in
            ["", "/a", "example.com", "ftp://e.com/", "https:///a", "https://e.com:0/", "https://e com/"]
        {
            assert_eq!(normalised(url), None, "{url}");
        }
    }
}
