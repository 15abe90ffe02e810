//! Why a command did not do its job, told to a person, and the exit code.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use callback_profile::json::{Document, JsonError, JsonProblem};
use callback_profile::{Error, Limits, Report};

use crate::input::Input;
use crate::mask::mask;
use crate::output::{BAD, HINT, note, printable};

/// Refused by the rules.
pub(crate) const REFUSED: u8 = 1;
/// A command line that makes no sense, a file that cannot be read or written.
pub(crate) const USAGE: u8 = 2;

/// Lines longer than this are not shown. The library's limits allow lines of megabytes.
const LONGEST_SHOWN_LINE: usize = 64 * 1024;

pub(crate) enum Failure {
    /// One line is all there is to say.
    Usage(String),
    /// A payload, patch or stored profile broke rules.
    Refused { input: Input, report: Report },
    /// A call on a valid profile failed.
    Error { error: Error, input: Option<Input>, hints: Vec<String> },
    /// Refused, and standard output says so.
    Told,
}

impl Failure {
    /// A failed call in which no input can be blamed.
    pub(crate) fn of(error: Error) -> Failure {
        Failure::Error { error, input: None, hints: Vec::new() }
    }

    /// A failed call on this input.
    pub(crate) fn on(input: Input, error: Error) -> Failure {
        Failure::Error { error, input: Some(input), hints: Vec::new() }
    }

    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage(_) => USAGE,
            Failure::Refused { .. } | Failure::Error { .. } | Failure::Told => REFUSED,
        }
    }

    /// Tells it on standard error.
    pub(crate) fn tell(&self) {
        match self {
            Failure::Told => {}
            Failure::Usage(line) => note(&format!("{BAD}error{BAD:#}: {line}\n")),
            Failure::Refused { input, report } => tell_report(input, report),
            Failure::Error { error, input, hints } => {
                tell_error(error, input.as_ref());
                for hint in hints {
                    note(&format!("  {HINT}hint{HINT:#}: {hint}\n"));
                }
            }
        }
    }
}

/// Every violation: its place, its keyword, its message. The library quotes no key, IV or header value.
fn tell_report(input: &Input, report: &Report) {
    let code = report.code().name();
    if let [violation] = report.violations()
        && let Some(position) = violation.position
        && let Some(shown) = with_line(input, position, code, &violation.message)
    {
        return note(&shown);
    }
    let count = report.violations().len().saturating_add(report.unlisted());
    let plural = if count == 1 { "violation" } else { "violations" };
    let mut text = format!("{BAD}error[{code}]{BAD:#}: {} is refused: {count} {plural}\n", input.name);
    for violation in report.violations() {
        let place = if violation.pointer.is_empty() { "(root)" } else { &violation.pointer };
        let (place, message) = (printable(place), printable(&violation.message));
        text.push_str(&format!("  {place} [{}] {message}\n", violation.keyword));
    }
    if report.unlisted() > 0 {
        text.push_str(&format!("  and {} more\n", report.unlisted()));
    }
    note(&text);
}

fn tell_error(error: &Error, input: Option<&Input>) {
    let code = error.code().name();
    let message = error.to_string();
    if let (Error::Json(json), Some(input)) = (error, input)
        && is_about(json, input)
        && let Some(shown) = with_line(input, (json.line(), json.column()), code, &message)
    {
        return note(&shown);
    }
    let name = input.map(|input| format!("{}: ", input.name)).unwrap_or_default();
    note(&format!("{BAD}error[{code}]{BAD:#}: {name}{}\n", printable(&message)));
}

/// Whether the error's place is one in this input, and not in a form field that holds JSON text.
fn is_about(error: &JsonError, input: &Input) -> bool {
    let mut limits = Limits::default();
    limits.payload_bytes = limits.received_bytes;
    match Document::read(&input.bytes, &limits) {
        Ok(_) => error.problem() == JsonProblem::NotAnObject,
        Err(found) => found == *error,
    }
}

/// The message with the line that it is about, masked; `None` if the line is too long to be of help.
fn with_line(input: &Input, (line, column): (usize, usize), code: &str, message: &str) -> Option<String> {
    let bytes = input.bytes.split(|byte| *byte == b'\n').nth(line.checked_sub(1)?)?;
    if bytes.len() > LONGEST_SHOWN_LINE {
        return None;
    }
    // The place may be that after the last character.
    let masked = format!("{} ", mask(bytes));
    let start = column.checked_sub(1)?.min(masked.len().saturating_sub(1));
    let mark = AnnotationKind::Primary.span(start..start.saturating_add(1)).label("here");
    let source = Snippet::source(masked).line_start(line).path(input.name.as_str()).annotation(mark);
    let report = [Level::ERROR.primary_title(message).id(code).element(source)];
    Some(format!("{}\n", Renderer::styled().render(&report)))
}
