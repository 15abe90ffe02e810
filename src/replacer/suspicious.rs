//! What looks like a replacer and is none: it stays literal, and whoever wrote it may not have meant that.
//!
//! `<first name>`, `{{name}}`, `${name}`, `%name%` and the like come from other template languages, from spelling
//! mistakes and from encoding a text twice. Prose and markup have the same characters, so the rules are about what is
//! between them: `1 < 2 and 3 > 2`, `</p>` and `<me@example.com>` look like no replacer. Every search is linear: a
//! mark is looked at once, whatever the text.

use percent_encoding::percent_decode_str;

use super::grammar::{Grammar, Replacer, Scanner, has_names};
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
    let is_message = of == TextOf::Message;
    has_angle_brackets(text, of)
        || between(text, "&lt;", "&gt;", |found| is_name(found.inside) || looks_like_name(found))
        || between(text, "%3C", "%3E", has_encoded_name)
        || (of != TextOf::Url && has_percent_name(text))
        || has_braces(text, is_message)
}

/// Whether a text that holds more than one replacer has a `<name>` that is an element of HTML: `<p>Hello <first_name></p>`
/// loses its `<p>`. Not for URLs, which hold no markup.
pub(crate) fn is_html_like(text: &str, grammar: Grammar) -> bool {
    let is_element = |name: &str| HTML_ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name));
    Scanner::new(text, grammar).any(|found| match found.replacer {
        Some(Replacer::Name(name)) => is_element(name) && name.len().saturating_add(2) < text.len(),
        Some(Replacer::Pair(_)) | None => false,
    })
}

/// The elements that people write into messages and mails.
const HTML_ELEMENTS: [&str; 32] = [
    "a", "b", "i", "u", "s", "p", "br", "hr", "em", "strong", "small", "big", "div", "span", "h1", "h2",
    "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "img", "script", "style", "font",
    "center",
];

/// A text between two marks, and what is around them.
struct Between<'t> {
    before: &'t str,
    inside: &'t str,
    after: &'t str,
}

/// Whether `is_wanted` is true of the text between some `open` and the next `close`, without another `open` in it. Both
/// are found in any case of letters.
fn between<'t>(text: &'t str, open: &str, close: &str, is_wanted: impl Fn(&Between<'t>) -> bool) -> bool {
    let [first_of_open, first_of_close] = [open, close].map(|mark| mark.bytes().next().unwrap_or_default());
    let is_at = |at: usize, mark: &str| {
        let end = at.saturating_add(mark.len());
        text.get(at..end).is_some_and(|found| found.eq_ignore_ascii_case(mark))
    };
    // Offsets of the last `open` that has no end yet, and of what follows it.
    let mut opened: Option<(usize, usize)> = None;
    memchr::memchr2_iter(first_of_open, first_of_close, text.as_bytes()).any(|at| {
        if is_at(at, open) {
            opened = Some((at, at.saturating_add(open.len())));
            return false;
        }
        let Some((start, inside)) = opened.filter(|_| is_at(at, close)) else { return false };
        opened = None;
        let end = at.saturating_add(close.len());
        let parts = (text.get(..start), text.get(inside..at), text.get(end..));
        let (Some(before), Some(inside), Some(after)) = parts else { return false };
        is_wanted(&Between { before, inside, after })
    })
}

fn has_angle_brackets(text: &str, of: TextOf) -> bool {
    between(text, "<", ">", |found| match is_name(found.inside) {
        true => of == TextOf::MemberName,
        false => looks_like_name(found),
    })
}

/// `%3Cname%3E`: what is between is encoded, too.
fn has_encoded_name(found: &Between<'_>) -> bool {
    let inside = percent_decode_str(found.inside).decode_utf8_lossy();
    is_name(&inside) || looks_like_name(&Between { inside: &inside, ..*found })
}

