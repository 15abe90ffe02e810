//! The answer to a call: a number and texts, or why it failed.

use callback_profile::cipher::CipherError;
use callback_profile::json::{ArrayWriter, ObjectWriter, push_string};
use callback_profile::{Envelope, Error, ErrorClass, ErrorCode, Report, Violation};

use crate::exchange::{wipe, write};

/// What a call answers.
pub(crate) enum Answer {
    /// A handle, or a truth value.
    Number(u32),
    /// There is none.
    None,
    /// Texts, or bytes.
    Texts(Vec<Vec<u8>>),
}

/// Why a call failed, as JSON. Never holds a key, an IV or a value.
pub(crate) struct Failure(String);

/// What tells JavaScript that the call failed: the only text says why.
const FAILED: i32 = -1;
/// What tells JavaScript that there is none.
const NONE: i32 = -2;
/// What tells JavaScript that there was no memory for the answer.
const NO_MEMORY: i32 = -3;

/// Hands an answer out.
pub(crate) fn answered(result: Result<Answer, Failure>) -> i32 {
    let (number, mut texts) = match result {
        Ok(Answer::Number(number)) => (i32::try_from(number).unwrap_or(NO_MEMORY), Vec::new()),
        Ok(Answer::None) => (NONE, Vec::new()),
        Ok(Answer::Texts(texts)) => (0, texts),
        Err(Failure(json)) => (FAILED, vec![json.into_bytes()]),
    };
    let pieces: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let written = write(&pieces);
    texts.iter_mut().for_each(|text| wipe(text));
    written.map_or(NO_MEMORY, |()| number)
}

impl Answer {
    pub(crate) fn text(text: impl Into<Vec<u8>>) -> Answer {
        Answer::Texts(vec![text.into()])
    }

    pub(crate) fn nothing() -> Answer {
        Answer::Number(0)
    }

    pub(crate) fn flag(is: bool) -> Answer {
        Answer::Number(is.into())
    }

    pub(crate) fn optional(text: Option<impl Into<Vec<u8>>>) -> Answer {
        text.map_or(Answer::None, Answer::text)
    }
}

impl Failure {
    /// A defect of the library.
    #[cold]
    pub(crate) fn internal() -> Failure {
        let code = ErrorCode::Internal;
        Failure::new(ErrorClass::Internal, code, code.text().to_owned())
    }

    /// An argument has the right type but a value that makes no sense.
    pub(crate) fn argument(message: impl Into<String>) -> Failure {
        Failure::new(ErrorClass::Argument, ErrorCode::InvalidArgument, message.into())
    }

    /// A cipher could not be made, or a value not be encrypted.
    pub(crate) fn encrypting(error: CipherError) -> Failure {
        Failure::new(ErrorClass::Argument, error.code(), error.to_string())
    }

    /// A single value could not be decrypted. A raw key or IV of a wrong length is still a wrong argument.
    pub(crate) fn decrypting(error: CipherError) -> Failure {
        Failure::new(error.class_of_decryption(), error.code(), error.to_string())
    }

    pub(crate) fn new(class: ErrorClass, code: ErrorCode, message: String) -> Failure {
        Failure::with(class, code, &message, |_| ())
    }

    pub(crate) fn into_json(self) -> String {
        self.0
    }

    fn with(
        class: ErrorClass,
        code: ErrorCode,
        message: &str,
        more: impl FnOnce(&mut ObjectWriter<'_, String>),
    ) -> Failure {
        Failure(object(|failure| {
            push_string(failure.member("class"), class.name());
            push_string(failure.member("code"), code.name());
            push_string(failure.member("message"), message);
            more(failure);
        }))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::with(error.class(), error.code(), &error.to_string(), |failure| match &error {
            Error::MissingValues(names) => push_strings(failure.member("missing"), names),
            _ => push_strings(failure.member("parameters"), error.parameters()),
        })
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Failure {
        Failure::with(report.class(), report.code(), &report.to_string(), |failure| {
            let mut violations = ArrayWriter::new(failure.member("violations"));
            report.violations().iter().for_each(|violation| push_violation(violations.element(), violation));
            violations.finish();
            push_number(failure.member("unlisted"), report.unlisted());
            push_string(failure.member("envelope"), &Envelope::refused(&report).to_json());
        })
    }
}

fn push_violation(out: &mut String, violation: &Violation) {
    let mut object = ObjectWriter::new(out);
    push_string(object.member("context"), violation.context.name());
    push_string(object.member("pointer"), &violation.pointer);
    push_string(object.member("keyword"), violation.keyword);
    push_string(object.member("message"), &violation.message);
    push_string(object.member("params"), &violation.params.to_json());
    if let Some(position) = violation.position {
        push_number(object.member("line"), position.line);
        push_number(object.member("column"), position.column);
    }
    object.finish();
}

/// The text of an object whose members `write` writes.
pub(crate) fn object(write: impl FnOnce(&mut ObjectWriter<'_, String>)) -> String {
    let mut text = String::new();
    let mut object = ObjectWriter::new(&mut text);
    write(&mut object);
    object.finish();
    text
}

/// The text of an array of strings.
pub(crate) fn strings<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> String {
    let mut text = String::new();
    push_strings(&mut text, texts);
    text
}

pub(crate) fn push_strings<S: AsRef<str>>(out: &mut String, texts: impl IntoIterator<Item = S>) {
    let mut array = ArrayWriter::new(out);
    texts.into_iter().for_each(|text| push_string(array.element(), text.as_ref()));
    array.finish();
}

pub(crate) fn push_number(out: &mut String, number: impl ToString) {
    out.push_str(&number.to_string());
}
