//! `cbp open`: a received callback, verified if that is asked for, and decrypted.

mod details;
mod explain;
mod lines;
mod opener;

use std::path::{Path, PathBuf};

use callback_profile::{Limits, OpenOptions, Parameters, ReceivedRequest};

use crate::args::{ExpectedArgs, HeaderArgs, ProfileArgs, WireArgs};
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End, HINT, note, printable};
use crate::received::{self, MOST_OF_A_HEAD};
use crate::stream::StreamArgs;
use details::details;
use opener::{Done, Opener};

/// Opens a received callback and prints the decrypted parameters as JSON
///
/// BODY is what a POST or PUT carried; for a GET or DELETE it is the URL or its query. A whole HTTP message, as cbp
/// callback prints it, and a pasted curl line are read too. Every name that the profile
/// encrypts must be there, as an encrypted string, unless --structures or --absent allows something else. A tag proves
/// little where key and IV are fixed, and CFB has none: treat the result as untrusted input.
///
/// A sealed profile opens nothing but sealed callbacks, and those only for this receiver: its age, method and URL are
/// compared. The default is 300 seconds, the method of the message or the profile, and the profile's own URL. Whether an id
/// was seen before is not: keep ids for twice the tolerance. With --verify nothing is opened whose signature does not
/// hold. With --key there are several profiles, and the callback says which one is its own.
#[derive(clap::Args)]
#[command(
    override_usage = "cbp open [OPTIONS] <PROFILE> <BODY>\n       cbp open [OPTIONS] --key <ID=PROFILE>... <BODY>",
    after_help = "\
Examples:
  cbp open --structures=contacts --details \\
    examples/profiles/encrypted-gcm.json \\
    examples/received/encrypted-gcm.json
  cbp callback examples/profiles/sms-status.json \\
    examples/records/sms-status.json |
    cbp open examples/profiles/sms-status.json -
  printf '%s' '{}' | cbp open --absent examples/profiles/sms-status.json -
  cbp keygen --signing > secret
  cbp callback --sign secret examples/profiles/sms-status.json \\
    examples/records/sms-status.json |
    cbp open --verify secret examples/profiles/sms-status.json -"
)]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    /// The received body; the URL or query of a GET or DELETE
    #[arg(value_name = "BODY", required_unless_present = "keys", conflicts_with = "keys")]
    body: Option<PathBuf>,
    #[command(flatten)]
    wire: WireArgs,
    /// The received content type with its parameters, which must be of the profile's kind
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
    #[command(flatten)]
    headers: HeaderArgs,
    /// Where an object or array of encrypted strings is taken for a whole <name>: everywhere, or in these parameters
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    structures: Option<Vec<String>>,
    /// Which encrypted names may be absent or null: all, or these
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    absent: Option<Vec<String>>,
    /// Explain at once why a callback does not open, as cbp diagnose does
    #[arg(long, conflicts_with = "keys")]
    explain: bool,
    /// Print {"values","decrypted","unknown"}: also the names of what was decrypted and of what the profile does not have;
    /// and "sealed", "key" and "verified", where there is such a thing
    #[arg(long)]
    details: bool,
    /// Print a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    expected: ExpectedArgs,
    /// Verify the signature first, with the secrets in this file, one a line
    #[arg(long, value_name = "SECRET_FILE", conflicts_with = "ndjson")]
    verify: Option<PathBuf>,
    #[command(flatten)]
    ring: RingArgs,
    #[command(flatten)]
    many: StreamArgs,
}

