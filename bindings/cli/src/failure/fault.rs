//! A failed call of the library on a valid profile.

use callback_profile::cipher::CipherError;
use callback_profile::diagnosis::Diagnosis;
use callback_profile::json::JsonError;
use callback_profile::{Error, ErrorClass, ErrorCode};

use crate::explain;
use crate::input::Input;

/// What is reported of a failed call.
pub(crate) struct Fault {
    pub(super) class: ErrorClass,
    pub(super) code: ErrorCode,
    pub(super) message: String,
    /// The position of the error, if the input should be JSON.
    pub(super) json: Option<JsonError>,
    /// The parameters that the failure is about.
    pub(super) parameters: Vec<String>,
    /// The input that the call failed on.
    pub(super) input: Option<Input>,
    /// What to check, a line each.
    pub(super) hints: Vec<String>,
    /// What is printed instead of the hints, if it was asked for.
    pub(super) diagnosis_text: Option<String>,
    pub(super) diagnosis_json: Option<String>,
}

impl Fault {
    /// A value that cannot be encrypted.
    pub(crate) fn encrypting(error: CipherError) -> Fault {
        Fault::new(ErrorClass::Argument, error.code(), error.to_string())
    }

    /// A text that cannot be decrypted.
    pub(crate) fn decrypting(error: CipherError) -> Fault {
        Fault::new(ErrorClass::Decryption, error.code(), error.to_string())
    }

    /// A value or text of more than `limit` bytes.
    pub(crate) fn too_long(class: ErrorClass, limit: usize) -> Fault {
        Fault::new(class, ErrorCode::TooLong, format!("the value is longer than {limit} bytes"))
    }

    pub(crate) fn on(self, input: Input) -> Fault {
        Fault { input: Some(input), ..self }
    }

    /// In this line of the input.
    pub(crate) fn in_line(self, line: usize) -> Fault {
        Fault { message: format!("line {line}: {}", self.message), ..self }
    }

    pub(crate) fn with_hints(self, hints: Vec<String>) -> Fault {
        Fault { hints, ..self }
    }

    /// With what the diagnosis found: in a line, or whole.
    pub(crate) fn explained(self, diagnosis: &Diagnosis, whole: bool) -> Fault {
        let diagnosis_text = whole.then(|| explain::text(diagnosis));
        Fault {
            hints: explain::hints(diagnosis),
            diagnosis_text,
            diagnosis_json: Some(diagnosis.to_json()),
            ..self
        }
    }

    fn new(class: ErrorClass, code: ErrorCode, message: String) -> Fault {
        Fault {
            class,
            code,
            message,
            json: None,
            parameters: Vec::new(),
            input: None,
            hints: Vec::new(),
            diagnosis_text: None,
            diagnosis_json: None,
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        let fault = Fault::new(error.class(), error.code(), error.to_string());
        let parameters = error.parameters().to_vec();
        let json = match error {
            Error::Record(json) | Error::Received(json) => Some(json),
            _ => None,
        };
        Fault { json, parameters, ..fault }
    }
}
