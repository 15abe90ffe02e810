//! The address in a `struct sockaddr`, read as bytes: the caller's memory need not be aligned, and the header needs no
//! `<sys/socket.h>`.

use std::mem::offset_of;
use std::net::IpAddr;

/// The address of a `sockaddr_in` or `sockaddr_in6`; `None` of another family, and of fewer bytes than the family has.
pub(crate) fn address(sockaddr: &[u8]) -> Option<IpAddr> {
    const FAMILY: usize = offset_of!(libc::sockaddr, sa_family);
    let family = i32::from(libc::sa_family_t::from_ne_bytes(field(sockaddr, FAMILY)?));
    match family {
        libc::AF_INET if sockaddr.len() >= size_of::<libc::sockaddr_in>() => {
            field::<4>(sockaddr, offset_of!(libc::sockaddr_in, sin_addr)).map(IpAddr::from)
        }
        libc::AF_INET6 if sockaddr.len() >= size_of::<libc::sockaddr_in6>() => {
            field::<16>(sockaddr, offset_of!(libc::sockaddr_in6, sin6_addr)).map(IpAddr::from)
        }
        _ => None,
    }
}

/// The bytes of a field.
fn field<const N: usize>(bytes: &[u8], offset: usize) -> Option<[u8; N]> {
    bytes.get(offset..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_family(family: i32, len: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..len).map(|index| u8::try_from(index).unwrap_or(0)).collect();
        let family = libc::sa_family_t::try_from(family).unwrap_or_default().to_ne_bytes();
        let at = offset_of!(libc::sockaddr, sa_family);
        if let Some(place) = bytes.get_mut(at..at.saturating_add(family.len())) {
            place.copy_from_slice(&family);
        }
        bytes
    }

    #[test]
    fn whole_addresses_of_two_families() {
        let (v4, v6) = (size_of::<libc::sockaddr_in>(), size_of::<libc::sockaddr_in6>());
        assert_eq!(address(&of_family(libc::AF_INET, v4)), Some(IpAddr::from([4, 5, 6, 7])));
        let expected: [u8; 16] =
            std::array::from_fn(|index| u8::try_from(index).unwrap_or(0).saturating_add(8));
        assert_eq!(address(&of_family(libc::AF_INET6, v6)), Some(IpAddr::from(expected)));
        // What accept() and getpeername() fill is longer.
        assert!(address(&of_family(libc::AF_INET, 128)).is_some());
        assert!(address(&of_family(libc::AF_INET6, 128)).is_some());
    }

    #[test]
    fn nothing_else() {
        let (v4, v6) = (size_of::<libc::sockaddr_in>(), size_of::<libc::sockaddr_in6>());
        for len in 0..v6 {
            assert_eq!(address(&of_family(libc::AF_INET6, len)), None, "{len} bytes");
            assert_eq!(address(&of_family(libc::AF_INET, len)).is_some(), len >= v4, "{len} bytes");
        }
        for family in [libc::AF_UNSPEC, libc::AF_UNIX, 0xFFFF] {
            assert_eq!(address(&of_family(family, 128)), None, "family {family}");
        }
    }
}
