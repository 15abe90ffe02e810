//! What the library reports: violations that refuse, advisories that warn, and the one table of codes that every
//! language shares.

mod advisory;
mod class;
mod code;
mod pointer;
mod violation;

pub use advisory::{Advisory, AdvisoryCode};
pub use class::ErrorClass;
pub use code::ErrorCode;
pub(crate) use pointer::Pointer;
pub use violation::{Context, Report, Violation};
pub(crate) use violation::{Rule, Violations};
