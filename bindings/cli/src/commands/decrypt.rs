//! `cbp decrypt`: one text, with the key and IV of a profile.

use callback_profile::ErrorClass;
use callback_profile::cipher::{Encoding, TagPlacement};
use callback_profile::json::{ObjectWriter, push_string};
use zeroize::Zeroizing;

use crate::args::{ValueArgs, encryption};
use crate::failure::{Failure, Fault};
use crate::hints;
use crate::input::Input;
use crate::output::{self, End};

/// Decrypts one text with the profile's key and IV and prints the bytes of its value
///
/// The bytes are exact: no line break is added except on a terminal. One line break at the end of standard input is not
/// part of the text. A tag proves little where key and IV are fixed, and CFB has none: there a wrong key gives other
/// bytes and no error, unless --text asks for UTF-8.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp encrypt examples/profiles/sms-status.json John | cbp decrypt examples/profiles/sms-status.json
  printf '%s' John | cbp encrypt --tag prepended examples/profiles/sms-status.json | cbp decrypt --tag prepended examples/profiles/sms-status.json -")]
pub(crate) struct Args {
    #[command(flatten)]
    value: ValueArgs,
    /// Require the value to be text: UTF-8
    #[arg(long)]
    text: bool,
    /// Print {"text": VALUE}, which is text; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let (profile_text, profile) = args.value.read_profile()?;
    let enc = encryption(&profile)?;
    let value = args.value.read_value(ErrorClass::Decryption)?;
    // An argument is taken as it is; on standard input `echo` adds a line break.
    let text = if args.value.is_stdin() { value.without_line_break() } else { &value.bytes };
    let opened = if args.text || args.json {
        enc.cipher().decrypt_text(text).map(String::into_bytes)
    } else {
        enc.cipher().decrypt(text)
    };
    match opened.map(Zeroizing::new) {
        Ok(bytes) if args.json => {
            let text = str::from_utf8(&bytes).unwrap_or_default(); // it was checked
            let mut json =
                Zeroizing::new(String::with_capacity(bytes.len().saturating_mul(6).saturating_add(16)));
            let mut object = ObjectWriter::new(&mut *json);
            push_string(object.member("text"), text);
            object.finish();
            Ok(output::result(json.as_bytes(), End::LineBreak)?)
        }
        Ok(bytes) => Ok(output::result(&*bytes, End::Exact)?),
        Err(error) => {
            let mut list = Vec::from_iter(settings_that_open(&args.value, &profile_text, text));
            // A tag confirms the settings that were found. Under CFB they can be found by chance, so the rest counts too.
            if list.is_empty() || !enc.algorithm().is_gcm() {
                list.extend(hints::of_cipher(error, enc.cipher()));
            }
            Err(Fault::decrypting(error).with_hints(list).into())
        }
    }
}

/// Another encoding or tag placement that decrypts the text. Naming it reveals nothing secret.
fn settings_that_open(args: &ValueArgs, profile: &Input, text: &[u8]) -> Option<String> {
    let format = args.wire_format();
    let all = Encoding::ALL.iter().flat_map(|e| TagPlacement::ALL.iter().map(move |t| (*e, *t)));
    for (encoding, tag) in all {
        let other = format.with_encoding(encoding).with_tag(tag);
        let Ok(profile) = args.profile.parse(profile, other) else { continue };
        let Some(enc) = profile.encryption() else { continue };
        // CFB has no tag, so another placement changes nothing.
        let differs = other != format && (enc.algorithm().is_gcm() || tag == format.tag);
        if differs && enc.cipher().decrypt_text(text).is_ok() {
            let (encoding, tag) = (encoding.name(), tag.name());
            return Some(format!("it can be read with --encoding {encoding} --tag {tag}"));
        }
    }
    None
}
