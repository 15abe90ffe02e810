//! Making profiles, asking them, and making messages and callbacks with them.

use std::rc::Rc;

use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};
use callback_profile::{CallbackBuffer, Profile, Record, Request};

use crate::failure::{Failure, push_strings};
use crate::reply::{Answer, Reply};
use crate::request::{Arguments, pairs};
use crate::settings::{Settings, secrets};
use crate::state::{Object, handle, profile_of};

pub(super) fn call(name: &str, of: Arguments<'_>) -> Option<Answer> {
    Some(match name {
        "parseProfile" => parse(of),
        #[cfg(feature = "whole")]
        "checkProfile" => check(of),
        #[cfg(feature = "whole")]
        "parseRequest" => parse_request(of),
        "profile.describe" => profile_of(of, 1).map(|profile| describe(&profile)),
        #[cfg(feature = "whole")]
        "profile.toJson" => to_json(of),
        "profile.patch" => patch(of),
        "profile.message" => message(of),
        "profile.isSealed" => profile_of(of, 1).map(|profile| flag(profile.sealed_encryption().is_some())),
        "profile.hasBody" => profile_of(of, 1).map(|profile| flag(profile.method().has_body())),
        "profile.fields" => profile_of(of, 1).map(|profile| fields(&profile)),
        "callback" => callback(of),
        _ => return None,
    })
}

/// `true` or `false`.
pub(super) fn flag(is_true: bool) -> Reply {
    Reply::Json(is_true.to_string())
}

fn keep(profile: Profile) -> Answer {
    handle(Object::Profile(Rc::new(profile)))
}

fn parse(of: Arguments<'_>) -> Answer {
    keep(Profile::parse_with(of.text(1)?, &Settings(of.get(2)).for_parse()?)?)
}

fn check(of: Arguments<'_>) -> Answer {
    Profile::check_with(of.text(1)?, &Settings(of.get(2)).for_parse()?)?;
    Ok(Reply::Nothing)
}

fn parse_request(of: Arguments<'_>) -> Answer {
    let options = Settings(of.get(4)).for_parse()?;
    let headers = of.strings(2)?;
    let request = Request { sid: of.string(1)?, headers: &pairs(&headers), payload: of.text(3)? };
    keep(request.parse(&options)?)
}

fn to_json(of: Arguments<'_>) -> Answer {
    Ok(Reply::Text(profile_of(of, 1)?.to_json(secrets(of.optional_string(2))?)))
}

fn patch(of: Arguments<'_>) -> Answer {
    keep(profile_of(of, 1)?.patch(of.text(2)?)?)
}

fn message(of: Arguments<'_>) -> Answer {
    let (profile, settings) = (profile_of(of, 1)?, Settings(of.get(3)));
    let record = Record::parse_with(of.text(2)?, &settings.for_record(&profile)?)?;
    let message = profile.message_with(&record, &settings.for_message()?)?;
    let mut text = String::new();
    let mut object = ObjectWriter::new(&mut text);
    push_string(object.member("text"), &message.text);
    push_strings(object.member("missing"), &message.missing);
    object.finish();
    Ok(Reply::Json(text))
}

fn callback(of: Arguments<'_>) -> Answer {
    let profile = profile_of(of, 1)?;
    let mut options = Settings(of.get(3)).for_callback()?;
    let sealing = of.get(4).map(|value| Settings(Some(value)));
    let random = sealing.map(Settings::random).transpose()?;
    if let Some(sealing) = sealing {
        sealing.apply_sealing(&mut options);
        options.random = random.as_ref();
    }
    let mut made = CallbackBuffer::default();
    profile.callback_into(of.text(2)?, &options, &mut made)?;
    let method = made.method().ok_or_else(Failure::internal)?;
    let mut text = String::with_capacity(made.body().map_or(0, str::len).saturating_mul(2));
    let mut object = ObjectWriter::new(&mut text);
    push_string(object.member("method"), method.name());
    push_string(object.member("url"), made.url());
    push_strings(object.member("headers"), made.headers().flat_map(|(name, value)| [name, value]));
    if let Some(body) = made.body() {
        push_string(object.member("body"), body);
    }
    push_strings(object.member("missing"), made.missing());
    object.finish();
    Ok(Reply::Json(text))
}

fn fields(profile: &Profile) -> Reply {
    let mut text = String::new();
    let mut list = ArrayWriter::new(&mut text);
    for field in profile.fields() {
        let mut one = ObjectWriter::new(list.element());
        push_string(one.member("field"), &field.field);
        push_strings(one.member("places"), &field.places);
        one.finish();
    }
    list.finish();
    Reply::Json(text)
}

/// The parts of a profile; never a key or an IV.
fn describe(profile: &Profile) -> Reply {
    let mut text = String::new();
    let mut object = ObjectWriter::new(&mut text);
    push_string(object.member("title"), profile.title());
    push_string(object.member("method"), profile.method().name());
    push_string(object.member("url"), profile.url());
    push_string(object.member("urlWithoutCredentials"), &profile.url_without_credentials());
    let mut optional = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            push_string(object.member(name), value);
        }
    };
    optional("constantUrl", profile.constant_url());
    optional("body", profile.body());
    optional("responseMessage", profile.response_message());
    optional("algorithm", profile.encryption().map(|enc| enc.algorithm().name()));
    optional("kid", profile.sealed_encryption().map(|sealed| sealed.kid()));
    push_pairs(
        object.member("headers"),
        profile.headers().iter().map(|header| (header.name(), header.value())),
    );
    push_string(object.member("channel"), profile.channel().name());
    if let Some(events) = profile.events() {
        push_strings(object.member("events"), events);
    }
    let encrypted = match profile.sealed_encryption() {
        Some(sealed) => sealed.encrypted_params(),
        None => profile.encryption().and_then(|enc| enc.encrypted_params()),
    };
    if let Some(names) = encrypted {
        push_strings(object.member("encryptedParams"), names);
    }
    let mut list = ArrayWriter::new(object.member("advisories"));
    for advisory in profile.advisories() {
        let mut one = ObjectWriter::new(list.element());
        push_string(one.member("code"), advisory.code.name());
        push_string(one.member("pointer"), &advisory.pointer);
        push_string(one.member("message"), advisory.message());
        one.finish();
    }
    list.finish();
    push_pairs(object.member("replacers"), profile.replacers());
    object.finish();
    Reply::Json(text)
}

fn push_pairs<'p>(out: &mut impl Output, pairs: impl IntoIterator<Item = (&'p str, &'p str)>) {
    let mut list = ArrayWriter::new(out);
    for (name, value) in pairs {
        let mut pair = ArrayWriter::new(list.element());
        push_string(pair.element(), name);
        push_string(pair.element(), value);
        pair.finish();
    }
    list.finish();
}
