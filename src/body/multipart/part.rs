//! One part of a multipart body: header lines, an empty line, the value.

use memchr::memchr2;

use super::names::Names;
use crate::body::content_type::ContentType;
use crate::body::header::{Fault, Grammar, HeaderValue, is_token, trimmed};

/// Name and value of a part. Errors: what was expected.
pub(super) fn read_part(part: &[u8], names: &Names<'_>) -> Result<(String, String), &'static str> {
    let mut headers = PartHeaders::default();
    let mut rest = part;
    loop {
        let (line, after) = memchr2(b'\r', b'\n', rest)
            .and_then(|end| rest.split_at_checked(end))
            .ok_or("an empty line behind the header lines of a part")?;
        rest = after.strip_prefix(b"\r\n").ok_or("header lines that end in CR LF")?;
        if line.is_empty() {
            break;
        }
        headers.add(line)?;
    }
    headers.check_content(rest.len())?;
    let name = headers.name(names)?;
    let value = std::str::from_utf8(rest).map_err(|_| "UTF-8 in every value")?;
    Ok((name, value.to_owned()))
}

/// The header lines of a part that say how it is read; RFC 7578 §4.8 ignores all others. Length and encoding are among those,
/// but some readers go by them.
#[derive(Default)]
struct PartHeaders<'p> {
    disposition: Option<&'p str>,
    content_type: Option<&'p str>,
    transfer_encoding: Option<&'p str>,
    length: Option<&'p str>,
    encoding: Option<&'p str>,
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
            ("content-length", &mut self.length),
            ("content-encoding", &mut self.encoding),
        ];
        for (known, header) in known {
            if name.eq_ignore_ascii_case(known) && header.replace(trimmed(value)).is_some() {
                return Err("no header line twice in a part");
            }
        }
        Ok(())
    }

    /// Whether the part is UTF-8 text of so many bytes that needs no decoding.
    fn check_content(&self, len: usize) -> Result<(), &'static str> {
        if self.length.is_some_and(|given| given != len.to_string()) {
            return Err("no Content-Length in a part but its own");
        }
        if self.encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
            return Err("no Content-Encoding in a part");
        }
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
                Fault::TooMany => "at most 32 parameters in a Content-Disposition",
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
            "names of the profile where they are empty or have outer blanks, a backslash, =?, %22, %0D or %0A",
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

    const HEADER: &str = "Content-Disposition: form-data; name=";

    /// Reads a part of these header lines, between which are `|`, and the value `1`.
    fn read(headers: &str) -> Result<(String, String), &'static str> {
        let names = Names::of(["", "a", "back\\", "c\\d", "q\"t"]);
        read_part(format!("{headers}||1").replace('|', "\r\n").as_bytes(), &names)
    }

    fn is_field(headers: &str, name: &str) {
        assert_eq!(read(headers), Ok((name.to_owned(), "1".to_owned())), "{headers:?}");
    }

    fn is_refused(headers: &str, expected: &str) {
        match read(headers) {
            Err(text) => assert!(text.contains(expected), "{headers:?}: {text}"),
            Ok(field) => panic!("{headers:?}: {field:?}"),
        }
    }

    #[test]
    fn header_lines_end_in_cr_lf_and_are_there_once() {
        let fine = format!("{HEADER}a");
        for headers in [
            format!("x: y|{fine}|empty:|é: \u{e9}").replace("é: ", "e: "),
            fine.replace("Content-Disposition: ", "CONTENT-disposition:\t "),
            format!("Content-Type: text/plain; charset=\"UTF-8\"|{fine} \t|Content-Transfer-Encoding: 8BIT"),
            format!("{fine}|Content-Length: 1|Content-Encoding: Identity"), // as OkHttp 4 writes its length
            format!("{fine}|Content-Type: application/json|content-transfer-encoding:binary|x: 1|x: 2"),
        ] {
            is_field(&headers, "a");
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
            (format!("{fine}|Content-Length: 2"), "Content-Length"),
            (format!("{fine}|content-length: 0"), "Content-Length"),
            (format!("{fine}|Content-Length: 01"), "Content-Length"),
            (format!("{fine}|Content-Length: +1"), "Content-Length"),
            (format!("{fine}|Content-Length:"), "Content-Length"),
            (format!("{fine}|Content-Length: 1|Content-Length: 1"), "twice"),
            (format!("{fine}|Content-Encoding: deflate"), "Content-Encoding"),
            (format!("{fine}|content-encoding: GZIP"), "Content-Encoding"),
            (format!("{fine}|Content-Encoding:"), "Content-Encoding"),
            (format!("{fine}|Content-Encoding: identity, br"), "Content-Encoding"),
            (format!("{fine}|Content-Transfer-Encoding: base64"), "transfer encoding"),
            (format!("{fine}|Content-Transfer-Encoding: Quoted-Printable"), "transfer encoding"),
            (format!("{fine}|Content-Transfer-Encoding:"), "transfer encoding"),
            (format!("{fine}|Content-Type: text/plain; charset=iso-8859-1"), "in UTF-8"),
            (format!("{fine}|Content-Type: text"), "a media type"),
            (format!("{fine}|Content-Type: multipart/mixed; boundary=c"), "of parts, messages or files"),
            (format!("{fine}|Content-Type: message/rfc822"), "of parts, messages or files"),
            (format!("{fine}|Content-Type: Application/Octet-Stream"), "of parts, messages or files"),
        ] {
            is_refused(&headers, expected);
        }
        let mut bytes = format!("{fine}||1").replace('|', "\r\n").into_bytes();
        for (find, expected) in [(b"1", "UTF-8 in every value"), (b"a", "UTF-8 in every header line")] {
            let at = memchr::memmem::rfind(&bytes, find).unwrap();
            let byte = std::mem::replace(&mut bytes[at], 0xE9);
            assert_eq!(read_part(&bytes, &Names::of([])), Err(expected));
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
            ("name=__charset__", "__charset__"),
        ] {
            is_field(&format!("Content-Disposition: form-data; {parameters}"), name);
        }
        is_field("Content-Disposition:FORM-data;name=a", "a");
        for (parameters, expected) in [
            ("name=a; name=a", "twice"),
            ("name=a; Name=z", "twice"),
            ("name=a; x=1; x=1", "twice"),
            ("name=\"z%22\"", "%22"),
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
            is_refused(&format!("Content-Disposition: form-data; {parameters}"), expected);
        }
        let more = |count: usize| (0..count).map(|n| format!("; p{n}=1")).collect::<String>();
        is_field(&format!("Content-Disposition: form-data; name=a{}", more(31)), "a");
        is_refused(&format!("Content-Disposition: form-data; name=a{}", more(32)), "at most 32");
        for kind in [
            "attachment; name=a",
            "form-data, name=a",
            "\"form-data\"; name=a",
            "name=a",
            "form-data name=a",
            "",
        ] {
            is_refused(&format!("Content-Disposition: {kind}"), "");
        }
    }
}
