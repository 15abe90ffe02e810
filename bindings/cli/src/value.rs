//! `cbp encrypt` and `cbp decrypt`: one value, with the key and IV of a profile.

use std::ffi::OsString;
use std::path::Path;

use callback_profile::cipher::{Algorithm, CipherError, Encoding, TagPlacement};
use callback_profile::{Encryption, Error, Limits, Profile};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::input::{self, Input};
use crate::output::{self, End};
use crate::settings::{ProfileArgs, WireArgs};

/// Encrypts one value with the profile's key and IV and prints its text
///
/// A value from standard input is taken byte for byte: echo's line break is part of it, printf leaves none.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp encrypt examples/profiles/sms-status.json +919876543210
  printf '%s' DELIVERED | cbp encrypt --encoding hex examples/profiles/sms-status.json")]
pub(crate) struct EncryptArgs {
    #[command(flatten)]
    common: CommonArgs,
}

/// Decrypts one text with the profile's key and IV and prints its value
///
/// The value's bytes are exact: no line break is added but on a terminal. One line break at the end of standard input
/// is not part of the text. A tag proves little where key and IV are fixed, and CFB has none.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp encrypt examples/profiles/sms-status.json John | cbp decrypt examples/profiles/sms-status.json
  printf '%s' John | cbp encrypt --tag prepended examples/profiles/sms-status.json | cbp decrypt --tag prepended examples/profiles/sms-status.json -")]
pub(crate) struct DecryptArgs {
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(clap::Args)]
struct CommonArgs {
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    wire: WireArgs,
    /// The value; - or nothing is standard input. Write -- before a value that begins with a dash
    #[arg(value_name = "VALUE", allow_negative_numbers = true)]
    value: Option<OsString>,
}

pub(crate) fn encrypt(args: &EncryptArgs) -> Result<(), Failure> {
    let args = &args.common;
    let (_, profile) = args.read_profile()?;
    let enc = encryption(&profile)?;
    let value = args.read_value()?;
    let text = enc.cipher().encrypt(&value.bytes).map_err(|error| Failure::of(error.into()))?;
    output::result(text, End::LineBreak)
}

pub(crate) fn decrypt(args: &DecryptArgs) -> Result<(), Failure> {
    let args = &args.common;
    let (input, profile) = args.read_profile()?;
    let enc = encryption(&profile)?;
    let value = args.read_value()?;
    // An argument is what it is; a line break at the end of a stream is echo's.
    let text = if args.reads_stdin() { value.without_line_break() } else { &value.bytes };
    match enc.cipher().decrypt_text(text) {
        Ok(plaintext) => output::result(Zeroizing::new(plaintext).as_bytes(), End::Exact),
        Err(error) => {
            let error = Error::from(error);
            let mut list = args.settings_that_open(&input, text);
            // Where a tag vouches for the settings that were found, nothing else needs a look. CFB can read by chance.
            if list.is_empty() || !enc.algorithm().is_gcm() {
                list.extend(hints(&error, Some(enc.algorithm())));
            }
            Err(Failure::Error { error, input: None, hints: list })
        }
    }
}

impl CommonArgs {
    /// The profile's text, which other settings may parse again, and the profile.
    fn read_profile(&self) -> Result<(Input, Profile), Failure> {
        let value = Path::new(self.value.as_deref().unwrap_or("-".as_ref()));
        input::at_most_one_stdin([&self.profile.path, value])?;
        let input = Input::read_profile(&self.profile.path)?;
        match input.profile(&self.profile.options(self.wire.format())) {
            Ok(profile) => Ok((input, profile)),
            Err(report) => Err(Failure::Refused { input, report }),
        }
    }

    fn reads_stdin(&self) -> bool {
        self.value.as_ref().is_none_or(|value| value == "-")
    }

    /// The value from the argument or standard input.
    fn read_value(&self) -> Result<Input, Failure> {
        let limit = Limits::default().received_bytes;
        let value = match &self.value {
            Some(value) if !self.reads_stdin() => {
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
            return Err(Failure::on(value, Error::TooLong(limit)));
        }
        Ok(value)
    }

    /// Tries the other spellings of the wire format: telling which one opens a text gives no secret away.
    fn settings_that_open(&self, profile: &Input, text: &[u8]) -> Vec<String> {
        let format = self.wire.format();
        let mut found = Vec::new();
        for (encoding, tag) in
            Encoding::ALL.iter().flat_map(|e| TagPlacement::ALL.iter().map(move |t| (*e, *t)))
        {
            let other = format.with_encoding(encoding).with_tag(tag);
            let Ok(profile) = profile.profile(&self.profile.options(other)) else { continue };
            let Some(enc) = profile.encryption() else { continue };
            let is_new = enc.algorithm().is_gcm() || tag == format.tag;
            if other != format && is_new && enc.cipher().decrypt_text(text).is_ok() {
                let (encoding, tag) = (encoding.name(), tag.name());
                found.push(format!("it can be read with --encoding {encoding} --tag {tag}"));
                break;
            }
        }
        found
    }
}

fn encryption(profile: &Profile) -> Result<&Encryption, Failure> {
    let without = || Failure::Usage("the profile has no enc member, so it has no key".to_owned());
    profile.encryption().ok_or_else(without)
}

/// What support staff should look at when a text does not open. No secret, and no word on what the text says.
pub(crate) fn hints(error: &Error, algorithm: Option<Algorithm>) -> Vec<String> {
    let (Error::Cipher(error) | Error::Parameter(_, error)) = error else { return Vec::new() };
    let keys = "key and IV must be those that the sender used: has the profile been changed since?";
    let encoding = "the sender may write another alphabet: --encoding base64, base64url or hex";
    let strict = "blanks for +, the other base64 alphabet or missing padding need --reading tolerant";
    let tag = "the sender may put the tag first: --tag prepended";
    let changed = "the text may have been cut or changed on its way: compare its length with the sender's";
    let algorithm_name =
        "the algorithm must be the sender's: AES-128, AES-192 and AES-256, GCM and CFB differ";
    let feedback =
        "the sender may use CFB8 (8-bit feedback); the platform's CFB is CFB128, as OpenSSL's aes-*-cfb";
    let plain = "the value may not be encrypted at all";
    let list: &[&str] = match error {
        CipherError::InvalidEncoding => &[encoding, strict, plain],
        CipherError::AuthFailed => &[keys, tag, encoding, algorithm_name, changed],
        CipherError::NotUtf8 if algorithm.is_some_and(Algorithm::is_gcm) => &[encoding],
        CipherError::NotUtf8 => &[keys, feedback, encoding, algorithm_name, plain],
        _ => &[],
    };
    list.iter().map(|hint| (*hint).to_owned()).collect()
}
