//! `cbp message`: what a chatbot answers.

use std::path::PathBuf;

use callback_profile::cipher::WireFormat;
use callback_profile::{Limits, MessageOptions, Record};

use crate::args::{ProfileArgs, RecordArgs};
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End};

/// Fills the response message from a record and prints the text
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp message examples/profiles/chatbot.json examples/records/chatbot.json
  echo '{}' | cbp message --missing keep examples/profiles/chatbot.json -")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    reading: RecordArgs,
    /// Keep pairs as pairs: {"name": "John"} instead of John
    #[arg(long)]
    pairs: bool,
    /// The record: a JSON object with the values
    #[arg(value_name = "RECORD")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.profile.path.as_path(), &args.record])?;
    let profile = args.profile.profile(WireFormat::default())?;
    let input = Input::read(&args.record, Limits::default().record_bytes)?;
    let mut options = MessageOptions::default();
    options.missing = args.reading.missing;
    options.pairs = args.pairs;
    let message = match Record::parse_with(input.bytes.as_slice(), &args.reading.options()) {
        Ok(record) => profile.message_with(&record, &options).map_err(Fault::from)?,
        Err(error) => return Err(Fault::from(error).on(input).into()),
    };
    output::result(&message.text, End::LineBreak)?;
    output::missing(&message.missing);
    Ok(())
}
