//! What looks like a replacer and is none: it stays literal, and whoever wrote it may not have meant that.
//!
//! `<first name>`, `{{name}}`, `${name}`, `%name%` and the like come from other template languages, from spelling
//! mistakes and from encoding a text twice. Prose and markup have the same characters, so the rules are about what is
//! between them: `1 < 2 and 3 > 2`, `</p>` and `<me@example.com>` look like no replacer. Every search is linear: a
//! mark is looked at once, whatever the text.

use percent_encoding::percent_decode_str;

use super::grammar::{Grammar, Replacer, Scanner, backslashes_at_end, has_names, is_whole_name};
use super::pair::PairText;
use super::path::is_name;

/// What a text is: that decides what can be taken for a replacer in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextOf {
    /// A URL: `%` begins an encoded byte.
    Url,
    /// A string in a body, or a header's value.
    Value,
    /// A response message: braces can be replacers, too.
    Message,
    /// A member's name, in which nothing is ever replaced.
    MemberName,
}

/// Whether a text holds what looks like a replacer and is none.
pub(crate) fn is_suspicious(text: &str, of: TextOf) -> bool {
    // Most texts hold none of the marks that the searches begin with, or are one whole name.
    let has = |mark| memchr::memchr(mark, text.as_bytes()).is_some();
    let has_angle = has(b'<');
    if has_angle && of != TextOf::MemberName && is_whole_name(text) {
        return false;
    }
    let is_entity = |found: &Between<'_>| is_name(found.inside) || looks_like_name(*found);
    (has_angle && has_angle_brackets(text, of))
        || (has(b'&') && between(text, "&lt;", "&gt;", is_entity))
        || (has(b'%') && (has_encoded_name(text) || (of != TextOf::Url && has_percent_name(text))))
        || (has(b'{') && has_braces(text, of == TextOf::Message))
}

/// Whether a text that is more than one `<name>` has one that is an element of HTML: `<p>Hello <first_name></p>` loses
/// its `<p>`. Not for URLs, which hold no markup.
pub(crate) fn is_html_like(text: &str, grammar: Grammar) -> bool {
    if memchr::memchr(b'<', text.as_bytes()).is_none() || is_whole_name(text) {
        return false;
    }
    let is_element = |name: &str| HTML_ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name));
    Scanner::new(text, grammar).any(|found| match found.replacer {
        Some(Replacer::Name(name)) => is_element(name),
        Some(Replacer::Pair(_)) | None => false,
    })
}

/// The elements that people write into messages and mails.
pub(super) const HTML_ELEMENTS: [&str; 32] = [
    "a", "b", "i", "u", "s", "p", "br", "hr", "em", "strong", "small", "big", "div", "span", "h1", "h2",
    "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "img", "script", "style", "font",
    "center",
];

/// A text between two marks, and what is around them up to the next mark.
#[derive(Clone, Copy)]
struct Between<'t> {
    before: &'t str,
    inside: &'t str,
    after: &'t str,
}

/// Whether `is_wanted` is true of the text between some `open` and the next `close`, without another `open` in it.
fn between(text: &str, open: &str, close: &str, is_wanted: impl Fn(&Between<'_>) -> bool) -> bool {
    let mut before = "";
    text.split(open).enumerate().any(|(index, piece)| {
        let before = std::mem::replace(&mut before, piece);
        let inside_and_after = piece.split_once(close).filter(|_| index > 0);
        inside_and_after.is_some_and(|(inside, after)| is_wanted(&Between { before, inside, after }))
    })
}

fn has_angle_brackets(text: &str, of: TextOf) -> bool {
    between(text, "<", ">", |found| match is_name(found.inside) {
        true => of == TextOf::MemberName,
        false => looks_like_name(*found),
    })
}

/// `%3Cname%3E`, in which the name is encoded, too.
fn has_encoded_name(text: &str) -> bool {
    if !text.contains("%3") {
        return false;
    }
    let text = text.replace("%3c", "%3C").replace("%3e", "%3E");
    between(&text, "%3C", "%3E", |found| {
        let inside = percent_decode_str(found.inside).decode_utf8_lossy();
        is_name(&inside) || looks_like_name(Between { inside: &inside, ..*found })
    })
}

/// Whether somebody could mean a name by what is between two brackets, well formed or not.
fn looks_like_name(Between { before, inside, after }: Between<'_>) -> bool {
    let text = inside.trim();
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return false };
    // Closing and empty elements, comments and instructions; arrows and comparisons.
    if "/!?-=(),;|\\".contains(first) || "/-=".contains(last) {
        return false;
    }
    // Elements with attributes, links and addresses of mail.
    let is_address = text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    if is_address || ["=\"", "='", "://"].iter().any(|part| text.contains(part)) {
        return false;
    }
    let mut words = text.split_whitespace();
    let is_one_word = words.clone().nth(1).is_none();
    if text.len() < inside.len() {
        // `< first name>`, but not `a < b and c > d` and not `x < 5 > y`.
        return words.clone().nth(2).is_none() && words.all(is_plain_word);
    }
    let is_close = |neighbour: Option<char>| neighbour.is_some_and(char::is_alphanumeric);
    if is_close(before.chars().next_back()) && is_close(after.chars().next()) {
        // `Hello<naïve>world`, but not `if a<b and c>d`, `x<y+1>z` and `1<2>0`.
        return is_one_word && text.chars().all(is_word_character) && text.chars().any(char::is_alphabetic);
    }
    // `<address line 1>` and `<1>`, but not `<10 or so>`.
    is_one_word || !words.next().is_some_and(is_number)
}

