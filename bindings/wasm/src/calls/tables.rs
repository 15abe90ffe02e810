//! What needs no object: tables, verdicts, the version; and giving objects back.

use callback_profile::cipher::{Encoding, Reading, TagPlacement};
use callback_profile::json::{ObjectWriter, Output, push_string};
use callback_profile::seal::DEFAULT_TOLERANCE;
use callback_profile::{AddressVerdict, Destination, Limits, Method, Missing, Policy, Secrets, Surrogates};

use crate::failure::push_strings;
use crate::reply::{Answer, Reply};
use crate::request::Arguments;
use crate::state;

pub(super) fn call(name: &str, of: Arguments<'_>) -> Option<Answer> {
    Some(match name {
        "forget" => of.number(1).map(|number| {
            state::forget(number);
            Reply::Nothing
        }),
        #[cfg(feature = "whole")]
        "addressVerdict" => of.string(1).map(|address| match AddressVerdict::of_text(address) {
            Some(verdict) => Reply::Text(verdict.name().to_owned()),
            None => Reply::Null,
        }),
        #[cfg(feature = "whole")]
        "destination" => of.string(1).map(destination),
        "optionNames" => Ok(option_names()),
        #[cfg(feature = "whole")]
        "schemaText" => Ok(Reply::Text(callback_profile::schema())),
        #[cfg(feature = "whole")]
        "catalogueText" => Ok(Reply::Text(callback_profile::catalogue())),
        "visible" => of.string(1).map(|name| Reply::Text(callback_profile::visible(name).into_owned())),
        "version" => Ok(Reply::Text(callback_profile::VERSION.to_owned())),
        #[cfg(feature = "testing")]
        "testPanic" => test_panic(),
        _ => return None,
    })
}

#[cfg(feature = "testing")]
#[allow(clippy::panic, reason = "what the test is about")]
fn test_panic() -> Answer {
    panic!("what a test causes")
}

fn destination(url: &str) -> Reply {
    let Some(of) = Destination::of(url) else { return Reply::Null };
    let mut text = String::new();
    let mut object = ObjectWriter::new(&mut text);
    object.member("isHttps").append(if of.is_https { "true" } else { "false" });
    push_string(object.member("host"), &of.host);
    object.member("port").append(&of.port.to_string());
    push_string(object.member("authority"), &of.authority);
    push_string(object.member("target"), &of.target);
    object.finish();
    Reply::Json(text)
}

/// The names that each option has, for the checks in JavaScript.
fn option_names() -> Reply {
    let mut text = String::new();
    let mut object = ObjectWriter::new(&mut text);
    push_strings(object.member("policy"), Policy::ALL.iter().map(|value| value.name()));
    push_strings(object.member("encoding"), Encoding::ALL.iter().map(|value| value.name()));
    push_strings(object.member("tag"), TagPlacement::ALL.iter().map(|value| value.name()));
    push_strings(object.member("reading"), Reading::ALL.iter().map(|value| value.name()));
    push_strings(object.member("missing"), Missing::ALL.iter().map(|value| value.name()));
    push_strings(object.member("surrogates"), Surrogates::ALL.iter().map(|value| value.name()));
    push_strings(object.member("secrets"), Secrets::ALL.iter().map(|value| value.name()));
    push_strings(object.member("limits"), Limits::FIELDS.iter().map(|field| field.name()));
    push_strings(object.member("method"), Method::ALL.iter().map(|value| value.name()));
    object.member("defaultTolerance").append(&DEFAULT_TOLERANCE.to_string());
    object.finish();
    Reply::Json(text)
}
