//! The commands: each file has the arguments with their help texts, and `run`.

pub(crate) mod address;
pub(crate) mod callback;
pub(crate) mod catalogue;
pub(crate) mod completions;
pub(crate) mod decrypt;
pub(crate) mod diagnose;
pub(crate) mod diff;
pub(crate) mod encrypt;
pub(crate) mod fields;
pub(crate) mod keygen;
pub(crate) mod man;
pub(crate) mod message;
pub(crate) mod open;
pub(crate) mod patch;
pub(crate) mod request;
pub(crate) mod schema;
pub(crate) mod sign;
pub(crate) mod validate;
pub(crate) mod verify;
