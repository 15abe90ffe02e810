//! Which IP addresses a callback should not be sent to.
//!
//! The library opens no connection, so it knows only what is written in a URL. A name that resolves to an internal
//! address passes every such check. So the sender resolves the host, asks [`AddressVerdict::of`] about **every**
//! address that it gets, connects to one of exactly those addresses, and repeats all of it for a redirect.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::names::named_values;

/// What an IP address is good for as the target of a callback.
///
/// The names follow the IANA special-purpose registries (RFC 6890). Where the registries call a block globally
/// reachable but no web server lives there (protocol anycast in `192.0.0.0/24` and `2001::/23`, the retired
/// 6to4 relays), the verdict is [`Reserved`](Self::Reserved): the safe answer costs nothing.
///
/// # IPv4 inside IPv6
///
/// - IPv4-mapped (`::ffff:a.b.c.d`) is that IPv4 address in another spelling and has its verdict, public included.
/// - IPv4-compatible (`::a.b.c.d`), translated (`::ffff:0:a.b.c.d`), NAT64 (`64:ff9b::/96`), 6to4 (`2002::/16`),
///   Teredo (`2001::/32`, client and server) and ISATAP (`…:0:5efe:a.b.c.d`) lead through a gateway to the IPv4
///   address. A verdict other than public is passed on. A public one becomes [`Reserved`](Self::Reserved): a
///   receiver with a public IPv4 address is called by that address, never through a gateway of the sender's network.
/// - The local NAT64 prefix `64:ff9b:1::/48` does not define where it has the IPv4 address: always reserved.
///
/// ```
/// # use callback_profile::AddressVerdict;
/// assert!(AddressVerdict::of("93.184.215.14".parse().unwrap()).is_public());
/// assert_eq!(AddressVerdict::of("::ffff:10.0.0.1".parse().unwrap()), AddressVerdict::Private);
/// assert_eq!(AddressVerdict::of("64:ff9b::a9fe:a9fe".parse().unwrap()), AddressVerdict::Metadata);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AddressVerdict {
    /// Globally reachable unicast: the only verdict that a callback may be sent to.
    Public,
    /// The sender's own machine: `127.0.0.0/8`, `::1`.
    Loopback,
    /// A private network: `10/8`, `172.16/12`, `192.168/16`, `fc00::/7`, the old site-local `fec0::/10`.
    Private,
    /// Shared address space behind a carrier's NAT: `100.64.0.0/10`.
    Shared,
    /// Valid on one link only: `169.254.0.0/16`, `fe80::/10`.
    LinkLocal,
    /// A well-known address of a cloud's metadata or credentials service, whatever range it lies in.
    Metadata,
    /// No particular host: `0.0.0.0/8`, `::`. Many systems connect to themselves.
    Unspecified,
    /// A group of hosts: `224.0.0.0/4`, `ff00::/8`.
    Multicast,
    /// For examples in documents: `192.0.2/24`, `198.51.100/24`, `203.0.113/24`, `2001:db8::/32`, `3fff::/20`.
    Documentation,
    /// Everything else that is not global unicast: protocol assignments, benchmarks, broadcast, tunnels, unallocated.
    Reserved,
}

named_values!(AddressVerdict {
    Public = "public",
    Loopback = "loopback",
    Private = "private",
    Shared = "shared",
    LinkLocal = "link_local",
    Metadata = "metadata",
    Unspecified = "unspecified",
    Multicast = "multicast",
    Documentation = "documentation",
    Reserved = "reserved",
});

impl AddressVerdict {
    /// The verdict on an address.
    #[must_use]
    pub fn of(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(ip) => of_ipv4(ip),
            IpAddr::V6(ip) => of_ipv6(ip),
        }
    }

    /// The verdict on an address as text, with or without brackets; an IPv6 address may have a zone (`fe80::1%eth0`),
    /// which says only through which interface of the machine it is reached. `None` if the text is no IP address.
    ///
    /// ```
    /// # use callback_profile::AddressVerdict;
    /// assert_eq!(AddressVerdict::of_text("fe80::1%eth0"), Some(AddressVerdict::LinkLocal));
    /// assert_eq!(AddressVerdict::of_text("fe80::1%"), None); // a zone that has no name
    /// assert_eq!(AddressVerdict::of_text("example.com"), None);
    /// ```
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        match text.split_once('%') {
            Some((address, zone)) if !zone.is_empty() => address.parse().ok().map(|ip: Ipv6Addr| of_ipv6(ip)),
            Some(_) => None,
            None => text.parse().ok().map(AddressVerdict::of),
        }
    }

    /// Whether a callback may be sent there.
    #[must_use]
    pub fn is_public(self) -> bool {
        self == Self::Public
    }
}

