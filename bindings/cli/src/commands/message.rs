//! `cbp message`: what a chatbot answers.

use std::path::PathBuf;

use callback_profile::cipher::WireFormat;
use callback_profile::json::{ArrayWriter, ObjectWriter, push_string};
use callback_profile::{Limits, MessageOptions, Profile, Record};

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
    /// Print {"text","missing"} instead; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    /// The record: a JSON object with the values
    #[arg(value_name = "RECORD")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.profile.path.as_path(), &args.record])?;
    let profile = args.profile.profile_before(&args.record, WireFormat::default())?;
    let input = Input::read(&args.record, Limits::default().record_bytes)?;
    let mut options = MessageOptions::default();
    options.missing = args.reading.missing;
    options.pairs = args.pairs;
    let message = match Record::parse_with(input.bytes.as_slice(), &args.reading.options()) {
        Ok(record) => profile.message_with(&record, &options).map_err(Fault::from)?,
        Err(error) => return Err(Fault::from(error).on(input).into()),
    };
    if args.json {
        let mut json = String::new();
        let mut object = ObjectWriter::new(&mut json);
        push_string(object.member("text"), &message.text);
        let mut names = ArrayWriter::new(object.member("missing"));
        message.missing.iter().for_each(|name| push_string(names.element(), name));
        names.finish();
        object.finish();
        output::result(json, End::LineBreak)?;
    } else {
        output::result(&message.text, End::LineBreak)?;
        output::missing(&message.missing);
    }
    if profile.response_message().is_none() {
        output::warning("the profile has no response_message, so there is no text");
    } else if fills_nothing(&profile, &message.missing) {
        output::warning("the record fills nothing: it has none of the fields that the message needs");
    }
    Ok(())
}

/// Whether the message reads fields, and every one of them was missing.
fn fills_nothing(profile: &Profile, missing: &[String]) -> bool {
    let is_read = |place: &String| place.starts_with("/response_message");
    let fields = profile.fields();
    let mut read = fields.iter().filter(|field| field.places.iter().any(is_read)).peekable();
    read.peek().is_some() && read.all(|field| missing.contains(&field.field))
}
