//! From a payload to a profile: parse, don't validate.
//!
//! [`payload`] finds the members, [`rules`] checks them and copies nothing, [`compile`] makes a [`Profile`] of what was
//! checked: a type that only a valid payload becomes, with its templates split and its cipher ready. [`parse`] calls
//! them in this order. [`patch`] changes a profile, [`stored`] reads what the platform returns, [`request`] reads the
//! whole create request, [`members`] writes a profile as JSON again, [`fields`] lists what a record must have, [`diff`] what differs between two
//! profiles; [`keygen`] makes the keys of new ones.

mod channel;
mod compile;
mod diff;
mod encryption;
mod fields;
mod headers;
mod keygen;
mod members;
mod method;
mod options;
mod parse;
mod patch;
mod payload;
#[allow(clippy::module_inception)] // the trusted type is what the folder is about
mod profile;
mod request;
mod rules;
mod sealed_encryption;
mod status;
mod stored;

pub use channel::Channel;
pub(crate) use channel::{MISSPELT_DEFAULT, SMS_EVENT};
pub use diff::{Change, ChangeEffect};
pub use encryption::Encryption;
pub use fields::ProfileField;
pub use headers::Header;
pub use keygen::{keygen, keygen_sealed};
pub(crate) use members::write_enc;
pub use method::Method;
pub use options::{ParseOptions, Policy};
pub use profile::Profile;
pub use request::Request;
pub(crate) use rules::{KEY_PATTERN, TITLE_PATTERN};
pub(crate) use rules::{KID_PATTERN, MAX_KID_LEN, SEALED_ALGORITHMS, SEALING_KEY_PATTERN};
pub use sealed_encryption::SealedEncryption;
pub use status::Status;
pub use stored::StoredProfile;
