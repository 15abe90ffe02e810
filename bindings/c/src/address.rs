//! Addresses: whether a callback may be sent there. The library opens no connection.

use std::ffi::{c_char, c_void};
use std::net::IpAddr;

use cbp::AddressVerdict;

use crate::convert::{bytes, out, text};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::options::{number_of, value_of};
use crate::sockaddr;
use crate::text::cbp_str;

/// Globally reachable: the only verdict that a callback may be sent to.
pub const CBP_ADDRESS_PUBLIC: u32 = 1;
/// The sender's own machine.
pub const CBP_ADDRESS_LOOPBACK: u32 = 2;
/// A private network.
pub const CBP_ADDRESS_PRIVATE: u32 = 3;
/// Shared address space behind a carrier's NAT.
pub const CBP_ADDRESS_SHARED: u32 = 4;
/// Valid on one link only.
pub const CBP_ADDRESS_LINK_LOCAL: u32 = 5;
/// A cloud's metadata or credentials service.
pub const CBP_ADDRESS_METADATA: u32 = 6;
/// No particular host; many systems connect to themselves.
pub const CBP_ADDRESS_UNSPECIFIED: u32 = 7;
/// A group of hosts.
pub const CBP_ADDRESS_MULTICAST: u32 = 8;
/// For examples in documents.
pub const CBP_ADDRESS_DOCUMENTATION: u32 = 9;
/// Everything else that is not global unicast.
pub const CBP_ADDRESS_RESERVED: u32 = 10;

/// Classifies an IP address as the target of a callback: `*verdict` is a CBP_ADDRESS number. `address` is text in the usual
/// notation, with or without brackets and zone (`93.184.215.14`, `2606:4700::1`, `fe80::1%eth0`); any other text is
/// CBP_ERROR_INVALID_ARGUMENT.
///
/// The library opens no connection. A sender resolves the host, classifies every address of the answer, connects to exactly
/// one of them, and does all that again for every redirect that it follows.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_address_verdict(
    address: *const c_char,
    address_len: usize,
    verdict: *mut u32,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (address, verdict) = unsafe { (text(address, address_len)?, out(verdict)?) };
        let expected = Failure::Argument("the address must be an IPv4 or IPv6 address");
        verdict.put(verdict_number(AddressVerdict::of_text(address).ok_or(expected)?)?);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Like cbp_address_verdict(), for the 4 or 16 bytes in network order that a `struct sockaddr_in` or `sockaddr_in6` holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_address_verdict_of_bytes(
    address: *const c_void,
    address_len: usize,
    verdict: *mut u32,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (address, verdict) = unsafe { (bytes(address, address_len)?, out(verdict)?) };
        let ipv4 = <[u8; 4]>::try_from(address).map(IpAddr::from);
        let ipv6 = <[u8; 16]>::try_from(address).map(IpAddr::from);
        let address = ipv4.or(ipv6).map_err(|_| Failure::Argument("an address has 4 or 16 bytes"))?;
        verdict.put(verdict_number(AddressVerdict::of(address))?);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Like cbp_address_verdict(), for a `struct sockaddr` of this platform: what `getaddrinfo()` gives as `ai_addr` and `ai_addrlen`,
/// and `getpeername()` as `struct sockaddr_storage`. Of another family than AF_INET and AF_INET6, or too short for its family, it
/// is CBP_ERROR_INVALID_ARGUMENT. Port and scope make no difference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_address_verdict_of_sockaddr(
    sockaddr: *const c_void,
    sockaddr_len: usize,
    verdict: *mut u32,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (sockaddr, verdict) = unsafe { (bytes(sockaddr, sockaddr_len)?, out(verdict)?) };
        let expected = Failure::Argument("the address must be a whole sockaddr_in or sockaddr_in6");
        verdict.put(verdict_number(AddressVerdict::of(sockaddr::address(sockaddr).ok_or(expected)?))?);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The stable name of a CBP_ADDRESS number (`public`, `link_local`); its `data` is NULL for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_address_verdict_name(verdict: u32) -> cbp_str {
    guard::value(cbp_str::NONE, || cbp_str::of_option(value_of(&VERDICTS, verdict).map(AddressVerdict::name)))
}

const VERDICTS: [(u32, AddressVerdict); 10] = [
    (CBP_ADDRESS_PUBLIC, AddressVerdict::Public),
    (CBP_ADDRESS_LOOPBACK, AddressVerdict::Loopback),
    (CBP_ADDRESS_PRIVATE, AddressVerdict::Private),
    (CBP_ADDRESS_SHARED, AddressVerdict::Shared),
    (CBP_ADDRESS_LINK_LOCAL, AddressVerdict::LinkLocal),
    (CBP_ADDRESS_METADATA, AddressVerdict::Metadata),
    (CBP_ADDRESS_UNSPECIFIED, AddressVerdict::Unspecified),
    (CBP_ADDRESS_MULTICAST, AddressVerdict::Multicast),
    (CBP_ADDRESS_DOCUMENTATION, AddressVerdict::Documentation),
    (CBP_ADDRESS_RESERVED, AddressVerdict::Reserved),
];

fn verdict_number(verdict: AddressVerdict) -> Result<u32, Failure> {
    number_of(&VERDICTS, verdict).ok_or(Failure::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_a_number() {
        assert!(AddressVerdict::ALL.iter().all(|verdict| number_of(&VERDICTS, *verdict).is_some()));
    }
}
