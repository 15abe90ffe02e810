//! `cbp callback`: the HTTP request as it would be sent.

use std::path::PathBuf;

use callback_profile::json::{ObjectWriter, Output, push_string};
use callback_profile::seal::Signer;
use callback_profile::{
    AdvisoryCode, Callback, CallbackBuffer, CallbackOptions, ErrorClass, ErrorCode, Limits, Method, Profile,
    Record,
};
use zeroize::Zeroizing;

use crate::args::{Moment, ProfileArgs, RecordArgs, SendingArgs, WireArgs, without_random};
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::memory::{self, Wiped};
use crate::output::{self, End, HINT, note, printable};
use crate::stream::{self, LineFailure, StreamArgs, Work};

/// Fills a callback from a record and prints the HTTP request as it would be sent
///
/// The bytes are exact: no line break is added except on a terminal. Nothing is sent.
///
/// A sealed profile seals by itself. Its id and time of sending are printed on standard error, with --json in the object. A
/// retry has the same id and is made anew.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp callback examples/profiles/sms-status.json \\
    examples/records/sms-status.json
  cbp callback --json --encoding hex examples/profiles/sms-status.json \\
    examples/records/sms-status.json
  cbp keygen --signing > secret
  cbp callback --sign secret --id msg_1 --timestamp 1800000000 \\
    examples/profiles/sms-status.json examples/records/sms-status.json")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    /// The record: a JSON object with the values
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    #[command(flatten)]
    reading: RecordArgs,
    #[command(flatten)]
    wire: WireArgs,
    /// The boundary of a multipart body
    #[arg(long, value_name = "BOUNDARY")]
    boundary: Option<String>,
    /// Print {"method","url","headers","body"} instead, of a sealed callback also "id" and "issued_at"; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    sending: SendingArgs,
    #[command(flatten)]
    many: StreamArgs,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let secrets = args.sending.sign.as_deref();
    at_most_one_stdin(secrets.into_iter().chain([args.profile.path.as_path(), &args.record]))?;
    let mut parsing = args.profile.options(args.wire.format());
    parsing.signed = secrets.is_some();
    let profile = args.profile.profile_before_with(&args.record, &parsing)?;
    args.sending.check(&profile)?;
    let signer = args.sending.signer()?;
    for advisory in
        profile.advisories().iter().filter(|advisory| advisory.code == AdvisoryCode::UnsignedTarget)
    {
        output::warning(advisory.message());
    }
    if args.many.ndjson {
        return many(args, &profile, signer.as_ref());
    }
    let moment = args.sending.moment()?;
    let input = Input::read(&args.record, Limits::default().record_bytes)?;
    let mut options = CallbackOptions::default();
    options.missing = args.reading.missing;
    options.boundary = args.boundary.as_deref();
    args.sending.apply(&mut options, &moment);
    let mut callback = match Record::parse_with(input.bytes.as_slice(), &args.reading.options()) {
        Ok(record) => profile.callback_with(&record, &options).map_err(Fault::from)?,
        Err(error) => return Err(Fault::from(error).on(input).into()),
    };
    if let Some(signer) = &signer {
        let signature = callback
            .sign(signer, &moment.id, moment.timestamp, args.sending.coverage())
            .map_err(Fault::from)?;
        let headers = signature.headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
        callback.headers.extend(headers);
    }
    let sealed = callback.is_sealed.then_some(&moment);
    if args.json {
        output::result(as_json(&callback, sealed), End::LineBreak)?;
    } else {
        output::result(callback.to_http(), End::Exact)?;
        if let Some(moment) = sealed {
            let (id, time) = (printable(&moment.id), moment.timestamp);
            note(&format!("{HINT}id{HINT:#}: {id}\n{HINT}issued_at{HINT:#}: {time}\n"));
        }
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

fn many(args: &Args, profile: &Profile, signer: Option<&Signer>) -> Result<(), Failure> {
    let limit = Limits::default().record_bytes;
    let too_long = LineFailure::new(ErrorClass::Replacer, ErrorCode::InvalidJson);
    let mut options = CallbackOptions::default();
    options.missing = args.reading.missing;
    options.surrogates = args.reading.options().surrogates;
    options.boundary = args.boundary.as_deref();
    let worker = || CallbackLines {
        profile,
        sending: &args.sending,
        signer,
        options,
        buffer: CallbackBuffer::default(),
    };
    stream::run(&args.record, &args.many, limit, &too_long, worker)
}

struct CallbackLines<'a> {
    profile: &'a Profile,
    sending: &'a SendingArgs,
    signer: Option<&'a Signer>,
    options: CallbackOptions<'a>,
    buffer: CallbackBuffer,
}

impl Work for CallbackLines<'_> {
    fn line(&mut self, line: &[u8], out: &mut Wiped) -> stream::Done {
        // Each line is a message of its own.
        let moment = self.sending.moment().map_err(without_random)?;
        let mut options = self.options;
        self.sending.apply(&mut options, &moment);
        self.profile.callback_into(line, &options, &mut self.buffer)?;
        let sign = |signer| self.buffer.sign(signer, &moment.id, moment.timestamp, self.sending.coverage());
        let signature = self.signer.map(sign).transpose()?;
        let (buffer, method) = (&self.buffer, self.buffer.method().unwrap_or(self.profile.method()));
        // The values that are not encrypted are plaintext too, and this text is wiped like theirs.
        let len = buffer.body().unwrap_or_default().len().saturating_add(buffer.url().len());
        let mut json = Zeroizing::new(Vec::with_capacity(len.saturating_mul(2)));
        let headers = buffer.headers().chain(signature.iter().flat_map(|signature| signature.headers()));
        let sealed = buffer.is_sealed().then_some(&moment);
        push_json(&mut *json, method, buffer.url(), headers, buffer.body(), sealed);
        memory::push(out, &json);
        Ok(())
    }
}

/// The callback as a JSON object, the headers in their order; of a sealed one its id and time of sending.
fn push_json<'c>(
    out: &mut impl Output,
    method: Method,
    url: &str,
    headers: impl Iterator<Item = (&'c str, &'c str)>,
    body: Option<&str>,
    sealed: Option<&Moment>,
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
    if let Some(moment) = sealed {
        push_string(object.member("id"), &moment.id);
        object.member("issued_at").append(&moment.timestamp.to_string());
    }
    object.finish();
}

fn as_json(callback: &Callback, sealed: Option<&Moment>) -> String {
    let mut out = String::new();
    let headers = callback.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    push_json(&mut out, callback.method, &callback.url, headers, callback.body.as_deref(), sealed);
    out
}
