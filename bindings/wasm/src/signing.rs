//! Signatures of callbacks, and receiving with one.

use std::rc::Rc;

use callback_profile::seal::{Signature, Signer, SigningSecret, Verifier};
use callback_profile::{Coverage, Error, ReceivedRequest, RequestParts};

use crate::answer::{Answer, Failure, object};
use crate::arguments::{Arguments, Settings, call};
use crate::details;
use crate::objects::{self, Object};
use crate::profile::{pairs, with};
use crate::settings::Opening;

/// Makes a signer of secrets.
#[unsafe(no_mangle)]
pub extern "C" fn new_signer() -> i32 {
    call(|arguments, _| Ok(Object::Signer(Rc::new(Signer::new(secrets(arguments)?)?)).answer()))
}

/// Makes a verifier of secrets.
#[unsafe(no_mangle)]
pub extern "C" fn new_verifier() -> i32 {
    call(|arguments, _| Ok(Object::Verifier(Rc::new(Verifier::new(secrets(arguments)?)?)).answer()))
}

fn secrets(arguments: &mut Arguments<'_>) -> Result<Vec<SigningSecret>, Failure> {
    let parsed: Result<Vec<SigningSecret>, Error> =
        arguments.texts()?.into_iter().map(SigningSecret::parse).collect();
    Ok(parsed?)
}

/// Id, timestamp and signatures of a body.
#[unsafe(no_mangle)]
pub extern "C" fn signer_sign(signer: u32) -> i32 {
    call(|arguments, settings| {
        let (body, id) = (arguments.bytes()?, arguments.text()?);
        Ok(values(objects::signer(signer)?.sign(id, timestamp(settings)?, body)?))
    })
}

/// The same of a callback: its id, URL, body and the names of its headers. The settings say whether it has a body and is sealed.
#[unsafe(no_mangle)]
pub extern "C" fn signer_sign_callback(signer: u32) -> i32 {
    call(|arguments, settings| {
        let (id, url, body) = (arguments.text()?, arguments.text()?, arguments.text()?);
        let header_names = arguments.texts()?;
        let parts = RequestParts {
            url,
            header_names: &header_names,
            body: settings.flag("hasBody").then_some(body),
            is_sealed: settings.flag("isSealed"),
        };
        let coverage = if settings.flag("uncovered") { Coverage::NotRequired } else { Coverage::Required };
        Ok(values(parts.sign(&*objects::signer(signer)?, id, timestamp(settings)?, coverage)?))
    })
}

fn timestamp(settings: &Settings<'_>) -> Result<u64, Failure> {
    settings.number("timestamp").ok_or_else(Failure::internal)
}

fn values(signature: Signature) -> Answer {
    Answer::Texts([signature.id, signature.timestamp, signature.signature].map(String::into_bytes).into())
}

/// Checks the signature of a message: of its body, then names and values of the headers.
#[unsafe(no_mangle)]
pub extern "C" fn verifier_verify(verifier: u32) -> i32 {
    call(|arguments, settings| {
        let (now, tolerance) = settings.time()?;
        let (body, headers) = (arguments.bytes()?, arguments.texts()?);
        let verified = objects::verifier(verifier)?.verify(pairs(&headers), body, now, tolerance)?;
        Ok(Answer::text(object(|object| details::push_verified(object, &verified))))
    })
}

/// Verifies, then opens: the values, then what is known about them.
#[unsafe(no_mangle)]
pub extern "C" fn profile_receive(profile: u32, verifier: u32) -> i32 {
    with(profile, |profile, arguments, settings| {
        let (now, tolerance) = settings.time()?;
        let opening = Opening::of(settings);
        let options = settings.for_open(&opening)?;
        let verifier = objects::verifier(verifier)?;
        let received = with_request(arguments, |request| {
            Ok(profile.receive(&verifier, request, now, tolerance, &options)?)
        })?;
        let rest = object(|object| {
            details::push_verified(object, &received.verified);
            details::push(object, &received.opened);
        });
        Ok(Answer::Texts(vec![received.opened.into_json().into_bytes(), rest.into_bytes()]))
    })
}

/// Calls `work` with a received request: its body, its target, then names and values of its headers.
pub(crate) fn with_request<T>(
    arguments: &mut Arguments<'_>,
    work: impl FnOnce(&ReceivedRequest<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (body, target, headers) = (arguments.bytes()?, arguments.text()?, arguments.texts()?);
    let headers: Vec<(&str, &str)> = pairs(&headers).collect();
    work(&ReceivedRequest { headers: &headers, target, body })
}
