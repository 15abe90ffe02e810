//! Signing a whole callback.

use super::{Callback, CallbackBuffer};
use crate::Error;
use crate::seal::{Signature, Signer};

/// Whether a callback may be signed whose parameters the signature does not cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coverage {
    /// A GET or DELETE with parameters is refused, unless they are sealed.
    #[default]
    Required,
    /// It is signed all the same: for receivers that look at method, id and time alone.
    NotRequired,
}

impl Callback {
    /// The headers that sign this callback: id, timestamp and body. Send them beside its own; sign a retry anew, with the
    /// same id.
    ///
    /// The signature covers neither method, URL nor headers, so one of a GET or DELETE covers no parameter.
    ///
    /// # Errors
    /// [`Error::SignatureCoversNothing`], [`Error::HeaderTaken`] if the profile has one of the headers itself,
    /// [`Error::InvalidArgument`] if the id is malformed.
    ///
    /// ```
    /// use callback_profile::{Coverage, Profile, Record};
    /// use callback_profile::seal::{Signer, SigningSecret};
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>"}}"#).unwrap();
    /// let record = Record::parse(r#"{"recipient": "+919876543210"}"#).unwrap();
    /// let callback = profile.callback(&record).unwrap();
    /// let signer = Signer::new([SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()]).unwrap();
    /// let signature = callback.sign(&signer, "msg_1", 1_800_000_000, Coverage::Required).unwrap();
    /// assert_eq!(signature.headers()[0], ("webhook-id", "msg_1"));
    /// ```
    pub fn sign(
        &self,
        signer: &Signer,
        id: &str,
        timestamp: u64,
        coverage: Coverage,
    ) -> Result<Signature, Error> {
        let header_names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let parts = RequestParts {
            url: &self.url,
            header_names: &header_names,
            body: self.body.as_deref(),
            is_sealed: self.is_sealed,
        };
        parts.sign(signer, id, timestamp, coverage)
    }
}

impl CallbackBuffer {
    /// The headers that sign the callback in this buffer: see [`Callback::sign`].
    ///
    /// # Errors
    /// Those of [`Callback::sign`], and [`Error::InvalidArgument`] if there is no callback in it.
    pub fn sign(
        &self,
        signer: &Signer,
        id: &str,
        timestamp: u64,
        coverage: Coverage,
    ) -> Result<Signature, Error> {
        if self.method().is_none() {
            return Err(Error::InvalidArgument("the buffer must hold a callback"));
        }
        let header_names: Vec<&str> = self.headers().map(|(name, _)| name).collect();
        let parts = RequestParts {
            url: self.url(),
            header_names: &header_names,
            body: self.body(),
            is_sealed: self.is_sealed(),
        };
        parts.sign(signer, id, timestamp, coverage)
    }
}

/// What signing looks at, for callers that keep a callback in a form of their own. `Debug` shows sizes only.
#[derive(Clone, Copy)]
pub struct RequestParts<'c> {
    /// The URL.
    pub url: &'c str,
    /// The names of the headers.
    pub header_names: &'c [&'c str],
    /// The body; `None` for GET and DELETE.
    pub body: Option<&'c str>,
    /// Whether its parameters are sealed.
    pub is_sealed: bool,
}

impl RequestParts<'_> {
    /// The headers that sign it: see [`Callback::sign`].
    ///
    /// # Errors
    /// Those of [`Callback::sign`].
    pub fn sign(
        &self,
        signer: &Signer,
        id: &str,
        timestamp: u64,
        coverage: Coverage,
    ) -> Result<Signature, Error> {
        let has_parameters_outside = !self.is_sealed && self.body.is_none() && self.url.contains('?');
        if has_parameters_outside && coverage == Coverage::Required {
            return Err(Error::SignatureCoversNothing);
        }
        if let Some(name) = self.header_names.iter().find_map(|name| Signer::header_named(name)) {
            return Err(Error::HeaderTaken(name));
        }
        signer.sign(id, timestamp, self.body.unwrap_or_default().as_bytes())
    }
}

impl std::fmt::Debug for RequestParts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestParts")
            .field("headers", &self.header_names.len())
            .field("body_bytes", &self.body.map(str::len))
            .finish_non_exhaustive()
    }
}
