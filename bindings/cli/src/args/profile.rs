//! The profile that a command works with, in each of its forms.

use std::path::{Path, PathBuf};

use callback_profile::cipher::WireFormat;
use callback_profile::json::{self, Document, Value};
use callback_profile::{Limits, ParseOptions, Profile, Report, StoredProfile};

use super::settings::RulesArgs;
use crate::failure::Failure;
use crate::input::Input;
use crate::output::printable;

/// The profile that a command works with.
#[derive(clap::Args)]
pub(crate) struct ProfileArgs {
    #[command(flatten)]
    rules: RulesArgs,
    /// The profile: a create payload, a stored profile, or a whole created or fetched envelope
    #[arg(value_name = "PROFILE")]
    pub(crate) path: PathBuf,
}

impl ProfileArgs {
    /// Reads and parses the profile.
    pub(crate) fn profile(&self, wire_format: WireFormat) -> Result<Profile, Failure> {
        let input = self.read()?;
        self.parse(&input, wire_format).map_err(|report| Failure::Refused { input, report })
    }

    /// Reads and parses the profile of a command that takes a second file. If that one is the profile, this says so.
    pub(crate) fn profile_before(&self, second: &Path, wire_format: WireFormat) -> Result<Profile, Failure> {
        self.profile_before_with(second, &self.options(wire_format))
    }

    /// The same by these settings.
    pub(crate) fn profile_before_with(
        &self,
        second: &Path,
        options: &ParseOptions,
    ) -> Result<Profile, Failure> {
        let input = self.read()?;
        let report = match parse(&input.bytes, options) {
            Ok(profile) => return Ok(profile),
            Err(report) => report,
        };
        let is_profile = |other: Input| parse(&other.bytes, options).is_ok();
        let is_readable = second.is_file() && self.path.as_os_str() != second.as_os_str();
        if is_readable && Input::read(second, Limits::default().payload_bytes).is_ok_and(is_profile) {
            let name = printable(&second.to_string_lossy()).into_owned();
            let swapped = format!("{} is no profile and {name} is one: the profile comes first", input.name);
            return Err(Failure::Usage(swapped));
        }
        Err(Failure::Refused { input, report })
    }

    /// Reads the text of the profile.
    pub(crate) fn read(&self) -> Result<Input, Failure> {
        Ok(Input::read(&self.path, Limits::default().payload_bytes)?)
    }

    /// Parses the text.
    pub(crate) fn parse(&self, input: &Input, wire_format: WireFormat) -> Result<Profile, Report> {
        parse(&input.bytes, &self.options(wire_format))
    }

    /// The settings that profiles are parsed with.
    pub(crate) fn options(&self, wire_format: WireFormat) -> ParseOptions {
        let mut options = self.rules.options();
        options.wire_format = wire_format;
        options
    }
}

/// What a text is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub(crate) enum Kind {
    /// What it looks like: a stored profile if it has an id or a status or is an envelope, else a create payload
    #[default]
    Any,
    /// A create payload
    Payload,
    /// A stored profile, or an envelope with one
    Stored,
}

/// Parses a profile: a stored profile or envelope if it looks like one, else a create payload.
pub(crate) fn parse(text: &[u8], options: &ParseOptions) -> Result<Profile, Report> {
    parse_as(Kind::Any, text, options)
}

/// Parses a profile of this kind.
pub(crate) fn parse_as(kind: Kind, text: &[u8], options: &ParseOptions) -> Result<Profile, Report> {
    let is_stored = match kind {
        Kind::Any => Document::read(text, &options.limits).is_ok_and(|document| is_stored(document.root())),
        Kind::Payload => false,
        Kind::Stored => true,
    };
    if is_stored {
        StoredProfile::parse_with(text, options).map(StoredProfile::into_profile)
    } else {
        Profile::parse_with(text, options)
    }
}

/// Whether only the platform can have written it: it has an id or a status, or is an envelope.
fn is_stored(root: Value<'_>) -> bool {
    let has = |name: &str| root.get(name).is_some();
    let is_envelope = data_of_envelope(root).is_some_and(|data| data.kind() == json::Kind::Object);
    is_envelope || ["profile_id", "profileId", "status"].into_iter().any(has)
}

/// The data of an envelope: a profile or a list of them. `None` if the text is no envelope.
pub(crate) fn data_of_envelope(root: Value<'_>) -> Option<Value<'_>> {
    let is_envelope = root.get("code").is_some() && root.get("title").is_none();
    root.get("data").filter(|_| is_envelope)
}
