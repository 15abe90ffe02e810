//! How hosts spell IPv4 addresses: decimal, octal, hexadecimal, short forms.

use std::net::Ipv4Addr;

/// How the WHATWG URL standard reads a host that is not in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ipv4Spelling {
    /// The last label is not a number: a name.
    Name,
    /// An address, in decimal, octal, hexadecimal or short form.
    Address(Ipv4Addr),
    /// The last label is a number, but the host is not an address: browsers refuse it, resolvers disagree on it.
    Malformed,
}

/// Reads a host as the WHATWG URL standard does ("ends in a number checker" and "IPv4 parser").
///
/// The host must be ASCII and have no percent-encoding. One trailing dot is ignored.
pub(crate) fn ipv4_spelling(host: &str) -> Ipv4Spelling {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit_once('.').map_or(host, |(_, last)| last);
    if !last.starts_with(|first: char| first.is_ascii_digit()) {
        return Ipv4Spelling::Name; // every number starts with a digit
    }
    let all_digits = last.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits && ipv4_number(last).is_none() {
        return Ipv4Spelling::Name;
    }
    ipv4_address(host).map_or(Ipv4Spelling::Malformed, Ipv4Spelling::Address)
}

/// The "IPv4 parser" of the WHATWG URL standard: up to four numbers, the last fills all bytes that remain.
fn ipv4_address(host: &str) -> Option<Ipv4Addr> {
    let mut leading: u64 = 0;
    let mut free_bits: u32 = 32;
    let mut parts = host.split('.').peekable();
    while let Some(part) = parts.next() {
        let number = ipv4_number(part)?;
        if parts.peek().is_none() {
            // No bits are free after the fourth part, so a fifth never fits, not even a zero.
            let fits = free_bits > 0 && number.checked_shr(free_bits) == Some(0);
            return u32::try_from(leading.checked_add(number)?)
                .ok()
                .filter(|_| fits)
                .map(Ipv4Addr::from_bits);
        }
        free_bits = free_bits.checked_sub(8)?;
        let byte = u64::from(u8::try_from(number).ok()?);
        leading |= byte.checked_shl(free_bits)?;
    }
    None
}

/// The "IPv4 number parser": decimal, `0x` hexadecimal or `0` octal. Too large a number is `u64::MAX`.
fn ipv4_number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [] => return None,
        [b'0', b'x' | b'X', ..] => (text.get(2..)?, 16),
        [b'0', _, ..] => (text.get(1..)?, 8),
        _ => (text, 10),
    };
    let mut number: u64 = 0;
    for digit in digits.chars() {
        number = number.saturating_mul(u64::from(radix)).saturating_add(u64::from(digit.to_digit(radix)?));
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_spelling_is_read_as_whatwg_reads_it() {
        let vectors = crate::url::address_cases();
        let cases = vectors["spellings"].as_array().unwrap();
        for case in cases {
            let host = case["host"].as_str().unwrap();
            let (reading, address) = match ipv4_spelling(host) {
                Ipv4Spelling::Name => ("name", None),
                Ipv4Spelling::Address(address) => ("address", Some(address.to_string())),
                Ipv4Spelling::Malformed => ("malformed", None),
            };
            assert_eq!(
                (reading, address.as_deref()),
                (case["reading"].as_str().unwrap(), case["address"].as_str()),
                "{case}"
            );
        }
        assert!(cases.len() >= 60, "only {} cases", cases.len());
    }
}
