//! `cbp encrypt`: one value, with the key and IV of a profile.

use callback_profile::ErrorClass;
use callback_profile::json::{ObjectWriter, push_string};

use crate::args::{ValueArgs, encryption};
use crate::failure::{Failure, Fault};
use crate::output::{self, End};

/// Encrypts one value with the profile's key and IV and prints its text
///
/// A value from standard input is taken byte for byte: echo's line break is part of it, printf adds none.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp encrypt examples/profiles/sms-status.json +919876543210
  printf '%s' DELIVERED |
    cbp encrypt --encoding hex examples/profiles/sms-status.json")]
pub(crate) struct Args {
    #[command(flatten)]
    value: ValueArgs,
    /// Print {"text": TEXT}; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let profile = args.value.read_profile()?;
    let enc = encryption(&profile)?;
    let value = args.value.read_value(ErrorClass::Argument)?;
    let text = enc.cipher().encrypt(&value.bytes).map_err(Fault::encrypting)?;
    if args.json {
        let mut json = String::new();
        let mut object = ObjectWriter::new(&mut json);
        push_string(object.member("text"), &text);
        object.finish();
        return Ok(output::result(json, End::LineBreak)?);
    }
    Ok(output::result(text, End::LineBreak)?)
}
