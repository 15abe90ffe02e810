//! Header values with parameters: `first; name=token; name="text"` (RFC 9110 §5.6.6), split with regard to quotes.

use crate::ascii::Kinds;

/// A split header value.
#[derive(Debug)]
pub(super) struct HeaderValue<'t> {
    /// What comes before the first semicolon.
    pub(super) first: &'t str,
    parameters: Vec<Parameter<'t>>,
}

/// `name=value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parameter<'t> {
    /// A token, in the received case.
    pub(super) name: &'t str,
    /// A token, or what is between the quotes, backslashes included.
    pub(super) value: &'t str,
    is_quoted: bool,
}

/// More are refused before they are listed: a media type and a field's disposition have two or three.
const MOST_PARAMETERS: usize = 32;

/// Whose grammar a header value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// A backslash within quotes means the next character itself (`quoted-pair`), and a parameter may be empty.
    MediaType,
    /// A backslash is itself, as browsers write field names (WHATWG "multipart/form-data encoding"), and no value without
    /// quotes has an apostrophe or a percent sign, which some readers take for a charset's end and for an escape
    /// (RFC 2231).
    Disposition,
}

/// Why a header value is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not of the form in this file's first line.
    Syntax,
    /// More than [`MOST_PARAMETERS`].
    TooMany,
    /// A parameter occurs twice; names have no case.
    Twice,
    /// A parameter's name has an asterisk, so some readers decode or join its value (RFC 2231, RFC 8187).
    Extended,
}

impl<'t> HeaderValue<'t> {
    /// Splits a value. Blanks around it and around semicolons are skipped.
    pub(super) fn split(text: &'t str, grammar: Grammar) -> Result<HeaderValue<'t>, Fault> {
        if text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
            return Err(Fault::Syntax);
        }
        let (first, mut rest) =
            text.split_at_checked(text.find(';').unwrap_or(text.len())).ok_or(Fault::Syntax)?;
        let mut parameters = Vec::new();
        while !rest.is_empty() {
            rest = trimmed_start(rest.strip_prefix(';').ok_or(Fault::Syntax)?);
            if grammar == Grammar::MediaType && (rest.is_empty() || rest.starts_with(';')) {
                continue;
            }
            if parameters.len() >= MOST_PARAMETERS {
                return Err(Fault::TooMany);
            }
            let (parameter, after) = parameter(rest, grammar).ok_or(Fault::Syntax)?;
            parameters.push(parameter);
            rest = trimmed_start(after);
        }
        if parameters.iter().any(|parameter| parameter.name.contains('*')) {
            return Err(Fault::Extended);
        }
        let mut bare = parameters.iter().filter(|parameter| !parameter.is_quoted);
        if grammar == Grammar::Disposition && bare.any(|parameter| parameter.value.contains(['\'', '%'])) {
            return Err(Fault::Syntax);
        }
        if has_twice(&parameters) {
            return Err(Fault::Twice);
        }
        Ok(HeaderValue { first: trimmed(first), parameters })
    }

    /// The value of the parameter of this name, which is in lower case.
    pub(super) fn parameter(&self, name: &str) -> Option<&'t str> {
        let mut parameters = self.parameters.iter();
        parameters
            .find(|parameter| parameter.name.eq_ignore_ascii_case(name))
            .map(|parameter| parameter.value)
    }

    pub(super) fn parameters(&self) -> &[Parameter<'t>] {
        &self.parameters
    }
}

/// The text of a quoted string: each backslash means the next character itself.
pub(super) fn without_pairs(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        text.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    text
}

/// Without the blanks that may surround a header's value (`OWS` of RFC 9110).
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && Kinds::of(text).are_within(Kinds::TCHAR)
}

fn trimmed_start(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}

/// The parameter at the start of the text, and what follows it.
fn parameter(text: &str, grammar: Grammar) -> Option<(Parameter<'_>, &str)> {
    let (name, after) = text.split_once('=')?;
    let quoted = after.strip_prefix('"');
    let is_quoted = quoted.is_some();
    let (value, after) = match quoted {
        Some(quoted) => {
            let (value, after) = quoted.split_at_checked(closing_quote(quoted, grammar)?)?;
            (value, after.strip_prefix('"')?)
        }
        None => {
            let end = after.find([';', ' ', '\t']).unwrap_or(after.len());
            after.split_at_checked(end).filter(|(value, _)| is_token(value))?
        }
    };
    is_token(name).then_some((Parameter { name, value, is_quoted }, after))
}

fn closing_quote(quoted: &str, grammar: Grammar) -> Option<usize> {
    if grammar == Grammar::Disposition {
        return quoted.find('"');
    }
    let mut is_escaped = false;
    quoted.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })
}

