//! Verification before opening, in one call.

use super::key_ring::{KeyRing, OpenedByKey};
use super::request::ReceivedRequest;
use crate::Error;
use crate::callback::{OpenOptions, Opened};
use crate::profile::Profile;
use crate::seal::{Verified, Verifier};

/// A received callback whose signature holds, opened.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Id and time of the message. An id that was seen before is a retry: answer it with 2xx and without an effect.
    pub verified: Verified,
    /// The parameters.
    pub opened: Opened,
}

/// The same by a key ring.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedByKey {
    /// Id and time of the message.
    pub verified: Verified,
    /// The parameters, and which key they were opened with.
    pub opened: OpenedByKey,
}

impl Profile {
    /// Verifies the signature of a received request over its raw body, then opens its parameters: nothing is parsed that is
    /// not signed. `now` is the time in seconds since 1970, `tolerance` how far the time of sending may be from it, both ways:
    /// [`DEFAULT_TOLERANCE`](crate::seal::DEFAULT_TOLERANCE) as a rule.
    ///
    /// The signature does not cover the query, so a GET or DELETE must be sealed; who wants it all the same calls
    /// [`Verifier::verify`] and [`open_with`](Self::open_with). The id of a sealed callback must be that of the signature.
    ///
    /// # Errors
    /// [`Error::SignatureRefused`], [`Error::TimestampRefused`], [`Error::UncoveredParameters`], then those of
    /// [`open_with`](Self::open_with).
    ///
    /// ```
    /// use callback_profile::{OpenOptions, Profile, ReceivedRequest};
    /// use callback_profile::seal::{Signer, SigningSecret, Verifier};
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>"},
    ///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
    /// let secret = || SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    /// let body = br#"{"to":"hJd6TmNuQBhndbDl5w=="}"#;
    /// let signature = Signer::new([secret()]).unwrap().sign("msg_1", 1_800_000_000, body).unwrap();
    ///
    /// let verifier = Verifier::new([secret()]).unwrap();
    /// let request = ReceivedRequest { headers: &signature.headers(), target: "/sms", body };
    /// let received = profile.receive(&verifier, &request, 1_800_000_001, 300, &OpenOptions::default()).unwrap();
    /// assert_eq!(received.verified.id, "msg_1");
    /// assert_eq!(received.opened.json(), r#"{"to":"+919876543210"}"#);
    /// ```
    pub fn receive(
        &self,
        verifier: &Verifier,
        request: &ReceivedRequest<'_>,
        now: u64,
        tolerance: u64,
        options: &OpenOptions<'_>,
    ) -> Result<Received, Error> {
        let verified = verify(verifier, request, now, tolerance)?;
        let content_type = request.content_type(options);
        let options = OpenOptions { content_type: content_type.as_deref(), ..*options };
        let opened = self.open_received(request.parameters(self), &options, Some(&verified.id))?;
        Ok(Received { verified, opened })
    }
}

impl KeyRing {
    /// Verifies the signature of a received request over its raw body, then opens its parameters by the profile whose key it
    /// names: [`Profile::receive`] and [`KeyRing::open`].
    ///
    /// # Errors
    /// Those of [`Profile::receive`] and of [`open`](Self::open).
    pub fn receive(
        &self,
        verifier: &Verifier,
        request: &ReceivedRequest<'_>,
        now: u64,
        tolerance: u64,
        options: &OpenOptions<'_>,
    ) -> Result<ReceivedByKey, Error> {
        let verified = verify(verifier, request, now, tolerance)?;
        let opened = self.open_received(request, options, Some(&verified.id))?;
        Ok(ReceivedByKey { verified, opened })
    }
}

fn verify(
    verifier: &Verifier,
    request: &ReceivedRequest<'_>,
    now: u64,
    tolerance: u64,
) -> Result<Verified, Error> {
    verifier.verify(request.headers.iter().copied(), request.body, now, tolerance)
}
