//! The replacers of a text: SPEC §4.
//!
//! `<name>`: names are `[A-Za-z_][A-Za-z0-9_-]*`, joined by dots, with at most one subscript (`[0]` or `[n]`) in
//! the whole path. `{"label": "field"}`: a JSON object of one member whose value is a non-empty string, with any
//! JSON whitespace. Whatever is not exactly one of these is literal text. Scanning is linear: no byte is looked
//! at more than a few times, whatever the text. Nothing is copied: counting replacers is a scan, and
//! [`Template`](super::Template) copies what it keeps.

use std::borrow::Cow;

use crate::json::{Document, ordinary_len};
use crate::limits::Limits;

/// Which replacers a text may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// `<name>`: body, url, header values.
    Names,
    /// `<name>` and `{"label": "field"}`: response_message.
    NamesAndPairs,
}

/// A replacer and the literal text before it, since the replacer before that.
pub(super) struct Found<'t> {
    pub(super) literal: &'t str,
    pub(super) replacer: Replacer<'t>,
}

/// A replacer as it stands in a text.
pub(super) enum Replacer<'t> {
    /// What stands between `<` and `>`.
    Name(&'t str),
    /// `{"label": "field"}`.
    Pair(PairText<'t>),
}

/// The parts of a pair. The three last ones in a row are its text.
pub(super) struct PairText<'t> {
    /// Unescaped.
    pub(super) label: Cow<'t, str>,
    /// Unescaped; never empty.
    pub(super) field: Cow<'t, str>,
    pub(super) before_value: &'t str,
    pub(super) value: &'t str,
    pub(super) after_value: &'t str,
}

/// The replacers of a text, in its order.
pub(super) struct Scanner<'t> {
    text: &'t str,
    grammar: Grammar,
    /// Where the literal text before the next replacer begins.
    literal_from: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, grammar: Grammar) -> Scanner<'t> {
        Scanner { text, grammar, literal_from: 0 }
    }

    /// The literal text after the last replacer.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.literal_from..).unwrap_or_default()
    }
}

impl<'t> Iterator for Scanner<'t> {
    type Item = Found<'t>;

    fn next(&mut self) -> Option<Found<'t>> {
        let (start, len) = find(self.text, self.literal_from, self.grammar)?;
        let text = self.text.get(start..)?;
        let replacer = match text.get(..len)?.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
            Some(name) => Replacer::Name(name),
            None => Replacer::Pair(pair_at(text)?.0),
        };
        let literal = self.text.get(self.literal_from..start).unwrap_or_default();
        self.literal_from = start.saturating_add(len);
        Some(Found { literal, replacer })
    }
}

/// Place and length of the first replacer from `at` on.
#[inline]
fn find(text: &str, mut at: usize, grammar: Grammar) -> Option<(usize, usize)> {
    loop {
        let ahead = text.as_bytes().get(at..).filter(|ahead| !ahead.is_empty())?;
        at = at.saturating_add(match grammar {
            Grammar::Names => memchr::memchr(b'<', ahead)?,
            Grammar::NamesAndPairs => memchr::memchr2(b'<', b'{', ahead)?,
        });
        let ahead = text.get(at..)?;
        let len = if ahead.starts_with('<') { name_len(ahead) } else { pair_at(ahead).map(|(_, len)| len) };
        match len {
            Some(len) => return Some((at, len)),
            None => at = at.saturating_add(1),
        }
    }
}

/// How many replacers a text holds.
pub(crate) fn count(text: &str, grammar: Grammar) -> usize {
    if is_whole_name(text) {
        return 1; // most strings of a body
    }
    let (mut count, mut at) = (0_usize, 0_usize);
    while let Some((start, len)) = find(text, at, grammar) {
        count = count.saturating_add(1);
        at = start.saturating_add(len);
    }
    count
}

/// Whether a text holds a `<name>`.
pub(crate) fn has_names(text: &str) -> bool {
    find(text, 0, Grammar::Names).is_some()
}

/// Whether a text is one whole `<name>` and nothing else.
pub(crate) fn is_whole_name(text: &str) -> bool {
    text.starts_with('<') && name_len(text) == Some(text.len())
}

