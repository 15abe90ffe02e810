//! A wrong command line: clap's own words, with arguments shown so that none can forge a line or colour a terminal.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};
use clap::{ColorChoice, ValueEnum};

use crate::failure::{Failure, USAGE};
use crate::output::{masked, printable, set_color};

/// Prints the help, the version or the error that clap answers with, and returns the exit code.
pub(crate) fn print(error: clap::Error, arguments: &[OsString]) -> u8 {
    let error = harmless(error);
    if !error.use_stderr() {
        // Help and version are such "errors" too. A closed pipe is no failure: the reader wanted no more.
        let _ = error.print();
        return 0;
    }
    if arguments.iter().any(|argument| argument == "--json") {
        let text = error.to_string();
        let sentence = text.split("\n\n").next().unwrap_or_default().trim();
        let sentence = sentence.strip_prefix("error: ").unwrap_or(sentence);
        Failure::Usage(sentence.split_whitespace().collect::<Vec<_>>().join(" ")).print(true);
    } else {
        let _ = error.print();
    }
    USAGE
}

/// Sets the colour of help and errors, which clap writes before its options are known.
pub(crate) fn choose_color(arguments: &[OsString]) {
    let mut texts = arguments.iter().map(|argument| argument.to_str().unwrap_or_default());
    let mut choice = ColorChoice::Auto;
    while let Some(text) = texts.next().filter(|text| *text != "--") {
        let value = if text == "--color" { texts.next() } else { text.strip_prefix("--color=") };
        choice = value.and_then(|value| ColorChoice::from_str(value, false).ok()).unwrap_or(choice);
    }
    set_color(choice);
}

/// The error with everything in it that came from the command line made printable.
fn harmless(mut error: clap::Error) -> clap::Error {
    let changed: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter(|(kind, _)| *kind != ContextKind::Usage) // the definition's own, several lines
        .filter_map(|(kind, value)| Some((kind, printable_value(value)?)))
        .collect();
    for (kind, value) in changed {
        error.insert(kind, value);
    }
    error
}

/// `None` if it is printable as it is.
fn printable_value(value: &ContextValue) -> Option<ContextValue> {
    let harmless = |text: &str| masked(&printable(text)).into_owned();
    let hidden = |text: &str| harmless(text) != text;
    let shown = |text: &String| harmless(text);
    // Without the styles, which are escape sequences themselves: a hostile one cannot be told from clap's.
    let plain = |styled: &StyledStr| StyledStr::from(harmless(&styled.to_string()));
    match value {
        ContextValue::String(text) if hidden(text) => Some(ContextValue::String(shown(text))),
        ContextValue::Strings(texts) if texts.iter().any(|text| hidden(text)) => {
            Some(ContextValue::Strings(texts.iter().map(shown).collect()))
        }
        ContextValue::StyledStr(text) if hidden(&text.to_string()) => {
            Some(ContextValue::StyledStr(plain(text)))
        }
        ContextValue::StyledStrs(texts) if texts.iter().any(|text| hidden(&text.to_string())) => {
            Some(ContextValue::StyledStrs(texts.iter().map(plain).collect()))
        }
        _ => None,
    }
}
