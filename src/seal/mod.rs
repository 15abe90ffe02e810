//! Callbacks that can be trusted: signatures (Standard Webhooks 1.0.0) and sealed callbacks (JWE, RFC 7516).
//!
//! The documented format has one key and one IV for ever and cannot be mended: see [`cipher`](crate::cipher). This is the
//! cure, opt-in and made of standards, so that the other side needs no library of ours.
//!
//! - A **signature** shows who sent a body and that it is unchanged: [`Signer`], [`Verifier`]. It covers id, timestamp and
//!   body, of any profile, and **never** the method, the URL, the query or other headers. It keeps nothing secret.
//! - A **sealed callback** keeps all parameters secret and authentic, names and shape included, and binds them to method,
//!   URL, time and id: a profile whose `enc` has version 2. Its length, its key's id, method and URL are not secret.
//!
//! Neither stops a replay by itself. Keep the id of a message for at least twice the tolerance and as long as its sender
//! tries again, in the transaction of its effect, and answer a message whose id is known with 2xx and without an effect.

mod claims;
mod expected;
mod header;
mod id;
mod problem;
mod secret;
mod signer;
mod target_uri;
mod token;
mod verifier;

pub use expected::{Expected, Freshness};
pub use id::{KEY_ID_RANDOM_LEN, MESSAGE_ID_RANDOM_LEN, new_key_id, new_message_id};
pub use secret::{SIGNING_SECRET_RANDOM_LEN, SigningSecret};
pub use signer::{ID_HEADER, MAX_SECRETS, SIGNATURE_HEADER, Signature, Signer, TIMESTAMP_HEADER};
pub use verifier::{DEFAULT_TOLERANCE, Verified, Verifier};

pub(crate) use claims::{Claims, NewClaims, read as read_claims};
pub(crate) use id::check_id;
pub(crate) use problem::SealedProblem;
pub(crate) use token::{kid_of, open, seal};
