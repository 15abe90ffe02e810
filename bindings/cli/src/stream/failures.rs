//! Failures of lines: `{"line","code","parameter","class"}`, never the text.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};

use callback_profile::json::{ObjectWriter, Output, push_string};
use callback_profile::{Error, ErrorClass, ErrorCode};

use super::StreamArgs;
use crate::failure::Failure;
use crate::output::printable;

/// Why a line failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineFailure {
    class: ErrorClass,
    code: ErrorCode,
    parameter: Option<String>,
}

impl LineFailure {
    pub(crate) fn new(class: ErrorClass, code: ErrorCode) -> LineFailure {
        LineFailure { class, code, parameter: None }
    }

    /// The failure with the name concerned.
    pub(crate) fn about(mut self, name: &str) -> LineFailure {
        self.parameter = Some(name.to_owned());
        self
    }

    fn to_json(&self, line: u64) -> String {
        let mut out = String::new();
        let mut object = ObjectWriter::new(&mut out);
        object.member("line").append(&line.to_string());
        push_string(object.member("code"), self.code.name());
        match &self.parameter {
            Some(name) => push_string(object.member("parameter"), &printable(name)),
            None => object.member("parameter").append("null"),
        }
        push_string(object.member("class"), self.class.name());
        object.finish();
        out.push('\n');
        out
    }
}

impl From<Error> for LineFailure {
    fn from(error: Error) -> LineFailure {
        let parameter = error.parameter().map(str::to_owned);
        LineFailure { class: error.class(), code: error.code(), parameter }
    }
}

/// Where failures go: a file, or standard error.
pub(super) struct Failures(Option<(String, BufWriter<File>)>);

impl Failures {
    /// An interrupted run that goes on adds to its file.
    pub(super) fn new(args: &StreamArgs) -> Result<Failures, Failure> {
        let Some(path) = &args.errors else { return Ok(Failures(None)) };
        let name = printable(&path.to_string_lossy()).into_owned();
        let goes_on = args.skip > 0;
        let file = OpenOptions::new().create(true).write(true).append(goes_on).truncate(!goes_on).open(path);
        match file {
            Ok(file) => Ok(Failures(Some((name, BufWriter::new(file))))),
            Err(error) => Err(unwritable(&name, &error)),
        }
    }

    pub(super) fn write(&mut self, line: u64, failure: &LineFailure) -> Result<(), Failure> {
        let text = failure.to_json(line);
        match &mut self.0 {
            Some((name, file)) => file.write_all(text.as_bytes()).map_err(|error| unwritable(name, &error)),
            None => {
                crate::output::note(&text);
                Ok(())
            }
        }
    }

    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.0 {
            Some((name, file)) => file.flush().map_err(|error| unwritable(name, &error)),
            None => Ok(()),
        }
    }
}

fn unwritable(name: &str, error: &io::Error) -> Failure {
    Failure::Usage(format!("cannot write to {name}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_one_line_and_names_are_shown_harmless() {
        let failure = LineFailure::new(ErrorClass::Decryption, ErrorCode::TooLong);
        assert_eq!(
            failure.to_json(7),
            "{\"line\":7,\"code\":\"too_long\",\"parameter\":null,\"class\":\"DecryptionError\"}\n"
        );
        let failure = failure.about("a\n\u{202e}");
        assert!(failure.to_json(1).contains(r#""parameter":"a\\u{a}\\u{202e}""#), "{}", failure.to_json(1));
    }
}
