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
//! What is refused comes as a [`Report`] with every violation, in the platform's own words; what is accepted but risky,
//! as [`advisories`](Profile::advisories). [`Envelope`] answers as the API does. [`StoredProfile`] reads what it
//! returns. [`cipher`] encrypts single values, and says plainly what a fixed key and IV do **not** give.
//!
//! # Features
//!
//! `hazmat` (off): raw key bytes, other IV lengths and associated data, for test vectors and interoperability.

mod ascii;
mod body;
mod bug;
mod callback;
mod catalogue;
pub mod cipher;
mod envelope;
mod error;
pub mod json;
mod limits;
mod names;
mod profile;
mod replacer;
mod report;
mod schema;
mod secrets;
mod selection;
mod surface;
mod url;
mod visible;
mod wiped;

pub use callback::{
    Callback, CallbackBuffer, CallbackOptions, Message, MessageOptions, OpenOptions, Opened, Parameters,
};
pub use catalogue::catalogue;
pub use envelope::Envelope;
pub use error::Error;
pub use limits::{LimitField, Limits};
pub use names::UnknownName;
pub use profile::{
    Channel, Encryption, Header, Method, ParseOptions, Policy, Profile, Request, Status, StoredProfile,
};
pub use replacer::{Missing, Record};
pub use report::{Advisory, AdvisoryCode, Context, ErrorClass, ErrorCode, Position, Report, Violation};
pub use schema::schema;
pub use secrets::Secrets;
pub use url::AddressVerdict;
pub use visible::visible;

/// The version of this library, the same on every surface.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The README's Rust code, run as a doctest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
