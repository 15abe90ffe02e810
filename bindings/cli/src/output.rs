//! Writing: results byte for byte; text for people, with colour where that is wanted.
//!
//! A reader that closes the pipe early (`cbp schema | head -1`) is no failure: the rest of the output is dropped.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, ErrorKind, IsTerminal, Write};

use anstyle::{AnsiColor, Style};

pub(crate) const BAD: Style = AnsiColor::BrightRed.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::BrightGreen.on_default().bold();
pub(crate) const CARE: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const HINT: Style = AnsiColor::BrightCyan.on_default().bold();

/// Standard output cannot be written.
pub(crate) struct Unwritable(io::Error);

/// How a result ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// With a line break: text.
    LineBreak,
    /// With its own last byte, so that the result can be compared or sent; on a terminal with a line break.
    Exact,
}

/// Writes a result to standard output. A terminal gets it without escape sequences, which a record could hold.
pub(crate) fn result(bytes: impl AsRef<[u8]>, end: End) -> Result<(), Unwritable> {
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    let line_break: &[u8] = if end == End::LineBreak || is_terminal { b"\n" } else { b"" };
    let write = |out: &mut dyn Write| {
        out.write_all(bytes.as_ref())?;
        out.write_all(line_break)?;
        out.flush()
    };
    unless_closed(if is_terminal {
        write(&mut anstream::AutoStream::never(stdout.lock()))
    } else {
        write(&mut stdout.lock())
    })
}

/// Writes text for people to standard output.
pub(crate) fn text(text: &str) -> Result<(), Unwritable> {
    let mut out = anstream::stdout().lock();
    unless_closed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Writes text for people to standard error. An error is ignored: there is no other stream to report it on.
pub(crate) fn note(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// Writes the names that the record lacked to standard error, a line each.
pub(crate) fn missing(names: &[String]) {
    for name in names {
        note(&format!("{CARE}missing{CARE:#}: {}\n", printable(name)));
    }
}

/// The text with control characters, marks of text direction and whatever else is invisible as escapes: raw ones could
/// rewrite what a terminal shows.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// Whether `Debug` of a text would escape the character within it, and not only because a quote could end the text.
fn is_hidden(character: char) -> bool {
    let within = || format!("a{character}").escape_debug().count() > 2;
    match character {
        ' '..='~' => false,
        _ => character.is_control() || within(),
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write to standard output: {}", self.0)
    }
}

fn unless_closed(written: io::Result<()>) -> Result<(), Unwritable> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Unwritable(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_as_escapes() {
        assert_eq!(printable("/body/näme"), "/body/näme");
        assert_eq!(printable("a\u{1b}[2Jb\nc\u{9b}"), "a\\u{1b}[2Jb\\nc\\u{9b}");
        assert_eq!(
            printable("\u{202e}\u{2066}\u{2028}\u{feff}\0"),
            "\\u{202e}\\u{2066}\\u{2028}\\u{feff}\\u{0}"
        );
        assert_eq!(printable("\"a'\\ नी e\u{301} 日本 😀"), "\"a'\\ नी e\u{301} 日本 😀");
    }
}
