//! Arguments that several commands share, and reading what they name.

mod expected;
mod headers;
mod profile;
mod secrets;
mod sending;
mod settings;
mod value;

pub(crate) use expected::{ExpectedArgs, GivenArgs};
pub(crate) use headers::{HeaderArgs, header};
pub(crate) use profile::{Kind, ProfileArgs, data_of_envelope, parse, parse_as};
pub(crate) use secrets::{signer, verifier};
pub(crate) use sending::{Moment, SendingArgs, without_random};
pub(crate) use settings::{RecordArgs, RefusalArgs, RulesArgs, WireArgs, algorithm};
pub(crate) use value::{ValueArgs, encryption};
