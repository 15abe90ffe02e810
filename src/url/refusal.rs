//! Why a URL is refused.

use core::fmt;

/// Why a URL is refused. `Display` is the message after `body/url `; it never quotes the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum UrlRefusal {
    /// A space, a control character, Unicode white space or a backslash, anywhere.
    Blank,
    /// An invisible character or a mark of text direction, anywhere.
    Invisible,
    /// No scheme, another scheme, no `://`, or a URL that RFC 3986 does not know.
    NotAbsolute,
    /// `<` or `>` before the path.
    ReplacerBeforePath,
    /// User name or password hold what RFC 3986 wants encoded, a second `@` for one.
    Userinfo,
    /// No host between `://` and the path.
    MissingHost,
    /// A host that is not ASCII.
    NonAsciiHost,
    /// `%` in the host: a host that has to be decoded first is a host in disguise.
    EncodedHost,
    /// Brackets that do not hold an IPv6 address, or one with a zone.
    Ipv6,
    /// A host with other characters than a name has.
    HostCharacters,
    /// Two dots in a row, or a dot at the start.
    EmptyLabel,
    /// A host of more than 253 bytes or a label of more than 63.
    HostLength,
    /// A host that ends in a number and is not an IPv4 address.
    Ipv4,
    /// A label that starts with `xn--` and is not the punycode of anything.
    Punycode,
    /// A port that is not a number from 1 to 65535.
    Port,
    /// `%` without two hexadecimal digits.
    Percent,
}

impl fmt::Display for UrlRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Blank => "must NOT hold spaces, control characters or backslashes",
            Self::Invisible => "must NOT hold invisible characters or marks of text direction",
            Self::NotAbsolute => "must be an absolute http or https URL",
            Self::ReplacerBeforePath => "must NOT have replacers in scheme, userinfo, host or port",
            Self::Userinfo => "must have user name and password percent-encoded",
            Self::MissingHost => "must have a host",
            Self::NonAsciiHost => "must have a host in ASCII; write it in punycode (xn--...)",
            Self::EncodedHost => "must NOT have percent-encoding in the host",
            Self::Ipv6 => "must have an IPv6 address without a zone in the brackets",
            Self::HostCharacters => "must have a host of letters, digits, hyphens, dots and underscores",
            Self::EmptyLabel => "must NOT have empty labels in the host",
            Self::HostLength => "must have a host of at most 253 bytes with labels of at most 63",
            Self::Ipv4 => "must NOT have a host that ends in a number unless it is an IPv4 address",
            Self::Punycode => "must have valid punycode in the host's xn-- labels",
            Self::Port => "must have a port from 1 to 65535",
            Self::Percent => "must have two hexadecimal digits after every % sign",
        })
    }
}
