//! Writing: results byte for byte; text for people, with colour where that is wanted.
//!
//! A reader that closes the pipe early (`cbp schema | head -1`) is no failure: the rest of the output is dropped.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, ErrorKind, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use callback_profile::{Advisory, Secrets, visible};
use clap::ColorChoice;

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

/// Sets when output has colour.
pub(crate) fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
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

/// Writes text for people to standard output, with every key in it masked.
pub(crate) fn text(text: &str) -> Result<(), Unwritable> {
    text_with(text, Secrets::Masked)
}

/// The same; keys are shown if they were asked for.
pub(crate) fn text_with(text: &str, secrets: Secrets) -> Result<(), Unwritable> {
    let text = unless_shown(text, secrets);
    let mut out = anstream::stdout().lock();
    unless_closed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Writes text for people to standard error, with every key in it masked. An error is ignored: there is no other
/// stream to report it on.
pub(crate) fn note(text: &str) {
    let text = masked(text);
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// One or several.
pub(crate) fn plural(count: u64, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// Writes a warning to standard error, in colour on a terminal.
pub(crate) fn warning(text: &str) {
    note(&format!("{CARE}warning{CARE:#}: {text}\n"));
}

/// Writes what is accepted but risky to standard error, in the words of `cbp validate`.
pub(crate) fn advisory(advisory: &Advisory) {
    let (code, pointer) = (advisory.code.name(), printable(&advisory.pointer));
    note(&format!("{CARE}advisory{CARE:#} {code} at {pointer}: {}\n", advisory.message()));
}

/// Writes the names that the record lacked to standard error, a line each.
pub(crate) fn missing(names: &[String]) {
    for name in names {
        note(&format!("{CARE}missing{CARE:#}: {}\n", printable(name)));
    }
}

/// The text with everything escaped that could rewrite what a terminal shows, as the library's `visible` escapes names,
/// and whole: `visible` ends after so many characters.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    const PIECE: usize = 256;
    if text.len() <= PIECE {
        return visible(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(PIECE).map_or(rest.len(), |(end, _)| end);
        let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        out.push_str(&visible(piece));
        rest = after;
    }
    Cow::Owned(out)
}

/// The text with its keys masked, unless they are to be shown.
pub(crate) fn unless_shown(text: &str, secrets: Secrets) -> Cow<'_, str> {
    if secrets == Secrets::Shown { Cow::Borrowed(text) } else { masked(text) }
}

/// The text with the keys of sealed profiles (`cbk2_…`) and signing secrets (`whsec_…`) masked, wherever they are: as a
/// header's value, as a name, as an argument. They are known by how they begin.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    const PREFIXES: [&str; 2] = ["cbk2_", "whsec_"];
    /// Fewer characters of base64 are no secret, but a word that begins like one.
    const SHORTEST: usize = 16;
    let is_of_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=');
    let find = |rest: &str| {
        PREFIXES.iter().filter_map(|prefix| Some(rest.find(prefix)?.saturating_add(prefix.len()))).min()
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = find(rest).and_then(|end| rest.split_at_checked(end)) {
        let end = after.find(|c| !is_of_base64(c)).unwrap_or(after.len());
        let (secret, following) = after.split_at_checked(end).unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(if secret.len() < SHORTEST { secret } else { "********" });
        rest = following;
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
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
    fn keys_and_secrets_are_masked_wherever_they_stand() {
        let key = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let text = format!("/{key} \"{secret}\", {secret}{key}|x{key}");
        assert_eq!(masked(&text), "/cbk2_******** \"whsec_********\", whsec_********|xcbk2_********");
        for text in
            ["", "must be cbk2_ and base64url", "^cbk2_[A-Za-z0-9_-]{43}$", "whsec_prod.txt", "whsec_é"]
        {
            assert_eq!(masked(text), text);
        }
        assert_eq!(masked(&format!("é{key}é")), "écbk2_********é");
    }

    #[test]
    fn nothing_hidden_is_left_and_nothing_is_left_out() {
        assert_eq!(printable("/body/n\u{e4}me \"a'\\ \u{1F600}"), "/body/n\u{e4}me \"a'\\ \u{1F600}");
        assert_eq!(printable("a\u{1b}[2Jb\nc"), "a\\u{1b}[2Jb\\u{a}c");
        for len in [255, 256, 257, 511, 512, 513, 2_000] {
            for character in ["x", "\u{e9}"] {
                let text = character.repeat(len);
                assert_eq!(printable(&text), text);
                assert_eq!(printable(&format!("{text}\n")), format!("{text}\\u{{a}}"));
            }
        }
    }
}
