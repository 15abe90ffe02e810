//! `Profile::diff`: what changed, with secrets masked, and what it means for receivers.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test may panic

use callback_profile::{Change, ChangeEffect, Profile, Secrets};
use serde_json::{Value, json};

const OLD: &str = r#"{"title": "old", "http_method": "POST", "url": "https://user:word@example.com/a?q=<q>",
    "body": {"to": "<to>", "fixed": "CanaryConstant", "list": ["<a>", 1], "gone": "<gone>"},
    "headers": {"X-Token": "CanaryHeader", "X-Gone": "CanaryGone"},
    "enc": {"algo": "AES-128-GCM", "key": "CanaryKey8aZ3qR7", "IV": "CanaryIVm5tW9xE2", "params": ["to"]}}"#;

fn profile(text: &str) -> Profile {
    Profile::parse(text).unwrap()
}

/// The old profile with members replaced; null takes one away.
fn changed(members: Value) -> Profile {
    let mut payload: Value = serde_json::from_str(OLD).unwrap();
    for (name, value) in members.as_object().unwrap() {
        match value {
            Value::Null => drop(payload.as_object_mut().unwrap().remove(name)),
            value => payload[name] = value.clone(),
        }
    }
    profile(&payload.to_string())
}

fn shown(changes: &[Change]) -> Vec<(&str, Option<&str>, Option<&str>, &str)> {
    changes
        .iter()
        .map(|change| {
            (change.pointer.as_str(), change.before.as_deref(), change.after.as_deref(), change.effect.name())
        })
        .collect()
}

fn enc(algo: &str, key: &str, iv: &str, params: Value) -> Value {
    let mut enc = json!({"algo": algo, "key": key, "IV": iv});
    if !params.is_null() {
        enc["params"] = params;
    }
    json!({ "enc": enc })
}

