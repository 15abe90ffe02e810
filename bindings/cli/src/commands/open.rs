//! `cbp open`: a received callback, decrypted.

use std::path::PathBuf;

use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};
use callback_profile::{Error, Limits, OpenOptions, Opened, Parameters, Profile};
use zeroize::Zeroizing;

use crate::args::{ProfileArgs, WireArgs};
use crate::failure::{Failure, Fault};
use crate::hints;
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End};

/// Opens a received callback and prints the decrypted parameters as JSON
///
/// BODY is what a POST or PUT carried; for a GET or DELETE it is the URL or its query. Every name that the profile
/// encrypts must be there, as an encrypted string, unless --structures or --absent allows something else. A tag proves
/// little where key and IV are fixed, and CFB has none: treat the result as untrusted input.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp open --structures=contacts --details examples/profiles/encrypted-gcm.json examples/received/encrypted-gcm.json
  cbp callback examples/profiles/sms-status.json examples/records/sms-status.json | tr -d '\\r' | sed '1,/^$/d' | cbp open examples/profiles/sms-status.json -
  printf '%s' '{}' | cbp open --absent examples/profiles/sms-status.json -")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    wire: WireArgs,
    /// The received content type with its parameters, which must be of the profile's kind
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
    /// Where an object or array of encrypted strings is taken for a whole <name>: everywhere, or in these parameters
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    structures: Option<Vec<String>>,
    /// Which encrypted names may be absent or null: all, or these
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    absent: Option<Vec<String>>,
    /// Print {"values","decrypted","unknown"}: also the names of what was decrypted and of what the profile does not have
    #[arg(long)]
    details: bool,
    /// The received body; the URL or query of a GET or DELETE
    #[arg(value_name = "BODY")]
    body: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    at_most_one_stdin([args.profile.path.as_path(), &args.body])?;
    let profile = args.profile.profile(args.wire.format())?;
    let input = Input::read(&args.body, Limits::default().received_bytes)?;
    let mut options = OpenOptions::default();
    options.content_type = args.content_type.as_deref();
    options.structures = parameters(args.structures.as_deref());
    options.absent = parameters(args.absent.as_deref());
    // Neither a URL nor a form can hold a raw line break: an editor or `echo` added it.
    let received = if is_one_line(&profile) { input.without_line_break() } else { input.bytes.as_slice() };
    match profile.open_with(received, &options) {
        Ok(opened) if args.details => Ok(output::result(details(&opened).as_bytes(), End::LineBreak)?),
        Ok(opened) => Ok(output::result(opened.json(), End::LineBreak)?),
        Err(error) => {
            let hints = match (&error, profile.encryption()) {
                (Error::Parameter(_, error), Some(enc)) => hints::of_cipher(*error, enc.cipher()),
                _ => hints::of_opening(&error),
            };
            Err(Fault::from(error).on(input).with_hints(hints).into())
        }
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

fn details(opened: &Opened) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(opened.json().len().saturating_mul(2)));
    let mut object = ObjectWriter::new(&mut *out);
    object.member("values").append(opened.json());
    push_names(object.member("decrypted"), opened.decrypted());
    push_names(object.member("unknown"), opened.unknown());
    object.finish();
    out
}

fn push_names(out: &mut String, names: impl Iterator<Item = String>) {
    let mut array = ArrayWriter::new(out);
    names.for_each(|name| push_string(array.element(), &name));
    array.finish();
}

fn is_one_line(profile: &Profile) -> bool {
    let own = profile.headers().iter().find(|header| header.name().eq_ignore_ascii_case("content-type"));
    let content_type = own.map(|header| header.value()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    !profile.method().has_body() || media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
