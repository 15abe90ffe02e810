//! What needs no object: the schema, the catalogue of codes, the version, and how names from outside are shown.

use callback_profile::cipher::{Encoding, Reading, TagPlacement};
use callback_profile::seal::DEFAULT_TOLERANCE;
use callback_profile::{Limits, Method, Missing, Policy, Secrets, Surrogates};

use crate::answer::{Answer, object, push_number, push_strings};
use crate::arguments::call;

/// The JSON Schema of a payload, as text.
#[unsafe(no_mangle)]
pub extern "C" fn schema_text() -> i32 {
    call(|_, _| Ok(Answer::text(callback_profile::schema())))
}

/// The catalogue of codes, as text.
#[unsafe(no_mangle)]
pub extern "C" fn catalogue_text() -> i32 {
    call(|_, _| Ok(Answer::text(callback_profile::catalogue())))
}

/// A name from outside as messages show it.
#[unsafe(no_mangle)]
pub extern "C" fn visible() -> i32 {
    call(|arguments, _| Ok(Answer::text(callback_profile::visible(arguments.text()?).into_owned())))
}

/// The version of the library.
#[unsafe(no_mangle)]
pub extern "C" fn version() -> i32 {
    call(|_, _| Ok(Answer::text(callback_profile::VERSION)))
}

/// The names that each option has, for the checks in JavaScript.
#[unsafe(no_mangle)]
pub extern "C" fn option_names() -> i32 {
    call(|_, _| {
        Ok(Answer::text(object(|object| {
            push_strings(object.member("policy"), Policy::ALL.iter().map(|value| value.name()));
            push_strings(object.member("encoding"), Encoding::ALL.iter().map(|value| value.name()));
            push_strings(object.member("tag"), TagPlacement::ALL.iter().map(|value| value.name()));
            push_strings(object.member("reading"), Reading::ALL.iter().map(|value| value.name()));
            push_strings(object.member("missing"), Missing::ALL.iter().map(|value| value.name()));
            push_strings(object.member("surrogates"), Surrogates::ALL.iter().map(|value| value.name()));
            push_strings(object.member("secrets"), Secrets::ALL.iter().map(|value| value.name()));
            push_strings(object.member("limits"), Limits::FIELDS.iter().map(|field| field.name()));
            push_strings(object.member("method"), Method::ALL.iter().map(|value| value.name()));
            push_number(object.member("defaultTolerance"), DEFAULT_TOLERANCE);
        })))
    })
}
