//! The request as text, for people and for tests.

use super::{Callback, CallbackBuffer};
use crate::profile::Method;

impl Callback {
    /// The request as HTTP/1.1 text (RFC 9112), with the `Host` and `Content-Length` that a client would add.
    pub fn to_http(&self) -> String {
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        http_text(self.method, &self.url, headers, self.body.as_deref())
    }
}

impl CallbackBuffer {
    /// The request as HTTP/1.1 text (RFC 9112), with the `Host` and `Content-Length` that a client would add; empty
    /// before the first callback.
    pub fn to_http(&self) -> String {
        let text = |method| http_text(method, self.url(), self.headers(), self.body());
        self.method().map(text).unwrap_or_default()
    }
}

fn http_text<'a>(
    method: Method,
    url: &str,
    headers: impl Iterator<Item = (&'a str, &'a str)>,
    body: Option<&str>,
) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = after_scheme.find(['/', '?']).unwrap_or(after_scheme.len());
    let (authority, target) = after_scheme.split_at_checked(end).unwrap_or((after_scheme, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let slash = if target.starts_with('/') { "" } else { "/" };
    let mut text = format!("{} {slash}{target} HTTP/1.1\r\nHost: {host}\r\n", method.name());
    for (name, value) in headers {
        for part in [name, ": ", value, "\r\n"] {
            text.push_str(part);
        }
    }
    if let Some(body) = body {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    text.push_str(body.unwrap_or_default());
    text
}
