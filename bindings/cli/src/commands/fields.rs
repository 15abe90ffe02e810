//! `cbp fields`: what a profile reads from a record.

use callback_profile::ProfileField;
use callback_profile::cipher::WireFormat;
use callback_profile::json::{ArrayWriter, ObjectWriter, push_string};

use crate::args::ProfileArgs;
use crate::failure::Failure;
use crate::output::{self, End, printable};

/// Prints every field that callbacks and messages read from a record, a line each
///
/// After the field, each after a tab, come JSON Pointers to where it is read in the profile.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp fields examples/profiles/sms-status.json
  cbp fields examples/profiles/chatbot.json | cut -f 1")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    /// Print [{"field","places"}] instead; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let profile = args.profile.profile(WireFormat::default())?;
    if args.json {
        return Ok(output::result(as_json(&profile.fields()), End::LineBreak)?);
    }
    let mut text = String::new();
    for field in profile.fields() {
        text.push_str(&printable(&field.field));
        for place in &field.places {
            text.push('\t');
            text.push_str(&printable(place));
        }
        text.push('\n');
    }
    Ok(output::text(&text)?)
}

fn as_json(fields: &[ProfileField]) -> String {
    let mut out = String::new();
    let mut array = ArrayWriter::new(&mut out);
    for field in fields {
        let mut object = ObjectWriter::new(array.element());
        push_string(object.member("field"), &field.field);
        let mut places = ArrayWriter::new(object.member("places"));
        field.places.iter().for_each(|place| push_string(places.element(), place));
        places.finish();
        object.finish();
    }
    array.finish();
    out
}
