//! The callback: built from profile and record, and opened at the other end.
//!
//! [`build`] fills URL, headers and body; values are encrypted after rendering and before serialising. [`open`] is the way
//! back: the same bodies, and queries. [`sealing`] and [`unsealing`] are both for profiles of version 2, with
//! [`readable_copy`] for what is repeated outside. [`sign`] signs a callback. [`message`] is the chatbot's answer,
//! [`http_text`] the request as people read it,
//! [`destination`] where it goes, [`opened_value`] one value of what was opened. Nothing here reads a clock, a random number or a socket.

mod buffer;
mod build;
mod destination;
mod http_text;
mod message;
mod open;
mod opened;
mod opened_value;
mod readable_copy;
mod sealing;
mod sign;
mod unsealing;

pub use buffer::CallbackBuffer;
pub use build::CallbackOptions;
pub use destination::Destination;
pub use message::{Message, MessageOptions};
pub use open::{OpenOptions, Parameters};
pub use opened::{Opened, SealedMessage};
pub use opened_value::OpenedValue;
pub use sign::{Coverage, RequestParts};

use crate::profile::Method;

/// The parameter that carries a sealed callback.
const TOKEN_NAME: &str = "jwe";

/// An outgoing request, ready for any HTTP client. `Debug` shows neither header values nor the body.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    /// The method.
    pub method: Method,
    /// The URL with its replacers filled: strict RFC 3986, without a fragment.
    pub url: String,
    /// Names and values in the profile's order; a body's content type is always among them.
    pub headers: Vec<(String, String)>,
    /// The body; `None` for GET and DELETE.
    pub body: Option<String>,
    /// The names that the record lacked, in the order of their first use.
    pub missing: Vec<String>,
    /// Whether its parameters are sealed: `enc` of version 2.
    pub is_sealed: bool,
}

impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Callback")
            .field("method", &self.method)
            .field("headers", &names)
            .field("body_bytes", &self.body.as_ref().map(String::len))
            .finish_non_exhaustive()
    }
}
