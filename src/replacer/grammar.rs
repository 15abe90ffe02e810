//! The replacers of a text: where they begin and end.
//!
//! `<name>` as [`path`](super::path) reads names, and `{"label": "field"}` as [`pair`](super::pair) does. Whatever is
//! not exactly one of these is literal text. Scanning is linear: no byte is looked at more than a few times, whatever
//! the text. Nothing is copied: counting replacers is a scan, and a [`ProgramWriter`](super::ProgramWriter) copies what it keeps.
//!
//! Of `n` backslashes directly before a replacer half are kept, rounded down, and an odd `n` makes the replacer literal
//! text as a whole. Everywhere else a backslash is itself.

use std::borrow::Cow;

use super::pair::PairText;
use super::path::name_len;

/// Which replacers a text may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// `<name>`: body, url, header values.
    Names,
    /// `<name>` and `{"label": "field"}`: response_message.
    NamesAndPairs,
}

/// Literal text, and the replacer after it. Without one, the text is the last of all or goes on with literal text.
pub(super) struct Found<'t> {
    pub(super) literal: &'t str,
    pub(super) replacer: Option<Replacer<'t>>,
}

/// A replacer in a text.
pub(super) enum Replacer<'t> {
    /// What is between `<` and `>`.
    Name(&'t str),
    /// `{"label": "field"}`.
    Pair(PairText<'t>),
}

/// A text in pieces: every literal text and every replacer, in order.
pub(super) struct Scanner<'t> {
    text: &'t str,
    grammar: Grammar,
    /// Where the next literal text begins.
    literal_from: usize,
    /// Where the search goes on; `None` after the end.
    search_from: Option<usize>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, grammar: Grammar) -> Scanner<'t> {
        Scanner { text, grammar, literal_from: 0, search_from: Some(0) }
    }
}

impl<'t> Iterator for Scanner<'t> {
    type Item = Found<'t>;

    fn next(&mut self) -> Option<Found<'t>> {
        let found = find(self.text, self.search_from?, self.grammar);
        let Some((start, len, replacer)) = found else {
            self.search_from = None;
            return Some(Found { literal: self.text.get(self.literal_from..)?, replacer: None });
        };
        let before = self.text.get(self.literal_from..start)?;
        let backslashes = backslashes_at_end(before);
        let literal = before.get(..before.len().saturating_sub(backslashes.div_ceil(2)))?;
        let end = start.saturating_add(len);
        self.search_from = Some(end);
        let is_escaped = backslashes % 2 == 1;
        self.literal_from = if is_escaped { start } else { end };
        Some(Found { literal, replacer: Some(replacer).filter(|_| !is_escaped) })
    }
}

/// How many backslashes a text ends with.
pub(super) fn backslashes_at_end(text: &str) -> usize {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count()
}

/// Offset, length and parts of the first well-formed replacer from `at` on, escaped or not.
fn find(text: &str, mut at: usize, grammar: Grammar) -> Option<(usize, usize, Replacer<'_>)> {
    loop {
        let ahead = text.as_bytes().get(at..).filter(|ahead| !ahead.is_empty())?;
        at = at.saturating_add(match grammar {
            Grammar::Names => memchr::memchr(b'<', ahead)?,
            Grammar::NamesAndPairs => memchr::memchr2(b'<', b'{', ahead)?,
        });
        let ahead = text.get(at..)?;
        if let Some(len) = name_len(ahead) {
            let name = ahead.get(1..len.saturating_sub(1))?;
            return Some((at, len, Replacer::Name(name)));
        }
        if let Some((pair, len)) = PairText::at_start_of(ahead) {
            return Some((at, len, Replacer::Pair(pair)));
        }
        at = at.saturating_add(1);
    }
}

/// How many replacers a text holds.
pub(crate) fn count(text: &str, grammar: Grammar) -> usize {
    Scanner::new(text, grammar).filter(|found| found.replacer.is_some()).count()
}

/// Whether a text holds a `<name>` to be filled.
pub(crate) fn has_names(text: &str) -> bool {
    constant(text).is_none()
}

/// What a text without a `<name>` to be filled means: itself, with escaped names unescaped. `None` if it has one.
pub(crate) fn constant(text: &str) -> Option<Cow<'_, str>> {
    let mut constant = Cow::Borrowed("");
    for found in Scanner::new(text, Grammar::Names) {
        if found.replacer.is_some() {
            return None;
        }
        push_literal(&mut constant, found.literal);
    }
    Some(constant)
}

/// Appends literal text; copies only what is in several pieces.
pub(super) fn push_literal<'t>(text: &mut Cow<'t, str>, literal: &'t str) {
    if text.is_empty() {
        *text = Cow::Borrowed(literal);
    } else if !literal.is_empty() {
        text.to_mut().push_str(literal);
    }
}

