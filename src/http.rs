//! The types of the `http` crate, which Rust's HTTP clients and servers share.
//!
//! A [`Callback`] becomes an `http::Request<String>`, an [`Envelope`] an `http::Response<String>`, a [`Method`] an
//! `http::Method`, all by `From` or `TryFrom`; [`header_pairs`] gives the headers of a received request to whatever takes
//! pairs: [`Request`](crate::Request), [`ReceivedRequest`](crate::ReceivedRequest), [`Verifier`](crate::seal::Verifier).
//!
//! ```
//! use callback_profile::{Envelope, ParseOptions, Profile, Record, Request, http::header_pairs};
//!
//! // A server registers a profile.
//! let received = http::Request::post("/v1/HX1/callback/profiles")
//!     .header("api-key", "A1")
//!     .header("content-type", "application/json")
//!     .body(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms", "body": {"to": "<to>"}}"#)?;
//! let headers = header_pairs(received.headers());
//! let request = Request { sid: "HX1", headers: &headers, payload: received.body().as_bytes() };
//! let profile = request.parse(&ParseOptions::default())?;
//!
//! // A client sends a callback.
//! let request: http::Request<String> = profile.callback(r#"{"to": "+919876543210"}"#)?.try_into()?;
//! assert_eq!((request.method(), request.body().as_str()), (&http::Method::POST, r#"{"to":"+919876543210"}"#));
//! assert_eq!(request.headers()["content-type"], "application/json");
//!
//! // A server answers.
//! let response = http::Response::try_from(&Envelope::not_found("7"))?;
//! assert_eq!(response.status(), http::StatusCode::NOT_FOUND);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{StatusCode, Uri};

use crate::callback::Callback;
use crate::envelope::Envelope;
use crate::error::Error;
use crate::names::UnknownName;
use crate::profile::Method;

/// What replaces a header's value that is not UTF-8. No header that this library reads may hold it.
const NOT_UTF8: &str = "\u{FFFD}";

/// Names and values of the headers, a repeated one as often as it was received.
///
/// A value that is not UTF-8 becomes U+FFFD. A header that this library reads is refused with it, as a key, content type,
/// id, timestamp or signature; other headers make no difference, so a request is not refused for what some proxy added.
///
/// ```
/// use callback_profile::http::header_pairs;
/// let mut headers = http::HeaderMap::new();
/// headers.append("webhook-id", "msg_1".parse()?);
/// headers.append("webhook-id", http::HeaderValue::from_bytes(b"\xFF")?);
/// assert_eq!(header_pairs(&headers), [("webhook-id", "msg_1"), ("webhook-id", "\u{FFFD}")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn header_pairs(headers: &HeaderMap) -> Vec<(&str, &str)> {
    let pairs = headers.iter();
    pairs
        .map(|(name, value)| (name.as_str(), std::str::from_utf8(value.as_bytes()).unwrap_or(NOT_UTF8)))
        .collect()
}

#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl From<Method> for http::Method {
    fn from(method: Method) -> http::Method {
        match method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Delete => http::Method::DELETE,
        }
    }
}

/// The error lists the methods that a profile can have.
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl TryFrom<&http::Method> for Method {
    type Error = UnknownName;

    fn try_from(method: &http::Method) -> Result<Method, UnknownName> {
        method.as_str().parse()
    }
}

/// The request, with the body as text: that of a GET or DELETE is empty. Header values are marked as sensitive, since they may
/// be credentials. The error is [`Error::InvalidArgument`]: the `http` crate takes no URL of more than 65,534 bytes, and the
/// fields of a callback may have been changed.
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl TryFrom<Callback> for http::Request<String> {
    type Error = Error;

    fn try_from(callback: Callback) -> Result<http::Request<String>, Error> {
        let Callback { method, url, headers, body, .. } = callback;
        let mut request = http::Request::new(body.unwrap_or_default());
        *request.method_mut() = method.into();
        *request.uri_mut() = Uri::try_from(url).map_err(|_| {
            Error::InvalidArgument("the callback's URL must be absolute and of at most 65,534 bytes")
        })?;
        for (name, value) in headers {
            let wrong = || Error::InvalidArgument("the callback's headers must be HTTP header fields");
            let name = http::HeaderName::try_from(name).map_err(|_| wrong())?;
            let mut value = HeaderValue::try_from(value).map_err(|_| wrong())?;
            value.set_sensitive(name != CONTENT_TYPE);
            request.headers_mut().append(name, value);
        }
        Ok(request)
    }
}

/// The envelope with its status, as `application/json`. The error is [`Error::InvalidArgument`]: an envelope that was parsed may
/// have a status outside of 100 to 999. Those that this library makes have none.
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
impl TryFrom<&Envelope> for http::Response<String> {
    type Error = Error;

    fn try_from(envelope: &Envelope) -> Result<http::Response<String>, Error> {
        let mut response = http::Response::new(envelope.to_json());
        *response.status_mut() = StatusCode::from_u16(envelope.status())
            .map_err(|_| Error::InvalidArgument("the envelope's status must be from 100 to 999"))?;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(response)
    }
}
