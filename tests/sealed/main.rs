//! Sealed callbacks, signatures and key rings, through the public interface.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    clippy::panic
)] // a test may panic

mod diagnosis;
mod documents;
mod key_ring;
mod laws;
mod opening;
mod signing;
#[path = "../support/mod.rs"]
mod support;
mod vectors;

use callback_profile::seal::{Expected, Freshness};
use callback_profile::{Callback, CallbackOptions, Error, OpenOptions, Opened, Profile, Record};

const KEY: &str = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const RANDOM: [u8; 32] = [7; 32];
const NOW: u64 = 1_800_000_000;

/// A sealed profile of these members.
fn sealed(members: &str) -> Profile {
    with_enc(members, &format!(r#"{{"version": 2, "kid": "k1", "key": "{KEY}"}}"#))
}

fn with_enc(members: &str, enc: &str) -> Profile {
    Profile::parse(format!(r#"{{"title": "sealed", {members}, "enc": {enc}}}"#)).unwrap()
}

const POST: &str =
    r#""http_method": "POST", "url": "https://example.com/cb", "body": {"to": "<to>", "state": "sent"}"#;
const GET: &str = r#""http_method": "GET", "url": "https://example.com/cb?to=<to>&state=sent""#;

fn callback_options() -> CallbackOptions<'static> {
    let mut options = CallbackOptions::default();
    options.random = Some(&RANDOM);
    options.issued_at = Some(NOW);
    options.id = Some("msg_1");
    options
}

fn callback(profile: &Profile, record: &str) -> Callback {
    profile.callback_with(&Record::parse(record).unwrap(), &callback_options()).unwrap()
}

fn expected() -> Expected<'static> {
    Expected {
        freshness: Freshness::Within { now: NOW, tolerance: 300 },
        method: None,
        url: Some("https://example.com/cb"),
        profile_id: None,
    }
}

fn open(profile: &Profile, received: &str) -> Result<Opened, Error> {
    open_as(profile, received, None, expected())
}

fn open_as(
    profile: &Profile,
    received: &str,
    content_type: Option<&str>,
    expected: Expected<'_>,
) -> Result<Opened, Error> {
    let mut options = OpenOptions::default();
    options.content_type = content_type;
    options.expected = Some(expected);
    profile.open_with(received, &options)
}

/// What a receiver gets of a callback: its body, or its URL.
fn received(callback: &Callback) -> &str {
    callback.body.as_deref().unwrap_or(&callback.url)
}
