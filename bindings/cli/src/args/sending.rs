//! What makes a callback one that can be trusted: a signature, and what a sealed one says beside its parameters.

use std::path::PathBuf;

use callback_profile::seal::Signer;
use callback_profile::{CallbackOptions, Coverage, Error, Profile};

use super::secrets;
use crate::failure::Failure;
use crate::system;

/// How a callback is signed and sealed.
#[derive(clap::Args)]
#[command(next_help_heading = "Signed and sealed callbacks")]
pub(crate) struct SendingArgs {
    /// Sign with the secrets in this file, one a line, and send the three headers of the signature
    #[arg(long, value_name = "SECRET_FILE")]
    pub(crate) sign: Option<PathBuf>,
    /// The id of the message, the same for each retry; a new one, if not given
    #[arg(long, value_name = "ID", conflicts_with = "ndjson")]
    id: Option<String>,
    /// The time of sending in seconds since 1970; the clock's, if not given
    #[arg(long, value_name = "SECONDS")]
    timestamp: Option<u64>,
    /// Sign a GET or DELETE all the same, of whose parameters a signature covers none
    #[arg(long, requires = "sign")]
    allow_uncovered: bool,
    /// The id of the profile, which a sealed callback then names
    #[arg(long, value_name = "ID")]
    profile_id: Option<String>,
    /// The 32 random bytes of a sealed callback in hexadecimal, for output that can be repeated and nothing else; the
    /// operating system's, if not given
    #[arg(long, value_name = "HEX", value_parser = random, conflicts_with = "ndjson")]
    random: Option<[u8; 32]>,
    /// Send a sealed POST or PUT as the token alone, of the type application/jose
    #[arg(long)]
    bare_token: bool,
}

/// What one callback is made with.
pub(crate) struct Moment {
    /// The id of the message.
    pub(crate) id: String,
    /// The time of sending.
    pub(crate) timestamp: u64,
    random: [u8; 32],
}

impl SendingArgs {
    /// Refuses what has no use for this profile.
    pub(crate) fn check(&self, profile: &Profile) -> Result<(), Failure> {
        if profile.sealed_encryption().is_some() {
            return Ok(());
        }
        let of_sealed = [
            (self.profile_id.is_some(), "--profile-id"),
            (self.random.is_some(), "--random"),
            (self.bare_token, "--bare-token"),
        ];
        if let Some((_, name)) = of_sealed.into_iter().find(|(is_given, _)| *is_given) {
            return Err(Failure::Usage(format!("{name} is for sealed profiles, and this one is not")));
        }
        let of_both = [(self.id.is_some(), "--id"), (self.timestamp.is_some(), "--timestamp")];
        match of_both.into_iter().find(|(is_given, _)| *is_given && self.sign.is_none()) {
            None => Ok(()),
            Some((_, name)) => Err(Failure::Usage(format!(
                "{name} is for signed and sealed callbacks: there is no --sign, and this profile is not sealed"
            ))),
        }
    }

    /// The signer, if callbacks are to be signed.
    pub(crate) fn signer(&self) -> Result<Option<Signer>, Failure> {
        self.sign.as_deref().map(secrets::signer).transpose()
    }

    pub(crate) fn coverage(&self) -> Coverage {
        if self.allow_uncovered { Coverage::NotRequired } else { Coverage::Required }
    }

    /// What the next callback is made with: what is given, else the clock, a new id and new random bytes.
    pub(crate) fn moment(&self) -> Result<Moment, Failure> {
        Ok(Moment {
            id: self.id.clone().map_or_else(system::new_message_id, Ok)?,
            timestamp: self.timestamp.unwrap_or_else(system::now),
            random: self.random.map_or_else(|| system::random().map(|random| *random), Ok)?,
        })
    }

    /// The settings with those of a sealed callback, which others have no use for.
    pub(crate) fn apply<'o>(&'o self, options: &mut CallbackOptions<'o>, moment: &'o Moment) {
        options.random = Some(&moment.random);
        options.issued_at = Some(moment.timestamp);
        options.id = Some(&moment.id);
        options.profile_id = self.profile_id.as_deref();
        options.bare_token = self.bare_token;
    }
}

/// 32 bytes in hexadecimal.
fn random(text: &str) -> Result<[u8; 32], String> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let bytes: Option<Vec<u8>> = digits.and_then(|digits| {
        let byte = |pair: &[u32]| match pair {
            [high, low] => u8::try_from((high << 4) | low).ok(),
            _ => None,
        };
        digits.chunks(2).map(byte).collect()
    });
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| "64 hexadecimal digits are expected".to_owned())
}

/// Without random bytes of the operating system there is no sealed callback.
pub(crate) fn without_random(_: Failure) -> Error {
    Error::RandomRequired
}
