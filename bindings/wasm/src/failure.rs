//! Failures as JSON; JavaScript makes errors of them.

use callback_profile::cipher::CipherError;
use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};
use callback_profile::{Envelope, Error, ErrorClass, ErrorCode, Report};

/// Why a call failed, as the JSON text of the native addon's `Failure`. Never holds a key, an IV or a value.
pub(crate) struct Failure(String);

impl Failure {
    /// A defect of the library.
    #[cold]
    pub(crate) fn internal() -> Failure {
        Failure::new(ErrorClass::Internal, ErrorCode::Internal, ErrorCode::Internal.text(), |_| ())
    }

    /// An argument has the right type but a value that makes no sense.
    pub(crate) fn argument(message: &str) -> Failure {
        Failure::new(ErrorClass::Argument, ErrorCode::InvalidArgument, message, |_| ())
    }

    /// A cipher could not be made, or a value not be encrypted.
    pub(crate) fn encrypting(error: CipherError) -> Failure {
        Failure::new(ErrorClass::Argument, error.code(), &error.to_string(), |_| ())
    }

    /// A single value could not be decrypted. A raw key or IV of a wrong length is still a wrong argument.
    pub(crate) fn decrypting(error: CipherError) -> Failure {
        Failure::new(error.class_of_decryption(), error.code(), &error.to_string(), |_| ())
    }

    fn new(
        class: ErrorClass,
        code: ErrorCode,
        message: &str,
        more: impl FnOnce(&mut ObjectWriter<'_, String>),
    ) -> Failure {
        let mut text = String::new();
        let mut object = ObjectWriter::new(&mut text);
        push_string(object.member("class"), class.name());
        push_string(object.member("code"), code.name());
        push_string(object.member("message"), message);
        more(&mut object);
        object.finish();
        Failure(text)
    }

    pub(crate) fn json(&self) -> &str {
        &self.0
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::new(error.class(), error.code(), &error.to_string(), |object| match &error {
            Error::MissingValues(names) => push_strings(object.member("missing"), names),
            _ => push_strings(object.member("parameters"), error.parameters()),
        })
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Failure {
        Failure::new(report.class(), report.code(), &report.to_string(), |object| {
            let mut list = ArrayWriter::new(object.member("violations"));
            for violation in report.violations() {
                let mut one = ObjectWriter::new(list.element());
                push_string(one.member("context"), violation.context.name());
                push_string(one.member("pointer"), &violation.pointer);
                push_string(one.member("keyword"), violation.keyword);
                push_string(one.member("message"), &violation.message);
                push_string(one.member("params"), &violation.params.to_json());
                if let Some(position) = violation.position {
                    one.member("line").append(&position.line.to_string());
                    one.member("column").append(&position.column.to_string());
                }
                one.finish();
            }
            list.finish();
            object.member("unlisted").append(&report.unlisted().to_string());
            push_string(object.member("envelope"), &Envelope::refused(&report).to_json());
        })
    }
}

/// An array of strings.
pub(crate) fn push_strings<S: AsRef<str>>(out: &mut String, strings: impl IntoIterator<Item = S>) {
    let mut list = ArrayWriter::new(out);
    strings.into_iter().for_each(|text| push_string(list.element(), text.as_ref()));
    list.finish();
}