#[test]
fn every_member_is_compared_and_secrets_are_masked() {
    const KEY: &str = "CanaryKey8aZ3qR7";
    const IV: &str = "CanaryIVm5tW9xE2";
    const MASK: Option<&str> = Some("\"********\"");
    let gcm = "AES-128-GCM";
    let whole = r#"{"algo":"AES-128-GCM","key":"********","IV":"********","params":["to"]}"#;
    type Row = (&'static str, Option<&'static str>, Option<&'static str>, &'static str);
    let cases: Vec<(Value, Vec<Row>)> = vec![
        (json!({}), vec![]),
        (json!({"title": "new"}), vec![("/title", Some("\"old\""), Some("\"new\""), "nothing")]),
        (json!({"http_method": "PUT"}), vec![("/http_method", Some("\"POST\""), Some("\"PUT\""), "method")]),
        (
            json!({"url": "https://user:other@example.com/a?q=<q>"}),
            vec![(
                "/url",
                Some("\"https://********@example.com/a?q=<q>\""),
                Some("\"https://********@example.com/a?q=<q>\""),
                "destination",
            )],
        ),
        (
            json!({"url": "https://user:word@example.com/a?q=<q>&r=<r>"}),
            vec![(
                "/url",
                Some("\"https://********@example.com/a?q=<q>\""),
                Some("\"https://********@example.com/a?q=<q>&r=<r>\""),
                "parameter",
            )],
        ),
        (
            json!({"body": {"to": "<phone>", "fixed": "CanaryOther", "list": ["<a>", 2, {"b": ["x<y>", true]}], "new": null}}),
            vec![
                ("/body/to", Some("\"<to>\""), Some("\"<phone>\""), "parameter"),
                ("/body/fixed", MASK, MASK, "parameter"),
                ("/body/list/1", MASK, MASK, "parameter"),
                ("/body/list/2", None, Some(r#"{"b":["x<y>","********"]}"#), "parameter"),
                ("/body/gone", Some("\"<gone>\""), None, "parameter"),
                ("/body/new", None, Some("null"), "parameter"),
            ],
        ),
        (json!({"response_message": "Hi"}), vec![("/response_message", None, Some("\"Hi\""), "message")]),
        (
            json!({"headers": {"x-token": "CanaryHeader", "X-New": "CanaryNew", "Content-Type": "multipart/form-data"}}),
            vec![
                ("/headers/X-Gone", MASK, None, "header"),
                ("/headers/Content-Type", None, Some("\"multipart/form-data\""), "format"),
                ("/headers/X-New", None, MASK, "header"),
            ],
        ),
        (json!({"enc": null}), vec![("/enc", Some(whole), None, "readable")]),
        (
            enc("AES-192-GCM", "CanaryKey8aZ3qR712345678", "CanaryIVm5tW9xE3", json!(["to"])),
            vec![
                ("/enc/algo", Some("\"AES-128-GCM\""), Some("\"AES-192-GCM\""), "key"),
                ("/enc/key", MASK, MASK, "key"),
                ("/enc/IV", MASK, MASK, "key"),
            ],
        ),
        (enc(gcm, KEY, IV, Value::Null), vec![("/enc/params", Some("[\"to\"]"), None, "encrypted")]),
        (
            enc(gcm, KEY, IV, json!(["gone", "fixed"])),
            vec![
                ("/enc/params", Some("\"to\""), None, "readable"),
                ("/enc/params", None, Some("\"gone\""), "encrypted"),
                ("/enc/params", None, Some("\"fixed\""), "encrypted"),
            ],
        ),
        (
            json!({"channel": "sms", "events": ["SMS-sent"]}),
            vec![
                ("/channel", Some("\"Default - No Channel Selected\""), Some("\"sms\""), "occasion"),
                ("/events", None, Some("[\"SMS-sent\"]"), "occasion"),
            ],
        ),
    ];
    let old = profile(OLD);
    for (members, rows) in &cases {
        let new = changed(members.clone());
        let changes = old.diff(&new);
        assert_eq!(shown(&changes), *rows, "{members}");
        let text = format!("{changes:?}{:?}", shown(&changes));
        assert!(!text.contains("Canary") && !text.contains("word@"), "{text}");
        // The other way round: as many, before and after exchanged.
        let back = new.diff(&old);
        assert_eq!(back.len(), changes.len(), "{members}");
        for change in &changes {
            let same = |other: &&Change| other.pointer == change.pointer && other.before == change.after;
            assert!(back.iter().any(|other| same(&other)), "{members}: {change:?}");
        }
        // Shown on request.
        let whole = old.diff_with(&new, Secrets::Shown);
        assert_eq!(whole.len(), changes.len());
        assert!(whole.iter().all(|change| !format!("{change:?}").contains("Canary")));
        assert!(whole.iter().all(|change| change.before != change.after), "{members}");
    }
    assert_eq!(cases.len(), 13);
}

#[test]
fn without_encryption_and_with_another_list_the_effects_turn_round() {
    let (old, new) = (changed(json!({"enc": null})), profile(OLD));
    assert_eq!(old.diff(&new)[0].effect, ChangeEffect::Encrypted);
    let all = changed(enc("AES-128-GCM", "CanaryKey8aZ3qR7", "CanaryIVm5tW9xE2", Value::Null));
    assert_eq!(all.diff(&new)[0].effect, ChangeEffect::Readable);
    assert!(format!("{:?}", all.diff(&new)[0]).starts_with("Change { pointer: "));
    // A body that is not sent means nothing.
    let get = |body: &str| {
        profile(&format!(
            r#"{{"title": "get", "http_method": "GET", "url": "https://e.com/", "body": {{"a": "{body}"}}}}"#
        ))
    };
    let changes = get("<a>").diff(&get("<b>"));
    assert_eq!((changes.len(), changes[0].effect), (1, ChangeEffect::Nothing));
    // One that the other profile sends does.
    let post =
        profile(r#"{"title": "get", "http_method": "POST", "url": "https://e.com/", "body": {"a": "<b>"}}"#);
    for changes in [get("<a>").diff(&post), post.diff(&get("<a>"))] {
        let of_body = changes.iter().find(|change| change.pointer == "/body/a").unwrap();
        assert_eq!(of_body.effect, ChangeEffect::Parameter);
    }
    for effect in ChangeEffect::ALL {
        assert!(effect.text().contains(' '), "a sentence");
    }
}

/// Only members of two objects and elements of two arrays are compared one by one: what becomes another kind of value is one
/// change.
#[test]
fn a_value_of_another_kind_is_one_change() {
    let with = |value: Value| changed(json!({"body": {"x": value}}));
    let values = [json!({"a": "<a>"}), json!(["<a>"]), json!("<a>"), json!(null), json!({}), json!([])];
    let mut ran = 0;
    for before in &values {
        for after in values.iter().filter(|after| *after != before) {
            let (old, new) = (with(before.clone()), with(after.clone()));
            let changes = old.diff(&new);
            let is_one_kind =
                before.is_object() && after.is_object() || before.is_array() && after.is_array();
            if !is_one_kind {
                let (before, after) = (before.to_string(), after.to_string());
                let whole = ("/body/x", Some(before.as_str()), Some(after.as_str()), "parameter");
                assert_eq!(shown(&changes), [whole]);
            } else {
                assert_eq!((changes.len(), changes[0].pointer.len()), (1, "/body/x/a".len()));
            }
            ran += 1;
        }
    }
    assert_eq!(ran, 30);
}
