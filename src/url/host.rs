//! The host of a URL: an address in any spelling, or a name.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::address::AddressVerdict;
use super::internal::is_internal_name;
use super::ipv4::{Ipv4Spelling, ipv4_spelling};
use super::punycode::is_valid_label;
use super::refusal::UrlRefusal;
use crate::ascii::Kinds;

/// The longest name that DNS carries; a trailing dot is not counted.
const MAX_HOST_BYTES: usize = 253;
/// The longest label that DNS carries.
const MAX_LABEL_BYTES: usize = 63;

/// A host as the WHATWG URL standard reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Host<'a> {
    /// A name in lower case; a trailing dot is kept.
    Name(Cow<'a, str>),
    /// An IPv4 address, however it was spelled.
    Ipv4(Ipv4Addr),
    /// An IPv6 address.
    Ipv6(Ipv6Addr),
}

impl<'a> Host<'a> {
    /// Reads a host without its port; an IPv6 address is in brackets.
    pub(super) fn parse(text: &'a str) -> Result<Self, UrlRefusal> {
        if text.is_empty() {
            return Err(UrlRefusal::MissingHost);
        }
        let kinds = Kinds::of(text);
        if kinds.are_within(Kinds::HOST) {
            return Self::parse_name(match kinds.hold(Kinds::UPPER) {
                true => Cow::Owned(text.to_ascii_lowercase()),
                false => Cow::Borrowed(text),
            });
        }
        if !text.is_ascii() {
            return Err(UrlRefusal::NonAsciiHost);
        }
        if let Some(bracketed) = text.strip_prefix('[') {
            // The standard library refuses zones (`%25eth0`) and kinds of address to come (`v1.x`).
            let address = bracketed.strip_suffix(']').and_then(|inner| inner.parse().ok());
            return address.map(Self::Ipv6).ok_or(UrlRefusal::Ipv6);
        }
        Err(if text.contains('%') { UrlRefusal::EncodedHost } else { UrlRefusal::HostCharacters })
    }

    fn parse_name(name: Cow<'a, str>) -> Result<Self, UrlRefusal> {
        let without_dot = name.strip_suffix('.').unwrap_or(&name);
        let (mut has_empty, mut has_long, mut has_encoded) = (false, false, false);
        for label in without_dot.as_bytes().split(|byte| *byte == b'.') {
            has_empty |= label.is_empty();
            has_long |= label.len() > MAX_LABEL_BYTES;
            has_encoded |= label.starts_with(b"xn--");
        }
        if has_empty {
            return Err(UrlRefusal::EmptyLabel);
        }
        if has_long || without_dot.len() > MAX_HOST_BYTES {
            return Err(UrlRefusal::HostLength);
        }
        if has_encoded && !without_dot.split('.').all(is_valid_label) {
            return Err(UrlRefusal::Punycode);
        }
        match ipv4_spelling(&name) {
            Ipv4Spelling::Address(address) => Ok(Self::Ipv4(address)),
            Ipv4Spelling::Malformed => Err(UrlRefusal::Ipv4),
            Ipv4Spelling::Name => Ok(Self::Name(name)),
        }
    }

    /// Whether the host is known not to be public: an address that is not public, or a name of the sender's own network.
    /// What a name resolves to is not known here.
    pub(crate) fn is_private(&self) -> bool {
        match self {
            Self::Name(name) => is_internal_name(name),
            Self::Ipv4(address) => !AddressVerdict::of(IpAddr::V4(*address)).is_public(),
            Self::Ipv6(address) => !AddressVerdict::of(IpAddr::V6(*address)).is_public(),
        }
    }
}

/// Splits `host:port`; the colons inside an IPv6 address's brackets do not count.
pub(super) fn split_port(text: &str) -> Result<(&str, Option<&str>), UrlRefusal> {
    if !text.starts_with('[') {
        return Ok(match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        });
    }
    let end = text.rfind(']').ok_or(UrlRefusal::Ipv6)?.saturating_add(1);
    let (host, rest) = text.split_at_checked(end).ok_or(UrlRefusal::Ipv6)?;
    match rest.strip_prefix(':') {
        Some(port) => Ok((host, Some(port))),
        None if rest.is_empty() => Ok((host, None)),
        None => Err(UrlRefusal::Ipv6),
    }
}
