//! Multipart bodies, read so that no other reader finds other fields in what is accepted.

use memchr::{memchr2, memmem};

use super::Names;
use crate::Error;
use crate::body::content_type::{ContentType, is_boundary};
use crate::body::form::too_many;
use crate::body::header::{Fault, Grammar, HeaderValue, is_token, trimmed};

/// The fields of a body, in order. The boundary is the received one; without it the first line must be a delimiter.
///
/// A delimiter is at the start of the body or behind CR LF, with nothing but blanks behind it on its line. What comes
/// before the first and behind the closing one is skipped. Errors: [`Error::MalformedMultipart`], and
/// [`Error::Received`] if there are more than `limit` fields.
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
        let line = Line::of(body, at, delimiter.len());
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
                return Err(too_many(limit));
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
    /// What the delimiter of this length is at this offset.
    fn of(body: &[u8], at: usize, length: usize) -> Line {
        let (before, rest) = body.split_at_checked(at).unwrap_or_default();
        let has_proper_start = matches!(before, [] | [.., b'\r', b'\n']);
        if !has_proper_start && !matches!(before, [.., b'\r' | b'\n']) {
            return Line::Text;
        }
        let rest = rest.get(length..).unwrap_or_default();
        let after_hyphens = rest.strip_prefix(b"--");
        // RFC 2046 §5.1.1 lets transports add blanks.
        let rest = after_hyphens.unwrap_or(rest);
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = rest.get(blanks..).unwrap_or_default();
        match (after_hyphens, rest) {
            (None, [b'\r', b'\n', part @ ..]) if has_proper_start => {
                Line::Opening(body.len().saturating_sub(part.len()))
            }
            (Some(_), [] | [b'\r', b'\n', ..]) if has_proper_start => Line::Closing,
            (Some(_), _) | (None, [] | [b'\r' | b'\n', ..]) => Line::Doubtful,
            (None, _) => Line::Longer,
        }
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

/// Name and value of a part: header lines, an empty line, the value.
fn read_part(part: &[u8], names: &Names<'_>) -> Result<(String, String), &'static str> {
    let mut headers = PartHeaders::default();
    let mut rest = part;
    loop {
        let end = memchr2(b'\r', b'\n', rest).ok_or("an empty line behind the header lines of a part")?;
        let (line, after) = rest.split_at_checked(end).unwrap_or_default();
        rest = after.strip_prefix(b"\r\n").ok_or("header lines that end in CR LF")?;
        if line.is_empty() {
            break;
        }
        headers.add(line)?;
    }
    headers.check_content()?;
    let name = headers.name(names)?;
    let value = std::str::from_utf8(rest).map_err(|_| "UTF-8 in every value")?;
    Ok((name, value.to_owned()))
}

/// The header lines of a part that say how it is read; RFC 7578 §4.8 ignores all others.
#[derive(Default)]
struct PartHeaders<'p> {
    disposition: Option<&'p str>,
    content_type: Option<&'p str>,
    transfer_encoding: Option<&'p str>,
}

impl<'p> PartHeaders<'p> {
    fn add(&mut self, line: &'p [u8]) -> Result<(), &'static str> {
        let line = std::str::from_utf8(line).map_err(|_| "UTF-8 in every header line")?;
        let (name, value) = line.split_once(':').ok_or("a colon in every header line")?;
        if !is_token(name) || value.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
            return Err("header lines of a name, a colon and a value without control characters");
        }
        let known = [
            ("content-disposition", &mut self.disposition),
            ("content-type", &mut self.content_type),
            ("content-transfer-encoding", &mut self.transfer_encoding),
        ];
        for (known, header) in known {
            if name.eq_ignore_ascii_case(known) && header.replace(trimmed(value)).is_some() {
                return Err("no header line twice in a part");
            }
        }
        Ok(())
    }

    /// Whether the part is text as it stands.
    fn check_content(&self) -> Result<(), &'static str> {
        let is_as_it_is = |encoding: &str| {
            ["7bit", "8bit", "binary"].iter().any(|known| encoding.eq_ignore_ascii_case(known))
        };
        if self.transfer_encoding.is_some_and(|encoding| !is_as_it_is(encoding)) {
            return Err("no transfer encoding but 7bit, 8bit or binary");
        }
        if let Some(content_type) = self.content_type {
            let content_type = ContentType::parse(content_type)
                .map_err(|_| "parts whose content type is a media type in UTF-8")?;
            let essence = content_type.essence();
            // Readers take these for parts of their own, for messages and for files.
            if essence.starts_with("multipart/")
                || essence.starts_with("message/")
                || essence == "application/octet-stream"
            {
                return Err("no content type of parts, messages or files in a part");
            }
        }
        Ok(())
    }

    /// The field's name.
    fn name(&self, names: &Names<'_>) -> Result<String, &'static str> {
        let disposition = self.disposition.ok_or("a Content-Disposition in every part")?;
        let disposition =
            HeaderValue::split(disposition, Grammar::Disposition).map_err(|fault| match fault {
                Fault::Syntax => "a Content-Disposition of the form form-data; name=\"text\"",
                Fault::Twice => "no parameter twice in a Content-Disposition",
                Fault::Extended => "no asterisk in the names of a Content-Disposition's parameters",
            })?;
        if !disposition.first.eq_ignore_ascii_case("form-data") {
            return Err("a Content-Disposition of the form form-data; name=\"text\"");
        }
        if disposition.parameter("filename").is_some() {
            return Err("fields without a filename");
        }
        let quoted = disposition.parameter("name").ok_or("a name in every Content-Disposition")?;
        // A reader that takes a backslash for the start of a pair finds the end of the text elsewhere.
        let parameters = disposition.parameters();
        if parameters.len() > 1 && parameters.iter().any(|parameter| parameter.value.contains('\\')) {
            return Err("no backslash in a Content-Disposition with several parameters");
        }
        let name = names.read(quoted).ok_or(
            "names of the profile where they are empty or have outer blanks, a backslash, =?, %0D or %0A",
        )?;
        // HTML's field for the charset of all others.
        if name.eq_ignore_ascii_case("_charset_") {
            return Err("no field _charset_");
        }
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: [&str; 5] = ["", "a", "back\\", "c\\d", "q\"t"];

    type Read = Result<Vec<(String, String)>, Error>;

    fn read_as(body: &[u8], boundary: Option<&str>) -> Read {
        parse(body, boundary, &Names::of(PROFILE), 4)
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

    fn part(headers: &str) -> String {
        format!("--b|{headers}||1|--b--|")
    }

    #[test]
    fn header_lines_end_in_cr_lf_and_are_there_once() {
        let fine = format!("{HEADER}a");
        for headers in [
            format!("x: y|{fine}|empty:|é: \u{e9}").replace("é: ", "e: "),
            fine.replace("Content-Disposition: ", "CONTENT-disposition:\t "),
            format!("Content-Type: text/plain; charset=\"UTF-8\"|{fine} \t|Content-Transfer-Encoding: 8BIT"),
            format!("{fine}|Content-Type: application/json|content-transfer-encoding:binary|x: 1|x: 2"),
        ] {
            is_fields(&part(&headers), &[("a", "1")]);
        }
        for (headers, expected) in [
            (String::new(), "a Content-Disposition"),
            ("x: y".into(), "a Content-Disposition"),
            (format!("{fine}\nx: y"), "end in CR LF"),
            (format!("{fine}\rx: y"), "end in CR LF"),
            (format!("x: y\n{fine}"), "end in CR LF"),
            (format!("{fine}\r"), "end in CR LF"),
            (format!("{fine}|x"), "a colon"),
            (format!("{fine}|x : y"), "a name, a colon"),
            (format!("{fine}| x: y"), "a name, a colon"),
            (format!("{fine};|\tx=y"), "a colon"),
            (format!("{fine}|: y"), "a name, a colon"),
            (format!("{fine}|é: y"), "a name, a colon"),
            (format!("{fine}|x: \0"), "control characters"),
            (format!("{fine}|x: \u{7f}"), "control characters"),
            (format!("{fine}|{fine}"), "twice"),
            (format!("Content-Type: text/plain|{fine}|content-type: text/plain"), "twice"),
            (format!("{fine}|Content-Transfer-Encoding: 8bit|Content-Transfer-Encoding: 8bit"), "twice"),
            (format!("{fine}|Content-Transfer-Encoding: base64"), "transfer encoding"),
            (format!("{fine}|Content-Transfer-Encoding: Quoted-Printable"), "transfer encoding"),
            (format!("{fine}|Content-Transfer-Encoding:"), "transfer encoding"),
            (format!("{fine}|Content-Type: text/plain; charset=iso-8859-1"), "in UTF-8"),
            (format!("{fine}|Content-Type: text"), "a media type"),
            (format!("{fine}|Content-Type: multipart/mixed; boundary=c"), "of parts, messages or files"),
            (format!("{fine}|Content-Type: message/rfc822"), "of parts, messages or files"),
            (format!("{fine}|Content-Type: Application/Octet-Stream"), "of parts, messages or files"),
        ] {
            is_refused(&part(&headers), expected);
        }
        for (body, expected) in [
            (format!("--b|{fine}|--b--"), "an empty line"),
            (format!("--b|{fine}--b--|--b--"), "an empty line"),
            ("--b|--b--".into(), "an empty line"),
            ("--b||--b--".into(), "an empty line"),
            (format!("--b|{fine}\n\n1|--b--"), "end in CR LF"),
        ] {
            is_refused(&body, expected);
        }
        let mut bytes = format!("--b|{fine}||1|--b--").replace('|', "\r\n").into_bytes();
        for (find, expected) in [(b"1", "UTF-8 in every value"), (b"a", "UTF-8 in every header line")] {
            let at = memmem::rfind(&bytes, find).unwrap();
            let byte = std::mem::replace(&mut bytes[at], 0xE9);
            assert_eq!(read_as(&bytes, Some("b")), Err(Error::MalformedMultipart(expected)));
            bytes[at] = byte;
        }
    }

    #[test]
    fn a_field_has_one_name_that_nobody_reads_differently() {
        for (parameters, name) in [
            ("name=a", "a"),
            ("name=\"a\"", "a"),
            ("name=\"\"", ""),
            ("NAME=\"a;b=c\" ", "a;b=c"),
            ("name=\"=a?\"", "=a?"),
            ("x=\"; name=z\"; name=a; y=1", "a"),
            ("name=\"é日\"", "é日"),
            ("name=\"100%\"", "100%"),
            ("name=\"back\\\"", "back\\"),
            ("name=\"c\\d\"", "c\\d"),
            ("name=\"q%22t\"", "q\"t"),
            ("name=\"z%22\"", "z\""),
            ("name=__charset__", "__charset__"),
        ] {
            is_fields(&part(&format!("Content-Disposition: form-data; {parameters}")), &[(name, "1")]);
        }
        is_fields(&part("Content-Disposition:FORM-data;name=a"), &[("a", "1")]);
        for (parameters, expected) in [
            ("name=a; name=a", "twice"),
            ("name=a; Name=z", "twice"),
            ("name=a; x=1; x=1", "twice"),
            ("name=a; filename=f", "filename"),
            ("filename=\"\"; name=a", "filename"),
            ("name*=utf-8''a", "asterisk"),
            ("name=a; filename*=utf-8''f", "asterisk"),
            ("name*0=a; name*1=b", "asterisk"),
            ("", "of the form"),
            ("x=y", "a name"),
            (";", "of the form"),
            ("name", "of the form"),
            ("name=", "of the form"),
            ("name=\"a", "of the form"),
            ("name=\"a\"z", "of the form"),
            ("name=a z", "of the form"),
            ("name = a", "of the form"),
            ("name=\"a\\\"z\"", "of the form"),
            ("name=é", "of the form"),
            ("name=utf-8''a", "of the form"),
            ("name=q%22t", "of the form"),
            ("name=a;", "of the form"),
            (" ; name=a", "of the form"),
            ("name=a;; x=y", "of the form"),
            ("name=\" a\"", "names of the profile"),
            ("name=\"=?utf-8?q?a?=\"", "names of the profile"),
            ("name=\"z\\\"", "names of the profile"),
            ("name=\"c\\\\d\"", "names of the profile"),
            ("name=\"z%0a\"", "names of the profile"),
            ("name=a; x=\"\\y\"", "no backslash"),
            ("name=\"back\\\"; x=y", "no backslash"),
            ("x=y; name=\"c\\d\"", "no backslash"),
            ("name=_charset_", "_charset_"),
            ("name=\"_CharSet_\"", "_charset_"),
        ] {
            is_refused(&part(&format!("Content-Disposition: form-data; {parameters}")), expected);
        }
        for kind in [
            "attachment; name=a",
            "form-data, name=a",
            "\"form-data\"; name=a",
            "name=a",
            "form-data name=a",
            "",
        ] {
            is_refused(&part(&format!("Content-Disposition: {kind}")), "");
        }
    }

    #[test]
    fn the_limit_counts_parts_and_nothing_is_read_behind_it() {
        let parts = |count: usize| format!("--b|{HEADER}a||1|").repeat(count);
        assert_eq!(read(&format!("{}--b--", parts(4))).map(|fields| fields.len()), Ok(4));
        for end in ["--b--", "--b|x: \0||1|--b--", "--b|\n||"] {
            assert_eq!(read(&format!("{}{end}", parts(5))), Err(too_many(4)));
        }
    }
}
