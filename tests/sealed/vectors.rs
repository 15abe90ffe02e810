//! `testdata/sealed.json` and `signature.json`, made by programs that have none of our code; and, where SEALED_MADE names a
//! file, callbacks that strangers made with fresh keys.

use callback_profile::diagnosis::{Cause, DiagnoseOptions};
use callback_profile::seal::{Expected, Freshness, Signer, SigningSecret, Verifier};
use callback_profile::{CallbackOptions, ErrorCode, Method, OpenOptions, Profile, Record};
use serde_json::{Value, json};

use super::support::{Checked, Named, cases, run_list, same, text};

fn list(file: &str, array: &str) -> Vec<Value> {
    cases(file)[array].as_array().unwrap().clone()
}

fn hex32(case: &Value, name: &str) -> [u8; 32] {
    let digits = text(case, name);
    std::array::from_fn(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap())
}

fn expected(case: &Value) -> Expected<'_> {
    let expected = &case["expected"];
    let number = |name: &str| expected[name].as_u64();
    let freshness = match number("now").zip(number("tolerance")) {
        None => Freshness::NotChecked,
        Some((now, tolerance)) => Freshness::Within { now, tolerance },
    };
    assert_eq!(freshness == Freshness::NotChecked, expected["not_checked"] == true);
    Expected {
        freshness,
        method: expected["method"].as_str().map(|name| Method::from_name(name).unwrap()),
        url: expected["url"].as_str(),
        profile_id: expected["profile_id"].as_str(),
    }
}

#[test]
fn callbacks_are_sealed_to_the_byte() {
    run_list(
        "sealed-seal",
        123,
        &list("sealed", "seal"),
        |_| false,
        |case| {
            let profile = Profile::parse(text(case, "profile")).map_err(|report| report.to_string())?;
            let random = hex32(case, "random");
            let mut options = CallbackOptions::default();
            options.random = Some(&random);
            options.issued_at = case["issued_at"].as_u64();
            options.id = case["id"].as_str();
            options.profile_id = case["profile_id"].as_str();
            options.boundary = case["boundary"].as_str();
            options.bare_token = case["bare"] == true;
            let record = Record::parse(text(case, "record")).map_err(|error| error.to_string())?;
            let made = profile.callback_with(&record, &options).map_err(|error| error.to_string())?;
            let found = json!({"method": made.method.name(), "url": made.url, "headers": made.headers, "body": made.body});
            same("callback", &found, &case["callback"])
        },
    );
}

/// What diagnosis says of a broken rule.
fn causes(rule: &str) -> &'static [Cause] {
    match rule {
        "repeated" => &[Cause::SealedCarrier],
        "malformed" => &[Cause::SealedToken, Cause::SealedCarrier, Cause::SealedHeader],
        "header" => &[Cause::SealedHeader],
        "kid" => &[Cause::SealedKeyId],
        "key" => &[Cause::SealedKey],
        "claims" | "duplicate" | "unknown" | "iat" | "jti" => &[Cause::SealedClaims],
        "freshness" => &[Cause::SealedTime],
        // A claim that is no text at all is a matter of the claims.
        "htm" => &[Cause::SealedMethod, Cause::SealedClaims],
        "htu" => &[Cause::SealedUrl, Cause::SealedClaims],
        "pid" => &[Cause::SealedProfile, Cause::SealedClaims],
        "copy" => &[Cause::SealedCopy],
        "template" => &[Cause::SealedParameters],
        _ => &[],
    }
}