/// The length of the `<name>` that the `<` at the start of `text` may begin.
#[inline]
fn name_len(text: &str) -> Option<usize> {
    let inside = text.as_bytes().get(1..)?;
    let run = |last: Class| inside.iter().take_while(|byte| class_of(**byte) <= last).count();
    let is_closed = |len: usize| inside.get(len) == Some(&b'>');
    let mut len = run(Class::Later);
    if is_closed(len) {
        // Most names are simple ones.
        let starts = inside.first().is_some_and(|byte| class_of(*byte) == Class::Start);
        return starts.then(|| len.saturating_add(2));
    }
    len = run(Class::Path);
    let name = text.get(1..len.saturating_add(1)).filter(|_| is_closed(len))?;
    read_path(name, |_, _| {}).map(|_| len.saturating_add(2))
}

/// What a byte can be in a `<name>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Class {
    /// First in a simple name, or later.
    Start,
    /// Later in a simple name.
    Later,
    /// Between simple names.
    Path,
    /// Not part of a name.
    Other,
}

fn class_of(byte: u8) -> Class {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'_' => Class::Start,
        b'0'..=b'9' | b'-' => Class::Later,
        b'.' | b'[' | b']' => Class::Path,
        _ => Class::Other,
    }
}

/// Hands the keys and subscripts of a name to `step`, one after the other; `None` if the name is not well formed,
/// which may turn out after some steps. `Some(false)` if it has no path reading.
pub(super) fn read_path<'t>(name: &'t str, mut step: impl FnMut(&'t str, Option<usize>)) -> Option<bool> {
    let (mut subscripts, mut readable) = (0usize, true);
    for part in name.split('.') {
        let (key, index) = match part.split_once('[') {
            None => (part, None),
            Some((key, subscript)) => {
                let subscript = subscript.strip_suffix(']')?;
                subscripts = subscripts.saturating_add(1);
                if subscript.bytes().all(|byte| byte.is_ascii_digit()) {
                    (key, Some(subscript.parse().ok()?))
                } else if is_simple_name(subscript) {
                    // `parts[n]`, as the documents spell it: only a key of exactly this name can match.
                    readable = false;
                    (key, None)
                } else {
                    return None;
                }
            }
        };
        if !is_simple_name(key) {
            return None;
        }
        step(key, index);
    }
    (subscripts <= 1).then_some(readable)
}

/// Whether a name has neither dots nor subscripts, and is well formed.
pub(super) fn is_simple_name(name: &str) -> bool {
    name.bytes().next().is_some_and(|byte| class_of(byte) == Class::Start)
        && name.bytes().all(|byte| class_of(byte) <= Class::Later)
}

/// The `{"label": "field"}` at the start of `text` and its length.
fn pair_at(text: &str) -> Option<(PairText<'_>, usize)> {
    let label = after_blanks(text.strip_prefix('{')?);
    let (label_len, label_is_plain) = json_string(label)?;
    let value_and_rest = after_blanks(after_blanks(label.get(label_len..)?).strip_prefix(':')?);
    let (value_len, value_is_plain) = json_string(value_and_rest)?;
    let (value, after) = value_and_rest.split_at_checked(value_len)?;
    let end = after_blanks(after).strip_prefix('}')?;

    // Cut by lengths: `strip_suffix` would compare the whole rest of the text, once per pair.
    let until = |rest: &str| text.get(..text.len().checked_sub(rest.len())?);
    let whole = until(end)?;
    let (label, field) = if label_is_plain && value_is_plain {
        (Cow::Borrowed(unquoted(label.get(..label_len)?)?), Cow::Borrowed(unquoted(value)?))
    } else {
        // What holds escapes is read by the one JSON reader, which also refuses what is no JSON in it.
        let limits = Limits { payload_bytes: usize::MAX, ..Limits::default() };
        let document = Document::read(whole.as_bytes(), &limits).ok()?;
        let (label, field) = document.root().members().next()?;
        (Cow::Owned(label.to_owned()), Cow::Owned(field.as_str()?.to_owned()))
    };
    if field.is_empty() {
        return None;
    }
    let before_value = until(value_and_rest)?;
    let after_value = after.get(..after.len().checked_sub(end.len())?)?;
    Some((PairText { label, field, before_value, value, after_value }, whole.len()))
}

fn after_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r'])
}

fn unquoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

/// The length of the quoted string at the start of `text`, with its quotes, and whether it means what stands there:
/// no escapes and no control characters.
fn json_string(text: &str) -> Option<(usize, bool)> {
    let inside = text.strip_prefix('"')?.as_bytes();
    let plain = ordinary_len(inside);
    if inside.get(plain) == Some(&b'"') {
        return Some((plain.checked_add(2)?, true));
    }
    let mut escaped = false;
    let len = inside.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })?;
    Some((len.checked_add(2)?, false))
}
