//! Multipart bodies, read so that no other reader finds other fields in what is accepted.

use memchr::memmem;

use super::names::Names;
use super::part::read_part;
use crate::Error;
use crate::body::content_type::is_boundary;
use crate::body::form::FEW_ENOUGH;
use crate::bug::bug;

/// The fields of a body, in order. The boundary is the received one; without it the first line must be a delimiter.
///
/// A delimiter is at the start of the body or behind CR LF, with nothing but blanks behind it on its line. What comes
/// before the first and behind the closing one is skipped. Errors: [`Error::MalformedMultipart`], also if there
/// are more than `limit` fields.
pub(crate) fn parse(
    body: &[u8],
    boundary: Option<&str>,
    names: &Names<'_>,
    limit: usize,
) -> Result<Vec<(String, String)>, Error> {
    if body.starts_with(b"\xEF\xBB\xBF") {
        return Err(Error::MalformedMultipart("no byte order mark"));
    }
    let boundary = boundary.or_else(|| boundary_of_first_line(body));
    let boundary =
        boundary.ok_or(Error::MalformedMultipart("a boundary in the content type or as the first line"))?;
    let delimiter = [b"--", boundary.as_bytes()].concat();
    let mut fields = Vec::new();
    let mut part_start = None;
    for at in memmem::find_iter(body, &delimiter) {
        let line =
            Line::of(body, at, delimiter.len()).ok_or_else(|| bug("a delimiter is found within the body"))?;
        match line {
            Line::Text => continue,
            Line::Longer if part_start.is_none() => continue,
            Line::Longer => return Err(Error::MalformedMultipart("nothing but blanks behind a boundary")),
            Line::Doubtful => {
                return Err(Error::MalformedMultipart("boundaries between CR LF, with nothing but blanks"));
            }
            Line::Opening(_) | Line::Closing => {}
        }
        if let Some(start) = part_start {
            if fields.len() >= limit {
                return Err(Error::MalformedMultipart(FEW_ENOUGH));
            }
            // Where a delimiter follows another at once, the line break between them is the first one's.
            let part = body.get(start..at.saturating_sub(2)).unwrap_or_default();
            fields.push(read_part(part, names).map_err(Error::MalformedMultipart)?);
        } else if line == Line::Closing && body.trim_ascii_end().len() > delimiter.len().saturating_add(2) {
            // Around a closing delimiter alone there may be parts that other readers find.
            return Err(Error::MalformedMultipart("a part before the closing boundary"));
        }
        match line {
            Line::Opening(start) => part_start = Some(start),
            _ => return Ok(fields),
        }
    }
    let expected =
        if part_start.is_some() { "a closing boundary" } else { "a boundary at the start of a line" };
    Err(Error::MalformedMultipart(expected))
}

/// What the text of the delimiter is where it occurs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Something within a line.
    Text,
    /// A line that begins with the delimiter and goes on.
    Longer,
    /// A delimiter to readers that end lines at a single CR or LF, or that look no further than the closing hyphens.
    Doubtful,
    /// A delimiter; the offset of the part behind it.
    Opening(usize),
    /// The closing delimiter.
    Closing,
}

impl Line {
    /// What the delimiter of this length is at this offset; `None` if it does not fit into the body there.
    fn of(body: &[u8], at: usize, length: usize) -> Option<Line> {
        let (before, rest) = body.split_at_checked(at)?;
        let has_proper_start = matches!(before, [] | [.., b'\r', b'\n']);
        if !has_proper_start && !matches!(before, [.., b'\r' | b'\n']) {
            return Some(Line::Text);
        }
        let rest = rest.get(length..)?;
        let after_hyphens = rest.strip_prefix(b"--");
        // RFC 2046 §5.1.1 lets transports add blanks.
        let rest = after_hyphens.unwrap_or(rest);
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = rest.get(blanks..)?;
        Some(match (after_hyphens, rest) {
            (None, [b'\r', b'\n', part @ ..]) if has_proper_start => {
                Line::Opening(body.len().saturating_sub(part.len()))
            }
            (Some(_), [] | [b'\r', b'\n', ..]) if has_proper_start => Line::Closing,
            (Some(_), _) | (None, [] | [b'\r' | b'\n', ..]) => Line::Doubtful,
            (None, _) => Line::Longer,
        })
    }
}

