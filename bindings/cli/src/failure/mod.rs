//! Why a command failed: the exit code, and the message on standard error.

mod excerpt;
mod fault;
mod mask;
mod message;

pub(crate) use fault::Fault;

use callback_profile::Report;

use crate::input::{Input, InputError};
use crate::output::Unwritable;

/// Exit code: refused by the rules.
pub(crate) const REFUSED: u8 = 1;
/// Exit code: a wrong command line, or a file that cannot be read or written.
pub(crate) const USAGE: u8 = 2;

pub(crate) enum Failure {
    /// A wrong command line, or a file that cannot be read or written, in one line.
    Usage(String),
    /// A payload, patch or stored profile breaks rules.
    Refused { input: Input, report: Report },
    /// A call on a valid profile failed.
    Fault(Box<Fault>),
    /// Refused, and the result on standard output has the reasons.
    Printed,
}

impl Failure {
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage(_) => USAGE,
            Failure::Refused { .. } | Failure::Fault(_) | Failure::Printed => REFUSED,
        }
    }

    /// Writes the message to standard error.
    pub(crate) fn print(&self) {
        match self {
            Failure::Printed => {}
            Failure::Usage(line) => message::usage(line),
            Failure::Refused { input, report } => message::refusal(input, report),
            Failure::Fault(fault) => message::fault(fault),
        }
    }
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
