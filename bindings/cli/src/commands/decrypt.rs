//! `cbp decrypt`: one text, with the key and IV of a profile.

use callback_profile::ErrorClass;
use callback_profile::diagnosis::DiagnoseOptions;
use callback_profile::json::{ObjectWriter, push_string};
use zeroize::Zeroizing;

use crate::args::{ValueArgs, encryption};
use crate::failure::{Failure, Fault};
use crate::output::{self, End};

/// Decrypts one text with the profile's key and IV and prints the bytes of its value
///
/// The bytes are exact: no line break is added except on a terminal. One line break at the end of standard input is not
/// part of the text. A tag proves little where key and IV are fixed, and CFB has none: there a wrong key gives other
/// bytes and no error, unless --text asks for UTF-8.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp encrypt examples/profiles/sms-status.json John |
    cbp decrypt examples/profiles/sms-status.json
  cbp encrypt --tag prepended examples/profiles/sms-status.json John |
    cbp decrypt --tag prepended examples/profiles/sms-status.json -")]
pub(crate) struct Args {
    #[command(flatten)]
    value: ValueArgs,
    /// Require the value to be text: UTF-8
    #[arg(long)]
    text: bool,
    /// Explain at once why a text does not open, as cbp diagnose does
    #[arg(long)]
    explain: bool,
    /// Print {"text": VALUE}, which is text; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let profile = args.value.read_profile()?;
    let enc = encryption(&profile)?;
    let value = args.value.read_value(ErrorClass::Decryption)?;
    // An argument is taken as it is; on standard input `echo` adds a line break.
    let text = if args.value.is_stdin() { value.without_line_break() } else { &value.bytes };
    let opened = if args.text || args.json {
        let opened = enc.cipher().decrypt_text(text).map(Zeroizing::new);
        opened.map(|text| if args.json { as_json(&text) } else { Zeroizing::new(text.as_bytes().to_vec()) })
    } else {
        enc.cipher().decrypt(text).map(Zeroizing::new)
    };
    let end = if args.json { End::LineBreak } else { End::Exact };
    match opened {
        Ok(bytes) => Ok(output::result(&*bytes, end)?),
        Err(error) => {
            // A text that is not UTF-8 shows U+FFFD where it is not, which is a finding of its own.
            let text = String::from_utf8_lossy(text);
            let diagnosis = profile.diagnose(&[&text], &DiagnoseOptions::default());
            Err(Fault::decrypting(error).explained(&diagnosis, args.explain).into())
        }
    }
}

/// `{"text": VALUE}`. There is room for every character escaped, so that no copy is left behind.
fn as_json(text: &str) -> Zeroizing<Vec<u8>> {
    let room = text.len().saturating_mul(6).saturating_add(16);
    let mut json = Zeroizing::new(Vec::with_capacity(room));
    let mut object = ObjectWriter::new(&mut *json);
    push_string(object.member("text"), text);
    object.finish();
    json
}
