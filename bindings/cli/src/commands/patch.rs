//! `cbp patch`: a profile with some members changed.

use std::path::PathBuf;

use callback_profile::{Limits, Secrets};

use crate::failure::Failure;
use crate::input::{self, Input};
use crate::output::{self, End};
use crate::settings::ProfileArgs;

/// Applies a patch and prints the patched profile as JSON
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp patch examples/profiles/chatbot.json examples/patches/new-title.json
  echo '{\"response_message\": null}' | cbp patch --show-secrets examples/profiles/chatbot.json -")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    /// Show key and IV; the masked output is no profile that can be used
    #[arg(long)]
    show_secrets: bool,
    /// The patch: the members that change; null clears an optional one
    #[arg(value_name = "PATCH")]
    patch: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    input::at_most_one_stdin([&args.profile.path, &args.patch])?;
    let profile = input::profile(&args.profile.path, &args.profile.rules.options())?;
    let input = Input::read(&args.patch, Limits::default().payload_bytes)?;
    match profile.patch(&input.bytes) {
        Ok(patched) => {
            let secrets = if args.show_secrets { Secrets::Shown } else { Secrets::Masked };
            output::result(patched.to_json(secrets), End::LineBreak)
        }
        Err(report) => Err(Failure::Refused { input, report }),
    }
}
