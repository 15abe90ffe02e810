//! Multipart bodies, written with a given or derived boundary.

use std::collections::BTreeSet;
use std::fmt::Write;

use memchr::memmem;

use super::names::push_escaped;
use crate::Error;
use crate::body::is_boundary;

/// Appends the header value of a body with this boundary.
pub(crate) fn push_content_type(out: &mut Vec<u8>, boundary: &str) {
    // Quotes are needed where the boundary is no token (RFC 2045 §5.1).
    let is_token = boundary.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"'+_-.".contains(&byte));
    let quote = if is_token { "" } else { "\"" };
    for part in ["multipart/form-data; boundary=", quote, boundary, quote] {
        out.extend_from_slice(part.as_bytes());
    }
}

/// Sets `boundary` to the caller's, else to the profile's own if it does not clash with a value, else to one derived
/// from the fields: no clock, no random number, and the same fields have the same boundary.
///
/// Errors: [`Error::InvalidBoundary`] if the caller's breaks RFC 2046 or clashes.
pub(crate) fn choose_boundary<'f>(
    given: Option<&str>,
    own: Option<&str>,
    fields: impl Iterator<Item = (&'f str, &'f [u8])> + Clone,
    boundary: &mut String,
) -> Result<(), Error> {
    if let Some(given) = given {
        let is_usable = is_boundary(given) && set_if_free(boundary, given, fields);
        return if is_usable { Ok(()) } else { Err(Error::InvalidBoundary) };
    }
    if own.is_some_and(|own| set_if_free(boundary, own, fields.clone())) {
        return Ok(());
    }
    boundary.clear();
    // FNV-1a, to make a clash unlikely; the search makes it impossible.
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    let mut hash = fields.clone().fold(0xCBF2_9CE4_8422_2325, |hash, (name, value)| {
        let hash = name.as_bytes().iter().fold(hash, step);
        value.iter().fold(step(hash, &0xFF), step)
    });
    // Writing to a string cannot fail.
    let _ = write!(boundary, "cbp-{hash:016x}");
    // Some readers find a boundary in the middle of a line too, so a derived one occurs nowhere.
    let finder = memmem::Finder::new(boundary.as_bytes());
    if fields.clone().any(|(_, value)| finder.find(value).is_some()) {
        // Somebody may have made values that hold the next thousand boundaries too: a search for each would take long.
        let taken = taken_boundaries(fields.map(|(_, value)| value));
        while taken.contains(&hash) {
            hash = step(hash, &0);
        }
        boundary.clear();
        let _ = write!(boundary, "cbp-{hash:016x}");
    }
    Ok(())
}

/// Sets `boundary`; whether no line of a value begins with its delimiter, for any reader: some end lines at a single CR
/// or LF.
fn set_if_free<'f>(
    boundary: &mut String,
    candidate: &str,
    mut fields: impl Iterator<Item = (&'f str, &'f [u8])>,
) -> bool {
    boundary.clear();
    boundary.extend(["--", candidate]);
    let finder = memmem::Finder::new(boundary.as_bytes());
    let begins_a_line = |value: &[u8], at: usize| matches!(value.get(..at), Some([] | [.., b'\r' | b'\n']));
    let is_free = fields.all(|(_, value)| finder.find_iter(value).all(|at| !begins_a_line(value, at)));
    boundary.drain(..2);
    is_free
}

/// The numbers of all derived boundaries that the values hold.
fn taken_boundaries<'f>(values: impl Iterator<Item = &'f [u8]>) -> BTreeSet<u64> {
    let finder = memmem::Finder::new(b"cbp-");
    let mut taken = BTreeSet::new();
    for value in values {
        for at in finder.find_iter(value) {
            let Some(digits) = value.get(at..).and_then(|text| text.get(4..20)) else { continue };
            let is_ours = digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
            let number =
                std::str::from_utf8(digits).ok().and_then(|digits| u64::from_str_radix(digits, 16).ok());
            taken.extend(number.filter(|_| is_ours));
        }
    }
    taken
}

