//! Writing: results byte for byte, words for people with colour where that is wanted.
//!
//! A reader that goes away early (`cbp schema | head -1`) is no failure: what it did not want is dropped.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};

use anstyle::{AnsiColor, Style};

use crate::failure::Failure;

pub(crate) const BAD: Style = AnsiColor::BrightRed.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::BrightGreen.on_default().bold();
pub(crate) const CARE: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const HINT: Style = AnsiColor::BrightCyan.on_default().bold();

/// How a result ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// With a line break: text.
    LineBreak,
    /// As it is, so that its bytes can be compared or sent; on a terminal with a line break.
    Exact,
}

/// Writes a result to standard output. A terminal gets it without escape sequences, which a record could hold.
pub(crate) fn result(bytes: impl AsRef<[u8]>, end: End) -> Result<(), Failure> {
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    let line_break: &[u8] = if end == End::LineBreak || is_terminal { b"\n" } else { b"" };
    let write = |out: &mut dyn Write| {
        out.write_all(bytes.as_ref())?;
        out.write_all(line_break)?;
        out.flush()
    };
    judged(if is_terminal {
        write(&mut anstream::AutoStream::never(stdout.lock()))
    } else {
        write(&mut stdout.lock())
    })
}

/// Writes words for people to standard output.
pub(crate) fn words(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    judged(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Writes words for people to standard error. If that fails, there is nobody to tell.
pub(crate) fn note(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// Tells which names the record lacked, a line each.
pub(crate) fn missing(names: &[String]) {
    for name in names {
        note(&format!("{CARE}missing{CARE:#}: {}\n", printable(name)));
    }
}

/// The text without control characters, which could rewrite a terminal: they are shown as escapes.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

fn judged(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Usage(format!("cannot write to standard output: {error}")))
        }
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
    }
}
