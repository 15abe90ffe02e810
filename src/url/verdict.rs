//! What can be said of a host before it is resolved.

use std::net::IpAddr;

use super::address::AddressVerdict;
use super::host::Host;
use super::internal::is_internal_name;

/// What a host is, as far as its spelling says.
///
/// ```
/// use callback_profile::{AddressVerdict, HostVerdict};
/// assert_eq!(HostVerdict::of("0x7f.1"), HostVerdict::Address(AddressVerdict::Loopback));
/// assert_eq!(HostVerdict::of("redis.prod.svc"), HostVerdict::InternalName);
/// assert_eq!(HostVerdict::of("example.com"), HostVerdict::PublicName);
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostVerdict {
    /// An address, in any spelling that a URL may have.
    Address(AddressVerdict),
    /// A name that is not on the public internet.
    InternalName,
    /// Any other name. What it resolves to is for the caller to ask, and each address for [`AddressVerdict::of`].
    PublicName,
    /// No host that a URL may have.
    NoHost,
}

impl HostVerdict {
    /// The verdict on a host as a URL spells it; brackets around an IPv6 address may be absent, and it may have a zone.
    #[must_use]
    pub fn of(host: &str) -> HostVerdict {
        if let Some(verdict) = AddressVerdict::of_text(host) {
            return HostVerdict::Address(verdict);
        }
        match Host::parse(host) {
            Ok(Host::Ipv4(address)) => HostVerdict::Address(AddressVerdict::of(IpAddr::V4(address))),
            Ok(Host::Ipv6(address)) => HostVerdict::Address(AddressVerdict::of(IpAddr::V6(address))),
            Ok(Host::Name(name)) if is_internal_name(&name) => HostVerdict::InternalName,
            Ok(Host::Name(_)) => HostVerdict::PublicName,
            Err(_) => HostVerdict::NoHost,
        }
    }

    /// The name of an address's verdict, or `internal_name`, `public_name`, `no_host`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            HostVerdict::Address(verdict) => verdict.name(),
            HostVerdict::InternalName => "internal_name",
            HostVerdict::PublicName => "public_name",
            HostVerdict::NoHost => "no_host",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_as_a_url_reads_it() {
        for (host, name) in [
            ("93.184.215.14", "public"),
            ("2130706433", "loopback"),
            ("0x7f.1", "loopback"),
            ("[::1]", "loopback"),
            ("::1", "loopback"),
            ("fe80::1%eth0", "link_local"),
            ("10.1", "private"),
            ("169.254.169.254", "metadata"),
            ("LOCALHOST", "internal_name"),
            ("metadata.goog", "internal_name"),
            ("nas.lan.", "internal_name"),
            ("Example.COM", "public_name"),
            ("", "no_host"),
            ("a..b", "no_host"),
            ("1.2.3.256", "no_host"),
            ("ex\u{e4}mple.com", "no_host"),
            ("example.com:80", "no_host"),
            ("https://example.com", "no_host"),
        ] {
            assert_eq!(HostVerdict::of(host).name(), name, "{host}");
        }
    }
}
