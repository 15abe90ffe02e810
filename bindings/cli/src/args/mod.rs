//! Arguments that several commands share, and reading what they name.

mod profile;
mod settings;
mod value;

pub(crate) use profile::{Kind, ProfileArgs, data_of_envelope, parse, parse_as};
pub(crate) use settings::{RecordArgs, RulesArgs, WireArgs, algorithm};
pub(crate) use value::{ValueArgs, encryption};
