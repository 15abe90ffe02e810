//! From a payload to a profile: parse, don't validate.
//!
//! [`payload`] finds the members of the wire shape, [`rules`] checks them and copies nothing, [`compile`] makes a
//! [`Profile`] of what was checked: a type that only a valid payload becomes, with its templates split and its cipher
//! ready. [`parse`] calls them in this order. [`patch`] changes a profile, [`stored`] reads what the platform returns,
//! [`request`] checks the whole create request, [`fields`] lists what a record must have.

mod channel;
mod compile;
mod encryption;
mod fields;
mod headers;
mod matched;
mod method;
mod options;
mod parse;
mod patch;
mod payload;
#[allow(clippy::module_inception)]
mod profile;
mod request;
mod rules;
mod stored;

pub use channel::Channel;
pub(crate) use channel::{MISSPELT_DEFAULT, SMS_EVENT};
pub use encryption::Encryption;
pub use fields::ProfileField;
pub use headers::Header;
pub use method::Method;
pub use options::{ParseOptions, Policy};
pub use profile::Profile;
pub(crate) use profile::enc_json;
pub use request::Request;
pub(crate) use rules::{KEY_PATTERN, TITLE_PATTERN};
pub use stored::{Status, StoredProfile};