fn has_twice(parameters: &[Parameter<'_>]) -> bool {
    let mut names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
    names.sort_unstable_by(|one, other| in_lower_case(one).cmp(in_lower_case(other)));
    names.windows(2).any(|pair| matches!(pair, [one, other] if one.eq_ignore_ascii_case(other)))
}

fn in_lower_case(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Split<'t> = (&'t str, Vec<(&'t str, &'t str)>);

    fn split(text: &str, grammar: Grammar) -> Result<Split<'_>, Fault> {
        HeaderValue::split(text, grammar).map(|value| {
            (
                value.first,
                value.parameters.iter().map(|parameter| (parameter.name, parameter.value)).collect(),
            )
        })
    }

    #[test]
    fn a_value_is_split_at_semicolons_outside_quotes() {
        for (text, first, parameters) in [
            ("", "", &[][..]),
            ("a", "a", &[]),
            (" a b\t", "a b", &[]),
            ("a;x=1", "a", &[("x", "1")]),
            ("a ; x=1 ;y=\"2\"\t;\tz=3 ", "a", &[("x", "1"), ("y", "2"), ("z", "3")]),
            ("a; x=\"\"; Y=\"; y=1\"", "a", &[("x", ""), ("Y", "; y=1")]),
            ("a; x=\"\té=\"", "a", &[("x", "\té=")]),
        ] {
            for grammar in [Grammar::MediaType, Grammar::Disposition] {
                assert_eq!(split(text, grammar), Ok((first, parameters.to_vec())), "{text}");
            }
        }
        for (text, parameters) in
            [("a;", &[][..]), (" a\t;;\t; ", &[]), ("a;; x=1 ;\t;y=2;", &[("x", "1"), ("y", "2")])]
        {
            assert_eq!(split(text, Grammar::MediaType), Ok(("a", parameters.to_vec())), "{text}");
            assert_eq!(split(text, Grammar::Disposition), Err(Fault::Syntax), "{text}");
        }
        for (text, is_accepted) in [
            ("a; x='1'", false),
            ("a; x=b'c", false),
            ("a; x=%41", false),
            ("a; x=\"%41\"", true),
            ("a; %=1", true),
            ("a; x=\"'\"", true),
            ("a; '=1", true),
        ] {
            assert_eq!(split(text, Grammar::Disposition).is_ok(), is_accepted, "{text}");
            assert!(split(text, Grammar::MediaType).is_ok(), "{text}");
        }
        let value = HeaderValue::split("a; NaMe=1; x=2", Grammar::MediaType).unwrap();
        assert_eq!((value.parameter("name"), value.parameter("a")), (Some("1"), None));
    }

    #[test]
    fn a_backslash_is_itself_or_the_start_of_a_pair() {
        for (text, literal, pair) in [
            (r#"a; x="\""#, Some(r"\"), None),
            (r#"a; x="b\c""#, Some(r"b\c"), Some(r"b\c")),
            (r#"a; x="\\""#, Some(r"\\"), Some(r"\\")),
            (r#"a; x="\";y="\""#, Some(r"\"), None),
            (r#"a; x="b\"c""#, None, Some(r#"b\"c"#)),
            (r#"a; x="b\"; y=c""#, None, Some(r#"b\"; y=c"#)),
            (r#"a; x="b\"; y=c"#, Some(r"b\"), None),
        ] {
            for (grammar, expected) in [(Grammar::Disposition, literal), (Grammar::MediaType, pair)] {
                let read = HeaderValue::split(text, grammar).ok().and_then(|value| value.parameter("x"));
                assert_eq!(read, expected, "{text} as {grammar:?}");
            }
        }
        for (quoted, text) in [("", ""), ("ab", "ab"), (r"a\b", "ab"), (r"\\", r"\"), (r#"\"é\é"#, "\"éé")]
        {
            assert_eq!(without_pairs(quoted), text, "{quoted}");
        }
    }

    #[test]
    fn what_is_malformed_or_can_be_read_twice_is_refused() {
        for (fault, texts) in [
            (
                Fault::Syntax,
                &[
                    "a; x",
                    "a; x y",
                    "a; =1",
                    "a; x=",
                    "a; x=;y=1",
                    "a; x =1",
                    "a; x= 1",
                    "a; x=1 y=2",
                    "a; x=\"1",
                    "a; x=\"",
                    "a; x=\"1\"2",
                    "a; x=1\"2\"",
                    "a; \"x\"=1",
                    "a; x=(1)",
                    "a; é=1",
                    "a; x=é",
                    "a; x=\\1",
                    "a\0",
                    "a;\r\n x=1",
                    "a; x=\"\u{7f}\"",
                ][..],
            ),
            (Fault::Twice, &["a; x=1; x=1", "a; b=0; x=1; c=0; X=2"]),
            (Fault::Extended, &["a; x*=utf-8''b", "a; x*0=b; x*1=c", "a; x=1; *=2"]),
        ] {
            for text in texts {
                for grammar in [Grammar::MediaType, Grammar::Disposition] {
                    assert_eq!(split(text, grammar), Err(fault), "{text}");
                }
            }
        }
    }
}
