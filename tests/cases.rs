//! The shared cases of `testdata/`, through the public interface. The expected results are in those files, not here.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test may panic

mod support;

use std::cell::RefCell;
use std::path::PathBuf;

use callback_profile::cipher::{Algorithm, Cipher, CipherError};
use callback_profile::{
    CallbackBuffer, CallbackOptions, Envelope, Error, ErrorClass, Message, MessageOptions, OpenOptions,
    Opened, Parameters, ParseOptions, Profile, Record, Report, Request, Secrets, Status, StoredProfile,
};
use serde_json::{Value, json};

use support::{
    Failed, Named, bytes, fails_or, folder, missing, options, position, profile, record_options, refused_or,
    run, same, text, wire_format,
};

#[test]
fn profiles() {
    run("profile", 831, |case| {
        let parsed = Profile::parse_with(bytes(case, "payload"), &options(case));
        let checked = Profile::check_with(bytes(case, "payload"), &options(case));
        same("check", checked.err().as_ref(), parsed.as_ref().err())?;
        refused_or(case, parsed, |profile| {
            let found: Value =
                profile.advisories().iter().map(|found| json!([found.code.name(), found.pointer])).collect();
            same("advisories", &found, &case["advisories"])?;
            if let Some(expected) = case.get("fields") {
                let fields = profile.fields().into_iter();
                let found: Value = fields.map(|found| json!([found.field, found.places])).collect();
                same("fields", &found, expected)?;
            }
            if let Some(expected) = case.get("replacers") {
                let pairs = |map: &Value| format!("{map}"); // compares the order of members, too
                let found: serde_json::Map<_, _> = profile
                    .replacers()
                    .into_iter()
                    .map(|(label, field)| (label.into(), field.into()))
                    .collect();
                same("replacers", pairs(&Value::Object(found)), pairs(expected))?;
            }
            let json = profile.to_json(Secrets::Shown);
            let mut wider = ParseOptions::default(); // the default channel is written out, which takes more room
            wider.limits.payload_bytes = usize::MAX;
            wider.limits.nodes = usize::MAX;
            let again = Profile::parse_with(&json, &wider).map(|again| again.to_json(Secrets::Shown));
            same("to_json, parsed again", again.as_deref(), Ok(json.as_str()))?;
            case.get("json")
                .map_or(Ok(()), |expected| same("json", json.as_str(), expected.as_str().unwrap()))
        })
    });
}

