//! Where a callback goes, in the parts that a client needs which connects by itself.

use super::{Callback, CallbackBuffer};
use crate::url::{self, Host};

/// Where a callback goes. The host is a name or an address, to be resolved. Ask [`AddressVerdict`](crate::AddressVerdict)
/// about every address before you connect. Credentials in the URL (`user:password@`) are left out.
///
/// ```
/// use callback_profile::{Profile, Record};
/// let profile = Profile::parse(r#"{"title": "sms", "http_method": "GET",
///     "url": "https://Example.com:8443/sms?to=<recipient>"}"#).unwrap();
/// let callback = profile.callback(&Record::parse(r#"{"recipient": "+91"}"#).unwrap()).unwrap();
/// let destination = callback.destination().unwrap();
/// assert_eq!((destination.host.as_str(), destination.port, destination.is_https), ("example.com", 8443, true));
/// assert_eq!(destination.authority, "example.com:8443");
/// assert_eq!(destination.target, "/sms?to=%2B91");
/// ```
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq)]
pub struct Destination {
    /// Whether the scheme is https, else http.
    pub is_https: bool,
    /// What to resolve: a name in lower case, an IPv4 address in four decimal numbers, or an IPv6 address without brackets.
    pub host: String,
    /// The port, 443 or 80 where the URL has none.
    pub port: u16,
    /// The value of the header `host` (RFC 9110 §7.2): the host, an IPv6 address in brackets, and the port unless it is the
    /// scheme's own.
    pub authority: String,
    /// Path and query, from the first `/`: the request target in origin form (RFC 9112 §3.2.1).
    pub target: String,
}

/// Without path and query, which hold values of the record.
impl std::fmt::Debug for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Destination")
            .field("is_https", &self.is_https)
            .field("authority", &self.authority)
            .field("target_bytes", &self.target.len())
            .finish_non_exhaustive()
    }
}

impl Callback {
    /// Where the callback goes. `None` only after `url` was changed to something that no callback has.
    pub fn destination(&self) -> Option<Destination> {
        Destination::of(&self.url)
    }
}

impl CallbackBuffer {
    /// Where the callback goes; `None` before the first callback.
    pub fn destination(&self) -> Option<Destination> {
        Destination::of(self.url())
    }
}

impl Destination {
    /// Where a callback of this URL goes, for those who keep the URL and not the [`Callback`]; `None` if no callback has such a URL.
    pub fn of(url: &str) -> Option<Destination> {
        let parts = url::parse(url).ok()?;
        let default_port = if parts.https { 443 } else { 80 };
        let port = parts.port.unwrap_or(default_port);
        let (host, mut authority) = match parts.host {
            Host::Name(name) => (name.clone().into_owned(), name.into_owned()),
            Host::Ipv4(address) => (address.to_string(), address.to_string()),
            Host::Ipv6(address) => (address.to_string(), format!("[{address}]")),
        };
        if port != default_port {
            authority.push_str(&format!(":{port}"));
        }
        let mut target = String::with_capacity(url.len());
        if !parts.path.starts_with('/') {
            target.push('/');
        }
        target.push_str(parts.path);
        if let Some(query) = parts.query {
            target.push('?');
            target.push_str(query);
        }
        Some(Destination { is_https: parts.https, host, port, authority, target })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CallbackOptions, Profile};

    #[test]
    fn the_parts_of_a_url() {
        for (url, is_https, host, port, authority, target) in [
            ("https://example.com", true, "example.com", 443, "example.com", "/"),
            ("http://example.com?a=b", false, "example.com", 80, "example.com", "/?a=b"),
            ("http://Example.COM:80/", false, "example.com", 80, "example.com", "/"),
            ("http://example.com:443/?", false, "example.com", 443, "example.com:443", "/?"),
            (
                "https://user:word@example.com/a/b?c=%20",
                true,
                "example.com",
                443,
                "example.com",
                "/a/b?c=%20",
            ),
            ("https://[2001:DB8:0::1]:8443/a", true, "2001:db8::1", 8443, "[2001:db8::1]:8443", "/a"),
            ("http://0x7f.1:8080/a", false, "127.0.0.1", 8080, "127.0.0.1:8080", "/a"),
        ] {
            let destination = Destination::of(url).unwrap();
            let expected = Destination {
                is_https,
                host: host.into(),
                port,
                authority: authority.into(),
                target: target.into(),
            };
            assert_eq!(destination, expected, "{url}");
        }
        assert_eq!(Destination::of(""), None);
        assert_eq!(Destination::of("/a"), None);
    }

    /// The reader that most clients have agrees.
    #[test]
    fn the_url_crate_reads_the_same() {
        for url in
            ["https://example.com:8443/a?b", "http://[::1]/", "http://010.0.0.1/a", "https://a.example.?x"]
        {
            let (ours, theirs) = (Destination::of(url).unwrap(), ::url::Url::parse(url).unwrap());
            let host = theirs.host_str().unwrap();
            assert_eq!(ours.host, host.trim_matches(['[', ']']), "{url}");
            assert_eq!(Some(ours.port), theirs.port_or_known_default(), "{url}");
            let query = theirs.query().map(|query| format!("?{query}")).unwrap_or_default();
            assert_eq!(ours.target, theirs.path().to_owned() + &query, "{url}");
        }
    }

    #[test]
    fn a_callback_and_a_buffer_give_that_of_their_url() {
        let payload = r#"{"title": "sms", "http_method": "GET", "url": "https://example.com/sms?to=<to>"}"#;
        let (profile, record) = (Profile::parse(payload).unwrap(), r#"{"to": "7"}"#);
        let expected = Destination::of("https://example.com/sms?to=7");
        let mut buffer = CallbackBuffer::default();
        assert_eq!(buffer.destination(), None);
        profile.callback_into(record, &CallbackOptions::default(), &mut buffer).unwrap();
        assert_eq!(buffer.destination(), expected);
        assert_eq!(profile.callback(record).unwrap().destination(), expected);
        assert!(expected.is_some());
    }
}
