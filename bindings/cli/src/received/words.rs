//! A command line split into its words, as a POSIX shell and `bash` read quotes and backslashes. Nothing is executed: what a
//! shell would replace is refused.

/// The words of the first command; `None` where a quote has no end or a shell would replace something.
pub(super) fn split(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\'' => push_single_quoted(word.get_or_insert_default(), &mut characters)?,
            '"' => push_double_quoted(word.get_or_insert_default(), &mut characters)?,
            '$' if characters.peek() == Some(&'\'') => {
                characters.next();
                push_ansi_quoted(word.get_or_insert_default(), &mut characters)?;
            }
            '\\' => match characters.next()? {
                '\n' => {}
                '\r' if characters.peek() == Some(&'\n') => drop(characters.next()),
                escaped => word.get_or_insert_default().push(escaped),
            },
            '$' | '`' | ';' | '|' | '&' | '<' | '>' | '(' | ')' => return None,
            plain => word.get_or_insert_default().push(plain),
        }
    }
    words.extend(word);
    Some(words)
}

type Characters<'l> = std::iter::Peekable<std::str::Chars<'l>>;

fn push_single_quoted(out: &mut String, characters: &mut Characters<'_>) -> Option<()> {
    loop {
        match characters.next()? {
            '\'' => return Some(()),
            character => out.push(character),
        }
    }
}

fn push_double_quoted(out: &mut String, characters: &mut Characters<'_>) -> Option<()> {
    loop {
        match characters.next()? {
            '"' => return Some(()),
            '\\' => match characters.next()? {
                '\n' => {}
                escaped @ ('"' | '\\' | '$' | '`') => out.push(escaped),
                other => out.extend(['\\', other]),
            },
            '$' | '`' => return None,
            character => out.push(character),
        }
    }
}

/// `$'…'`, in which browsers and proxies write what a shell cannot quote otherwise.
fn push_ansi_quoted(out: &mut String, characters: &mut Characters<'_>) -> Option<()> {
    loop {
        match characters.next()? {
            '\'' => return Some(()),
            '\\' => match characters.next()? {
                'n' => out.push('\n'),
                'r' => out.push('\r'),
                't' => out.push('\t'),
                'x' => out.push(hexadecimal(characters, 2).filter(char::is_ascii)?),
                'u' => out.push(hexadecimal(characters, 4)?),
                escaped @ ('\'' | '"' | '\\' | '!') => out.push(escaped),
                _ => return None,
            },
            character => out.push(character),
        }
    }
}

fn hexadecimal(characters: &mut Characters<'_>, most: usize) -> Option<char> {
    let mut number = None;
    for _ in 0..most {
        let Some(digit) = characters.peek().and_then(|digit| digit.to_digit(16)) else { break };
        characters.next();
        number = Some(number.unwrap_or(0_u32).checked_mul(16)?.checked_add(digit)?);
    }
    char::from_u32(number?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_a_shell() {
        for (line, words) in [
            ("curl  -d 'a b' \\\n  \"c\\\"\\$\\x\" d\\ e''f", &["curl", "-d", "a b", "c\"$\\x", "d ef"][..]),
            ("a '' \"\"", &["a", "", ""]),
            ("$'a\\'b\\n\\u00e9\\x21' 'it'\\''s'", &["a'b\n\u{e9}!", "it's"]),
            ("a \\\r\n b", &["a", "b"]),
            (" ", &[]),
        ] {
            assert_eq!(split(line).unwrap(), words, "{line}");
        }
        for line in [
            "'a",
            "\"a",
            "$'a",
            "a\\",
            "$HOME",
            "\"$(id)\"",
            "a `b`",
            "a; b",
            "a | b",
            "a > b",
            "$'\\xff'",
            "$'\\u'",
        ] {
            assert_eq!(split(line), None, "{line}");
        }
    }
}
