//! `cbp sign`: the headers that sign a message.

use std::path::PathBuf;

use callback_profile::Limits;
use callback_profile::json::{ObjectWriter, push_string};

use crate::args::signer;
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End, printable};
use crate::received::{self, MOST_OF_A_HEAD};
use crate::system;

/// Prints the three headers that sign a message (Standard Webhooks 1.0.0)
///
/// SECRET_FILE has a signing secret in each line, 1 to 16; each gives a signature, which is how secrets are changed. The
/// signature covers id, timestamp and body, and neither method, URL nor headers. BODY is signed byte for byte, a line break
/// at its end too; with --message it is a whole HTTP message or a pasted curl line, whose body is signed.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp keygen --signing > secret
  printf '%s' '{\"a\":1}' | cbp sign secret -
  printf '%s' '{\"a\":1}' |
    cbp sign --id msg_1 --timestamp 1800000000 secret -")]
pub(crate) struct Args {
    /// The id of the message, the same for each retry; a new one, if not given
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The time of sending in seconds since 1970; the clock's, if not given
    #[arg(long, value_name = "SECONDS")]
    timestamp: Option<u64>,
    /// Take BODY for a whole HTTP message or curl line, and sign the body in it
    #[arg(long)]
    message: bool,
    /// Print the headers as one JSON object; a failure as one on standard error
    #[arg(long)]
    pub(crate) json: bool,
    /// The file with the signing secrets, one a line
    #[arg(value_name = "SECRET_FILE")]
    secrets: PathBuf,
    /// The body, or with --message the whole message
    #[arg(value_name = "BODY")]
    body: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.secrets.as_path(), &args.body])?;
    let signer = signer(&args.secrets)?;
    let limit = Limits::default().received_bytes;
    let input = Input::read(&args.body, limit.saturating_add(MOST_OF_A_HEAD))?;
    let unreadable = |what: String| Failure::Usage(format!("{}: expected {}", input.name, printable(&what)));
    let read = received::read(&input.bytes);
    let is_message = read.as_ref().is_ok_and(|received| !received.is_bare());
    let message = if args.message { Some(read.map_err(unreadable)?) } else { None };
    let body: &[u8] = message.as_ref().map_or(&input.bytes, |message| &message.body);
    let id = args.id.clone().map_or_else(system::new_message_id, Ok)?;
    let timestamp = args.timestamp.unwrap_or_else(system::now);
    let signature = signer.sign(&id, timestamp, body).map_err(Fault::from)?;
    if args.json {
        let mut json = String::new();
        let mut object = ObjectWriter::new(&mut json);
        signature.headers().into_iter().for_each(|(name, value)| push_string(object.member(name), value));
        object.finish();
        output::result(json, End::LineBreak)?;
    } else {
        let lines = signature.headers().map(|(name, value)| format!("{name}: {value}"));
        output::result(lines.join("\n"), End::LineBreak)?;
    }
    if body.is_empty() {
        output::warning("the body is empty, so the signature covers nothing but id and timestamp");
    } else if is_message && !args.message {
        output::warning(
            "this looks like a whole message and was signed as a body: --message signs the body in it",
        );
    }
    Ok(())
}
