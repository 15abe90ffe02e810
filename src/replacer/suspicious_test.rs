//! What is suspicious, and what is not.

use std::time::{Duration, Instant};

use super::Grammar;
use super::suspicious::{HTML_ELEMENTS, TextOf, is_html_like, is_suspicious};

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
        "< items[0] >",
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
        "x&lt;name&gt;y",
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
        "for <10 or so>",
        "for <5 to 9> days",
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
        "first name> <",
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
    for text in [
        "{\"l\": \"f\"}",
        "{\"l{\": \"}f\"} <a>",
        "\\{\"l\": \"f\"}",
        "{\"l\": \"a<b\"}",
        "\\{\"l\": \"<f>\"}",
    ] {
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