/// The boundary of a body whose first line is a delimiter.
fn boundary_of_first_line(body: &[u8]) -> Option<&str> {
    let end = memmem::find(body, b"\r\n");
    let (line, rest) = body.split_at_checked(end.unwrap_or(body.len()))?;
    let boundary = std::str::from_utf8(line).ok()?.trim_end_matches([' ', '\t']).strip_prefix("--")?;
    // Two hyphens at the end make it the closing delimiter of an empty body, or are the boundary's own.
    let boundary = match boundary.strip_suffix("--") {
        Some(shorter) if matches!(rest, b"" | b"\r\n") => shorter,
        Some(_) => return None,
        None => boundary,
    };
    is_boundary(boundary).then_some(boundary)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = Result<Vec<(String, String)>, Error>;

    fn read_as(body: &[u8], boundary: Option<&str>) -> Read {
        parse(body, boundary, &Names::of([""]), 4)
    }

    /// Reads a body whose lines are written as `|`.
    fn read(body: &str) -> Read {
        read_as(body.replace('|', "\r\n").as_bytes(), Some("b"))
    }

    fn is_fields(body: &str, fields: &[(&str, &str)]) {
        let fields =
            fields.iter().map(|(name, value)| ((*name).to_owned(), value.replace('|', "\r\n"))).collect();
        assert_eq!(read(body), Ok(fields), "{body:?}");
    }

    fn is_refused(body: &str, expected: &str) {
        match read(body) {
            Err(Error::MalformedMultipart(text)) => assert!(text.contains(expected), "{body:?}: {text}"),
            other => panic!("{body:?}: {other:?}"),
        }
    }

    const HEADER: &str = "Content-Disposition: form-data; name=";

    #[test]
    fn a_body_is_its_fields_in_order() {
        is_fields("--b--", &[]);
        is_fields("--b--|", &[]);
        is_fields("--b-- \t|||", &[]);
        is_fields(&format!("--b|{HEADER}a||1|--b--"), &[("a", "1")]);
        is_fields(&format!("--b|{HEADER}a|||--b--|"), &[("a", "")]);
        is_fields(
            &format!("--b|{HEADER}\"\"||1||2\r|--b|{HEADER}a||\u{feff}--b|--b|{HEADER}a||é\n|--b--"),
            &[("", "1||2\r"), ("a", "\u{feff}--b"), ("a", "é\n")],
        );
    }

    #[test]
    fn a_delimiter_is_a_line_of_its_own_with_blanks_behind_it() {
        is_fields(&format!("--b \t|{HEADER}a||1|--b\t |{HEADER}z||2|--b-- \t"), &[("a", "1"), ("z", "2")]);
        is_fields(
            &format!("--b|{HEADER}a||x--b|y --b--|-b|--B|- -b|--b-- |--b"),
            &[("a", "x--b|y --b--|-b|--B|- -b")],
        );
        for (value, expected) in [
            ("v|--bx", "nothing but blanks"),
            ("v|--b--x", "between CR LF"),
            ("v\n--b---", "between CR LF"),
            ("v|--b-", "nothing but blanks"),
            ("v|--b --", "nothing but blanks"),
            ("v|--b\u{b}", "nothing but blanks"),
            ("v\n--bx", "nothing but blanks"),
            ("v\r--bx", "nothing but blanks"),
            ("v\n--b", "between CR LF"),
            ("v\r--b", "between CR LF"),
            ("v\n--b--", "between CR LF"),
            ("v|--b\n", "between CR LF"),
            ("v|--b\r", "between CR LF"),
            ("v|--b--\n", "between CR LF"),
            ("v|--b-- \r", "between CR LF"),
        ] {
            is_refused(&format!("--b|{HEADER}a||{value}|{HEADER}z||1|--b--"), expected);
        }
        for (end, expected) in [
            ("", "a closing boundary"),
            ("|", "a closing boundary"),
            ("|-b--", "a closing boundary"),
            ("|--b", "between CR LF"),
            ("|--b ", "between CR LF"),
            ("|--b-", "nothing but blanks"),
            ("|--b--\r", "between CR LF"),
            ("|--b|", "a closing boundary"),
        ] {
            is_refused(&format!("--b|{HEADER}a||1{end}"), expected);
        }
    }

    #[test]
    fn what_surrounds_the_parts_is_skipped() {
        let part = format!("--b|{HEADER}a||1|--b--");
        for before in ["", "|", "see --b here|", "junk--b|", "junk--b--|", "--bx|", "--b -|x|", "\n|", "\0|"]
        {
            is_fields(&format!("{before}{part}"), &[("a", "1")]);
        }
        for after in ["|", "|junk", "|--b|", "|--bx", "|--b--", "|\n--b", &format!("|--b|{HEADER}z||2|--b--")]
        {
            is_fields(&format!("{part}{after}"), &[("a", "1")]);
        }
        assert_eq!(
            read_as(format!("\u{e9}|{part}\r\n\u{e9}").replace('|', "\r\n").as_bytes(), Some("b"))
                .unwrap()
                .len(),
            1
        );
        // To some readers, these are delimiters.
        for before in
            ["--b--x|", "\n--b--x", "\n--b|", "x\r--b|", "--b\n", "--b\r", "--b--\n", "x\n--b-- \t|", "\n"]
        {
            is_refused(&format!("{before}{part}"), "between CR LF");
        }
        is_refused(&format!("\u{feff}{part}"), "byte order mark");
        is_refused("", "start of a line");
        is_refused("junk--b|", "start of a line");
        for body in [
            format!(" {part}"),
            "junk|--b--".into(),
            "|--b--".into(),
            format!("--b--|{part}"),
            "--b--|x".into(),
        ] {
            is_refused(&body, "a part before the closing boundary");
        }
    }

    #[test]
    fn without_a_boundary_the_first_line_is_a_delimiter() {
        let long = "b".repeat(70);
        for boundary in ["b", "-", "a b", "x--y", "'()+_,-./:=?", long.as_str()] {
            let body = format!("--{boundary} \t\r\n{HEADER}a\r\n\r\n1\r\n--{boundary}--\r\n");
            assert_eq!(read_as(body.as_bytes(), None), Ok(vec![("a".into(), "1".into())]), "{boundary}");
        }
        for boundary in ["", "b--", "--", "é", "<b>", &format!("{long}b")] {
            let body = format!("--{boundary}\r\n{HEADER}a\r\n\r\n1\r\n--{boundary}--\r\n");
            assert_eq!(
                read_as(body.as_bytes(), None),
                Err(Error::MalformedMultipart("a boundary in the content type or as the first line"))
            );
        }
        for body in ["--b--", "--b--\r\n", "--b-- \r\n", "-----"] {
            assert_eq!(read_as(body.as_bytes(), None), Ok(vec![]), "{body}");
        }
        for body in ["", "--b", "b", "\r\n--b--", "-b--", "--b--\r\n\r\n", "x--b--", "----"] {
            assert!(read_as(body.as_bytes(), None).is_err(), "{body}");
        }
    }

    #[test]
    fn a_part_has_header_lines_an_empty_line_and_a_value() {
        for (body, expected) in [
            (format!("--b|{HEADER}a|--b--"), "an empty line"),
            (format!("--b|{HEADER}a--b--|--b--"), "an empty line"),
            ("--b|--b--".into(), "an empty line"),
            ("--b||--b--".into(), "an empty line"),
            (format!("--b|{HEADER}a\n\n1|--b--"), "end in CR LF"),
            (format!("--b|{HEADER}a||1|--b|{HEADER}z|x||1|--b--"), "a colon"),
        ] {
            is_refused(&body, expected);
        }
    }

    #[test]
    fn the_limit_counts_parts_and_nothing_is_read_behind_it() {
        let parts = |count: usize| format!("--b|{HEADER}a||1|").repeat(count);
        assert_eq!(read(&format!("{}--b--", parts(4))).map(|fields| fields.len()), Ok(4));
        for end in ["--b--", "--b|x: \0||1|--b--", "--b|\n||"] {
            assert_eq!(read(&format!("{}{end}", parts(5))), Err(Error::MalformedMultipart(FEW_ENOUGH)));
        }
    }
}
