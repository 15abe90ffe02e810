//! `cbp callback`: the HTTP request as it would be sent.

use std::path::PathBuf;

use callback_profile::json::{ObjectWriter, Output, push_string};
use callback_profile::{
    Callback, CallbackBuffer, CallbackOptions, ErrorClass, ErrorCode, Limits, Method, Profile, Record,
};
use zeroize::Zeroizing;

use crate::args::{ProfileArgs, RecordArgs, WireArgs};
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::memory::{self, Wiped};
use crate::output::{self, End};
use crate::stream::{self, LineFailure, StreamArgs, Work};

/// Fills a callback from a record and prints the HTTP request as it would be sent
///
/// The bytes are exact: no line break is added except on a terminal. Nothing is sent.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp callback examples/profiles/sms-status.json \\
    examples/records/sms-status.json
  cbp callback --json --encoding hex examples/profiles/sms-status.json \\
    examples/records/sms-status.json")]
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
    #[command(flatten)]
    many: StreamArgs,
    /// The record: a JSON object with the values
    #[arg(value_name = "RECORD")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.profile.path.as_path(), &args.record])?;
    let profile = args.profile.profile_before(&args.record, args.wire.format())?;
    if args.many.ndjson {
        return many(args, &profile);
    }
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
    if fills_nothing(&profile, &callback.missing) {
        output::warning("the record fills nothing: it has none of the fields that cbp fields lists");
    }
    Ok(())
}

/// Whether the callback reads fields, and every one of them was missing.
fn fills_nothing(profile: &Profile, missing: &[String]) -> bool {
    let is_read = |place: &String| !place.starts_with("/response_message");
    let fields = profile.fields();
    let mut read = fields.iter().filter(|field| field.places.iter().any(is_read)).peekable();
    read.peek().is_some() && read.all(|field| missing.contains(&field.field))
}

fn many(args: &Args, profile: &Profile) -> Result<(), Failure> {
    let limit = Limits::default().record_bytes;
    let too_long = LineFailure::new(ErrorClass::Replacer, ErrorCode::InvalidJson);
    let mut options = CallbackOptions::default();
    options.missing = args.reading.missing;
    options.surrogates = args.reading.options().surrogates;
    options.boundary = args.boundary.as_deref();
    let worker = || CallbackLines { profile, options, buffer: CallbackBuffer::default() };
    stream::run(&args.record, &args.many, limit, &too_long, worker)
}

struct CallbackLines<'a> {
    profile: &'a Profile,
    options: CallbackOptions<'a>,
    buffer: CallbackBuffer,
}

impl Work for CallbackLines<'_> {
    fn line(&mut self, line: &[u8], out: &mut Wiped) -> stream::Done {
        self.profile.callback_into(line, &self.options, &mut self.buffer)?;
        let (buffer, method) = (&self.buffer, self.buffer.method().unwrap_or(self.profile.method()));
        // The values that are not encrypted are plaintext too, and this text is wiped like theirs.
        let len = buffer.body().unwrap_or_default().len().saturating_add(buffer.url().len());
        let mut json = Zeroizing::new(Vec::with_capacity(len.saturating_mul(2)));
        push_json(&mut *json, method, buffer.url(), buffer.headers(), buffer.body());
        memory::push(out, &json);
        Ok(())
    }
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