/// Appends the body.
pub(crate) fn push<'f>(
    out: &mut Vec<u8>,
    fields: impl Iterator<Item = (&'f str, &'f [u8])>,
    boundary: &str,
    limit: usize,
) -> Result<(), Error> {
    for (name, value) in fields {
        for part in ["--", boundary, "\r\nContent-Disposition: form-data; name=\""] {
            out.extend_from_slice(part.as_bytes());
        }
        push_escaped(out, name);
        out.extend_from_slice(b"\"\r\n\r\n");
        if out.len().saturating_add(value.len()).saturating_add(boundary.len()) > limit {
            return Err(Error::OutputTooLarge(limit));
        }
        out.extend_from_slice(value);
        out.extend_from_slice(b"\r\n");
    }
    for part in ["--", boundary, "--\r\n"] {
        out.extend_from_slice(part.as_bytes());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_derived_boundary_in_a_value_is_known_and_nothing_else() {
        let values: [&[u8]; 4] = [
            b"cbp-00000000000000ffcbp-cbp-0123456789abcdef",
            b"--cbp-ffffffffffffffff0\r\n",
            b"cbp-00000000000000FF cbp-000000000000000 cbp-+000000000000001",
            b"cbp-",
        ];
        let taken = taken_boundaries(values.into_iter());
        assert_eq!(Vec::from_iter(taken), [0xFF, 0x0123_4567_89AB_CDEF, u64::MAX]);
    }

    #[test]
    fn a_value_of_boundaries_does_not_keep_a_free_one_from_being_found() {
        let mut boundary = String::new();
        let some = |count: u32| (0..count).map(|n| format!("cbp-{n:016x}")).collect::<String>();
        // The last one ends in what makes its own first boundary, and the one that would be next, clash. Its end was
        // solved for: FNV-1a is no cryptographic hash.
        let own = "cbp-0123456789abcdefcbp-9abcddeeeeeeed1d5#&pu*ac)4,%4".to_owned();
        for value in [some(0), some(1), some(100), own] {
            let fields = [("a", value.as_bytes())];
            choose_boundary(None, None, fields.into_iter(), &mut boundary).unwrap();
            assert!(is_boundary(&boundary) && !value.contains(&boundary), "{boundary}");
        }
    }
    #[test]
    fn a_boundary_clashes_where_a_line_of_a_value_begins_with_its_delimiter() {
        let choose = |given: Option<&str>, own: Option<&str>, value: &str| {
            let fields = [("x", "first"), ("a", value)];
            let mut boundary = "left from before".to_owned();
            let fields = fields.iter().map(|(name, value)| (*name, value.as_bytes()));
            choose_boundary(given, own, fields, &mut boundary).map(|()| boundary)
        };
        for (boundary, value, clashes) in [
            ("abc", "the abc shop", false),
            ("abc", "the --abc shop", false),
            ("abc", "-\n--ab", false),
            ("abc", "\n--Abc", false),
            ("abc", "-\n-abc", false),
            ("abc", "\u{2028}--abc", false),
            ("abc", "--abc", true),
            ("abc", "--abcdef", true),
            ("abc", "\r\n--abc--\r\n", true),
            ("abc", "a\n--abc", true),
            ("abc", "a\r--abc", true),
            ("abc", "see --abc\n--abc", true),
            ("-", "a---", false),
            ("-", "\n-----", true),
            ("---", "\n----", false),
            ("---", "-----", true),
            ("a b", "--a b", true),
        ] {
            let derived = choose(None, None, value).unwrap();
            assert!(derived.starts_with("cbp-") && derived.len() == 20, "{derived}");
            let given = if clashes { Err(Error::InvalidBoundary) } else { Ok(boundary.to_owned()) };
            let own = if clashes { derived } else { boundary.to_owned() };
            assert_eq!(choose(Some(boundary), Some("z"), value), given, "{boundary} and {value:?}");
            assert_eq!(choose(None, Some(boundary), value), Ok(own), "{boundary} and {value:?}");
        }
        for boundary in ["", "a ", "é", "a\n", &"b".repeat(71)] {
            assert_eq!(choose(Some(boundary), None, "v"), Err(Error::InvalidBoundary), "{boundary:?}");
        }
    }
}
