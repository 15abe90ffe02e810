//! Signatures of callbacks.

use std::rc::Rc;

use callback_profile::json::{ObjectWriter, Output, Value, push_string};
use callback_profile::seal::{Signature, Signer, SigningSecret, Verified, Verifier};
use callback_profile::{Coverage, Error, RequestParts};

use crate::failure::{Failure, push_strings};
use crate::reply::{Answer, Reply};
use crate::request::{Arguments, is_true, pairs, strings};
use crate::settings::Settings;
use crate::state::{Object, handle, object};

pub(super) fn call(name: &str, of: Arguments<'_>) -> Option<Answer> {
    Some(match name {
        "newSigner" => new_signer(of),
        "newVerifier" => new_verifier(of),
        #[cfg(feature = "whole")]
        "signer.sign" => sign(of),
        "signer.signCallback" => sign_callback(of),
        "verifier.verify" => verify(of),
        _ => return None,
    })
}

fn secrets(of: Arguments<'_>) -> Result<Vec<SigningSecret>, Failure> {
    let secrets: Result<_, Error> = of.strings(1)?.iter().map(|text| SigningSecret::parse(text)).collect();
    Ok(secrets?)
}

fn new_signer(of: Arguments<'_>) -> Answer {
    handle(Object::Signer(Rc::new(Signer::new(secrets(of)?)?)))
}

fn new_verifier(of: Arguments<'_>) -> Answer {
    handle(Object::Verifier(Rc::new(Verifier::new(secrets(of)?)?)))
}

fn signer_of(of: Arguments<'_>) -> Result<Rc<Signer>, Failure> {
    match object(of.number(1)?)? {
        Object::Signer(signer) => Ok(signer),
        _ => Err(Failure::internal()),
    }
}

pub(super) fn verifier_of(of: Arguments<'_>, at: usize) -> Result<Rc<Verifier>, Failure> {
    match object(of.number(at)?)? {
        Object::Verifier(verifier) => Ok(verifier),
        _ => Err(Failure::internal()),
    }
}

/// Time and tolerance of a verification.
pub(super) fn time(of: Arguments<'_>, at: usize) -> Result<(u64, u64), Failure> {
    let settings = Settings(of.get(at));
    let numbers = settings.number("now").zip(settings.number("tolerance"));
    numbers.ok_or_else(Failure::internal)
}

fn sign(of: Arguments<'_>) -> Answer {
    Ok(values(signer_of(of)?.sign(of.string(3)?, of.number(4)?, of.text(2)?)?))
}

fn sign_callback(of: Arguments<'_>) -> Answer {
    let signer = signer_of(of)?;
    let names = of.member(2, "headerNames").and_then(strings).ok_or_else(Failure::internal)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let parts = RequestParts {
        url: of.member(2, "url").and_then(Value::as_str).ok_or_else(Failure::internal)?,
        header_names: &names,
        body: of.member(2, "body").and_then(Value::as_str),
        is_sealed: of.member(2, "isSealed").is_some_and(is_true),
    };
    let coverage = if of.flag(5) { Coverage::NotRequired } else { Coverage::Required };
    Ok(values(parts.sign(&signer, of.string(3)?, of.number(4)?, coverage)?))
}

fn values(signature: Signature) -> Reply {
    let mut text = String::new();
    push_strings(&mut text, [signature.id, signature.timestamp, signature.signature]);
    Reply::Json(text)
}

fn verify(of: Arguments<'_>) -> Answer {
    let verifier = verifier_of(of, 1)?;
    let headers = of.strings(2)?;
    let (now, tolerance) = time(of, 4)?;
    let verified = verifier.verify(pairs(&headers), of.text(3)?, now, tolerance)?;
    let mut text = String::new();
    push_verified(&mut text, &verified);
    Ok(Reply::Json(text))
}

/// Id and time of a message whose signature holds.
pub(super) fn push_verified(out: &mut String, verified: &Verified) {
    let mut object = ObjectWriter::new(out);
    push_string(object.member("id"), &verified.id);
    object.member("timestamp").append(&verified.timestamp.to_string());
    object.finish();
}