/// Addresses at which clouds hand out credentials and configuration to whoever asks from inside.
const METADATA_IPV4: [Ipv4Addr; 9] = [
    Ipv4Addr::new(169, 254, 169, 254), // AWS, Azure, Google Cloud, Oracle, DigitalOcean, OpenStack and others
    Ipv4Addr::new(169, 254, 170, 2),   // AWS ECS task credentials
    Ipv4Addr::new(169, 254, 170, 23),  // AWS EKS pod identity
    Ipv4Addr::new(169, 254, 42, 42),   // Scaleway
    Ipv4Addr::new(169, 254, 0, 23),    // Tencent Cloud
    Ipv4Addr::new(169, 254, 10, 10),   // Tencent Cloud, older
    Ipv4Addr::new(100, 100, 100, 200), // Alibaba Cloud
    Ipv4Addr::new(192, 0, 0, 192),     // Oracle Cloud, classic
    Ipv4Addr::new(168, 63, 129, 16),   // Azure WireServer: in public space, answered by the host underneath
];

/// The same for IPv6.
const METADATA_IPV6: [Ipv6Addr; 5] = [
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),   // AWS
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23),    // AWS EKS pod identity
    Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),    // Google Cloud
    Ipv6Addr::new(0xfd00, 0x42, 0, 0, 0, 0, 0, 0x42),     // Scaleway
    Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0xa9fe, 0xa9fe), // OpenStack
];

/// Blocks that are not public: network, prefix length, verdict. The first that matches counts.
const IPV4_BLOCKS: [(Ipv4Addr, u32, AddressVerdict); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, AddressVerdict::Unspecified),
    (Ipv4Addr::new(10, 0, 0, 0), 8, AddressVerdict::Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, AddressVerdict::Shared),
    (Ipv4Addr::new(127, 0, 0, 0), 8, AddressVerdict::Loopback),
    (Ipv4Addr::new(169, 254, 0, 0), 16, AddressVerdict::LinkLocal),
    (Ipv4Addr::new(172, 16, 0, 0), 12, AddressVerdict::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, AddressVerdict::Reserved), // IETF protocol assignments
    (Ipv4Addr::new(192, 0, 2, 0), 24, AddressVerdict::Documentation),
    (Ipv4Addr::new(192, 88, 99, 0), 24, AddressVerdict::Reserved), // 6to4 relays, retired by RFC 7526
    (Ipv4Addr::new(192, 168, 0, 0), 16, AddressVerdict::Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, AddressVerdict::Reserved), // benchmarks
    (Ipv4Addr::new(198, 51, 100, 0), 24, AddressVerdict::Documentation),
    (Ipv4Addr::new(203, 0, 113, 0), 24, AddressVerdict::Documentation),
    (Ipv4Addr::new(224, 0, 0, 0), 4, AddressVerdict::Multicast),
    (Ipv4Addr::new(240, 0, 0, 0), 4, AddressVerdict::Reserved), // future use, and the broadcast address
];

/// What IANA has given to registries out of `2000::/3` (its registry "IPv6 Global Unicast Address Assignments",
/// last changed on 2024-11-01); the rest is unallocated, so nobody rightly answers there.
const IPV6_ALLOCATED: [(Ipv6Addr, u32); 34] = [
    (Ipv6Addr::new(0x2001, 0x200, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x400, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x600, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x800, 0, 0, 0, 0, 0, 0), 22),
    (Ipv6Addr::new(0x2001, 0xc00, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xe00, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x1200, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x1400, 0, 0, 0, 0, 0, 0), 22),
    (Ipv6Addr::new(0x2001, 0x1800, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x1a00, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x1c00, 0, 0, 0, 0, 0, 0), 22),
    (Ipv6Addr::new(0x2001, 0x2000, 0, 0, 0, 0, 0, 0), 19),
    (Ipv6Addr::new(0x2001, 0x4000, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x4200, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x4400, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x4600, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x4800, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x4a00, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x4c00, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0x5000, 0, 0, 0, 0, 0, 0), 20),
    (Ipv6Addr::new(0x2001, 0x8000, 0, 0, 0, 0, 0, 0), 19),
    (Ipv6Addr::new(0x2001, 0xa000, 0, 0, 0, 0, 0, 0), 20),
    (Ipv6Addr::new(0x2001, 0xb000, 0, 0, 0, 0, 0, 0), 20),
    (Ipv6Addr::new(0x2003, 0, 0, 0, 0, 0, 0, 0), 18),
    (Ipv6Addr::new(0x2400, 0, 0, 0, 0, 0, 0, 0), 12),
    (Ipv6Addr::new(0x2410, 0, 0, 0, 0, 0, 0, 0), 12),
    (Ipv6Addr::new(0x2600, 0, 0, 0, 0, 0, 0, 0), 12),
    (Ipv6Addr::new(0x2610, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2620, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2630, 0, 0, 0, 0, 0, 0, 0), 12),
    (Ipv6Addr::new(0x2800, 0, 0, 0, 0, 0, 0, 0), 12),
    (Ipv6Addr::new(0x2a00, 0, 0, 0, 0, 0, 0, 0), 12),
    (Ipv6Addr::new(0x2a10, 0, 0, 0, 0, 0, 0, 0), 12),
    (Ipv6Addr::new(0x2c00, 0, 0, 0, 0, 0, 0, 0), 12),
];

