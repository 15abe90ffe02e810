//! `cbp callback`: the HTTP request as it would be sent.

use std::path::PathBuf;

use callback_profile::json::{ObjectWriter, Output, push_string};
use callback_profile::{Callback, CallbackOptions, Limits, Method, Record};

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
    /// Print {"method","url","headers","body"} instead; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    /// The record: a JSON object with the values
    #[arg(value_name = "RECORD")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.profile.path.as_path(), &args.record])?;
    let profile = args.profile.profile_before(&args.record, args.wire.format())?;
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
pub(super) fn push_json<'c>(
    out: &mut impl Output,
    method: Method,
    url: &str,
    headers: impl Iterator<Item = (&'c str, &'c str)>,
    body: Option<&str>,
) {
    let mut object = ObjectWriter::new(out);
    push_string(object.member("method"), method.name());
    push_string(object.member("url"), url);
    let mut lines = ObjectWriter::new(object.member("headers"));
    headers.for_each(|(name, value)| push_string(lines.member(name), value));
    lines.finish();
    match body {
        Some(body) => push_string(object.member("body"), body),
        None => object.member("body").append("null"),
    }
    object.finish();
}

fn as_json(callback: &Callback) -> String {
    let mut out = String::new();
    let headers = callback.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    push_json(&mut out, callback.method, &callback.url, headers, callback.body.as_deref());
    out
}