fn is_number(word: &str) -> bool {
    word.starts_with(char::is_numeric) && !word.contains(char::is_alphabetic)
}

/// A word of letters first, as a name begins, and without punctuation at its end.
fn is_plain_word(word: &str) -> bool {
    let is_letter = |character: char| character.is_alphabetic() || character == '_';
    word.starts_with(is_letter)
        && word.ends_with(|last: char| is_letter(last) || last.is_alphanumeric() || last == ']')
        && word.chars().all(is_word_character)
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || "_-.[]".contains(character)
}

/// `%name%`, but not the percent signs of an encoded text, of prose, or of the formats of `printf` and `strftime`.
fn has_percent_name(text: &str) -> bool {
    let mut signs = memchr::memchr_iter(b'%', text.as_bytes());
    let Some(mut open) = signs.next() else { return false };
    signs.any(|close| {
        let opened = std::mem::replace(&mut open, close);
        let parts = (text.get(opened.saturating_add(1)..close), text.get(close.saturating_add(1)..));
        let (Some(inside), Some(after)) = parts else { return false };
        let is_byte = |text: &str| text.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        let is_encoded = is_byte(inside) && is_byte(after);
        // `%d%m` and `%s%%`.
        let is_format =
            inside.len() == 1 && after.starts_with(|next: char| next.is_alphanumeric() || next == '%');
        // `%Y-%m` has a hyphen at its end.
        is_name(inside) && !inside.ends_with('-') && !is_encoded && !is_format
    })
}

/// `{{name}}` and `${name}`; in messages also `{name}` and what is nearly a pair.
fn has_braces(text: &str, is_message: bool) -> bool {
    let mut opened: Option<usize> = None;
    let mut skip_until = 0;
    memchr::memchr2_iter(b'{', b'}', text.as_bytes()).any(|at| {
        if at < skip_until {
            return false;
        }
        let Some((before, ahead)) = text.split_at_checked(at) else { return false };
        if ahead.starts_with('{') {
            opened = Some(at);
            let pair = is_message.then(|| PairText::at_start_of(ahead)).flatten();
            let Some((pair, len)) = pair else { return false };
            (opened, skip_until) = (None, at.saturating_add(len));
            // A name within a pair is replaced nowhere.
            let is_escaped = backslashes_at_end(before) % 2 == 1;
            return !is_escaped && (has_names(&pair.label) || has_names(&pair.field));
        }
        let Some(start) = opened.take() else { return false };
        let parts = (text.get(..start), text.get(start.saturating_add(1)..at));
        let (Some(before), Some(inside)) = parts else { return false };
        let has_name = inside.chars().any(char::is_alphanumeric);
        let is_doubled = before.ends_with('{') && ahead.starts_with("}}");
        has_name && (is_doubled || before.ends_with('$') || (is_message && is_nearly_replacer(inside)))
    })
}

/// What is between two braces of a message: `name`, or nearly the inside of a pair.
fn is_nearly_replacer(inside: &str) -> bool {
    let is_quote = |character: char| "\"'`‘’“”".contains(character);
    let inside = inside.trim();
    if inside.starts_with(is_quote) {
        return true;
    }
    match inside.split_once([':', '=']) {
        // `{x: "f"}` and `{x: 5}`, but not `{note: see below}`.
        Some((label, value)) => {
            let value = value.trim();
            is_plain_word(label.trim())
                && (value.starts_with(is_quote) || !value.contains(char::is_whitespace))
        }
        // `{name}`, `{first name}` and `{1}`.
        None => {
            let mut words = inside.split_whitespace();
            words.clone().nth(2).is_none() && words.all(|word| word.chars().all(is_word_character))
        }
    }
}
