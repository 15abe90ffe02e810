//! `cbp request`: a whole create request, with its path and headers.

use std::path::PathBuf;

use callback_profile::{Envelope, Limits, Profile, Report, Request, Secrets};

use crate::args::{HeaderArgs, RefusalArgs, RulesArgs};
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{self, End, GOOD, masked, printable};
use crate::received::{self, MOST_OF_A_HEAD, Received};

/// Checks a whole create request: sid, headers and payload
///
/// REQUEST is the whole HTTP message of POST /v1/{sid}/callback/profiles, or a pasted curl line; nothing is sent. With
/// --sid or --header it may be the payload alone. Give an api-key in a file and not in an argument, which other users of
/// the machine can see.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp request --sid HX01 --header 'api-key: A0' \\
    --header 'content-type: application/json' \\
    examples/profiles/chatbot.json")]
pub(crate) struct Args {
    #[command(flatten)]
    rules: RulesArgs,
    #[command(flatten)]
    refusals: RefusalArgs,
    /// The account's identifier, instead of the one in the path
    #[arg(long, value_name = "SID")]
    sid: Option<String>,
    #[command(flatten)]
    headers: HeaderArgs,
    /// Print the API's envelope instead, created or refused, and nothing else
    #[arg(long)]
    pub(crate) json: bool,
    /// The request, or its payload alone
    #[arg(value_name = "REQUEST")]
    request: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let input = Input::read(&args.request, Limits::default().payload_bytes.saturating_add(MOST_OF_A_HEAD))?;
    let unreadable = |what: String| Failure::Usage(format!("{}: expected {}", input.name, printable(&what)));
    let request = received::read(&input.bytes).map_err(unreadable)?;
    match args.parse(&request)? {
        Ok(profile) if args.json => {
            let envelope = Envelope::created(&profile, None, Secrets::Masked).to_json();
            Ok(output::result(masked(&envelope).as_bytes(), End::LineBreak)?)
        }
        Ok(profile) => {
            let title = printable(profile.title()).into_owned();
            Ok(output::text(&format!("{GOOD}accepted{GOOD:#}: {}: {title}\n", input.name))?)
        }
        Err(report) if args.json => {
            output::result(masked(&Envelope::refused(&report).to_json()).as_bytes(), End::LineBreak)?;
            Err(Failure::Printed)
        }
        Err(report) => {
            drop(request);
            Err(Failure::Refused { input, report })
        }
    }
}

impl Args {
    fn parse(&self, request: &Received<'_>) -> Result<Result<Profile, Report>, Failure> {
        let headers = self.headers.with(request)?;
        let sid =
            self.sid.as_deref().or_else(|| request.target.as_deref().and_then(sid_of)).unwrap_or_default();
        let request = Request { sid, headers: &headers, payload: &request.body };
        Ok(request.parse(&self.refusals.apply(self.rules.options())))
    }
}

/// The sid in the path `/v1/{sid}/callback/profiles`.
fn sid_of(target: &str) -> Option<&str> {
    let path = target.split(['?', '#']).next().unwrap_or(target);
    let path = path.strip_suffix("/callback/profiles")?;
    let (before, sid) = path.rsplit_once('/')?;
    before.ends_with("/v1").then_some(sid)
}

#[cfg(test)]
mod tests {
    use super::sid_of;

    #[test]
    fn the_sid_is_in_the_documented_path() {
        for (target, sid) in [
            ("/v1/HX01/callback/profiles", Some("HX01")),
            ("https://api.example.com/v1/HX01/callback/profiles?x=1", Some("HX01")),
            ("/v1//callback/profiles", Some("")),
            ("/v2/HX01/callback/profiles", None),
            ("/v1/HX01/callback/profiles/7", None),
            ("/", None),
        ] {
            assert_eq!(sid_of(target), sid, "{target}");
        }
    }
}
