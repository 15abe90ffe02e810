//! Calls on profiles.

use callback_profile::json::{ArrayWriter, push_string};
use callback_profile::{Opened, Profile, Record, Request};

use crate::answer::{self, Answer, Failure, object, push_strings, strings};
use crate::arguments::{Arguments, Settings, call};
use crate::details;
use crate::objects::{self, Object};
use crate::settings::Opening;

/// Parses a payload.
#[unsafe(no_mangle)]
pub extern "C" fn parse_profile() -> i32 {
    call(|arguments, settings| {
        Ok(Object::from(Profile::parse_with(arguments.bytes()?, &settings.for_parse()?)?).answer())
    })
}

/// Validates a payload and makes no profile.
#[unsafe(no_mangle)]
pub extern "C" fn check_profile() -> i32 {
    call(|arguments, settings| {
        Profile::check_with(arguments.bytes()?, &settings.for_parse()?)?;
        Ok(Answer::nothing())
    })
}

/// Validates sid, payload and headers (names and values alternate), and makes the profile.
#[unsafe(no_mangle)]
pub extern "C" fn parse_request() -> i32 {
    call(|arguments, settings| {
        let (sid, payload, headers) = (arguments.text()?, arguments.bytes()?, arguments.texts()?);
        let headers: Vec<(&str, &str)> = pairs(&headers).collect();
        let profile = Request { sid, headers: &headers, payload }.parse(&settings.for_parse()?)?;
        Ok(Object::from(profile).answer())
    })
}

/// The parts of the profile.
#[unsafe(no_mangle)]
pub extern "C" fn profile_describe(profile: u32) -> i32 {
    with(profile, |profile, _, _| Ok(Answer::text(description(profile))))
}

/// The profile as the text of a create payload.
#[unsafe(no_mangle)]
pub extern "C" fn profile_to_json(profile: u32) -> i32 {
    with(profile, |profile, _, settings| Ok(Answer::text(profile.to_json(settings.secrets()?))))
}

/// A new profile with the patch applied.
#[unsafe(no_mangle)]
pub extern "C" fn profile_patch(profile: u32) -> i32 {
    with(profile, |profile, arguments, _| Ok(Object::from(profile.patch(arguments.bytes()?)?).answer()))
}

/// The chatbot's answer, filled from the record; then the names that the record lacks.
#[unsafe(no_mangle)]
pub extern "C" fn profile_message(profile: u32) -> i32 {
    with(profile, |profile, arguments, settings| {
        let record = Record::parse_with(arguments.bytes()?, &settings.for_record(profile)?)?;
        let message = profile.message_with(&record, &settings.for_message()?)?;
        Ok(Answer::Texts(vec![message.text.into_bytes(), strings(&message.missing).into_bytes()]))
    })
}

/// Whether its callbacks are sealed.
#[unsafe(no_mangle)]
pub extern "C" fn profile_is_sealed(profile: u32) -> i32 {
    with(profile, |profile, _, _| Ok(Answer::flag(profile.sealed_encryption().is_some())))
}

/// The fields that it reads from a record.
#[unsafe(no_mangle)]
pub extern "C" fn profile_fields(profile: u32) -> i32 {
    with(profile, |profile, _, _| {
        let mut text = String::new();
        let mut fields = ArrayWriter::new(&mut text);
        for field in profile.fields() {
            fields.element().push_str(&object(|object| {
                push_string(object.member("field"), &field.field);
                push_strings(object.member("places"), &field.places);
            }));
        }
        fields.finish();
        Ok(Answer::text(text))
    })
}

/// Whether a received body of this content type is JSON, so that its text can be made again of a parsed value.
#[unsafe(no_mangle)]
pub extern "C" fn profile_is_json_body(profile: u32) -> i32 {
    with(profile, |profile, _, settings| Ok(Answer::flag(profile.is_json_body(settings.text("contentType")))))
}

/// The parameters of a received callback, as JSON text.
#[unsafe(no_mangle)]
pub extern "C" fn profile_open(profile: u32) -> i32 {
    with(profile, |profile, arguments, settings| {
        Ok(Answer::text(open(profile, arguments, settings)?.into_json()))
    })
}

/// The same, with what was decrypted and what the profile does not know.
#[unsafe(no_mangle)]
pub extern "C" fn profile_open_details(profile: u32) -> i32 {
    with(profile, |profile, arguments, settings| {
        let opened = open(profile, arguments, settings)?;
        let rest = object(|object| details::push(object, &opened));
        Ok(Answer::Texts(vec![opened.into_json().into_bytes(), rest.into_bytes()]))
    })
}

fn open(
    profile: &Profile,
    arguments: &mut Arguments<'_>,
    settings: &Settings<'_>,
) -> Result<Opened, Failure> {
    let opening = Opening::of(settings);
    Ok(profile.open_with(arguments.bytes()?, &settings.for_open(&opening)?)?)
}

/// Answers a call on a profile.
pub(crate) fn with(
    profile: u32,
    work: impl FnOnce(&Profile, &mut Arguments<'_>, &Settings<'_>) -> Result<Answer, Failure>,
) -> i32 {
    call(|arguments, settings| work(objects::profile(profile)?.get()?, arguments, settings))
}

/// Names and values that alternate.
pub(crate) fn pairs<'t>(texts: &[&'t str]) -> impl Iterator<Item = (&'t str, &'t str)> {
    let (pairs, rest) = texts.as_chunks::<2>();
    debug_assert!(rest.is_empty(), "bindings/node/lib/arguments.cjs gives a value for every name");
    pairs.iter().map(|[name, value]| (*name, *value))
}

fn description(profile: &Profile) -> String {
    object(|object| {
        let mut text = |name, text: Option<&str>| {
            if let Some(text) = text {
                push_string(object.member(name), text);
            }
        };
        text("title", Some(profile.title()));
        text("method", Some(profile.method().name()));
        text("url", Some(profile.url()));
        text("urlWithoutCredentials", Some(&profile.url_without_credentials()));
        text("constantUrl", profile.constant_url());
        text("body", profile.body());
        text("responseMessage", profile.response_message());
        text("channel", Some(profile.channel().name()));
        text("algorithm", profile.encryption().map(|enc| enc.algorithm().name()));
        text("kid", profile.sealed_encryption().map(|sealed| sealed.kid()));
        let encrypted = match profile.sealed_encryption() {
            Some(sealed) => sealed.encrypted_params(),
            None => profile.encryption().and_then(|enc| enc.encrypted_params()),
        };
        for (name, list) in [("events", profile.events()), ("encryptedParams", encrypted)] {
            if let Some(list) = list {
                push_strings(object.member(name), list);
            }
        }
        push_pairs(
            object.member("headers"),
            profile.headers().iter().map(|header| (header.name(), header.value())),
        );
        push_pairs(object.member("replacers"), profile.replacers());
        let mut advisories = ArrayWriter::new(object.member("advisories"));
        for advisory in profile.advisories() {
            advisories.element().push_str(&answer::object(|object| {
                push_string(object.member("code"), advisory.code.name());
                push_string(object.member("pointer"), &advisory.pointer);
                push_string(object.member("message"), advisory.message());
            }));
        }
        advisories.finish();
    })
}

fn push_pairs<'p>(out: &mut String, pairs: impl IntoIterator<Item = (&'p str, &'p str)>) {
    let mut array = ArrayWriter::new(out);
    pairs.into_iter().for_each(|(name, value)| push_strings(array.element(), [name, value]));
    array.finish();
}
