//! What the library reports: violations that refuse, advisories that warn, and the one table of codes that every
//! language shares.
//!
//! A check adds each broken [`Rule`] to its [`Violations`] with a [`Pointer`] to the value; at the end they become a
//! [`Report`].

mod advisory;
mod class;
mod code;
mod pointer;
mod rule;
mod violation;
mod violations;

pub use advisory::{Advisory, AdvisoryCode};
pub use class::ErrorClass;
pub use code::ErrorCode;
pub(crate) use pointer::Pointer;
#[cfg(feature = "serde")]
pub(crate) use pointer::PointerBuf;
pub(crate) use rule::Rule;
pub use rule::RuleParams;
pub use violation::{Context, Position, Report, Violation};
pub(crate) use violations::{Refused, Violations};
