//! `cbp catalogue`: the names that every surface shares.

use crate::failure::Failure;
use crate::output::{self, End};

/// Prints every code of errors, advisories and address verdicts as JSON
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp catalogue > catalogue.json")]
pub(crate) struct Args {}

pub(crate) fn run() -> Result<(), Failure> {
    Ok(output::result(callback_profile::catalogue().trim_end(), End::LineBreak)?)
}
