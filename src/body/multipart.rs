//! `multipart/form-data` (RFC 7578): written with a derived or given boundary, and read.

use std::collections::BTreeSet;
use std::fmt::Write;

use memchr::memmem;

use super::content_type::{LONGEST_BOUNDARY, is_boundary};
use crate::Error;

/// Appends the header value of a body with this boundary.
pub(crate) fn push_content_type(out: &mut Vec<u8>, boundary: &str) {
    // Quotes are needed where the boundary is no token (RFC 2045 §5.1).
    let is_token = boundary.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"'+_-.".contains(&byte));
    let quote = if is_token { "" } else { "\"" };
    for part in ["multipart/form-data; boundary=", quote, boundary, quote] {
        out.extend_from_slice(part.as_bytes());
    }
}

/// Sets `boundary` to the given one if it can be used, else to one derived from the fields: no clock, no random number,
/// and the same fields have the same boundary.
pub(crate) fn choose_boundary<'f>(
    given: Option<&str>,
    fields: impl Iterator<Item = (&'f str, &'f [u8])> + Clone,
    boundary: &mut String,
) -> Result<(), Error> {
    boundary.clear();
    let is_free = |boundary: &str| {
        let finder = memmem::Finder::new(boundary.as_bytes());
        fields.clone().all(|(_, value)| finder.find(value).is_none())
    };
    if let Some(given) = given {
        boundary.push_str(given);
        let is_usable = is_boundary(given) && is_free(given);
        return if is_usable { Ok(()) } else { Err(Error::InvalidBoundary) };
    }
    // FNV-1a, to make a clash unlikely; the search makes it impossible.
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    let mut hash = fields.clone().fold(0xCBF2_9CE4_8422_2325, |hash, (name, value)| {
        let hash = name.as_bytes().iter().fold(hash, step);
        value.iter().fold(step(hash, &0xFF), step)
    });
    // Writing to a string cannot fail.
    let _ = write!(boundary, "cbp-{hash:016x}");
    if !is_free(boundary) {
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

/// The numbers of all derived boundaries that the values hold.
fn taken_boundaries<'f>(values: impl Iterator<Item = &'f [u8]>) -> BTreeSet<u64> {
    let finder = memmem::Finder::new(b"cbp-");
    let mut taken = BTreeSet::new();
    for value in values {
        for at in finder.find_iter(value) {
            let digits = value.get(at..).and_then(|text| text.get(4..20)).unwrap_or_default();
            let is_ours =
                digits.len() == 16 && digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
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

/// Appends a field's name within quotes, as browsers write it (RFC 7578 §2, WHATWG "multipart/form-data encoding").
fn push_escaped(out: &mut Vec<u8>, name: &str) {
    for byte in name.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"%22"),
            b'\r' => out.extend_from_slice(b"%0D"),
            b'\n' => out.extend_from_slice(b"%0A"),
            _ => out.push(byte),
        }
    }
}

/// A field's name as it stands within quotes.
pub(crate) fn escaped(name: &str) -> String {
    let mut out = Vec::with_capacity(name.len());
    push_escaped(&mut out, name);
    String::from_utf8(out).unwrap_or_default()
}

/// The fields of a body, in order: names as they stand between the quotes, values as text.
///
/// The boundary is the first line's if none is given or `guess` does not occur. Errors: [`Error::MalformedMultipart`].
pub(crate) fn parse(
    body: &[u8],
    given: Option<&str>,
    guess: Option<&str>,
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<(String, String)>, Error> {
    let guess = guess.filter(|guess| memmem::find(body, guess.as_bytes()).is_some());
    let delimiter = match given.or(guess) {
        Some(boundary) => [b"--", boundary.as_bytes()].concat(),
        None => first_line(body)
            .ok_or(Error::MalformedMultipart("a boundary, and line breaks of CR and LF"))?
            .to_vec(),
    };
    let later = memmem::Finder::new(&delimiter);
    // The first delimiter may stand at the very start; the others begin with a line break.
    let start = later.find(body).ok_or(Error::MalformedMultipart("the boundary"))?;
    let mut rest = body.get(start.saturating_add(delimiter.len())..).unwrap_or_default();
    let delimiter = [b"\r\n".as_slice(), &delimiter].concat();
    let finder = memmem::Finder::new(&delimiter);
    let mut fields = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(fields);
        }
        // RFC 2046 §5.1.1 lets transports add blanks behind a boundary.
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let part = rest.get(blanks..).and_then(|rest| rest.strip_prefix(b"\r\n"));
        let part = part.ok_or(Error::MalformedMultipart("a line break after the boundary"))?;
        let end = finder.find(part).ok_or(Error::MalformedMultipart("the closing boundary"))?;
        let (part, after) = part.split_at_checked(end).unwrap_or_default();
        fields.push(parse_part(part, &is_known)?);
        rest = after.get(delimiter.len()..).unwrap_or_default();
    }
}

