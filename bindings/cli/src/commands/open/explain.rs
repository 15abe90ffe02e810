//! Why a callback does not open: the option that helps, or what a diagnosis finds.

use callback_profile::diagnosis::{Cause, DiagnoseOptions};
use callback_profile::{Error, OpenOptions, Parameters, Profile};

use crate::failure::Fault;

/// The failure with the option that helps, if one does, else with what the diagnosis of the whole callback found; the
/// diagnosis `whole` if that was asked for.
pub(super) fn explained(
    profile: &Profile,
    sent: &[u8],
    options: &OpenOptions<'_>,
    error: Error,
    whole: bool,
) -> Fault {
    match hint(profile, sent, options, &error) {
        Some(hint) if !whole => return Fault::from(error).with_hints(vec![hint.to_owned()]),
        _ => {}
    }
    let is_about_texts = matches!(
        error,
        Error::UnsupportedContentType { .. }
            | Error::NotEncrypted(_)
            | Error::MissingParameters(_)
            | Error::Parameter(..)
            | Error::Sealed
    );
    if !is_about_texts {
        return error.into();
    }
    let mut asked = DiagnoseOptions::default();
    (asked.body, asked.content_type, asked.sealed) = (Some(sent), options.content_type, options.expected);
    let diagnosis = profile.diagnose(&[], &asked);
    // A structure that the caller does not allow opens in a diagnosis, which allows all: that explains nothing.
    if diagnosis.findings().iter().any(|finding| finding.cause() == Cause::Opens) {
        return error.into();
    }
    Fault::from(error).explained(&diagnosis, whole)
}

/// The option under which the callback opens, if one was tried and helped.
fn hint(profile: &Profile, sent: &[u8], options: &OpenOptions<'_>, error: &Error) -> Option<&'static str> {
    let opens = |structures, absent| {
        let mut other = *options;
        (other.structures, other.absent) = (structures, absent);
        profile.open_with(sent, &other).is_ok()
    };
    match error {
        Error::NotEncrypted(_) if opens(Parameters::All, options.absent) => {
            Some("an object or array of encrypted strings is there, which --structures=NAME allows")
        }
        Error::MissingParameters(_) if opens(options.structures, Parameters::All) => {
            Some("a name is absent or null, which --absent=NAME allows")
        }
        // It opens without the signature, whose id alone is compared beside.
        Error::Sealed if opens(options.structures, options.absent) => {
            Some("the id of the signature is not that of the sealed callback")
        }
        _ => None,
    }
}
