//! Opening received callbacks, by a profile or a key ring, and saying why one does not open.

use std::cell::RefCell;
use std::rc::Rc;

use callback_profile::diagnosis::DiagnoseOptions;
use callback_profile::json::{ObjectWriter, Output, Value, push_string};
use callback_profile::{KeyRing, Opened, OpenedByKey, Profile, ReceivedRequest};

use super::signing::{push_verified, time, verifier_of};
use crate::calls::profile::flag;
use crate::failure::{Failure, push_strings};
use crate::reply::{Answer, Reply};
use crate::request::{Arguments, pairs, strings};
use crate::settings::Settings;
use crate::state::{Object, handle, object, profile_of};

pub(super) fn call(name: &str, of: Arguments<'_>) -> Option<Answer> {
    Some(match name {
        "profile.isJsonBody" => is_json_body(of),
        "profile.open" => opened(of).map(|opened| Reply::Text(opened.into_json())),
        "profile.openDetails" => opened(of).map(|opened| json(|out| push_details(out, &opened))),
        #[cfg(feature = "whole")]
        "profile.receive" => receive(of),
        "diagnose" => diagnose(of),
        #[cfg(feature = "whole")]
        "newKeyRing" => new_ring(of),
        #[cfg(feature = "whole")]
        "ring.add" => add(of),
        #[cfg(feature = "whole")]
        "ring.remove" => remove(of),
        #[cfg(feature = "whole")]
        "ring.ids" => ring_of(of).map(|ring| json(|out| push_strings(out, ring.borrow().ids()))),
        #[cfg(feature = "whole")]
        "ring.open" => open_by_key(of),
        #[cfg(feature = "whole")]
        "ring.receive" => receive_by_key(of),
        _ => return None,
    })
}

fn json(write: impl FnOnce(&mut String)) -> Reply {
    let mut text = String::new();
    write(&mut text);
    Reply::Json(text)
}

fn is_json_body(of: Arguments<'_>) -> Answer {
    Ok(flag(profile_of(of, 1)?.is_json_body(of.optional_string(2))))
}

fn opened(of: Arguments<'_>) -> Result<Opened, Failure> {
    let settings = Settings(of.get(3));
    let names = settings.names();
    Ok(profile_of(of, 1)?.open_with(of.text(2)?, &settings.for_open(&names)?)?)
}

