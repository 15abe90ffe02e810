//! `cbp patch`: a profile with some members changed.

use std::path::PathBuf;

use callback_profile::cipher::WireFormat;
use callback_profile::{Limits, Secrets};

use crate::args::ProfileArgs;
use crate::failure::Failure;
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End};

/// Applies a patch and prints the patched profile as JSON
///
/// What the patch makes risky or leaves without effect goes to standard error.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp patch examples/profiles/chatbot.json examples/patches/new-title.json
  echo '{\"response_message\": null}' |
    cbp patch --show-secrets examples/profiles/chatbot.json -")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    /// Show key and IV; the masked output cannot be used as a profile
    #[arg(long)]
    show_secrets: bool,
    /// Print a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    /// The patch: the members that change; null clears an optional one
    #[arg(value_name = "PATCH")]
    patch: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.profile.path.as_path(), &args.patch])?;
    let profile = args.profile.profile(WireFormat::default())?;
    let input = Input::read(&args.patch, Limits::default().payload_bytes)?;
    match profile.patch(&input.bytes) {
        Ok(patched) => {
            let secrets = if args.show_secrets { Secrets::Shown } else { Secrets::Masked };
            output::result(
                output::unless_shown(&patched.to_json(secrets), secrets).as_bytes(),
                End::LineBreak,
            )?;
            let has_key = patched.encryption().is_some() || patched.sealed_encryption().is_some();
            if secrets == Secrets::Masked && has_key {
                output::warning(match patched.sealed_encryption() {
                    None => "key and IV are masked, so this output is no profile: --show-secrets prints them",
                    Some(_) => "the key is masked, so this output is no profile: --show-secrets prints it",
                });
            }
            // Those of the profile are known. Some are about the patch, and nothing in the patched profile would show them.
            let known = profile.advisories();
            patched
                .advisories()
                .iter()
                .filter(|advisory| !known.contains(advisory))
                .for_each(output::advisory);
            Ok(())
        }
        Err(report) => Err(Failure::Refused { input, report }),
    }
}
