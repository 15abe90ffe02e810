//! `cbp diff`: what differs between two profiles.

use std::path::{Path, PathBuf};

use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};
use callback_profile::{Change, Limits, Profile, Secrets};

use crate::args::{RulesArgs, parse};
use crate::failure::Failure;
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, BAD, End, GOOD, HINT, printable};

/// Prints what differs between two profiles, and what that means for receivers
///
/// Key, IV, header values, user name and password of a URL, and constants of a body are masked. Nothing is printed if
/// nothing differs.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp diff examples/profiles/sms-status.json examples/profiles/chatbot.json
  cbp diff --json examples/profiles/chatbot.json \\
    examples/profiles/get-query.json")]
pub(crate) struct Args {
    #[command(flatten)]
    rules: RulesArgs,
    /// Print [{"pointer","before","after","effect","meaning"}] instead; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    /// Show what is masked otherwise
    #[arg(long)]
    show_secrets: bool,
    /// The earlier profile: a create payload, a stored profile, or an envelope
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The later profile
    #[arg(value_name = "B")]
    after: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.before.as_path(), &args.after])?;
    let (before, after) = (args.profile(&args.before)?, args.profile(&args.after)?);
    let secrets = if args.show_secrets { Secrets::Shown } else { Secrets::Masked };
    let changes = before.diff_with(&after, secrets);
    if args.json {
        Ok(output::result(output::unless_shown(&as_json(&changes), secrets).as_bytes(), End::LineBreak)?)
    } else {
        Ok(output::text_with(&as_text(&changes), secrets)?)
    }
}

impl Args {
    fn profile(&self, path: &Path) -> Result<Profile, Failure> {
        let input = Input::read(path, Limits::default().payload_bytes)?;
        parse(&input.bytes, &self.rules.options()).map_err(|report| Failure::Refused { input, report })
    }
}

/// A block for each change: where, before, after, what it means.
fn as_text(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        text.push_str(&format!("{}\n", printable(&change.pointer)));
        if let Some(before) = &change.before {
            text.push_str(&format!("  {BAD}-{BAD:#} {}\n", printable(before)));
        }
        if let Some(after) = &change.after {
            text.push_str(&format!("  {GOOD}+{GOOD:#} {}\n", printable(after)));
        }
        text.push_str(&format!("  {HINT}{}{HINT:#}: {}\n", change.effect.name(), change.effect.text()));
    }
    text
}

fn as_json(changes: &[Change]) -> String {
    let mut out = String::new();
    let mut array = ArrayWriter::new(&mut out);
    for change in changes {
        let mut object = ObjectWriter::new(array.element());
        push_string(object.member("pointer"), &change.pointer);
        object.member("before").append(change.before.as_deref().unwrap_or("null"));
        object.member("after").append(change.after.as_deref().unwrap_or("null"));
        push_string(object.member("effect"), change.effect.name());
        push_string(object.member("meaning"), change.effect.text());
        object.finish();
    }
    array.finish();
    out
}
