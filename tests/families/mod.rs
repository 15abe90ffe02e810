//! Adversarial families: each makes an input of about a given size for one piece of the library's work.
//!
//! `tests/bounds.rs` holds their memory and their stack to a bound, `tests/long/bounds` the growth of their time. A family
//! says what it attacks by its name, and what the library must say to it when no limit is in the way.

mod callbacks;
mod opening;
mod payloads;
mod received;
mod text;

use callback_profile::cipher::Cipher;
use callback_profile::{
    CallbackOptions, Envelope, Limits, Message, MessageOptions, Missing, OpenOptions, ParseOptions, Profile,
    Record, StoredProfile,
};

/// A kind of hostile input.
pub struct Family {
    pub name: &'static str,
    /// Whether the library accepts it when no limit is in the way.
    pub accepted: bool,
    /// An input of about so many bytes, under these settings.
    pub make: fn(usize, &ParseOptions) -> Work,
}

/// What is measured.
pub enum Work {
    Parse(String, ParseOptions),
    Stored(String, ParseOptions),
    Patch(Box<Profile>, String),
    Envelope(String),
    Record(String, Limits),
    Message(Box<Profile>, String, Missing),
    Callback(Box<Profile>, String, Missing),
    Open(Box<Profile>, Vec<u8>, OpenOptions<'static>),
    Decrypt(Box<Cipher>, String),
}

/// What came of it.
pub struct Outcome {
    pub accepted: bool,
    /// Bytes that were made and handed out.
    pub output: usize,
}

impl Work {
    /// Bytes of input: what was given to the measured call, and the profile that it works with.
    pub fn input(&self) -> usize {
        let profile_bytes = |profile: &Profile| profile.to_json(callback_profile::Secrets::Shown).len();
        match self {
            Work::Parse(text, _) | Work::Stored(text, _) | Work::Record(text, _) => text.len(),
            Work::Envelope(text) | Work::Decrypt(_, text) => text.len(),
            Work::Patch(profile, text)
            | Work::Message(profile, text, _)
            | Work::Callback(profile, text, _) => text.len() + profile_bytes(profile),
            Work::Open(profile, received, _) => received.len() + profile_bytes(profile),
        }
    }

    /// Whether there is no work to measure, since the limits refuse the profile that it needs.
    pub fn is_idle(&self) -> bool {
        match self {
            Work::Patch(profile, _)
            | Work::Message(profile, ..)
            | Work::Callback(profile, ..)
            | Work::Open(profile, ..) => profile.title() == text::IDLE,
            _ => false,
        }
    }

    /// Does the work; what it makes is dropped at the end.
    pub fn run(&self) -> Outcome {
        let made = match self {
            Work::Parse(text, options) => {
                let parsed = Profile::parse_with(text, options);
                let checked = Profile::check_with(text, options);
                assert_eq!(checked.is_ok(), parsed.is_ok(), "parse and check disagree");
                parsed.ok().map(|_| 0)
            }
            Work::Stored(text, options) => StoredProfile::parse_with(text, options).ok().map(|_| 0),
            Work::Patch(profile, text) => profile.patch(text).ok().map(|_| 0),
            Work::Envelope(text) => Envelope::parse(text).ok().map(|_| 0),
            Work::Record(text, limits) => Record::parse_with(text, &(*limits).into()).ok().map(|_| 0),
            Work::Message(profile, text, missing) => message(profile, text, *missing),
            Work::Callback(profile, text, missing) => callback(profile, text, *missing),
            Work::Open(profile, received, options) => {
                profile.open_with(received, options).ok().map(|opened| {
                    // Whoever asks for the names gets them one by one.
                    let names = opened.decrypted().chain(opened.unknown()).map(|name| name.len()).max();
                    assert!(names.is_none_or(|longest| longest <= 4 * 256), "a name without end");
                    opened.json().len()
                })
            }
            Work::Decrypt(cipher, text) => cipher.decrypt(text).ok().map(|plaintext| plaintext.len()),
        };
        Outcome { accepted: made.is_some(), output: made.unwrap_or_default() }
    }
}

fn message(profile: &Profile, record: &str, missing: Missing) -> Option<usize> {
    let record = Record::parse_with(record, &profile.options().limits.into()).ok()?;
    let mut options = MessageOptions::default();
    options.missing = missing;
    let Message { text, missing, .. } = profile.message_with(&record, &options).ok()?;
    Some(text.len() + missing.iter().map(|name| name.len()).sum::<usize>())
}

fn callback(profile: &Profile, record: &str, missing: Missing) -> Option<usize> {
    let record = Record::parse_with(record, &profile.options().limits.into()).ok()?;
    let mut options = CallbackOptions::default();
    options.missing = missing;
    let callback = profile.callback_with(&record, &options).ok()?;
    let headers: usize = callback.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    Some(callback.url.len() + callback.body.map_or(0, |body| body.len()) + headers)
}

/// Every limit on input and output far away. What is *said* about an input stays limited: 64 violations.
pub fn unlimited() -> ParseOptions {
    const FAR: usize = 1 << 28;
    let mut options = ParseOptions::default();
    let limits = &mut options.limits;
    (limits.payload_bytes, limits.record_bytes, limits.received_bytes) = (FAR, FAR, FAR);
    (limits.nodes, limits.depth, limits.url_bytes, limits.replacers) = (FAR, FAR, FAR, FAR);
    (limits.headers, limits.header_name_bytes, limits.header_value_bytes) = (FAR, FAR, FAR);
    (limits.headers_bytes, limits.output_bytes) = (FAR, FAR);
    options
}

/// Large inputs, but the default caps on what is counted: bytes of a URL, headers, replacers. Memory is bounded under
/// these; a URL of a MiB, or a hundred thousand replacers, may take more of it per byte.
pub fn roomy() -> ParseOptions {
    let (mut options, usual) = (unlimited(), Limits::default());
    let limits = &mut options.limits;
    (limits.url_bytes, limits.replacers, limits.headers) = (usual.url_bytes, usual.replacers, usual.headers);
    options
}

/// All families.
pub fn all() -> Vec<Family> {
    let all = [payloads::FAMILIES, callbacks::FAMILIES, received::FAMILIES, opening::FAMILIES];
    all.into_iter().flatten().map(copy).collect()
}

fn copy(family: &Family) -> Family {
    Family { ..*family }
}