/// Several profiles, each under the id of its key.
#[derive(clap::Args)]
#[command(next_help_heading = "Several keys")]
struct RingArgs {
    /// A profile under the id of its key, instead of PROFILE; a sealed profile's id is its kid. Give one for each key
    #[arg(long = "key", value_name = "ID=PROFILE", value_parser = opener::key)]
    keys: Vec<(String, PathBuf)>,
    /// The header in which callbacks name their key
    #[arg(long, value_name = "NAME", conflicts_with = "key_query")]
    key_header: Option<String>,
    /// The parameter of the query in which callbacks name their key
    #[arg(long, value_name = "NAME")]
    key_query: Option<String>,
    /// Try at most four keys in turn where a callback names none: AES-GCM alone, without a sealed profile
    #[arg(long)]
    in_turn: bool,
    /// Refuse callbacks that are not sealed
    #[arg(long)]
    refuse_v1: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    // With --key the one path is the body's.
    let path = args.body.as_deref().unwrap_or(&args.profile.path);
    let profile = args.body.as_ref().map(|_| args.profile.path.as_path());
    at_most_one_stdin(args.ring.paths().chain(profile).chain(args.verify.as_deref()).chain([path]))?;
    let opener = Opener::new(args)?;
    if args.many.ndjson {
        return lines::many(args, path, &opener);
    }
    match args.open(path, &opener)? {
        done if args.details => Ok(output::result(details(&done).as_bytes(), End::LineBreak)?),
        done => {
            output::result(done.opened.json(), End::LineBreak)?;
            if let Some(key) = done.key {
                let how = if key.in_turn { ", found by trying" } else { "" };
                note(&format!("{HINT}key{HINT:#}: {}{how}\n", printable(&key.id)));
            }
            Ok(())
        }
    }
}

impl Args {
    fn options(&self) -> OpenOptions<'_> {
        let mut options = OpenOptions::default();
        options.structures = parameters(self.structures.as_deref());
        options.absent = parameters(self.absent.as_deref());
        options
    }

    fn open(&self, path: &Path, opener: &Opener) -> Result<Done, Failure> {
        let input = Input::read(path, Limits::default().received_bytes.saturating_add(MOST_OF_A_HEAD))?;
        let unreadable = |what: &str| Failure::Usage(format!("{}: expected {}", input.name, printable(what)));
        let received = received::read(&input.bytes).map_err(|what| unreadable(&what))?;
        let headers = self.headers.with(&received)?;
        let has_body = match opener.has_body() {
            Some(has_body) => has_body,
            None if received.target.is_some() => true, // both are there
            None => return Err(needs_message()),
        };
        let expected =
            self.expected.of(&opener.profiles, received.method.as_deref(), self.verify.is_some())?;
        let mut options = self.options();
        options.expected = expected;
        let own_type = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        options.content_type =
            self.content_type.as_deref().or(own_type.map(|(_, value)| *value).filter(|_| has_body));
        // Only JSON may end with a line break; of a form or a URL it is an editor's or `echo`'s. What is signed is taken as it is.
        let is_json = opener.profiles.iter().any(|profile| profile.is_json_body(options.content_type));
        let is_bare_line = received.target.is_none() && !is_json && self.verify.is_none();
        let sent = if is_bare_line { input.without_line_break() } else { received.sent(has_body) };
        let target = match &received.target {
            Some(target) => target,
            None if has_body => "",
            None => str::from_utf8(sent).map_err(|_| unreadable("a URL or query in UTF-8"))?,
        };
        let request = ReceivedRequest { headers: &headers, target, body: if has_body { sent } else { b"" } };
        match opener.open(&request, self.expected.time(), &options) {
            Ok(done) => Ok(done),
            Err(error) => {
                let fault = match opener.only() {
                    Some(profile) => explain::explained(profile, sent, &options, error, self.explain),
                    None => Fault::from(error),
                };
                Err(fault.on(input).into())
            }
        }
    }
}

/// A bare text could be either.
fn needs_message() -> Failure {
    Failure::Usage(
        "some of the profiles send a body and others a query: the whole HTTP message or curl line is expected".to_owned(),
    )
}

/// The option alone means all.
fn parameters(names: Option<&[String]>) -> Parameters<'_> {
    match names {
        None => Parameters::None,
        Some([]) => Parameters::All,
        Some(names) => Parameters::Names(names),
    }
}
