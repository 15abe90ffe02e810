//! `cbp open`: a received callback, decrypted.

use std::path::PathBuf;

use callback_profile::diagnosis::{Cause, DiagnoseOptions};
use callback_profile::json::{ArrayWriter, Document, ObjectWriter, Output, push_string};
use callback_profile::{Error, ErrorClass, ErrorCode, Limits, OpenOptions, Opened, Parameters, Profile};
use zeroize::Zeroizing;

use crate::args::{ProfileArgs, WireArgs};
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::memory::{self, Wiped};
use crate::output::{self, End, printable};
use crate::received::{self, MOST_OF_A_HEAD};
use crate::stream::{self, LineFailure, StreamArgs, Work};

/// Opens a received callback and prints the decrypted parameters as JSON
///
/// BODY is what a POST or PUT carried; for a GET or DELETE it is the URL or its query. A whole HTTP message, as cbp
/// callback prints it, and a pasted curl line are read too. Every name that the profile
/// encrypts must be there, as an encrypted string, unless --structures or --absent allows something else. A tag proves
/// little where key and IV are fixed, and CFB has none: treat the result as untrusted input.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp open --structures=contacts --details \\
    examples/profiles/encrypted-gcm.json \\
    examples/received/encrypted-gcm.json
  cbp callback examples/profiles/sms-status.json \\
    examples/records/sms-status.json |
    cbp open examples/profiles/sms-status.json -
  printf '%s' '{}' | cbp open --absent examples/profiles/sms-status.json -")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    wire: WireArgs,
    /// The received content type with its parameters, which must be of the profile's kind
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
    /// Where an object or array of encrypted strings is taken for a whole <name>: everywhere, or in these parameters
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    structures: Option<Vec<String>>,
    /// Which encrypted names may be absent or null: all, or these
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    absent: Option<Vec<String>>,
    /// Explain at once why a callback does not open, as cbp diagnose does
    #[arg(long)]
    explain: bool,
    /// Print {"values","decrypted","unknown"}: also the names of what was decrypted and of what the profile does not have
    #[arg(long)]
    details: bool,
    /// Print a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    many: StreamArgs,
    /// The received body; the URL or query of a GET or DELETE
    #[arg(value_name = "BODY")]
    body: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.profile.path.as_path(), &args.body])?;
    let profile = args.profile.profile_before(&args.body, args.wire.format())?;
    if args.many.ndjson {
        return many(args, &profile);
    }
    let limit = Limits::default().received_bytes;
    let input = Input::read(&args.body, limit.saturating_add(MOST_OF_A_HEAD))?;
    let received = received::read(&input.bytes)
        .map_err(|what| Failure::Usage(format!("{}: expected {}", input.name, printable(&what))))?;
    let has_body = profile.method().has_body();
    let mut options = OpenOptions::default();
    options.content_type =
        args.content_type.as_deref().or(received.header("content-type").filter(|_| has_body));
    options.structures = parameters(args.structures.as_deref());
    options.absent = parameters(args.absent.as_deref());
    // Only JSON may end with a line break; of a form or a URL it is an editor's or `echo`'s.
    let is_bare_line = received.target.is_none() && !profile.is_json_body(options.content_type);
    let sent = if is_bare_line { input.without_line_break() } else { received.sent(has_body) };
    match profile.open_with(sent, &options) {
        Ok(opened) if args.details => Ok(output::result(details(&opened).as_bytes(), End::LineBreak)?),
        Ok(opened) => Ok(output::result(opened.json(), End::LineBreak)?),
        Err(error) => {
            let fault = explained(args, &profile, sent, &options, error);
            Err(fault.on(input).into())
        }
    }
}

