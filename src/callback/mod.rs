//! The callback: built from profile and record, and opened at the other end.
//!
//! [`build`] fills URL and headers and lets [`json_body`], [`multipart`] or [`form`] write the body; values are
//! encrypted after rendering and before serialising. [`open`] is the way back: the same three bodies, and queries.
//! [`message`] is the chatbot's answer. Nothing here reads a clock, a random number or a socket.

mod buffer;
mod build;
mod fields;
mod form;
mod json_body;
mod message;
mod multipart;
mod open;

pub use buffer::CallbackBuffer;
pub use build::CallbackOptions;
pub use message::{Message, MessageOptions};
pub use open::{OpenOptions, Opened};

use crate::profile::Method;

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
}

impl Callback {
    /// The request as HTTP/1.1 text (RFC 9112), with the `Host` and `Content-Length` that a client would add.
    pub fn to_http(&self) -> String {
        let after_scheme = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        let end = after_scheme.find(['/', '?']).unwrap_or(after_scheme.len());
        let (authority, target) = after_scheme.split_at_checked(end).unwrap_or((after_scheme, ""));
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let slash = if target.starts_with('/') { "" } else { "/" };
        let mut text = format!("{} {slash}{target} HTTP/1.1\r\nHost: {host}\r\n", self.method.name());
        for (name, value) in &self.headers {
            for part in [name, ": ", value, "\r\n"] {
                text.push_str(part);
            }
        }
        if let Some(body) = &self.body {
            text.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        text.push_str("\r\n");
        text.push_str(self.body.as_deref().unwrap_or_default());
        text
    }
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
