//! The arguments of `cbp open`.

use std::path::{Path, PathBuf};

use callback_profile::{OpenOptions, Parameters};

use super::record::Fields;
use crate::args::{ExpectedArgs, HeaderArgs, ProfileArgs, WireArgs};
use crate::failure::Failure;
use crate::stream::StreamArgs;

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
///
/// With --ndjson BODY has a callback a line; a file whose name ends in .gz or .zst is decompressed. What lies in Parquet
/// files or in a database is the job of an engine: docs/archives.md shows how Spark, DuckDB, Polars and DataFusion open it.
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
  cbp open --structures --get status \\
    examples/profiles/encrypted-gcm.json \\
    examples/received/encrypted-gcm.json
  printf '%s' '{}' | cbp open --absent examples/profiles/sms-status.json -
  cbp keygen --signing > secret
  cbp callback --sign secret examples/profiles/sms-status.json \\
    examples/records/sms-status.json |
    cbp open --verify secret examples/profiles/sms-status.json -"
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(super) profile: ProfileArgs,
    /// The received body; the URL or query of a GET or DELETE
    #[arg(value_name = "BODY", required_unless_present = "keys", conflicts_with = "keys")]
    pub(super) body: Option<PathBuf>,
    #[command(flatten)]
    pub(super) wire: WireArgs,
    /// The received content type with its parameters, which must be of the profile's kind
    #[arg(long, value_name = "TYPE")]
    pub(super) content_type: Option<String>,
    #[command(flatten)]
    pub(super) headers: HeaderArgs,
    /// Where an object or array of encrypted strings is taken for a whole <name>: everywhere, or in these parameters
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub(super) structures: Option<Vec<String>>,
    /// Which encrypted names may be absent or null: all, or these
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub(super) absent: Option<Vec<String>>,
    /// Explain at once why a callback does not open, as cbp diagnose does
    #[arg(long, conflicts_with = "keys")]
    pub(super) explain: bool,
    /// Print {"values","decrypted","unknown"}: also the names of what was decrypted and of what the profile does not have;
    /// and "sealed", "key" and "verified", where there is such a thing
    #[arg(long)]
    pub(super) details: bool,
    /// Open what can be opened: what --details prints, with "failed", the parameters that did not open and their codes; exit
    /// code 1 if there is one
    #[arg(long, conflicts_with_all = ["ndjson", "get", "explain"])]
    pub(super) partial: bool,
    /// Print one value alone: of this parameter, or where a JSON Pointer leads (/contacts/0/name). A text is printed as it is, all
    /// else as JSON; exit code 1 if there is no such value
    #[arg(long, value_name = "NAME", conflicts_with_all = ["details", "ndjson"])]
    pub(super) get: Option<String>,
    /// Print a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(super) expected: ExpectedArgs,
    /// Verify the signature first, with the secrets in this file, one a line
    #[arg(long, value_name = "SECRET_FILE", conflicts_with = "ndjson")]
    pub(super) verify: Option<PathBuf>,
    #[command(flatten)]
    pub(super) ring: RingArgs,
    #[command(flatten)]
    pub(super) many: StreamArgs,
    /// Take each line for a log record, a JSON object, and the callback's body from this member; the content type from
    /// another one, if it is named too. A JSON Pointer (/request/body) leads to a member within
    #[arg(long, value_name = "BODY[,CONTENT_TYPE]", requires = "ndjson", help_heading = "Many lines")]
    pub(super) field: Option<Fields>,
}

/// Several profiles, each under the id of its key.
#[derive(clap::Args)]
#[command(next_help_heading = "Several keys")]
pub(super) struct RingArgs {
    /// A profile under the id of its key, instead of PROFILE; a sealed profile's id is its kid. Give one for each key
    #[arg(long = "key", value_name = "ID=PROFILE", value_parser = key)]
    pub(super) keys: Vec<(String, PathBuf)>,
    /// The header in which callbacks name their key
    #[arg(long, value_name = "NAME", conflicts_with = "key_query")]
    pub(super) key_header: Option<String>,
    /// The parameter of the query in which callbacks name their key
    #[arg(long, value_name = "NAME")]
    pub(super) key_query: Option<String>,
    /// Try at most four keys in turn where a callback names none: AES-GCM alone, without a sealed profile
    #[arg(long)]
    pub(super) in_turn: bool,
    /// Refuse callbacks that are not sealed
    #[arg(long)]
    pub(super) refuse_v1: bool,
}

impl Args {
    /// The settings of opening that are the same for each callback.
    pub(super) fn options(&self) -> OpenOptions<'_> {
        let mut options = OpenOptions::default();
        options.structures = parameters(self.structures.as_deref());
        options.absent = parameters(self.absent.as_deref());
        options.partial = self.partial;
        options
    }
}

impl RingArgs {
    /// The files of the profiles.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.keys.iter().map(|(_, path)| path.as_path())
    }

    /// Refuses what has no use for one profile.
    pub(super) fn refuse_without_keys(&self) -> Result<(), Failure> {
        let given = [
            (self.key_header.is_some(), "--key-header"),
            (self.key_query.is_some(), "--key-query"),
            (self.in_turn, "--in-turn"),
            (self.refuse_v1, "--refuse-v1"),
        ];
        match given.into_iter().find(|(is_given, _)| *is_given) {
            None => Ok(()),
            Some((_, name)) => {
                Err(Failure::Usage(format!("{name} is for several keys, which --key ID=PROFILE gives")))
            }
        }
    }
}

/// `ID=PROFILE`.
fn key(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((id, path)) if !id.is_empty() && !path.is_empty() => Ok((id.to_owned(), path.into())),
        _ => Err("the id of a key, =, and the file of its profile are expected".to_owned()),
    }
}

/// The option alone means all.
fn parameters(names: Option<&[String]>) -> Parameters<'_> {
    match names {
        None => Parameters::None,
        Some([]) => Parameters::All,
        Some(names) => Parameters::Names(names),
    }
}