/// The failure with the option that helps, if one does, else with what the diagnosis of the whole callback found.
fn explained(args: &Args, profile: &Profile, sent: &[u8], options: &OpenOptions<'_>, error: Error) -> Fault {
    match hint(profile, sent, options, &error) {
        Some(hint) if !args.explain => return Fault::from(error).with_hints(vec![hint.to_owned()]),
        _ => {}
    }
    let is_about_texts = matches!(
        error,
        Error::UnsupportedContentType { .. }
            | Error::NotEncrypted(_)
            | Error::MissingParameters(_)
            | Error::Parameter(..)
    );
    if !is_about_texts {
        return error.into();
    }
    let mut asked = DiagnoseOptions::default();
    (asked.body, asked.content_type) = (Some(sent), options.content_type);
    let diagnosis = profile.diagnose(&[], &asked);
    // A structure that the caller does not allow opens in a diagnosis, which allows all: that explains nothing.
    if diagnosis.findings().iter().any(|finding| finding.cause() == Cause::Opens) {
        return error.into();
    }
    Fault::from(error).explained(&diagnosis, args.explain)
}

/// The option under which the callback opens, if one was tried and helped.
fn hint(profile: &Profile, sent: &[u8], options: &OpenOptions<'_>, error: &Error) -> Option<&'static str> {
    let opens = |structures, absent| {
        let mut other = *options;
        (other.structures, other.absent) = (structures, absent);
        profile.open_with(sent, &other).is_ok()
    };
    match error {
        Error::NotEncrypted(_) if opens(Parameters::All, options.absent) => {
            Some("an object or array of encrypted strings is there, which --structures=NAME allows")
        }
        Error::MissingParameters(_) if opens(options.structures, Parameters::All) => {
            Some("a name is absent or null, which --absent=NAME allows")
        }
        _ => None,
    }
}

/// A line that begins with a quote is a JSON string that holds the body, so that multipart bodies fit in a line.
fn many(args: &Args, profile: &Profile) -> Result<(), Failure> {
    let limit = Limits::default().received_bytes;
    let too_long = LineFailure::new(ErrorClass::Decryption, ErrorCode::TooLong);
    let mut options = OpenOptions::default();
    options.content_type = args.content_type.as_deref();
    options.structures = parameters(args.structures.as_deref());
    options.absent = parameters(args.absent.as_deref());
    let worker = || OpenLines { profile, options, details: args.details };
    stream::run(&args.body, &args.many, limit, &too_long, worker)
}

struct OpenLines<'a> {
    profile: &'a Profile,
    options: OpenOptions<'a>,
    details: bool,
}

impl Work for OpenLines<'_> {
    fn line(&mut self, line: &[u8], out: &mut Wiped) -> stream::Done {
        let document;
        let body = if line.first() == Some(&b'"') {
            let mut limits = Limits::default();
            limits.payload_bytes = limits.received_bytes;
            let failed = |_| LineFailure::new(ErrorClass::Decryption, ErrorCode::InvalidJson);
            document = Document::read(line, &limits).map_err(failed)?;
            let text = document.root().as_str();
            text.ok_or(LineFailure::new(ErrorClass::Decryption, ErrorCode::InvalidJson))?.as_bytes()
        } else {
            line
        };
        let opened = self.profile.open_with(body, &self.options)?;
        if self.details {
            memory::push(out, details(&opened).as_bytes());
        } else {
            memory::push(out, opened.json().as_bytes());
        }
        Ok(())
    }
}

/// The option alone means all.
fn parameters(names: Option<&[String]>) -> Parameters<'_> {
    match names {
        None => Parameters::None,
        Some([]) => Parameters::All,
        Some(names) => Parameters::Names(names),
    }
}

fn details(opened: &Opened) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(opened.json().len().saturating_mul(2)));
    let mut object = ObjectWriter::new(&mut *out);
    object.member("values").append(opened.json());
    push_names(object.member("decrypted"), opened.decrypted());
    push_names(object.member("unknown"), opened.unknown());
    object.finish();
    out
}

fn push_names(out: &mut String, names: impl Iterator<Item = String>) {
    let mut array = ArrayWriter::new(out);
    names.for_each(|name| push_string(array.element(), &name));
    array.finish();
}
