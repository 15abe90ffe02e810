//! The platform's side and the customer's, each a router that a test or `main` serves.
//!
//! [`service`] registers profiles, answers chatbots and sends callbacks ([`sender`]); its profiles are in SQLite ([`store`]).
//! [`receiver`] is the customer's endpoint, which opens the callbacks by the key that they name.

#![forbid(unsafe_code)]

pub mod receiver;
pub mod sender;
pub mod service;
pub mod store;