#[test]
fn requests() {
    run("request", 26, |case| {
        let headers: Vec<(&str, &str)> = case["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
            .collect();
        let payload = bytes(case, "payload");
        let request = Request { sid: text(case, "sid"), headers: &headers, payload: &payload };
        let checked = request.parse(&options(case));
        same("accepted", checked.is_ok(), case["violations"] == json!([]))?;
        let report = checked.err();
        let found: Value = report
            .iter()
            .flat_map(Report::violations)
            .map(|found| json!([found.context.name(), found.keyword, found.pointer, found.message]))
            .collect();
        case.get("position").map_or(Ok(()), |expected| {
            same("position", report.as_ref().and_then(position).as_ref(), Some(expected))
        })?;
        same("violations", &found, &case["violations"])
    });
}

#[test]
fn patches() {
    run("patch", 93, |case| {
        refused_or(case, profile(case)?.patch(bytes(case, "patch")), |patched| {
            if let Some(expected) = case.get("advisories") {
                let found: Value = patched
                    .advisories()
                    .iter()
                    .map(|found| json!([found.code.name(), found.pointer]))
                    .collect();
                same("advisories", &found, expected)?;
            }
            same("json", patched.to_json(Secrets::Shown).as_str(), text(case, "json"))
        })
    });
}

#[test]
fn stored_profiles() {
    run("stored", 43, |case| {
        refused_or(case, StoredProfile::parse_with(bytes(case, "stored"), &options(case)), |stored| {
            same("json", stored.profile().to_json(Secrets::Shown).as_str(), text(case, "json"))?;
            same("profile_id", stored.profile_id(), case["profile_id"].as_str())?;
            same("status", stored.status().map(Status::number).map(u64::from), case["status"].as_u64())
        })
    });
}

#[test]
fn envelopes() {
    run("envelope", 45, |case| {
        let id = case.get("profile_id").and_then(Value::as_str);
        let secrets =
            if case.get("secrets") == Some(&json!("shown")) { Secrets::Shown } else { Secrets::Masked };
        let parsed = || Profile::parse_with(bytes(case, "payload"), &options(case));
        let envelope = match text(case, "kind") {
            "created" => parsed().map(|profile| Envelope::created(&profile, id, secrets)),
            "updated" => parsed().map(|profile| Envelope::updated(&profile, id, secrets)),
            "fetched" => {
                StoredProfile::parse(bytes(case, "stored")).map(|stored| Envelope::fetched(&stored, secrets))
            }
            "listed" => {
                StoredProfile::parse_list(bytes(case, "stored")).map(|list| listed(case, list, secrets))
            }
            "not_opened" => parsed().map(|profile| {
                Envelope::not_opened(profile.open(bytes(case, "received")).expect_err(text(case, "name")))
            }),
            "deleted" => Ok(Envelope::deleted(id.unwrap())),
            "refused" => Ok(Envelope::refused(&parsed().err().ok_or("accepted")?)),
            "not_found" => Ok(Envelope::not_found(id.unwrap())),
            "parse" => Envelope::parse(bytes(case, "envelope")),
            kind => panic!("no kind {kind}"),
        };
        refused_or(case, envelope, |envelope| {
            same("envelope", envelope.to_json().as_str(), text(case, "envelope"))
        })
    });
}

/// The envelope of the profiles that are accepted; the others are refused with the case's messages.
fn listed(case: &Value, list: Vec<Result<StoredProfile, Report>>, secrets: Secrets) -> Envelope {
    let (stored, reports): (Vec<_>, Vec<_>) = list.into_iter().partition(Result::is_ok);
    let messages: Vec<_> = reports.iter().map(|item| item.as_ref().unwrap_err().message()).collect();
    assert_eq!(json!(messages), case["refused"], "{}", case["name"]);
    Envelope::listed(stored.iter().flatten(), secrets)
}

#[test]
fn messages() {
    run("message", 166, |case| {
        let (profile, record) = (profile(case)?, bytes(case, "record"));
        let mut options = MessageOptions::default();
        options.missing = missing(case);
        options.pairs = case.get("pairs").and_then(Value::as_bool).unwrap_or(false);
        let message: Result<Message, Error> = Record::parse_with(&record, &record_options(case, &profile))
            .and_then(|record| profile.message_with(&record, &options));
        fails_or(case, message, |message| {
            same("text", message.text.as_str(), text(case, "text"))?;
            same("missing_names", &json!(message.missing), &case["missing_names"])
        })
    });
}

#[test]
fn callbacks() {
    // One buffer for all cases, as a service would keep it: nothing of one callback may be left in the next.
    let buffer = RefCell::new(CallbackBuffer::default());
    run("callback", 304, |case| {
        let (profile, record) = (profile(case)?, bytes(case, "record"));
        let mut options = CallbackOptions::default();
        options.missing = missing(case);
        options.surrogates = record_options(case, &profile).surrogates;
        options.boundary = case.get("boundary").and_then(Value::as_str);
        let callback = Record::parse_with(&record, &record_options(case, &profile))
            .and_then(|record| profile.callback_with(&record, &options));
        let mut buffer = buffer.borrow_mut();
        let filled = profile.callback_into(&record, &options, &mut buffer);
        fails_or(case, filled, |()| same("callback_into", in_buffer(&buffer), expected_parts(case)))?;
        fails_or(case, callback, |callback| {
            same("method", callback.method.name(), text(case, "method"))?;
            same("url", callback.url.as_str(), text(case, "url"))?;
            same("headers", &json!(callback.headers), &case["headers"])?;
            same("body", callback.body.as_deref(), case["body"].as_str())?;
            same("missing_names", &json!(callback.missing), &case["missing_names"])?;
            let received = callback.body.as_ref().unwrap_or(&callback.url);
            let (structures, absent) = (Named::of(case, "structures"), Named::of(case, "absent"));
            let mut by_itself = OpenOptions::default();
            (by_itself.structures, by_itself.absent) = (structures.parameters(), absent.parameters());
            let mut by_its_header = by_itself;
            by_its_header.content_type = callback
                .headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
                .map(|(_, value)| value.as_str());
            for options in [by_itself, by_its_header] {
                let opened =
                    profile.open_with(received, &options).map_err(|error| format!("open: {error}"))?;
                support::opened(case, &opened)?;
            }
            Ok(())
        })
    });
}

fn expected_parts(case: &Value) -> Value {
    ["url", "headers", "body", "missing_names"].iter().map(|part| case[*part].clone()).collect()
}

fn in_buffer(buffer: &CallbackBuffer) -> Value {
    let headers: Vec<_> = buffer.headers().collect();
    json!([buffer.url(), headers, buffer.body(), buffer.missing()])
}

#[test]
fn opened() {
    run("open", 1_193, |case| {
        let profile = profile(case)?;
        let (structures, absent) = (Named::of(case, "structures"), Named::of(case, "absent"));
        let mut options = OpenOptions::default();
        options.content_type = case.get("content_type").and_then(Value::as_str);
        (options.structures, options.absent) = (structures.parameters(), absent.parameters());
        fails_or(case, profile.open_with(bytes(case, "received"), &options), |opened| {
            support::opened(case, &opened)
        })
    });
}

#[test]
fn values() {
    run("value", 122, |case| {
        let cipher = Algorithm::from_name(text(case, "algorithm"))
            .ok_or(CipherError::UnknownAlgorithm)
            .and_then(|algorithm| Cipher::new(algorithm, text(case, "key"), text(case, "iv")))
            .map(|cipher| cipher.with_wire_format(wire_format(case)))
            .map_err(Failed::cipher(ErrorClass::Argument));
        let decrypted = cipher.and_then(|cipher| {
            let decrypted = cipher.decrypt_text(text(case, "text"));
            decrypted.map(|text| (cipher, text)).map_err(Failed::cipher(ErrorClass::Decryption))
        });
        fails_or(case, decrypted, |(cipher, decrypted)| {
            let Some(plaintext) = case.get("plaintext").and_then(Value::as_str) else {
                return same("decrypted", decrypted.as_str(), text(case, "decrypted"));
            };
            same("plaintext", decrypted.as_str(), plaintext)?;
            same("text", cipher.encrypt(plaintext).as_deref(), Ok(text(case, "text")))
        })
    });
}

/// Of the one example whose values are a structure too, the receiver allows it by name.
fn open_example(name: &std::ffi::OsStr, profile: &Profile, received: &[u8]) -> Opened {
    let mut options = OpenOptions::default();
    let structures = vec!["contacts".to_owned()];
    if name == "encrypted-gcm.json" {
        let refused = profile.open(received).unwrap_err();
        assert_eq!(refused, Error::NotEncrypted(structures.clone()));
        options.structures = Parameters::Names(&structures);
    }
    profile.open_with(received, &options).unwrap_or_else(|error| panic!("{name:?}: {error}"))
}

/// Every example parses, renders without missing names, and what was received opens.
#[test]
fn examples() {
    let list = |part: &str| -> Vec<PathBuf> {
        let mut list: Vec<_> = std::fs::read_dir(folder("examples").join(part))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        list.sort();
        list
    };
    let read =
        |part: &str, name: &std::ffi::OsStr| std::fs::read(folder("examples").join(part).join(name)).unwrap();
    let profiles = list("profiles");
    assert!(profiles.len() >= 8);
    for path in &profiles {
        let name = path.file_name().unwrap();
        let profile =
            Profile::parse(read("profiles", name)).unwrap_or_else(|report| panic!("{name:?}: {report}"));
        let record = read("records", name);
        let record = Record::parse(&record).unwrap();
        let callback = profile.callback(&record).unwrap();
        let message = profile.message(&record).unwrap();
        assert_eq!((callback.missing, message.missing), (vec![], vec![]), "{name:?}");
        open_example(name, &profile, callback.body.as_ref().unwrap_or(&callback.url).as_bytes());
    }
    assert_eq!(list("records").len(), profiles.len());
    let received = list("received");
    assert!(received.len() >= 3);
    for path in &received {
        let name = PathBuf::from(path.file_stem().unwrap()).with_extension("json");
        let profile = Profile::parse(read("profiles", name.as_os_str())).unwrap();
        let opened = open_example(name.as_os_str(), &profile, &std::fs::read(path).unwrap());
        assert!(
            serde_json::from_str::<Value>(opened.json())
                .unwrap()
                .as_object()
                .is_some_and(|all| !all.is_empty())
        );
    }
    let base = Profile::parse(read("profiles", "created-response.json".as_ref())).unwrap();
    for path in list("patches") {
        base.patch(std::fs::read(&path).unwrap()).unwrap_or_else(|report| panic!("{path:?}: {report}"));
    }
}
