//! `cbp validate`: profiles against the rules.

use std::path::{Path, PathBuf};

use callback_profile::{Envelope, Limits, ParseOptions, Secrets};

use crate::args::{Kind, RefusalArgs, RulesArgs, parse_as};
use crate::failure::Failure;
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End};
use crate::verdicts::{self, Format, LevelArgs, Outcome, Rules, Verdict};

/// Validates profiles: prints a summary and the advisories, or every violation with its pointer
///
/// Takes create payloads, stored profiles and envelopes, also those that list many; folders, in which it takes every file
/// that ends in .json, and in .ndjson and .jsonl every line. Of one profile violations go to standard error. Of several, all
/// verdicts go to standard output, with a count at the end.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp validate examples/profiles/sms-status.json
  cbp validate examples/profiles
  cbp validate --format sarif --deny plain_http examples/profiles > c.sarif
  cbp validate --json --profile-id stage_1 examples/profiles/chatbot.json
  cbp validate - < examples/profiles/chatbot.json")]
pub(crate) struct Args {
    #[command(flatten)]
    rules: RulesArgs,
    #[command(flatten)]
    refusals: RefusalArgs,
    #[command(flatten)]
    levels: LevelArgs,
    /// How verdicts are written; text, if not given
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    format: Option<Format>,
    /// Take each line of the input for one profile
    #[arg(long, conflicts_with = "json")]
    ndjson: bool,
    /// What the input is taken for
    #[arg(long = "as", value_name = "KIND", default_value = "any")]
    kind: Kind,
    /// Print the API's envelope of the one profile instead, created or refused, and nothing else
    #[arg(long)]
    pub(crate) json: bool,
    /// The profile_id in the created envelope, null if not given
    #[arg(long, value_name = "ID", requires = "json")]
    profile_id: Option<String>,
    /// Show key and IV in the envelope
    #[arg(long, requires = "json")]
    show_secrets: bool,
    /// Files and folders
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin(args.files.iter().map(PathBuf::as_path))?;
    let is_folder = |path: &Path| path.as_os_str() != "-" && path.is_dir();
    match args.files.as_slice() {
        [file] if args.json && !is_folder(file) => envelope(args, file),
        _ if args.json => {
            Err(Failure::Usage("--json is the envelope of one profile; of many: --format json".to_owned()))
        }
        [file] if args.format.is_none() && !args.ndjson && !is_folder(file) && !has_lines(file) => {
            one(args, file)
        }
        files => {
            let format = args.format.unwrap_or(Format::Text);
            let rules = Rules { kind: args.kind, options: args.options(), levels: &args.levels };
            verdicts::write_all(files, args.ndjson, &rules, format)
        }
    }
}

impl Args {
    fn options(&self) -> ParseOptions {
        self.refusals.apply(self.rules.options())
    }
}

fn has_lines(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl")
}

/// Of one profile: a summary, or the violations on standard error.
fn one(args: &Args, file: &Path) -> Result<(), Failure> {
    let input = Input::read(file, Limits::default().payload_bytes)?;
    match parse_as(args.kind, &input.bytes, &args.options()) {
        Ok(profile) => {
            let verdict = Verdict::of_profile(&input.name, profile, &args.levels);
            output::text(&verdicts::summary(&verdict))?;
            if verdict.outcome() == Outcome::Accepted { Ok(()) } else { Err(Failure::Printed) }
        }
        Err(report) => Err(Failure::Refused { input, report }),
    }
}

fn envelope(args: &Args, file: &Path) -> Result<(), Failure> {
    let input = Input::read(file, Limits::default().payload_bytes)?;
    match parse_as(args.kind, &input.bytes, &args.options()) {
        Ok(profile) => {
            let secrets = if args.show_secrets { Secrets::Shown } else { Secrets::Masked };
            let envelope = Envelope::created(&profile, args.profile_id.as_deref(), secrets);
            output::result(output::unless_shown(&envelope.to_json(), secrets).as_bytes(), End::LineBreak)?;
            let verdict = Verdict::of_profile(&input.name, profile, &args.levels);
            if verdict.outcome() == Outcome::Accepted { Ok(()) } else { Err(Failure::Printed) }
        }
        Err(report) => {
            output::result(output::masked(&Envelope::refused(&report).to_json()).as_bytes(), End::LineBreak)?;
            Err(Failure::Printed)
        }
    }
}