/// Blocks of IPv6 that are not public. What is in none of these tables is reserved.
const IPV6_BLOCKS: [(Ipv6Addr, u32, AddressVerdict); 7] = [
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, AddressVerdict::Private),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, AddressVerdict::LinkLocal),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, AddressVerdict::Private),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, AddressVerdict::Multicast),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, AddressVerdict::Documentation),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, AddressVerdict::Documentation),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, AddressVerdict::Reserved), // benchmarks, ORCHID, anycast, …
];

fn of_ipv4(ip: Ipv4Addr) -> AddressVerdict {
    if METADATA_IPV4.contains(&ip) {
        return AddressVerdict::Metadata;
    }
    let matching = IPV4_BLOCKS.iter().find(|(network, length, _)| {
        let differing = ip.to_bits() ^ network.to_bits();
        differing.leading_zeros() >= *length
    });
    matching.map_or(AddressVerdict::Public, |(_, _, verdict)| *verdict)
}

fn of_ipv6(ip: Ipv6Addr) -> AddressVerdict {
    if METADATA_IPV6.contains(&ip) {
        return AddressVerdict::Metadata;
    }
    if let Some(verdict) = of_embedded_ipv4(ip) {
        return verdict;
    }
    let is_in =
        |network: &Ipv6Addr, length: u32| (ip.to_bits() ^ network.to_bits()).leading_zeros() >= length;
    if let Some((_, _, verdict)) = IPV6_BLOCKS.iter().find(|(network, length, _)| is_in(network, *length)) {
        return *verdict;
    }
    if !IPV6_ALLOCATED.iter().any(|(network, length)| is_in(network, *length)) {
        return AddressVerdict::Reserved;
    }
    match ip.segments() {
        // ISATAP comes last, for it may be under any prefix; its two flag bits do not matter.
        [_, _, _, _, flags, 0x5efe, high, low] if flags & 0xfcff == 0 => behind_gateway(high, low),
        _ => AddressVerdict::Public,
    }
}

/// The verdict on an address whose prefix says that it holds an IPv4 address; also of `::`, which is 0.0.0.0 in that
/// view, and of `::1`.
fn of_embedded_ipv4(ip: Ipv6Addr) -> Option<AddressVerdict> {
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Some(AddressVerdict::Loopback),
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some(of_ipv4(ipv4(high, low))),
        [0, 0, 0, 0, 0, 0, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(behind_gateway(high, low)),
        // Teredo holds its server in the clear and its client inverted.
        [0x2001, 0, server_high, server_low, _, _, high, low] => match of_ipv4(ipv4(!high, !low)) {
            AddressVerdict::Public => Some(behind_gateway(server_high, server_low)),
            verdict => Some(verdict),
        },
        _ => None,
    }
}

fn behind_gateway(high: u16, low: u16) -> AddressVerdict {
    match of_ipv4(ipv4(high, low)) {
        AddressVerdict::Public => AddressVerdict::Reserved,
        verdict => verdict,
    }
}

fn ipv4(high: u16, low: u16) -> Ipv4Addr {
    let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
    Ipv4Addr::new(a, b, c, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_address_has_its_verdict() {
        let vectors = crate::url::address_cases();
        let cases = vectors["addresses"].as_array().unwrap();
        for case in cases {
            let ip: IpAddr = case["address"].as_str().unwrap().parse().unwrap();
            assert_eq!(AddressVerdict::of(ip).to_string(), case["verdict"], "{case}");
        }
        assert!(cases.len() >= 500, "only {} cases", cases.len());
        for verdict in AddressVerdict::ALL {
            assert!(cases.iter().any(|case| case["verdict"] == verdict.name()), "{verdict} is untested");
        }
    }

    #[test]
    fn only_a_mapped_address_is_public_through_its_ipv4() {
        let of = |text: &str| AddressVerdict::of(text.parse().unwrap());
        assert_eq!(of("::ffff:8.8.8.8"), AddressVerdict::Public);
        for gateway in
            ["::8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1", "2a00::5efe:808:808"]
        {
            assert_eq!(of(gateway), AddressVerdict::Reserved, "{gateway}");
        }
    }
}
