//! `cbp verify`: whether a received message was signed with a secret.

use std::path::PathBuf;

use callback_profile::Limits;
use callback_profile::json::{ObjectWriter, Output, push_string};
use callback_profile::seal::DEFAULT_TOLERANCE;

use crate::args::{header, verifier};
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End, GOOD, printable};
use crate::received::{self, MOST_OF_A_HEAD, Received};
use crate::system;

/// Verifies the signature of a received message and prints its id and time
///
/// MESSAGE is a whole HTTP message, as cbp callback prints it, or a pasted curl line; with --header it is the raw body,
/// byte for byte. One of the signatures must be that of one of the secrets. It covers id, timestamp and body, and neither method,
/// URL nor other headers. Whether an id was seen before is for the receiver to know: keep ids for twice the tolerance. The
/// exit code is 1 if the message is refused.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp keygen --signing > secret
  cbp callback --sign secret examples/profiles/sms-status.json \\
    examples/records/sms-status.json | cbp verify secret -
  cbp callback --sign secret --id msg_1 --timestamp 1800000000 \\
    examples/profiles/sms-status.json examples/records/sms-status.json |
    cbp verify --now 1800000060 --json secret -")]
pub(crate) struct Args {
    /// How far the time of sending may be from now, both ways, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_TOLERANCE)]
    tolerance: u64,
    /// The time now in seconds since 1970; the clock's, if not given
    #[arg(long, value_name = "SECONDS")]
    now: Option<u64>,
    /// A received header, 'name: value'. Give each of the three; MESSAGE is the raw body then
    #[arg(long = "header", value_name = "HEADER")]
    headers: Vec<String>,
    /// Print {"id","timestamp"} instead; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    /// The file with the signing secrets, one a line
    #[arg(value_name = "SECRET_FILE")]
    secrets: PathBuf,
    /// The message, or with --header its raw body
    #[arg(value_name = "MESSAGE")]
    message: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.secrets.as_path(), &args.message])?;
    let verifier = verifier(&args.secrets)?;
    let limit = Limits::default().received_bytes;
    let input = Input::read(&args.message, limit.saturating_add(MOST_OF_A_HEAD))?;
    let unreadable = |what: String| Failure::Usage(format!("{}: expected {}", input.name, printable(&what)));
    // With headers given, nothing in the body is read as a head: what is verified is what the caller has.
    let received = if args.headers.is_empty() {
        received::read(&input.bytes).map_err(unreadable)?
    } else {
        Received { body: input.bytes.as_slice().into(), ..Received::default() }
    };
    let own = received.headers.iter().map(|(name, value)| Ok((&**name, &**value)));
    let headers: Vec<(&str, &str)> =
        args.headers.iter().map(|text| header(text)).chain(own).collect::<Result<_, Failure>>()?;
    if headers.is_empty() {
        return Err(Failure::Usage(
            "there are no headers: the whole HTTP message is expected, or its raw body with --header for each of them"
                .to_owned(),
        ));
    }
    let now = args.now.unwrap_or_else(system::now);
    match verifier.verify(headers.iter().copied(), &received.body, now, args.tolerance) {
        Ok(verified) if args.json => {
            let mut json = String::new();
            let mut object = ObjectWriter::new(&mut json);
            push_string(object.member("id"), &verified.id);
            object.member("timestamp").append(&verified.timestamp.to_string());
            object.finish();
            Ok(output::result(json, End::LineBreak)?)
        }
        Ok(verified) => Ok(output::text(&format!(
            "{GOOD}verified{GOOD:#}: id {}, timestamp {}\n",
            printable(&verified.id),
            verified.timestamp
        ))?),
        Err(error) => Err(Fault::from(error).on(input).into()),
    }
}
