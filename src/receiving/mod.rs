//! The receiving side as a whole: a request as a server has it, its signature, and the key that it was made with.
//!
//! [`receive`] verifies the signature over the raw body, then opens: in this order, so that nothing unsigned is read.
//! [`key_ring`] chooses the profile by the id of its key, which is how keys are changed. [`request`] is what both take.

mod key_ring;
mod receive;
mod request;

pub use key_ring::{KeyRing, OpenedByKey};
pub use receive::{Received, ReceivedByKey};
pub use request::ReceivedRequest;
