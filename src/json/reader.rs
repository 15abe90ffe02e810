//! From text to nodes: one pass, no recursion, every limit checked before anything is stored.
//!
//! The rest of the text goes from step to step as an argument and a result, so that it stays in registers.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "the rest is always a suffix of the text, whose length fits in 32 bits"
)]

use super::document::Document;
use super::error::{JsonError, JsonProblem};
use super::names::{self, hint};
use super::node::{Container, Kind, Node, Nodes, SORTED_FROM, fingerprint};
use super::number::is_too_large;
use super::reading::{Reader, Rest, Stop, Text};
use super::scan::ordinary_len;
use super::surrogates::Surrogates;
use crate::limits::{DEPTH_CEILING, Limits};

pub(super) fn read<'a>(
    given: Text<'a>,
    bytes: usize,
    limits: &Limits,
    surrogates: Surrogates,
    mut nodes: Nodes,
) -> Result<Document<'a>, JsonError> {
    let text = given.as_bytes();
    if text.len() > bytes || u32::try_from(text.len()).is_err() {
        return Err(JsonError::at(b"", 0, JsonProblem::TooLong(bytes)));
    }
    if text.starts_with(b"\xEF\xBB\xBF") {
        return Err(JsonError::at(text, 0, JsonProblem::ByteOrderMark));
    }
    let text = given.valid().map_err(|offset| JsonError::at(text, offset, JsonProblem::InvalidUtf8))?;
    nodes.clear();
    // Most values take eight bytes or more of text with their separators.
    nodes.list.reserve((text.len() / 8).min(limits.nodes).saturating_add(1));
    let mut reader = Reader {
        text,
        surrogates,
        nodes,
        container: Container::default(),
        values: 0,
        max_depth: limits.depth.min(DEPTH_CEILING),
        max_nodes: limits.nodes,
    };
    match reader.document() {
        Ok(()) => Ok(Document { text, nodes: reader.nodes }),
        Err(stop) => Err(JsonError::at(text.as_bytes(), text.len() - stop.left, stop.problem)),
    }
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<(), Stop> {
        let mut rest = self.text.as_bytes();
        loop {
            if self.container.is_object {
                rest = self.name(blanks(rest))?;
            }
            let (after, is_inside) = self.value(blanks(rest))?;
            rest = after;
            if is_inside {
                continue;
            }
            // A value is complete: close what ends here, and go on to the next value or stop.
            let (after, has_next) = self.next_value(rest)?;
            rest = after;
            if !has_next {
                break;
            }
        }
        let rest = blanks(rest);
        if rest.is_empty() { Ok(()) } else { Err(Stop::at(rest, JsonProblem::TrailingText)) }
    }

    /// Reads one scalar, or the start of an array or object; true if a value inside it comes next.
    #[inline]
    fn value(&mut self, rest: &'a [u8]) -> Result<(&'a [u8], bool), Stop> {
        if self.values >= self.max_nodes {
            return Err(Stop::at(rest, JsonProblem::TooManyNodes(self.max_nodes)));
        }
        self.values += 1;
        let after = match rest {
            [b'"', inside @ ..] => self.string(inside, false).map(|(after, _)| after),
            [b'{', inside @ ..] => return self.container(rest, blanks(inside), true),
            [b'[', inside @ ..] => return self.container(rest, blanks(inside), false),
            [b't', ..] => self.word(rest, b"true", Kind::True),
            [b'f', ..] => self.word(rest, b"false", Kind::False),
            [b'n', ..] => self.word(rest, b"null", Kind::Null),
            [b'-' | b'0'..=b'9', ..] => self.number(rest),
            [b'+' | b'.', ..] => Err(Stop::at(rest, JsonProblem::InvalidNumber)),
            _ => Err(Stop::instead_of(JsonProblem::ExpectedValue, rest)),
        };
        Ok((after?, false))
    }

    /// Closes what ends here; true if another value follows.
    #[inline]
    fn next_value(&mut self, mut rest: &'a [u8]) -> Result<(&'a [u8], bool), Stop> {
        while !self.nodes.open.is_empty() {
            self.container.count += 1;
            rest = blanks(rest);
            rest = match (rest, self.container.is_object) {
                ([b',', after @ ..], _) => return Ok((after, true)),
                ([b'}', after @ ..], true) | ([b']', after @ ..], false) => after,
                _ => return Err(Stop::instead_of(JsonProblem::ExpectedCommaOrEnd, rest)),
            };
            self.close()?;
        }
        Ok((rest, false))
    }

    /// The start of an array or object, after which `inside` is left; true if it is not empty.
    fn container(
        &mut self,
        rest: &'a [u8],
        inside: &'a [u8],
        is_object: bool,
    ) -> Result<(&'a [u8], bool), Stop> {
        if self.nodes.open.len() >= self.max_depth {
            return Err(Stop::at(rest, JsonProblem::TooDeep(self.max_depth)));
        }
        let at = self.nodes.list.len() as u32;
        let kind = if is_object { Kind::Object } else { Kind::Array };
        self.push(kind, rest, 0, at + 1);
        match (inside, is_object) {
            ([b'}', after @ ..], true) | ([b']', after @ ..], false) => return Ok((after, false)),
            _ => {}
        }
        self.nodes.open.push(self.container);
        self.container = Container { at, is_object, ..Container::default() };
        Ok((inside, true))
    }

    /// Everything that the innermost container holds has been pushed.
    fn close(&mut self) -> Result<(), Stop> {
        let Container { at, is_object, count, mut repeated, .. } = self.container;
        let end = self.nodes.list.len() as u32;
        let node = &mut self.nodes.list[at as usize];
        (node.len, node.link) = (count, end);
        let outer = self.nodes.open.pop();
        debug_assert!(outer.is_some(), "only an open container is closed");
        self.container = outer.unwrap_or(self.container);
        if count as usize > SORTED_FROM {
            match is_object {
                true => repeated = names::sort(self.text, &mut self.nodes, at, count as usize),
                false => names::index(&mut self.nodes, at, count as usize),
            }
        }
        match repeated {
            None => Ok(()),
            Some(offset) => {
                let left = self.text.len() - offset as usize;
                Err(Stop { problem: JsonProblem::DuplicateName, left })
            }
        }
    }

    #[inline]
    fn name(&mut self, rest: &'a [u8]) -> Rest<'a> {
        let [b'"', inside @ ..] = rest else {
            return Err(Stop::instead_of(JsonProblem::ExpectedName, rest));
        };
        let (after, hint) = self.string(inside, true)?;
        let Container { at, count, seen, repeated, .. } = &mut self.container;
        if (*count as usize) < SORTED_FROM && seen.meet(hint) && repeated.is_none() {
            *repeated = names::last_is_repeated(self.text, &self.nodes, *at, *count);
        }
        match blanks(after) {
            [b':', after @ ..] => Ok(after),
            other => Err(Stop::instead_of(JsonProblem::ExpectedColon, other)),
        }
    }

    fn word(&mut self, rest: &'a [u8], word: &[u8], kind: Kind) -> Rest<'a> {
        match rest.strip_prefix(word) {
            Some(after) => {
                self.push(kind, rest, word.len(), 0);
                Ok(after)
            }
            // `tru` at the end of the text is incomplete, `trux` is wrong.
            None if word.starts_with(rest) => Err(Stop::at(rest, JsonProblem::UnexpectedEnd)),
            None => Err(Stop::at(rest, JsonProblem::ExpectedValue)),
        }
    }

    /// RFC 8259 §6: `-? (0 | [1-9] digits) (. digits)? ([eE] [+-]? digits)?`
    fn number(&mut self, number: &'a [u8]) -> Rest<'a> {
        let mut rest = number.strip_prefix(b"-").unwrap_or(number);
        rest = match rest {
            [b'0', after @ ..] => after,
            _ => digits(rest)?,
        };
        let mut has_exponent = false;
        if let [b'.', after @ ..] = rest {
            rest = digits(after)?;
        }
        if let [b'e' | b'E', after @ ..] = rest {
            has_exponent = true;
            rest = digits(match after {
                [b'+' | b'-', after @ ..] => after,
                _ => after,
            })?;
        }
        if let [b'0'..=b'9' | b'.' | b'+' | b'-' | b'a'..=b'z' | b'A'..=b'Z', ..] = rest {
            return Err(Stop::at(rest, JsonProblem::InvalidNumber));
        }
        let len = number.len() - rest.len();
        // Only an exponent or more than 308 digits can leave the range of a double.
        if (has_exponent || len > 308) && is_too_large(&number[..len]) {
            return Err(Stop::at(rest, JsonProblem::NumberOutOfRange));
        }
        self.push(Kind::Number, number, len, 0);
        Ok(rest)
    }

    /// A string, after its opening quote; with its [`hint`], if it is a name.
    #[inline]
    fn string(&mut self, inside: &'a [u8], is_name: bool) -> Result<(&'a [u8], u32), Stop> {
        let len = ordinary_len(inside);
        let Some((text, [b'"', after @ ..])) = inside.split_at_checked(len) else {
            return self.escaped_string(inside, is_name);
        };
        // Only names are searched for.
        let fingerprint = if is_name { fingerprint(text) } else { 0 };
        let (start, len) = (self.offset(inside), len as u32);
        self.nodes.list.push(Node { kind: Kind::String, escaped: false, fingerprint, start, len, link: 0 });
        Ok((after, hint(len, fingerprint)))
    }

    /// A node that is no string.
    #[inline]
    fn push(&mut self, kind: Kind, rest: &[u8], len: usize, link: u32) {
        let (start, len) = (self.offset(rest), len as u32);
        self.nodes.list.push(Node { kind, escaped: false, fingerprint: 0, start, len, link });
    }
}

#[inline]
fn blanks(mut rest: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\n' | b'\r', after @ ..] = rest {
        rest = after;
    }
    rest
}

/// At least one digit.
fn digits(rest: &[u8]) -> Rest<'_> {
    match rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len()) {
        0 => Err(Stop::instead_of(JsonProblem::InvalidNumber, rest)),
        len => Ok(&rest[len..]),
    }
}
