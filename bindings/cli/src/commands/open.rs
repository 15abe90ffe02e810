//! `cbp open`: a received callback, decrypted.

use std::path::PathBuf;

use callback_profile::{Error, Limits, OpenOptions, Profile};

use crate::args::{ProfileArgs, WireArgs};
use crate::failure::{Failure, Fault};
use crate::hints;
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, End};

/// Opens a received callback and prints the decrypted parameters as JSON
///
/// BODY is what a POST or PUT carried; for a GET or DELETE it is the URL or its query. A tag proves little where key
/// and IV are fixed, and CFB has none: treat the result as untrusted input.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp callback examples/profiles/sms-status.json examples/records/sms-status.json | tr -d '\\r' | sed '1,/^$/d' | cbp open examples/profiles/sms-status.json -
  printf 'to=%s' \"$(cbp encrypt examples/profiles/sms-status.json John)\" | cbp open --content-type application/x-www-form-urlencoded examples/profiles/sms-status.json -")]
pub(crate) struct Args {
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    wire: WireArgs,
    /// The received content type with its parameters; the profile's own if not given
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
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
    // Neither a URL nor a form can hold a raw line break: an editor or `echo` added it.
    let received = if is_one_line(&profile, options.content_type) {
        input.without_line_break()
    } else {
        input.bytes.as_slice()
    };
    match profile.open_with(received, &options) {
        Ok(opened) => Ok(output::result(opened.json(), End::LineBreak)?),
        Err(error) => {
            let hints = match (&error, profile.encryption()) {
                (Error::Parameter(_, error), Some(_)) => hints::of(*error),
                _ => Vec::new(),
            };
            Err(Fault::from(error).on(input).with_hints(hints).into())
        }
    }
}

fn is_one_line(profile: &Profile, content_type: Option<&str>) -> bool {
    let own = profile.headers().iter().find(|header| header.name().eq_ignore_ascii_case("content-type"));
    let content_type = content_type.or(own.map(|header| header.value())).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    !profile.method().has_body() || media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