/// Whether a text is one whole `<name>` and nothing else.
pub(crate) fn is_whole_name(text: &str) -> bool {
    name_len(text) == Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, grammar: Grammar) -> Vec<String> {
        let shown = |found: Found<'_>| {
            let replacer = found.replacer.map(|replacer| match replacer {
                Replacer::Name(name) => format!("name {name}"),
                Replacer::Pair(pair) => format!("pair {} {}", pair.label, pair.field),
            });
            [Some(format!("text {}", found.literal)).filter(|_| !found.literal.is_empty()), replacer]
        };
        Scanner::new(text, grammar).flat_map(shown).flatten().collect()
    }

    #[test]
    fn replacers_and_the_text_between_them() {
        for (text, expected) in [
            ("Thank you, {\"name\": \"first_name\"}", &["text Thank you, ", "pair name first_name"][..]),
            ("<a><b.c>!", &["name a", "name b.c", "text !"]),
            ("<<a>>", &["text <", "name a", "text >"]),
            ("<parts[0]> <parts[n]>", &["name parts[0]", "text  ", "name parts[n]"]),
            ("<m[1][2]><entry[0].changes[0].value>", &["name m[1][2]", "name entry[0].changes[0].value"]),
            ("{\"x\": {\"name\": \"f\"}}", &["text {\"x\": ", "pair name f", "text }"]),
            ("{\"a\": \"<b>\"}", &["pair a <b>"]),
            ("{{\"a\": \"b\"}}", &["text {", "pair a b", "text }"]),
            ("", &[]),
        ] {
            assert_eq!(pieces(text, Grammar::NamesAndPairs), expected, "{text}");
        }
        assert_eq!(pieces("{\"a\": \"<b>\"}", Grammar::Names), ["text {\"a\": \"", "name b", "text \"}"]);
    }

    #[test]
    fn everything_else_is_literal() {
        for text in [
            "a < b",
            "<b >",
            "< b>",
            "<>",
            "<1>",
            "<a..b>",
            "<a",
            "a>",
            "{\"a\": 1}",
            "{URL}",
            "{#var#}",
            "{\"a\": \"b\", \"c\": \"d\"}",
            "{\"a\": \"\"}",
            "{'a': 'b'}",
            "<ä>",
            "<a b>",
            "\\",
            "\\\\",
            "\\< a>",
            "\\\\{URL}",
            "\\n<b >\\",
        ] {
            assert_eq!(pieces(text, Grammar::NamesAndPairs), [format!("text {text}")], "{text}");
            assert_eq!(constant(text), Some(Cow::Borrowed(text)), "{text}");
        }
    }

    #[test]
    fn half_of_the_backslashes_are_kept_and_an_odd_number_makes_a_replacer_literal() {
        for (text, expected) in [
            (r"\<a>", &["text <a>"][..]),
            (r"\\<a>", &[r"text \", "name a"]),
            (r"\\\<a>", &[r"text \", "text <a>"]),
            (r"\\\\<a>", &[r"text \\", "name a"]),
            (r"x\<a>\<b>y<c>", &["text x", "text <a>", "text <b>y", "name c"]),
            (r"<a>\<b>\\<c>", &["name a", r"text <b>\", "name c"]),
            (r"\\ \<a>\", &[r"text \\ ", r"text <a>\"]),
            (r"\<<a>", &[r"text \<", "name a"]),
            (r"\<a b> \<c>", &[r"text \<a b> ", "text <c>"]),
            (r#"\{"l": "f"}"#, &[r#"text {"l": "f"}"#]),
            (r#"\\{"l": "f"}"#, &[r"text \", "pair l f"]),
            // The whole pair is literal, and so is what looks like a name in it.
            (r#"\{"l": "<f>"} <a>"#, &[r#"text {"l": "<f>"} "#, "name a"]),
            // In a pair a backslash is JSON's.
            (r#"{"l": "\\<f>"}"#, &[r"pair l \<f>"]),
            (r#"{"l": "\<f>"}"#, &[r#"text {"l": ""#, r#"text <f>"}"#]),
        ] {
            let expected: Vec<String> = expected.iter().map(|piece| (*piece).to_owned()).collect();
            assert_eq!(pieces(text, Grammar::NamesAndPairs), expected, "{text}");
        }
        assert_eq!(pieces(r#"\{"l": "<f>"}"#, Grammar::Names), [r#"text \{"l": ""#, "name f", "text \"}"]);
    }

    #[test]
    fn counting_follows_the_same_rules() {
        for (text, names, both) in [
            ("", 0, 0),
            ("<a>", 1, 1),
            ("a<b>c<d>", 2, 2),
            ("{\"a\": \"b\"} <c>", 1, 2),
            ("{\"a\": \"<b>\"}", 1, 1),
            (r"\<a>", 0, 0),
            (r"\\<a>\<b>", 1, 1),
            (r#"\{"a": "<b>"}"#, 1, 0),
        ] {
            assert_eq!(count(text, Grammar::Names), names, "{text}");
            assert_eq!(count(text, Grammar::NamesAndPairs), both, "{text}");
            assert_eq!(has_names(text), names > 0, "{text}");
            assert_eq!(constant(text).is_none(), names > 0, "{text}");
        }
        assert_eq!(constant(r"\<a>"), Some(Cow::Borrowed("<a>")));
        assert_eq!(constant(r"x\\\<a>.\<b>"), Some(Cow::Borrowed(r"x\<a>.<b>")));
    }

    #[test]
    fn a_whole_name_is_nothing_else() {
        for (text, is_whole) in [
            ("<a>", true),
            ("<a.b[0]>", true),
            ("", false),
            ("<a", false),
            ("a", false),
            (" <a>", false),
            ("<a> ", false),
            ("<a><b>", false),
            (r"\<a>", false),
            (r"\\<a>", false),
        ] {
            assert_eq!(is_whole_name(text), is_whole, "{text}");
        }
    }
}
