//! What the library says: violations that refuse, advisories that warn, envelopes that answer, and the one table
//! of codes that every language shares.

mod advisory;
mod class;
mod code;
mod envelope;
mod pointer;
mod violation;

pub use advisory::{Advisory, AdvisoryCode};
pub use class::{ErrorClass, UnknownClass};
pub use code::{ErrorCode, catalogue};
pub use envelope::{Envelope, Secrets};
pub(crate) use pointer::Pointer;
pub use violation::{Context, Report, Violation};
pub(crate) use violation::{Rule, Violations};
