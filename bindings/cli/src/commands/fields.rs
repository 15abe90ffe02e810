//! `cbp fields`: what a profile reads from a record.

use callback_profile::cipher::WireFormat;

use crate::args::ProfileArgs;
use crate::failure::Failure;
use crate::output::{self, printable};

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
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let profile = args.profile.profile(WireFormat::default())?;
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
