//! What the owner of the key learns of a sealed callback that does not open.

use callback_profile::diagnosis::{Cause, DiagnoseOptions, Grade};
use callback_profile::seal::{Expected, Freshness};
use callback_profile::{Method, Profile};

use super::{KEY, NOW, POST, callback, expected, sealed, with_enc};

fn cause(profile: &Profile, body: &str, expected: Expected<'_>) -> Cause {
    let mut options = DiagnoseOptions::default();
    options.body = Some(body.as_bytes());
    options.sealed = Some(expected);
    options.show = true;
    let diagnosis = profile.diagnose(&[], &options);
    let [finding] = diagnosis.findings() else { panic!("one finding") };
    assert_eq!((finding.grade(), finding.value()), (Grade::Proved, None), "no plaintext");
    let text = diagnosis.to_json();
    assert!(!text.contains("+919876543210") && !text.contains(KEY), "{text}");
    finding.cause()
}

#[test]
fn each_rule_has_a_cause() {
    let profile = sealed(POST);
    let body = callback(&profile, r#"{"to": "+919876543210"}"#).body.unwrap();
    let token = body.split('"').nth(3).unwrap();
    let other_kid = with_enc(POST, &format!(r#"{{"version": 2, "kid": "k2", "key": "{KEY}"}}"#));
    let other_key = with_enc(
        POST,
        &format!(r#"{{"version": 2, "kid": "k1", "key": "{}"}}"#, KEY.replace("AAEC", "AQEC")),
    );
    let more = sealed(&POST.replace("\"state\"", "\"more\": 1, \"state\""));
    let parts: Vec<&str> = token.split('.').collect();
    let header = format!("e30..{}.{}.{}", parts[2], parts[3], parts[4]);
    let old = Freshness::Within { now: NOW + 301, tolerance: 300 };
    for (profile, body, expected, cause_expected) in [
        (&profile, body.clone(), expected(), Cause::Opens),
        (&profile, "{}".into(), expected(), Cause::SealedCarrier),
        (&profile, body.replace(token, "a.b"), expected(), Cause::SealedToken),
        (&profile, body.replace(token, &header), expected(), Cause::SealedHeader),
        (&other_kid, body.clone(), expected(), Cause::SealedKeyId),
        (&other_key, body.clone(), expected(), Cause::SealedKey),
        (&profile, body.clone(), Expected { freshness: old, ..expected() }, Cause::SealedTime),
        (&profile, body.clone(), Expected { method: Some(Method::Put), ..expected() }, Cause::SealedMethod),
        (
            &profile,
            body.clone(),
            Expected { url: Some("https://example.com/"), ..expected() },
            Cause::SealedUrl,
        ),
        (&profile, body.clone(), Expected { profile_id: Some("p1"), ..expected() }, Cause::SealedProfile),
        (&profile, body.replace('{', r#"{"to":"x","#), expected(), Cause::SealedCopy),
        (&more, body.clone(), expected(), Cause::SealedParameters),
    ] {
        assert_eq!(cause(profile, &body, expected), cause_expected, "{body}");
    }
    let diagnosis = other_kid.diagnose(&[token], &DiagnoseOptions::default());
    assert!(diagnosis.findings()[0].detail().contains("it says k1, the profile has k2"));
    assert_eq!(profile.diagnose(&[token], &DiagnoseOptions::default()).findings()[0].cause(), Cause::Opens);
    assert_eq!(profile.diagnose(&[], &DiagnoseOptions::default()).findings()[0].cause(), Cause::Unknown);
}