fn opens(case: &Value) -> Checked {
    let profile = Profile::parse(text(case, "profile")).map_err(|report| report.to_string())?;
    let settings = &case["options"];
    let (structures, absent) = (Named::of(settings, "structures"), Named::of(settings, "absent"));
    let mut options = OpenOptions::default();
    options.content_type = case["content_type"].as_str();
    options.structures = structures.parameters();
    options.absent = absent.parameters();
    options.expected = Some(expected(case));
    let received = text(case, "received");
    let opened = profile.open_with(received, &options);
    if let Some(code) = case["error"].as_str() {
        let found = opened.as_ref().map_err(|error| error.code()).map(|opened| opened.json());
        same("error", found, Err(ErrorCode::from_name(code).unwrap()))?;
        let mut options = DiagnoseOptions::default();
        options.body = Some(received.as_bytes());
        options.content_type = case["content_type"].as_str();
        options.sealed = Some(expected(case));
        let cause = profile.diagnose(&[], &options).findings()[0].cause();
        let expected = causes(text(case, "rule"));
        return if expected.contains(&cause) {
            Ok(())
        } else {
            Err(format!("{cause} instead of {expected:?}"))
        };
    }
    let opened = opened.map_err(|error| error.to_string())?;
    same("values", opened.json(), text(case, "values"))?;
    let message = opened.sealed().unwrap();
    same("id", message.id.as_str(), text(case, "id"))?;
    same("issued_at", Some(message.issued_at), case["issued_at"].as_u64())?;
    match case.get("unknown") {
        Some(unknown) => same("unknown", &json!(opened.unknown().collect::<Vec<_>>()), unknown),
        None => Ok(()),
    }
}

#[test]
fn received_callbacks_open_or_are_refused_for_their_rule() {
    let is_refused = |case: &Value| case.get("error").is_some();
    run_list("sealed-open", 505, &list("sealed", "open"), is_refused, opens);
}

/// `make sealed-stock` makes them.
#[test]
fn what_strangers_make_opens() {
    let Ok(path) = std::env::var("SEALED_MADE") else { return };
    let made: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    run_list("sealed-made", 98, made.as_array().unwrap(), |_| false, opens);
}

#[test]
fn signing_secrets_have_one_spelling() {
    let is_refused = |case: &Value| case["valid"] == false;
    run_list("signature-secrets", 34, &list("signature", "secrets"), is_refused, |case| {
        same("valid", SigningSecret::parse(text(case, "text")).is_ok(), case["valid"].as_bool().unwrap())
    });
}

fn secrets(case: &Value) -> Vec<SigningSecret> {
    let texts = case["secrets"].as_array().unwrap().iter();
    texts.map(|text| SigningSecret::parse(text.as_str().unwrap()).unwrap()).collect()
}

#[test]
fn messages_are_signed_to_the_byte() {
    run_list(
        "signature-sign",
        20,
        &list("signature", "sign"),
        |_| false,
        |case| {
            let signer = Signer::new(secrets(case)).map_err(|error| error.to_string())?;
            let (id, timestamp) = (text(case, "id"), case["timestamp"].as_u64().unwrap());
            let signature = signer
                .sign(id, timestamp, text(case, "body").as_bytes())
                .map_err(|error| error.to_string())?;
            let found: serde_json::Map<String, Value> = signature
                .headers()
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect();
            same("headers", &Value::Object(found), &case["headers"])
        },
    );
}

#[test]
fn signatures_are_verified_or_refused() {
    let is_refused = |case: &Value| case.get("error").is_some();
    run_list("signature-verify", 129, &list("signature", "verify"), is_refused, |case| {
        let verifier = Verifier::new(secrets(case)).map_err(|error| error.to_string())?;
        let headers = case["headers"].as_array().unwrap().iter();
        let headers = headers.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()));
        let number = |name: &str| case[name].as_u64().unwrap();
        let body = text(case, "body").as_bytes();
        let verified = verifier.verify(headers, body, number("now"), number("tolerance"));
        match case["error"].as_str() {
            Some(code) => same(
                "error",
                verified.map_err(|error| error.code()),
                Err(ErrorCode::from_name(code).unwrap()),
            ),
            None => {
                let verified = verified.map_err(|error| error.to_string())?;
                same(
                    "verified",
                    &json!({"id": verified.id, "timestamp": verified.timestamp}),
                    &case["verified"],
                )
            }
        }
    });
}
