//! The one value of `cbp encrypt` and `cbp decrypt`, and the profile whose key and IV they use.

use std::ffi::OsString;
use std::path::Path;

use callback_profile::{Encryption, ErrorClass, Limits, Profile};
use zeroize::Zeroizing;

use super::profile::ProfileArgs;
use super::settings::WireArgs;
use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};

/// A profile and one value.
#[derive(clap::Args)]
pub(crate) struct ValueArgs {
    #[command(flatten)]
    pub(crate) profile: ProfileArgs,
    #[command(flatten)]
    wire: WireArgs,
    /// The value; - or nothing is standard input. Write -- before a value that begins with a dash
    #[arg(value_name = "VALUE", allow_negative_numbers = true)]
    value: Option<OsString>,
}

impl ValueArgs {
    /// Reads and parses the profile.
    pub(crate) fn read_profile(&self) -> Result<Profile, Failure> {
        let value = Path::new(self.value.as_deref().unwrap_or("-".as_ref()));
        at_most_one_stdin([self.profile.path.as_path(), value])?;
        self.profile.profile(self.wire.format())
    }

    /// Whether the value comes from standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        self.value.as_ref().is_none_or(|value| value == "-")
    }

    /// Reads the value from the argument or standard input. `class` is that of a value that is too long.
    pub(crate) fn read_value(&self, class: ErrorClass) -> Result<Input, Failure> {
        let limit = Limits::default().received_bytes;
        let value = match &self.value {
            Some(value) if !self.is_stdin() => {
                let Some(text) = value.to_str() else {
                    return Err(Failure::Usage(
                        "the value is not UTF-8; give it on standard input".to_owned(),
                    ));
                };
                Input { name: "the value".to_owned(), bytes: Zeroizing::new(text.as_bytes().to_vec()) }
            }
            _ => Input::read_stdin(limit)?,
        };
        if value.bytes.len() > limit {
            return Err(Fault::too_long(class, limit).into());
        }
        Ok(value)
    }
}

/// The profile's encryption, which must be there.
pub(crate) fn encryption(profile: &Profile) -> Result<&Encryption, Failure> {
    let without = || {
        match profile.sealed_encryption() {
        None => Failure::Usage("the profile has no enc member, so it has no key".to_owned()),
        Some(_) => Failure::Usage(
            "the profile is sealed: it encrypts a callback as a whole and no single value; see cbp callback and cbp open"
                .to_owned(),
        ),
    }
    };
    profile.encryption().ok_or_else(without)
}