/// Calls `work` with the request of this argument: `{headers, target, body}`.
fn with_request<T>(
    of: Arguments<'_>,
    at: usize,
    work: impl FnOnce(&ReceivedRequest<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let headers = of.member(at, "headers").and_then(strings).ok_or_else(Failure::internal)?;
    let target = of.member(at, "target").and_then(Value::as_str).ok_or_else(Failure::internal)?;
    let body = of.member(at, "body").and_then(|value| of.of(value)).ok_or_else(Failure::internal)?;
    work(&ReceivedRequest { headers: &pairs(&headers), target, body })
}

fn receive(of: Arguments<'_>) -> Answer {
    let (profile, verifier, (now, tolerance)) = (profile_of(of, 1)?, verifier_of(of, 2)?, time(of, 4)?);
    let settings = Settings(of.get(5));
    let names = settings.names();
    let options = settings.for_open(&names)?;
    with_request(of, 3, |request| {
        let received = profile.receive(&verifier, request, now, tolerance, &options)?;
        Ok(json(|out| {
            let mut object = ObjectWriter::new(out);
            push_verified(object.member("verified"), &received.verified);
            push_details(object.member("details"), &received.opened);
            object.finish();
        }))
    })
}

fn diagnose(of: Arguments<'_>) -> Answer {
    let profile = profile_of(of, 1)?;
    let texts = of.strings(2)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let also = of.get(4).into_iter().flat_map(Value::elements).map(|value| {
        match object(value.as_u64().ok_or_else(Failure::internal)?)? {
            Object::Profile(profile) => Ok(profile),
            _ => Err(Failure::internal()),
        }
    });
    let also: Vec<Rc<Profile>> = also.collect::<Result<_, Failure>>()?;
    let also: Vec<&Profile> = also.iter().map(|profile| &**profile).collect();
    let settings = Settings(of.get(5));
    let expected = of.member(5, "expect").and_then(strings).unwrap_or_default();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    let mut options = DiagnoseOptions::default();
    options.expected = &expected;
    options.also = &also;
    options.parameter = settings.text("parameter");
    options.body = of.optional_text(3)?;
    options.content_type = settings.text("contentType");
    options.show = settings.flag("show");
    options.sealed = settings.expected("sealed")?;
    Ok(Reply::Text(profile.diagnose(&texts, &options).to_json()))
}

fn ring_of(of: Arguments<'_>) -> Result<Rc<RefCell<KeyRing>>, Failure> {
    match object(of.number(1)?)? {
        Object::Ring(ring) => Ok(ring),
        _ => Err(Failure::internal()),
    }
}

fn new_ring(of: Arguments<'_>) -> Answer {
    let name = of.string(2)?;
    let mut ring = if of.flag(1) { KeyRing::by_header(name) } else { KeyRing::by_query(name) };
    ring.try_in_turn(of.flag(3));
    ring.refuse_v1(of.flag(4));
    handle(Object::Ring(Rc::new(RefCell::new(ring))))
}

fn add(of: Arguments<'_>) -> Answer {
    ring_of(of)?.borrow_mut().add(of.string(2)?, (*profile_of(of, 3)?).clone())?;
    Ok(Reply::Nothing)
}

fn remove(of: Arguments<'_>) -> Answer {
    match ring_of(of)?.borrow_mut().remove(of.string(2)?) {
        Some(profile) => handle(Object::Profile(Rc::new(profile))),
        None => Ok(Reply::Null),
    }
}

fn open_by_key(of: Arguments<'_>) -> Answer {
    let ring = ring_of(of)?;
    let settings = Settings(of.get(3));
    let names = settings.names();
    let options = settings.for_open(&names)?;
    with_request(of, 2, |request| {
        let opened = ring.borrow().open(request, &options)?;
        Ok(json(|out| push_opened_by_key(out, &opened)))
    })
}

fn receive_by_key(of: Arguments<'_>) -> Answer {
    let (ring, verifier, (now, tolerance)) = (ring_of(of)?, verifier_of(of, 2)?, time(of, 4)?);
    let settings = Settings(of.get(5));
    let names = settings.names();
    let options = settings.for_open(&names)?;
    with_request(of, 3, |request| {
        let received = ring.borrow().receive(&verifier, request, now, tolerance, &options)?;
        Ok(json(|out| {
            let mut object = ObjectWriter::new(out);
            push_verified(object.member("verified"), &received.verified);
            push_opened_by_key(object.member("opened"), &received.opened);
            object.finish();
        }))
    })
}

fn push_opened_by_key(out: &mut String, opened: &OpenedByKey) {
    let mut object = ObjectWriter::new(out);
    push_string(object.member("id"), &opened.id);
    object.member("version").append(&opened.version.to_string());
    object.member("inTurn").append(if opened.in_turn { "true" } else { "false" });
    push_details(object.member("details"), &opened.opened);
    object.finish();
}

/// An opened callback.
fn push_details(out: &mut String, opened: &Opened) {
    let mut object = ObjectWriter::new(out);
    push_string(object.member("values"), opened.json());
    push_strings(object.member("decrypted"), opened.decrypted());
    push_strings(object.member("unknown"), opened.unknown());
    push_strings(
        object.member("failed"),
        opened.failed().iter().flat_map(|failed| [failed.name.as_str(), failed.code.name()]),
    );
    if let Some(message) = opened.sealed() {
        let mut sealed = ObjectWriter::new(object.member("sealed"));
        push_string(sealed.member("kid"), &message.kid);
        push_string(sealed.member("id"), &message.id);
        sealed.member("issuedAt").append(&message.issued_at.to_string());
        if let Some(id) = &message.profile_id {
            push_string(sealed.member("profileId"), id);
        }
        sealed.finish();
    }
    object.finish();
}
