//! `cbp callback`: the HTTP request as it would be sent.

use std::path::PathBuf;

use callback_profile::{Callback, CallbackOptions, Limits, Record};
use serde_json::Value;

use crate::args::{ProfileArgs, RecordArgs, WireArgs};
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End};

/// Fills a callback from a record and prints the HTTP request as it would be sent
///
/// The bytes are exact: no line break is added except on a terminal. Nothing is sent.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp callback examples/profiles/sms-status.json examples/records/sms-status.json
  cbp callback --json --encoding hex examples/profiles/sms-status.json examples/records/sms-status.json")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    reading: RecordArgs,
    #[command(flatten)]
    wire: WireArgs,
    /// The boundary of a multipart body
    #[arg(long, value_name = "BOUNDARY")]
    boundary: Option<String>,
    /// Print {"method","url","headers","body"} instead
    #[arg(long)]
    json: bool,
    /// The record: a JSON object with the values
    #[arg(value_name = "RECORD")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.profile.path.as_path(), &args.record])?;
    let profile = args.profile.profile(args.wire.format())?;
    let input = Input::read(&args.record, Limits::default().record_bytes)?;
    let mut options = CallbackOptions::default();
    options.missing = args.reading.missing;
    options.boundary = args.boundary.as_deref();
    let callback = match Record::parse_with(input.bytes.as_slice(), &args.reading.options()) {
        Ok(record) => profile.callback_with(&record, &options).map_err(Fault::from)?,
        Err(error) => return Err(Fault::from(error).on(input).into()),
    };
    if args.json {
        output::result(as_json(&callback), End::LineBreak)?;
    } else {
        output::result(callback.to_http(), End::Exact)?;
    }
    output::missing(&callback.missing);
    Ok(())
}

/// The callback as a JSON object, the headers in their order.
fn as_json(callback: &Callback) -> String {
    let string = |text: &str| Value::from(text).to_string();
    let headers: Vec<String> =
        callback.headers.iter().map(|(name, value)| format!("{}:{}", string(name), string(value))).collect();
    format!(
        r#"{{"method":{},"url":{},"headers":{{{}}},"body":{}}}"#,
        string(callback.method.name()),
        string(&callback.url),
        headers.join(","),
        callback.body.as_deref().map_or_else(|| "null".to_owned(), string),
    )
}