fn first_line(body: &[u8]) -> Option<&[u8]> {
    let end = memmem::find(body, b"\r\n")?;
    let line = body.get(..end)?.trim_ascii_end();
    let line = line.strip_suffix(b"--").unwrap_or(line);
    (line.starts_with(b"--") && line.len() > 2 && line.len() <= LONGEST_BOUNDARY.saturating_add(2))
        .then_some(line)
}

fn parse_part(part: &[u8], is_known: &impl Fn(&str) -> bool) -> Result<(String, String), Error> {
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let (length, headers) = match httparse::parse_headers(part, &mut headers) {
        Ok(httparse::Status::Complete(found)) => found,
        _ => return Err(Error::MalformedMultipart("the header lines of a part")),
    };
    let disposition = headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-disposition"))
        .and_then(|header| std::str::from_utf8(header.value).ok());
    let name = disposition
        .and_then(|text| name_of(text, is_known))
        .ok_or(Error::MalformedMultipart("a field name in every part's Content-Disposition"))?;
    let value = std::str::from_utf8(part.get(length..).unwrap_or_default())
        .map_err(|_| Error::MalformedMultipart("UTF-8 in every field"))?;
    Ok((name, value.to_owned()))
}

/// The `name` of `form-data; name="…"`: parameters in any order, their names in any case.
///
/// Browsers and we write a backslash as it is; others put one before a quote (RFC 2045 quoted-pair). A name that ends
/// in a backslash and that the profile does not know is read in the second way.
fn name_of(disposition: &str, is_known: &impl Fn(&str) -> bool) -> Option<String> {
    let (kind, mut rest) = disposition.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return None;
    }
    loop {
        let (name, value) = rest.split_once('=')?;
        let (value, after) = match value.trim_start().strip_prefix('"') {
            Some(quoted) => {
                let (plain, after) = quoted.split_once('"')?;
                match plain.ends_with('\\') && !is_known(plain) {
                    true => quoted_pairs(quoted)?,
                    false => (plain.to_owned(), after),
                }
            }
            None => {
                let (value, after) = value.split_at_checked(value.find(';').unwrap_or(value.len()))?;
                (value.trim().to_owned(), after)
            }
        };
        if name.trim_matches([' ', '\t', ';']).eq_ignore_ascii_case("name") {
            return Some(value);
        }
        rest = after;
    }
}

/// The text up to the closing quote, with each backslash taken as "the next character itself", and what follows.
fn quoted_pairs(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut characters = quoted.chars();
    loop {
        match characters.next()? {
            '"' => return Some((text, characters.as_str())),
            '\\' => text.push(characters.next()?),
            character => text.push(character),
        }
    }
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
            choose_boundary(None, fields.into_iter(), &mut boundary).unwrap();
            assert!(is_boundary(&boundary) && !value.contains(&boundary), "{boundary}");
        }
    }

    #[test]
    fn a_first_line_is_a_boundary_of_1_to_70_characters_after_two_hyphens() {
        let fields = |boundary: &str| {
            let body =
                format!("{boundary}\r\nContent-Disposition: form-data; name=a\r\n\r\nv\r\n{boundary}--\r\n");
            parse(body.as_bytes(), None, None, |_| true).map_err(|error| error.to_string())
        };
        let long = format!("--{}", "b".repeat(LONGEST_BOUNDARY));
        for boundary in ["--b", long.as_str()] {
            assert_eq!(fields(boundary), Ok(vec![("a".into(), "v".into())]), "{boundary}");
        }
        for boundary in ["--", "----", "b", "-b", "bbb", &format!("{long}b")] {
            assert!(fields(boundary).unwrap_err().contains("a boundary"), "{boundary}");
        }
    }
}