/// Whether somebody could mean a name by what is between two brackets, well formed or not.
fn looks_like_name(found: &Between<'_>) -> bool {
    let Between { before, inside, after } = *found;
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
        let Some(ahead) = text.get(at..) else { return false };
        if ahead.starts_with('{') {
            opened = Some(at);
            let pair = is_message.then(|| PairText::at_start_of(ahead)).flatten();
            let Some((pair, len)) = pair else { return false };
            (opened, skip_until) = (None, at.saturating_add(len));
            // A name within a pair is replaced nowhere.
            return has_names(&pair.label) || has_names(&pair.field);
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    const ALL: [TextOf; 4] = [TextOf::Url, TextOf::Value, TextOf::Message, TextOf::MemberName];

    /// In which kinds of text this is suspicious.
    fn suspicious_in(text: &str) -> Vec<TextOf> {
        ALL.into_iter().filter(|of| is_suspicious(text, *of)).collect()
    }

    #[test]
    fn what_looks_like_a_replacer_is_found_everywhere() {
        for text in [
            // Blanks.
            "<first name>",
            "Hi <first name>, hello",
            "< name>",
            "<name >",
            "< first name >",
            "<b >",
            "<a\tb>",
            "<first\nname>",
            "<date of birth>",
            "<address line 1>",
            "Mr.<last name>",
            // Digits first.
            "<1>",
            "<1st>",
            "<items.0.name>",
            "v<2>",
            // Other characters.
            "<naïve>",
            "<имя>",
            "<名前>",
            "Hello<naïve>you",
            "<first\u{A0}name>",
            "<a:b>",
            "<a/b>",
            "<user@name>",
            "<$name>",
            "<%name%>",
            "<%= name %>",
            "<name?>",
            "<first,last>",
            "<a..b>",
            "<a.>",
            "<.a>",
            "<a[]>",
            "<a[-1]>",
            "<a[0>",
            "<a b> <c>",
            "<c> <a b>",
            "<<a b>>",
            "<{name}>",
            "<name|upper>",
            "\\<a b>",
            // Other languages.
            "{{name}}",
            "{{ name }}",
            "{{{name}}}",
            "{{1}}",
            "{{#if name}}",
            "{{user.name | upper}}",
            "{{<name>}}",
            "${name}",
            "x${a.b}",
            "${ name }",
            "\\${name}",
            "{${name}}",
            // Encoded.
            "%3Cname%3E",
            "%3cname%3e",
            "a%3Ca.b%5B0%5D%3Eb",
            "%3Cfirst%20name%3E",
            "%3Cna%C3%AFve%3E",
            "&lt;name&gt;",
            "&LT;name&gt;",
            "Hi &lt;first name&gt;!",
            "&lt;b&gt;",
        ] {
            assert_eq!(suspicious_in(text), ALL, "{text}");
        }
    }

    #[test]
    fn percent_signs_are_suspicious_outside_urls() {
        for text in [
            "%name%",
            "Hello %first_name%, welcome",
            "%a.b[0]%",
            "%date%",
            "%address%%city%",
            "100% of %name%",
            "%a%",
            "(%n%)",
            "%FIRST-NAME%",
        ] {
            assert_eq!(suspicious_in(text), [TextOf::Value, TextOf::Message, TextOf::MemberName], "{text}");
        }
    }

    #[test]
    fn braces_are_suspicious_in_messages() {
        for text in [
            "{name}",
            "Hello {first_name}!",
            "{ name }",
            "{first name}",
            "{1}",
            "{URL}",
            "#{name}",
            "{имя}",
            "\\{name}",
            "{'x': 'f'}",
            "{x: \"f\"}",
            "{\"x\": 5}",
            "{\"a\": 1}",
            "{\"x\": \"\"}",
            "{\"x\": null}",
            "{\"a\": \"b\", \"c\": \"d\"}",
            "{\"x\" \"f\"}",
            "{\"x\"}",
            "{“name”: “first_name”}",
            "{x: f}",
            "{x = 'f f'}",
            "{\"a\": {\"b\": 1}}",
            "{\"x\": \"f\",}",
            // A name in a pair, where nothing replaces it.
            "{\"name\": \"<first_name>\"}",
            "{\"<name>\": \"first_name\"}",
            "{\"l\": \"f\"} {name}",
        ] {
            let in_names = if text.contains("<") {
                vec![TextOf::Message, TextOf::MemberName]
            } else {
                vec![TextOf::Message]
            };
            assert_eq!(suspicious_in(text), in_names, "{text}");
        }
    }

    #[test]
    fn replacers_are_suspicious_in_the_names_of_members() {
        for text in ["<a>", "x<a.b[0]>y", "\\<a>", "<p>Hello <first_name></p>", "<a><b>"] {
            assert_eq!(suspicious_in(text), [TextOf::MemberName], "{text}");
        }
    }

    #[test]
    fn prose_code_and_markup_are_not_suspicious() {
        for text in [
            "",
            "plain text",
            // Comparisons and arrows.
            "a < b",
            "a > b",
            "1 < 2 and 3 > 2",
            "a < b and c > d",
            "a < b, c > d",
            "x < 5 > y",
            "age <18 or >65",
            "price <10 EUR or so > 5",
            "if a<b and c>d",
            "if(i<10 && j>5)",
            "x<y+1>z",
            "1<2>0",
            "x <= y >= z",
            "a <- b -> c",
            "a <-> b <=> c",
            "1 << 2 >> 1",
            "I <3 you > all",
            "<>",
            "< >",
            "a <",
            "> b",
            ">a<",
            // Markup, links and addresses.
            "</p>",
            "<br/>",
            "<br />",
            "<!-- a comment -->",
            "<?xml version=\"1.0\"?>",
            "<a href=\"https://example.com\">",
            "<p style='x'>",
            "Bot <bot@example.com>",
            "<mailto:bot@example.com>",
            "<https://example.com/|here>",
            // Braces.
            "{}",
            "{{}}",
            "${}",
            "{ }",
            "{#var#}",
            "{-}",
            "{a, b}",
            "{note: see below}",
            "{12:30}",
            "}name{",
            "$5 {",
            "\\{\"label\": \"field\"}",
            "{{",
            // Percent signs.
            "100%",
            "50% of users, 20% more",
            "10%-20%",
            "caf%C3%A9%20au%20lait",
            "%C3%A9tudiant%20",
            "%41%42%43",
            "%s%d",
            "%d%%",
            "%Y-%m-%d %H:%M:%S",
            "%d%m%Y",
            "%%",
            // Encoded comparisons.
            "1 &lt; 2 and 3 &gt; 2",
            "&lt;/p&gt;",
            "%3C%3E",
            "%3C%2Fp%3E",
            "%3E%3C",
            "AT&T; &amp; &lt",
        ] {
            assert_eq!(suspicious_in(text), [], "{text}");
        }
        // Replacers are what they look like, and so is what was escaped.
        for text in ["<a>", "<a.b[0][1]>", "\\<a>", "\\\\<a> <parts[n]>"] {
            assert!(!is_suspicious(text, TextOf::Value) && !is_suspicious(text, TextOf::Url), "{text}");
        }
        for text in ["{\"l\": \"f\"}", "{\"l{\": \"}f\"} <a>", "\\{\"l\": \"f\"}", "{\"l\": \"a<b\"}"] {
            assert!(!is_suspicious(text, TextOf::Message), "{text}");
        }
    }

    #[test]
    fn names_of_elements_are_html_like_in_text_that_holds_more() {
        for text in [
            "<p>Hello <first_name></p>",
            "<b> <c>",
            "line<br>",
            "<BR>.",
            "<h1><x>",
            "\\\\<i>",
            " <a>",
            "<x><font>",
        ] {
            assert!(is_html_like(text, Grammar::Names), "{text}");
            assert!(is_html_like(text, Grammar::NamesAndPairs), "{text}");
        }
        for text in [
            "",
            "<b>",
            "<p>",
            "x <first_name>",
            "<h7>!",
            "<a.b>!",
            "<body>!",
            "<b[0]>!",
            "</b>!",
            "\\<b>!",
            "<br/>!",
            "{\"b\": \"b\"}!",
        ] {
            assert!(!is_html_like(text, Grammar::Names), "{text}");
            assert!(!is_html_like(text, Grammar::NamesAndPairs), "{text}");
        }
        // The name is part of a pair here, and a replacer there.
        let text = "{\"l\": \"<b>\"}";
        assert!(is_html_like(text, Grammar::Names) && !is_html_like(text, Grammar::NamesAndPairs));
        let mut sorted = HTML_ELEMENTS;
        sorted.sort_unstable();
        assert!(sorted.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn hostile_text_costs_linear_time() {
        // Quadratic work would take minutes for each of these.
        let start = Instant::now();
        for piece in [
            "<",
            ">",
            "<a",
            "<a ",
            "< a",
            "<1 ",
            "\\",
            "\\<",
            "{",
            "{{",
            "}",
            "${",
            "{\"",
            "{\"a",
            "{\"a\":\"",
            "{\"\\",
            "{ ",
            "{\"a\" ",
            "%",
            "%a",
            "%3C",
            "%3Ca",
            "%41",
            "&",
            "&lt;",
            "&lt;a",
            "[0]",
            "<a[0]",
            "<a.",
            "a.",
            "<\"",
            "é",
            "'{",
        ] {
            for start in ["", "<", "{", "{\"", "%3C", "&lt;"] {
                let text = format!("{start}{}", piece.repeat((1 << 17) / piece.len()));
                for of in ALL {
                    is_suspicious(&text, of);
                }
                is_html_like(&text, Grammar::NamesAndPairs);
            }
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    }
}
