#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
//! Callback profiles of messaging platforms: validated, rendered, encrypted, opened – the same bytes everywhere.
//!
//! A *callback profile* says where a callback goes (method, URL, headers, body), what a chatbot answers, and how the
//! values are encrypted (AES-GCM or AES-CFB under the customer's key and IV). This crate is the one core that a
//! platform's services share, in Rust and, through thin bindings, in C, C++, Python, Node and the shell. It opens no
//! socket and no file, reads no clock and no random number: the same input gives the same bytes.
//!
//! # Start here
//!
//! ```
//! use callback_profile::{Profile, Record};
//!
//! // 1. Parse: having a `Profile` is the proof that the payload obeys the rules.
//! let profile = Profile::parse(r#"{
//!     "title": "Delivery status", "http_method": "POST", "url": "https://example.com/sms",
//!     "body": {"status": "<status>", "to": "<recipient>"},
//!     "response_message": "Thank you, {\"name\": \"first_name\"}",
//!     "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}
//! }"#)?;
//!
//! // 2. Per callback: a record fills the replacers, and the values go out encrypted.
//! let record = Record::parse(r#"{"status": "DELIVERED", "recipient": "+919876543210", "first_name": "John"}"#)?;
//! let callback = profile.callback(&record)?;
//! assert_eq!(callback.url, "https://example.com/sms");
//! assert_eq!(
//!     callback.body.as_deref(),
//!     Some(r#"{"status":"DELIVERED","to":"AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY="}"#)
//! );
//! assert_eq!(profile.message(&record)?.text, "Thank you, John");
//!
//! // 3. At the other end: open it.
//! let opened = profile.open(callback.body.unwrap_or_default())?;
//! assert_eq!(opened.json(), r#"{"status":"DELIVERED","to":"+919876543210"}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What there is
//!
//! | for | use |
//! |---|---|
//! | a create payload | [`Profile::parse`]; [`Profile::check`] where no profile is needed |
//! | a whole create request | [`Request::parse`] |
//! | an update | [`Profile::patch`] |
//! | what the platform returns | [`StoredProfile`] |
//! | a chatbot's answer | [`Profile::message`] |
//! | the outgoing request | [`Profile::callback`]; [`CallbackBuffer`] for many of them |
//! | host, port and target of that request | [`Callback::destination`] |
//! | a received callback | [`Profile::open`] |
//! | one value of it | [`Opened::get`] |
//! | a received callback with its signature | [`Profile::receive`]; [`KeyRing`] while keys are changed |
//! | who sent it, and that it is unchanged | [`seal::Signer`], [`seal::Verifier`] |
//! | all of it secret and authentic | a profile whose `enc` has version 2: [`seal`] |
//! | a single value | [`cipher::Cipher`] |
//! | the API's response | [`Envelope`] |
//! | what changed between two profiles | [`Profile::diff`] |
//! | new keys | [`keygen`], [`keygen_sealed`], [`seal::SigningSecret::generate`] |
//! | the address of a host; a host as a URL spells it | [`AddressVerdict::of`]; [`HostVerdict::of`] |
//! | the payload's rules for other tools | [`schema`] |
//!
//! A payload that is refused gives a [`Report`] with every violation, in the platform's own words; what is accepted but
//! risky is listed by [`Profile::advisories`]. A call on a valid profile fails with an [`Error`]. Each error has a stable
//! [`ErrorCode`], and no message holds a key, an IV or a value. [`cipher`] explains what a fixed key and IV do **not**
//! protect.
//!
//! # Conventions
//!
//! - A result that is plain data has public fields: [`Callback`], [`Message`], [`Violation`], [`Advisory`]. A type that
//!   keeps a promise has accessors: a [`Profile`] is valid, a [`Report`] has a violation, an [`Envelope`] and a
//!   [`CallbackBuffer`] wipe their memory.
//! - Sets of named values ([`Method`], [`Missing`], [`ErrorCode`] and others) have `ALL`, `name`, `from_name`, `Display`
//!   and `FromStr`, with the names that every language uses.
//! - `parse` makes something, `check` makes nothing. What ends in `_with` takes settings.
//! - \[D\] marks a rule that the platform's documents state. The others were decided here, where they say nothing.
//!
//! # Features
//!
//! All are off by default.
//!
//! - `serde`: results serialise as the JSON that every surface writes, [`RecordBuf`] is made of any type that serialises, an
//!   [`Opened`] callback becomes any type that deserialises. A [`Profile`] does neither, for it holds a key: write it with
//!   [`Profile::to_json`] and read it with [`Profile::parse`].
//! - `http`: the types of the `http` crate: callbacks as requests, header maps in, envelopes as responses.
//! - `hazmat`: raw key bytes, other IV lengths and associated data, for test vectors and interoperability.
//!
//! # Rust version
//!
//! 1.89 or newer. It rises with a minor version of this crate and never with a patch.

mod ascii;
mod body;
mod bug;
mod callback;
mod catalogue;
pub mod cipher;
pub mod diagnosis;
mod envelope;
mod error;
#[cfg(feature = "http")]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
pub mod http;
pub mod json;
mod limits;
mod names;
mod profile;
mod receiving;
mod replacer;
mod report;
mod schema;
pub mod seal;
mod secrets;
mod selection;
#[cfg(feature = "serde")]
mod serde;
mod setters;
mod surface;
mod url;
mod visible;
mod wiped;

pub use body::FailedParameter;
pub use callback::{
    Callback, CallbackBuffer, CallbackOptions, Coverage, Destination, Message, MessageOptions, OpenOptions,
    Opened, OpenedValue, Parameters, RequestParts, SealedMessage,
};
pub use catalogue::catalogue;
pub use envelope::Envelope;
pub use error::Error;
pub use json::Surrogates;
pub use limits::{LimitField, Limits};
pub use names::UnknownName;
pub use profile::{
    Change, ChangeEffect, Channel, Encryption, Header, Method, ParseOptions, Policy, Profile, ProfileField,
    Request, SealedEncryption, Status, StoredProfile, keygen, keygen_sealed,
};
pub use receiving::{KeyRing, OpenedByKey, Received, ReceivedByKey, ReceivedRequest};
pub use replacer::{AsRecord, Missing, Record, RecordBuf, RecordOptions};
pub use report::{
    Advisory, AdvisoryCode, Context, ErrorClass, ErrorCode, Position, Report, RuleParams, Violation,
};
pub use schema::schema;
pub use secrets::Secrets;
pub use url::{AddressVerdict, HostVerdict};
pub use visible::visible;

/// The version of this library, the same on every surface.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The README's Rust code, run as a doctest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The guide's, which is the README of the crate.
#[cfg(all(doctest, feature = "serde", feature = "http"))]
#[doc = include_str!("../docs/rust.md")]
struct Guide;
