//! `cbp diagnose`: why a text or a callback does not open.

use std::path::PathBuf;

use callback_profile::diagnosis::DiagnoseOptions;
use callback_profile::{Limits, Profile, Secrets};

use crate::args::{GivenArgs, ProfileArgs, WireArgs, parse};
use crate::explain;
use crate::failure::Failure;
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End, printable};
use crate::received::{self, MOST_OF_A_HEAD};

/// Explains why encrypted texts, or a whole callback, do not open
///
/// Most causes are proved from profile and text alone. An expected value, several texts or the whole body prove more. Each
/// finding says what to change at the sender and at the receiver. No value is shown unless --show asks for it. Of a sealed
/// profile a text is a token, and age, method, URL and profile id are compared if they are given. The exit code is 0 if a cause was found, also if the text opens, and 1 if none was.
///
/// This is an oracle for the owner of the key: do not let strangers ask it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp encrypt --tag prepended examples/profiles/sms-status.json +919 |
    cbp diagnose examples/profiles/sms-status.json -
  cbp diagnose --json --body examples/received/encrypted-gcm.json \\
    examples/profiles/encrypted-gcm.json")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    /// The encrypted texts; - is standard input. Write -- before a text that begins with a dash
    #[arg(value_name = "TEXT", required_unless_present = "body")]
    texts: Vec<String>,
    #[command(flatten)]
    wire: WireArgs,
    /// A value that the texts should have: of several texts in their order, of one text any
    #[arg(long, value_name = "VALUE")]
    expect: Vec<String>,
    /// Another profile whose key may have been used, such as an older one
    #[arg(long, value_name = "PROFILE")]
    also: Vec<PathBuf>,
    /// The name of the texts' parameter
    #[arg(long, value_name = "NAME")]
    parameter: Option<String>,
    /// A whole callback instead of texts: a body, the URL or query of a GET or DELETE, an HTTP message or a curl line
    #[arg(long, value_name = "BODY", conflicts_with_all = ["texts", "parameter"])]
    body: Option<PathBuf>,
    /// The received content type of the body
    #[arg(long, value_name = "TYPE", requires = "body", conflicts_with = "texts")]
    content_type: Option<String>,
    /// Show a value that is proved
    #[arg(long)]
    show: bool,
    /// Print {"findings","excluded","judged_bytes"} instead; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    given: GivenArgs,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let stdin = args.texts.iter().filter(|text| *text == "-").map(|_| "-".as_ref());
    let files = args.also.iter().chain(&args.body).map(PathBuf::as_path);
    at_most_one_stdin(files.chain(stdin).chain([args.profile.path.as_path()]))?;
    let profile = match &args.body {
        Some(body) => args.profile.profile_before(body, args.wire.format())?,
        None => args.profile.profile(args.wire.format())?,
    };
    let others = args.others()?;
    let others: Vec<&Profile> = others.iter().collect();
    let expected: Vec<&str> = args.expect.iter().map(String::as_str).collect();
    let mut options = DiagnoseOptions::default();
    (options.expected, options.also, options.show) = (&expected, &others, args.show);
    options.parameter = args.parameter.as_deref();
    options.content_type = args.content_type.as_deref();
    options.sealed = args.given.of_diagnosis(&profile)?;

    let diagnosis = if let Some(path) = &args.body {
        let input = Input::read(path, Limits::default().received_bytes.saturating_add(MOST_OF_A_HEAD))?;
        let unreadable =
            |what: String| Failure::Usage(format!("{}: expected {}", input.name, printable(&what)));
        let received = received::read(&input.bytes).map_err(unreadable)?;
        options.content_type = options.content_type.or(received.header("content-type"));
        options.body = Some(received.sent(profile.method().has_body()));
        profile.diagnose(&[], &options)
    } else {
        let mut texts = Vec::with_capacity(args.texts.len());
        for text in &args.texts {
            texts.push(if text == "-" { standard_input()? } else { text.clone() });
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        profile.diagnose(&texts, &options)
    };
    if args.json {
        output::result(diagnosis.to_json(), End::LineBreak)?;
    } else {
        let secrets = if args.show { Secrets::Shown } else { Secrets::Masked };
        output::text_with(&explain::text(&diagnosis), secrets)?;
    }
    if diagnosis.is_found() { Ok(()) } else { Err(Failure::Printed) }
}

impl Args {
    fn others(&self) -> Result<Vec<Profile>, Failure> {
        let mut others = Vec::with_capacity(self.also.len());
        for path in &self.also {
            let input = Input::read(path, Limits::default().payload_bytes)?;
            let options = self.profile.options(self.wire.format());
            match parse(&input.bytes, &options) {
                Ok(profile) => others.push(profile),
                Err(report) => return Err(Failure::Refused { input, report }),
            }
        }
        Ok(others)
    }
}

/// One text, without the line break that `echo` adds. Bytes that are no text are a finding of their own.
fn standard_input() -> Result<String, Failure> {
    let input = Input::read_stdin(Limits::default().received_bytes)?;
    Ok(String::from_utf8_lossy(input.without_line_break()).into_owned())
}
