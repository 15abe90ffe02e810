//! From text to nodes: one pass, no recursion, every limit checked before anything is stored.

use zeroize::Zeroizing;

use super::document::{Document, Kind, Node, Nodes, fingerprint};
use super::names::{self, SORTED_FROM};
use super::scan::ordinary_len;
use super::{JsonError, JsonProblem};
use crate::limits::{DEPTH_CEILING, Limits};

pub(super) fn read<'a>(
    text: &'a [u8],
    bytes: usize,
    limits: &Limits,
    mut nodes: Nodes,
) -> Result<Document<'a>, JsonError> {
    if text.len() > bytes || u32::try_from(text.len()).is_err() {
        return Err(JsonError::at(b"", 0, JsonProblem::TooLong(bytes)));
    }
    if text.starts_with(b"\xEF\xBB\xBF") {
        return Err(JsonError::at(text, 0, JsonProblem::ByteOrderMark));
    }
    let text = std::str::from_utf8(text)
        .map_err(|error| JsonError::at(text, error.valid_up_to(), JsonProblem::InvalidUtf8))?;
    nodes.clear();
    // Most values take eight bytes or more of text with their separators.
    nodes.list.reserve((text.len() / 8).min(limits.nodes).saturating_add(1));
    let mut reader = Reader {
        text,
        rest: text.as_bytes(),
        nodes,
        container: Container { at: 0, is_object: false, count: 0 },
        blame: None,
        values: 0,
        max_depth: limits.depth.min(DEPTH_CEILING),
        max_nodes: limits.nodes,
    };
    match reader.document() {
        Ok(()) => Ok(Document { text, nodes: reader.nodes }),
        Err(problem) => {
            Err(JsonError::at(text.as_bytes(), reader.blame.unwrap_or_else(|| reader.place()), problem))
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a [u8],
    nodes: Nodes,
    /// The innermost array or object that is open, if `nodes.open` has one.
    container: Container,
    /// Where the error is, if not at the current place.
    blame: Option<usize>,
    values: usize,
    max_depth: usize,
    max_nodes: usize,
}

/// An open array or object: its node, and how many elements or members were complete so far.
#[derive(Clone, Copy)]
struct Container {
    at: u32,
    is_object: bool,
    count: u32,
}

type Step = Result<(), JsonProblem>;

impl<'a> Reader<'a> {
    fn document(&mut self) -> Step {
        loop {
            let opened = self.value()?;
            if opened {
                continue;
            }
            // A value is complete: close what ends here, and go on to the next value or stop.
            if !self.next_value()? {
                break;
            }
        }
        self.blanks();
        if self.rest.is_empty() { Ok(()) } else { Err(JsonProblem::TrailingText) }
    }

    /// Reads one scalar, or the start of an array or object; true if a value inside it comes next.
    fn value(&mut self) -> Result<bool, JsonProblem> {
        self.blanks();
        if self.values >= self.max_nodes {
            return Err(JsonProblem::TooManyNodes(self.max_nodes));
        }
        self.values = self.values.wrapping_add(1);
        match self.rest.first() {
            Some(b'"') => self.string(false)?,
            Some(b'{') => return self.container(Kind::Object),
            Some(b'[') => return self.container(Kind::Array),
            Some(b't') => self.word(b"true", Kind::True)?,
            Some(b'f') => self.word(b"false", Kind::False)?,
            Some(b'n') => self.word(b"null", Kind::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'+' | b'.') => return Err(JsonProblem::InvalidNumber),
            Some(_) => return Err(JsonProblem::ExpectedValue),
            None => return Err(JsonProblem::UnexpectedEnd),
        }
        Ok(false)
    }

    /// Closes what ends here; true if another value follows.
    fn next_value(&mut self) -> Result<bool, JsonProblem> {
        loop {
            if self.nodes.open.is_empty() {
                return Ok(false);
            }
            self.container.count = self.container.count.wrapping_add(1);
            self.blanks();
            match (self.rest, self.container.is_object) {
                ([b',', rest @ ..], is_object) => {
                    self.rest = rest;
                    if is_object {
                        self.blanks();
                        self.name()?;
                    }
                    return Ok(true);
                }
                ([b'}', rest @ ..], true) | ([b']', rest @ ..], false) => {
                    self.rest = rest;
                    self.close()?;
                }
                ([], _) => return Err(JsonProblem::UnexpectedEnd),
                _ => return Err(JsonProblem::ExpectedCommaOrEnd),
            }
        }
    }

    /// The start of an array or object; true if it is not empty.
    fn container(&mut self, kind: Kind) -> Result<bool, JsonProblem> {
        if self.nodes.open.len() >= self.max_depth {
            return Err(JsonProblem::TooDeep(self.max_depth));
        }
        let at = self.nodes.list.len() as u32;
        let start = self.place() as u32;
        self.nodes.list.push(Node {
            kind,
            escaped: false,
            fingerprint: 0,
            start,
            len: 0,
            link: at.wrapping_add(1),
        });
        self.skip(1);
        self.blanks();
        match (self.rest, kind) {
            ([b'}', rest @ ..], Kind::Object) | ([b']', rest @ ..], Kind::Array) => {
                self.rest = rest;
                Ok(false)
            }
            _ => {
                self.nodes.open.push((self.container.at, self.container.count));
                self.container = Container { at, is_object: kind == Kind::Object, count: 0 };
                if kind == Kind::Object {
                    self.name()?;
                }
                Ok(true)
            }
        }
    }

    /// Everything that the innermost container holds has been pushed.
    fn close(&mut self) -> Step {
        let Container { at: closed, is_object, count } = self.container;
        let end = self.nodes.list.len() as u32;
        if let Some(node) = self.nodes.list.get_mut(closed as usize) {
            (node.len, node.link) = (count, end);
        }
        if let Some((at, count)) = self.nodes.open.pop() {
            let is_object = self.nodes.list.get(at as usize).is_some_and(|node| node.kind == Kind::Object);
            self.container = Container { at, is_object, count };
        }
        if is_object {
            return self.refuse_duplicates(closed, count as usize);
        }
        names::index(&mut self.nodes, closed, count as usize);
        Ok(())
    }

    fn name(&mut self) -> Step {
        match self.rest.first() {
            Some(b'"') => self.string(true)?,
            Some(_) => return Err(JsonProblem::ExpectedName),
            None => return Err(JsonProblem::UnexpectedEnd),
        }
        self.blanks();
        match self.rest {
            [b':', rest @ ..] => {
                self.rest = rest;
                Ok(())
            }
            [] => Err(JsonProblem::UnexpectedEnd),
            _ => Err(JsonProblem::ExpectedColon),
        }
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Step {
        let start = self.place() as u32;
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                self.nodes.list.push(Node {
                    kind,
                    escaped: false,
                    fingerprint: 0,
                    start,
                    len: word.len() as u32,
                    link: 0,
                });
                Ok(())
            }
            // `tru` at the end of the text is cut short, `trux` is wrong.
            None if word.starts_with(self.rest) => Err(JsonProblem::UnexpectedEnd),
            None => Err(JsonProblem::ExpectedValue),
        }
    }

    /// RFC 8259 §6: `-? (0 | [1-9] digits) (. digits)? ([eE] [+-]? digits)?`
    fn number(&mut self) -> Step {
        let start = self.place();
        if self.rest.first() == Some(&b'-') {
            self.skip(1);
        }
        match self.rest {
            [b'0', rest @ ..] => self.rest = rest,
            _ => self.digits()?,
        }
        let mut has_exponent = false;
        if self.rest.first() == Some(&b'.') {
            self.skip(1);
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.rest.first() {
            has_exponent = true;
            self.skip(1);
            if let Some(b'+' | b'-') = self.rest.first() {
                self.skip(1);
            }
            self.digits()?;
        }
        if matches!(self.rest.first(), Some(b'0'..=b'9' | b'.' | b'+' | b'-' | b'a'..=b'z' | b'A'..=b'Z')) {
            return Err(JsonProblem::InvalidNumber);
        }
        let len = self.place().wrapping_sub(start);
        // Only an exponent or more than 308 digits can leave the range of a double.
        if has_exponent || len > 308 {
            let text = self.text.get(start..start.wrapping_add(len)).unwrap_or_default();
            if !text.parse::<f64>().is_ok_and(f64::is_finite) {
                return Err(JsonProblem::NumberOutOfRange);
            }
        }
        self.nodes.list.push(Node {
            kind: Kind::Number,
            escaped: false,
            fingerprint: 0,
            start: start as u32,
            len: len as u32,
            link: 0,
        });
        Ok(())
    }

    fn digits(&mut self) -> Step {
        let len = self.rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(self.rest.len());
        if len == 0 {
            return Err(if self.rest.is_empty() {
                JsonProblem::UnexpectedEnd
            } else {
                JsonProblem::InvalidNumber
            });
        }
        self.skip(len);
        Ok(())
    }

    #[inline]
    fn string(&mut self, is_name: bool) -> Step {
        self.skip(1);
        let start = self.place();
        let len = ordinary_len(self.rest);
        let (text, after) = self.rest.split_at_checked(len).unwrap_or_default();
        let [b'"', rest @ ..] = after else { return self.escaped_string(start, is_name) };
        self.rest = rest;
        // Only names are searched for.
        let fingerprint = if is_name { fingerprint(text) } else { 0 };
        let (start, len) = (start as u32, len as u32);
        self.nodes.list.push(Node { kind: Kind::String, escaped: false, fingerprint, start, len, link: 0 });
        Ok(())
    }

    /// A string that is not plain to its end: decodes it.
    #[cold]
    fn escaped_string(&mut self, start: usize, is_name: bool) -> Step {
        self.make_room();
        let link = self.nodes.decoded.len();
        loop {
            let from = self.place();
            let len = ordinary_len(self.rest);
            self.nodes.decoded.push_str(self.text.get(from..from.wrapping_add(len)).unwrap_or_default());
            self.skip(len);
            match self.rest {
                [b'"', rest @ ..] => {
                    self.rest = rest;
                    break;
                }
                [b'\\', ..] => self.escape()?,
                [] => return Err(JsonProblem::UnexpectedEnd),
                _ => return Err(JsonProblem::ControlCharacter),
            }
        }
        let decoded = self.nodes.decoded.as_bytes().get(link..).unwrap_or_default();
        let fingerprint = if is_name { fingerprint(decoded) } else { 0 };
        let (start, len, link) = (start as u32, decoded.len() as u32, link as u32);
        self.nodes.list.push(Node { kind: Kind::String, escaped: true, fingerprint, start, len, link });
        Ok(())
    }

    /// Room to decode the string at the front of the rest: decoded text is never longer than the text it came from, so
    /// it does not grow on the way. A larger buffer leaves no stray copy behind: the smaller one is wiped.
    fn make_room(&mut self) {
        let mut longest = 0_usize;
        loop {
            let ahead = self.rest.get(longest..).unwrap_or_default();
            longest = longest.saturating_add(ordinary_len(ahead));
            match self.rest.get(longest) {
                Some(b'\\') => longest = longest.saturating_add(2),
                _ => break,
            }
        }
        let decoded = &self.nodes.decoded;
        let needed = decoded.len().saturating_add(longest);
        if needed > decoded.capacity() {
            let capacity = needed.max(decoded.capacity().saturating_mul(2));
            let mut larger = Zeroizing::new(String::with_capacity(capacity));
            larger.push_str(decoded);
            self.nodes.decoded = larger;
        }
    }

    fn escape(&mut self) -> Step {
        let (character, len) = match self.rest.get(1) {
            Some(b'"') => ('"', 2),
            Some(b'\\') => ('\\', 2),
            Some(b'/') => ('/', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{C}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => self.unicode_escape()?,
            Some(_) => return Err(JsonProblem::InvalidEscape),
            None => return Err(JsonProblem::UnexpectedEnd),
        };
        self.nodes.decoded.push(character);
        self.skip(len);
        Ok(())
    }

    /// `\uXXXX`, or the two of a surrogate pair: the character and how many bytes it takes.
    fn unicode_escape(&self) -> Result<(char, usize), JsonProblem> {
        let first = hex_unit(self.rest.get(2..6))?;
        if let Some(character) = char::from_u32(u32::from(first)) {
            return Ok((character, 6));
        }
        if first >= 0xDC00 || self.rest.get(6..8) != Some(b"\\u") {
            return Err(JsonProblem::LoneSurrogate);
        }
        let second = hex_unit(self.rest.get(8..12))?;
        match char::decode_utf16([first, second]).next() {
            Some(Ok(character)) => Ok((character, 12)),
            _ => Err(JsonProblem::LoneSurrogate),
        }
    }

    /// Errors: [`JsonProblem::DuplicateName`], with the second of the two names blamed.
    fn refuse_duplicates(&mut self, object: u32, members: usize) -> Step {
        let second = match members {
            0 | 1 => None,
            2..=SORTED_FROM => names::find_duplicate(self.text, &self.nodes, object, members),
            _ => names::sort(self.text, &mut self.nodes, object, members),
        };
        match second {
            None => Ok(()),
            Some(place) => {
                self.blame = Some(place);
                Err(JsonProblem::DuplicateName)
            }
        }
    }

    #[inline]
    fn blanks(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    #[inline]
    fn skip(&mut self, len: usize) {
        self.rest = self.rest.get(len..).unwrap_or_default();
    }

    /// Bytes of the text before the rest. All lengths fit in 32 bits (checked by `read`).
    #[inline]
    fn place(&self) -> usize {
        self.text.len().wrapping_sub(self.rest.len())
    }
}

/// Four hexadecimal digits.
fn hex_unit(digits: Option<&[u8]>) -> Result<u16, JsonProblem> {
    let digits = digits.ok_or(JsonProblem::UnexpectedEnd)?;
    digits.iter().try_fold(0u16, |unit, digit| {
        let digit = char::from(*digit).to_digit(16).ok_or(JsonProblem::InvalidEscape)?;
        Ok(unit.wrapping_shl(4) | digit as u16)
    })
}
