//! `cbp schema`: the JSON Schema of a create payload.

use crate::failure::Failure;
use crate::output::{self, End};

/// Prints the JSON Schema of a create payload
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp schema > schema.json")]
pub(crate) struct Args {}

pub(crate) fn run() -> Result<(), Failure> {
    Ok(output::result(callback_profile::schema().trim_end(), End::LineBreak)?)
}
