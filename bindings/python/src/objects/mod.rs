//! The classes of the package.

pub(crate) mod arrow;
pub(crate) mod callback;
pub(crate) mod cipher;
mod copying;
pub(crate) mod envelope;
mod kept_buffer;
pub(crate) mod key_ring;
pub(crate) mod message;
pub(crate) mod opened_iterator;
pub(crate) mod parsed;
mod pickling;
pub(crate) mod profile;
mod pydantic;
pub(crate) mod received;
pub(crate) mod refusal;
mod responses;
pub(crate) mod sealing;
pub(crate) mod signing;
pub(crate) mod stored;
