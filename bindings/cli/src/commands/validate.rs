//! `cbp validate`: a create payload against the rules.

use std::path::PathBuf;

use callback_profile::{Envelope, Limits, Profile, Secrets};

use crate::args::RulesArgs;
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{self, CARE, End, GOOD, printable};

/// Validates a create payload: prints a summary and the advisories, or every violation with its pointer
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp validate examples/profiles/sms-status.json
  cbp validate --policy strict --json --profile-id stage_1 examples/profiles/chatbot.json
  cbp validate - < examples/profiles/chatbot.json")]
pub(crate) struct Args {
    #[command(flatten)]
    rules: RulesArgs,
    /// Print the API's envelope instead, created or refused, and nothing else
    #[arg(long)]
    pub(crate) json: bool,
    /// The profile_id in the created envelope, null if not given
    #[arg(long, value_name = "ID", requires = "json")]
    profile_id: Option<String>,
    /// Show key and IV in the envelope
    #[arg(long, requires = "json")]
    show_secrets: bool,
    /// The create payload
    #[arg(value_name = "PAYLOAD")]
    payload: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let input = Input::read(&args.payload, Limits::default().payload_bytes)?;
    match Profile::parse_with(&input.bytes, &args.rules.options()) {
        Ok(profile) if args.json => {
            let secrets = if args.show_secrets { Secrets::Shown } else { Secrets::Masked };
            let envelope = Envelope::created(&profile, args.profile_id.as_deref(), secrets);
            Ok(output::result(envelope.to_json(), End::LineBreak)?)
        }
        Ok(profile) => Ok(output::text(&summary(&input.name, &profile))?),
        Err(report) if args.json => {
            output::result(Envelope::refused(&report).to_json(), End::LineBreak)?;
            Err(Failure::Printed)
        }
        Err(report) => Err(Failure::Refused { input, report }),
    }
}

/// What the profile does and its advisories, a line each, without key, IV, header values and the password in a URL.
fn summary(name: &str, profile: &Profile) -> String {
    let headers: Vec<&str> = profile.headers().iter().map(|header| header.name()).collect();
    let replacers: Vec<String> =
        profile.replacers().iter().map(|(label, field)| format!("{label} = {field}")).collect();
    let encryption = profile.encryption().map(|enc| match enc.encrypted_params() {
        None => format!("{}, every value", enc.algorithm().name()),
        Some(names) => format!("{}, of {}", enc.algorithm().name(), names.join(", ")),
    });
    let list = |items: Vec<String>| (!items.is_empty()).then(|| items.join(", "));
    let rows = [
        ("title", Some(profile.title().to_owned())),
        ("callback", Some(format!("{} {}", profile.method().name(), profile.url_without_credentials()))),
        ("headers", list(headers.into_iter().map(str::to_owned).collect())),
        ("message", profile.response_message().map(str::to_owned)),
        ("replacers", list(replacers)),
        ("encryption", encryption),
        ("channel", Some(profile.channel().name().to_owned())),
        ("events", list(profile.events().unwrap_or_default().to_vec())),
    ];
    let mut text = format!("{GOOD}accepted{GOOD:#}: {name}\n");
    for (label, value) in rows {
        if let Some(value) = value {
            text.push_str(&format!("  {label:<10}  {}\n", printable(&value)));
        }
    }
    for advisory in profile.advisories() {
        let (code, pointer) = (advisory.code.name(), printable(&advisory.pointer));
        text.push_str(&format!("  {CARE}advisory{CARE:#} {code} at {pointer}: {}\n", advisory.message()));
    }
    text
}
