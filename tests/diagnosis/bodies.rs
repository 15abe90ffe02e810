//! Whole callbacks.

use callback_profile::Profile;
use callback_profile::diagnosis::{Cause, DiagnoseOptions, Grade};
use serde_json::json;

use super::first;

fn profile(algorithm: &str, method: &str, headers: serde_json::Value, params: serde_json::Value) -> Profile {
    let payload = json!({"title": "bodies", "http_method": method, "url": "https://example.com/?to=<to>",
        "headers": headers, "body": {"to": "<to>", "status": "<status>"},
        "enc": {"algo": algorithm, "key": "Q7mZ2xW9cV4bN8aS", "IV": "h3Kd81LpQz60RtYw", "params": params}});
    Profile::parse(payload.to_string()).unwrap()
}

#[test]
fn form_and_names_of_a_callback() {
    let form = json!({"content-type": "application/x-www-form-urlencoded"});
    let all = json!(["to", "status"]);
    let mut ran = 0;
    for algorithm in ["AES-128-GCM", "AES-128-CFB"] {
        let with_json = profile(algorithm, "POST", json!({}), all.clone());
        let with_form = profile(algorithm, "POST", form.clone(), all.clone());
        let with_query = profile(algorithm, "GET", json!({}), json!(["to"]));
        let seal = |value: &str| with_json.encryption().unwrap().cipher().encrypt(value).unwrap();
        let (to, status) = (seal("+919876543210"), seal("DELIVERED TO HANDSET"));
        let escaped = |text: &str| text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        let body = json!({"to": to, "status": status}).to_string();
        let pairs = format!("to={}&status={}", escaped(&to), escaped(&status));
        let swapped = |from: &str, to: &str| body.replace(from, to);
        for (profile, received, cause, grade) in [
            (&with_json, body.clone(), Cause::Opens, None),
            (&with_json, format!("\u{feff}{body}"), Cause::BodyForm, Some(Grade::Proved)),
            (&with_json, json!(body).to_string(), Cause::BodyForm, Some(Grade::Proved)),
            (&with_json, format!("[{body}]"), Cause::BodyForm, Some(Grade::Proved)),
            (&with_json, pairs.clone(), Cause::BodyForm, Some(Grade::Proved)),
            (&with_form, body.clone(), Cause::BodyForm, Some(Grade::Proved)),
            (&with_form, pairs.clone(), Cause::Opens, None),
            (&with_json, swapped("\"to\"", "\"To\""), Cause::ParameterRenamed, Some(Grade::Proved)),
            (&with_json, format!("{{\"data\":{body}}}"), Cause::ParameterRenamed, Some(Grade::Proved)),
            (
                &with_form,
                pairs.replace("&status", "&amp;status"),
                Cause::ParameterRenamed,
                Some(Grade::Proved),
            ),
            (&with_json, json!({"status": status}).to_string(), Cause::ParameterMissing, Some(Grade::Proved)),
            (
                &with_form,
                format!("status={}", escaped(&status)),
                Cause::ParameterMissing,
                Some(Grade::Proved),
            ),
            (&with_query, format!("https://example.com/?to={}", escaped(&to)), Cause::Opens, None),
            (&with_query, "https://example.com/".to_owned(), Cause::ParameterMissing, Some(Grade::Proved)),
            (&with_query, format!("TO={}", escaped(&to)), Cause::ParameterRenamed, Some(Grade::Proved)),
            (&with_json, swapped(&to, "+919876543210"), Cause::NotEncrypted, None),
            (
                &with_json,
                json!({"to": 919876543210_u64, "status": status}).to_string(),
                Cause::NotEncrypted,
                Some(Grade::Proved),
            ),
            (&with_json, "{\"to\": \"abc".to_owned(), Cause::BodyForm, Some(Grade::Spelling)),
        ] {
            let mut options = DiagnoseOptions::default();
            options.body = Some(received.as_bytes());
            let diagnosis = profile.diagnose(&[], &options);
            if algorithm == "AES-128-GCM" || cause != Cause::NotEncrypted || grade.is_some() {
                assert_eq!(first(&diagnosis), cause, "{algorithm} {received}: {:?}", diagnosis.findings());
                if let Some(grade) = grade {
                    assert_eq!(diagnosis.findings()[0].grade(), grade, "{received}");
                }
                ran += 1;
            }
        }
    }
    assert_eq!(ran, 35);
}

/// One cause explains all parameters, and their evidence multiplies.
#[test]
fn short_values_together_are_enough() {
    let profile = profile("AES-128-CFB", "POST", json!({}), json!(["to", "status"]));
    let cipher = profile.encryption().unwrap().cipher();
    let texts: Vec<String> =
        ["+91987", "READ", "42 EUR", "Berlin"].iter().map(|value| cipher.encrypt(value).unwrap()).collect();
    let of = |count: usize| {
        let texts: Vec<&str> = texts[..count].iter().map(String::as_str).collect();
        let diagnosis = profile.diagnose(&texts, &DiagnoseOptions::default());
        (first(&diagnosis), diagnosis.findings()[0].grade(), diagnosis.examined_bytes())
    };
    assert_eq!(of(1), (Cause::Opens, Grade::None, 6));
    assert_eq!(of(4), (Cause::Opens, Grade::Likely, 22));
}
