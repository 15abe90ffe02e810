//! Sealed callbacks: what was sealed is opened, and nothing else.

use callback_profile::seal::{Expected, Freshness};
use callback_profile::{CallbackOptions, Error, Method, OpenOptions, Profile, Record};

const KEY: &str = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

fn profile(method: &str, body: &str, query: &str, params: &str) -> Profile {
    let payload = format!(
        r#"{{"title": "sealed", "http_method": "{method}", "url": "https://Example.com/cb{query}", {body}
        "enc": {{"version": 2, "kid": "k1", "key": "{KEY}"{params}}}}}"#
    );
    Profile::parse(payload).unwrap()
}

fn options<'o>(random: &'o [u8; 32]) -> CallbackOptions<'o> {
    let mut options = CallbackOptions::default();
    options.random = Some(random);
    options.issued_at = Some(1_800_000_000);
    options.id = Some("msg_1");
    options.profile_id = Some("p1");
    options
}

fn expected() -> Expected<'static> {
    Expected {
        freshness: Freshness::Within { now: 1_800_000_100, tolerance: 300 },
        method: None,
        url: Some("https://example.com/cb"),
        profile_id: Some("p1"),
    }
}

#[test]
fn round_trips() {
    let record = Record::parse(r#"{"a": "+91", "n": 5, "deep": "x"}"#).unwrap();
    for (method, body, query, params) in [
        ("POST", r#""body": {"to": "<a>", "n": "<n>", "k": true, "o": {"p": "<deep>"}},"#, "?c=1&q=<a>", ""),
        (
            "POST",
            r#""body": {"to": "<a>", "n": "<n>", "k": true, "o": {"p": "<deep>", "r": 1}},"#,
            "?c=1&q=<a>",
            r#", "params": ["to", "o.p"]"#,
        ),
        (
            "PUT",
            r#""body": {"to": "<a>", "n": "<n>"}, "headers": {"content-type": "application/x-www-form-urlencoded"},"#,
            "",
            "",
        ),
        (
            "POST",
            r#""body": {"to": "<a>", "n": "<n>"}, "headers": {"content-type": "multipart/form-data"},"#,
            "?x",
            r#", "params": "to""#,
        ),
        ("GET", "", "?to=<a>&c=%C3%A9", ""),
        ("DELETE", "", "?to=<a>&c=1&n=<n>", r#", "params": ["to"]"#),
    ] {
        let profile = profile(method, body, query, params);
        let random = [7; 32];
        let callback = profile.callback_with(&record, &options(&random)).unwrap();
        println!("{} {}\n{:?}\n", callback.url, callback.body.as_deref().unwrap_or("-"), callback.headers);
        let mut open = OpenOptions::default();
        open.expected = Some(expected());
        let content_type =
            callback.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        open.content_type = content_type.map(|(_, value)| value.as_str());
        let received = callback.body.as_deref().unwrap_or(&callback.url);
        let opened = profile.open_with(received, &open).unwrap();
        println!("{} {:?} {:?}\n", opened.json(), opened.decrypted().collect::<Vec<_>>(), opened.sealed());
        let mut other = expected();
        other.method = Some(if method == "POST" { Method::Put } else { Method::Post });
        open.expected = Some(other);
        assert_eq!(profile.open_with(received, &open), Err(Error::Sealed));
    }
}
#[test]
fn schema_is_json() {
    let _: serde_json::Value = serde_json::from_str(&callback_profile::schema()).unwrap();
}
