//! Why a command failed: the exit code, and the message on standard error.

mod excerpt;
mod fault;
mod json;
mod mask;
mod message;

pub(crate) use fault::Fault;

use callback_profile::Report;

use crate::input::{Input, InputError};
use crate::output::{Unwritable, note};

/// Exit code: refused by the rules.
pub(crate) const REFUSED: u8 = 1;
/// Exit code: a wrong command line, or a file that cannot be read or written.
pub(crate) const USAGE: u8 = 2;

/// Exit code: Ctrl-C, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

pub(crate) enum Failure {
    /// A wrong command line, or a file that cannot be read or written, in one line.
    Usage(String),
    /// A payload, patch or stored profile breaks rules.
    Refused { input: Input, report: Report },
    /// A call on a valid profile failed.
    Fault(Box<Fault>),
    /// Ctrl-C ended a run over many lines, which said how to go on.
    Interrupted,
    /// Some of many files cannot be read, and the result on standard output says which.
    Unreadable,
    /// Refused, and the result on standard output has the reasons.
    Printed,
}

impl Failure {
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage(_) | Failure::Unreadable => USAGE,
            Failure::Interrupted => INTERRUPTED,
            Failure::Refused { .. } | Failure::Fault(_) | Failure::Printed => REFUSED,
        }
    }

    /// Writes the message to standard error, or one JSON object in a line.
    pub(crate) fn print(&self, as_json: bool) {
        match self {
            Failure::Printed | Failure::Unreadable | Failure::Interrupted => {}
            Failure::Usage(line) if as_json => note(&format!("{}\n", json::usage(line))),
            Failure::Refused { input, report } if as_json => {
                note(&format!("{}\n", json::refusal(input, report, &explanation(report))));
            }
            Failure::Fault(fault) if as_json => note(&format!("{}\n", json::fault(fault))),
            Failure::Usage(line) => message::usage(line),
            Failure::Refused { input, report } => message::refusal(input, report, &explanation(report)),
            Failure::Fault(fault) => message::fault(fault),
        }
    }
}

/// What explains a refusal: a masked key, which the platform and this command show in the place of the key.
fn explanation(report: &Report) -> Vec<String> {
    let masked = report.violations().iter().any(|violation| violation.keyword == "masked");
    let explained = "the key is masked (********), as responses show it, so this text is no profile. Take the one that \
                     has the key; cbp prints it with --show-secrets";
    masked.then(|| explained.to_owned()).into_iter().collect()
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Fault(Box::new(fault))
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Failure {
        Failure::Usage(error.to_string())
    }
}

impl From<Unwritable> for Failure {
    fn from(error: Unwritable) -> Failure {
        Failure::Usage(error.to_string())
    }
}
