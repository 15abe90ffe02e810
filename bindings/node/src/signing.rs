//! Signatures of callbacks, and receiving with one.

use callback_profile::seal::{Signature, Signer, SigningSecret, Verifier};
use callback_profile::{Coverage, Error, ReceivedRequest, RequestParts};
use napi_derive::napi;

use crate::details::Details;
use crate::failure::{Failure, Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::{OpenSettings, seconds};
use crate::profile::ProfileHandle;

/// Signs callbacks.
#[napi(js_name = "SignerHandle")]
pub struct SignerHandle {
    signer: Signer,
}

/// Checks signatures.
#[napi(js_name = "VerifierHandle")]
pub struct VerifierHandle {
    pub(crate) verifier: Verifier,
}

/// What signing looks at.
#[napi(object, object_to_js = false)]
pub struct SignedParts {
    pub url: String,
    pub header_names: Vec<String>,
    pub body: Option<String>,
    pub is_sealed: bool,
}

/// Id and time of a message whose signature holds.
#[napi(object, object_from_js = false)]
pub struct Verified {
    pub id: String,
    pub timestamp: f64,
}

/// A received callback whose signature holds, opened.
#[napi(object, object_from_js = false)]
pub struct Received {
    pub verified: Verified,
    pub details: Details,
}

/// A received request; names and values of the headers alternate.
#[napi(object, object_to_js = false)]
pub struct RequestSettings {
    pub headers: Vec<String>,
    pub target: String,
    pub body: Text,
}

/// Time and tolerance of a verification.
#[napi(object, object_to_js = false)]
pub struct TimeSettings {
    pub now: f64,
    pub tolerance: f64,
}

/// Makes a signer of secrets.
#[napi(catch_unwind)]
pub fn new_signer(secrets: Vec<String>) -> Outcome<SignerHandle> {
    outcome(parsed(&secrets).and_then(Signer::new).map(|signer| SignerHandle { signer }))
}

/// Makes a verifier of secrets.
#[napi(catch_unwind)]
pub fn new_verifier(secrets: Vec<String>) -> Outcome<VerifierHandle> {
    outcome(parsed(&secrets).and_then(Verifier::new).map(|verifier| VerifierHandle { verifier }))
}

fn parsed(secrets: &[String]) -> Result<Vec<SigningSecret>, Error> {
    secrets.iter().map(|text| SigningSecret::parse(text)).collect()
}

#[napi]
impl SignerHandle {
    /// Id, timestamp and signatures of a body.
    #[napi(catch_unwind)]
    pub fn sign(&self, body: Text, id: String, timestamp: f64) -> Outcome<Vec<String>> {
        outcome(self.signer.sign(&id, seconds(timestamp), &owned(body)).map(values))
    }

    /// The same of a callback.
    #[napi(catch_unwind)]
    pub fn sign_callback(
        &self,
        callback: SignedParts,
        id: String,
        timestamp: f64,
        uncovered: bool,
    ) -> Outcome<Vec<String>> {
        let header_names: Vec<&str> = callback.header_names.iter().map(String::as_str).collect();
        let parts = RequestParts {
            url: &callback.url,
            header_names: &header_names,
            body: callback.body.as_deref(),
            is_sealed: callback.is_sealed,
        };
        let coverage = if uncovered { Coverage::NotRequired } else { Coverage::Required };
        outcome(parts.sign(&self.signer, &id, seconds(timestamp), coverage).map(values))
    }
}

fn values(signature: Signature) -> Vec<String> {
    vec![signature.id, signature.timestamp, signature.signature]
}

#[napi]
impl VerifierHandle {
    /// Checks the signature of a message.
    #[napi(catch_unwind)]
    pub fn verify(&self, headers: Vec<String>, body: Text, time: TimeSettings) -> Outcome<Verified> {
        let (now, tolerance) = time.seconds();
        outcome(self.verifier.verify(pairs(&headers), &owned(body), now, tolerance).map(Verified::of))
    }
}

#[napi]
impl ProfileHandle {
    /// Verifies, then opens.
    #[napi(catch_unwind)]
    pub fn receive(
        &self,
        verifier: &VerifierHandle,
        request: RequestSettings,
        time: TimeSettings,
        settings: OpenSettings,
    ) -> Outcome<Received> {
        outcome(request.with(|request| {
            let (now, tolerance) = time.seconds();
            let options = settings.for_open()?;
            let received = self.profile.receive(&verifier.verifier, request, now, tolerance, &options)?;
            Ok(Received { verified: Verified::of(received.verified), details: Details::of(received.opened) })
        }))
    }
}

impl RequestSettings {
    /// Calls `work` with the request as the core takes it.
    pub(crate) fn with<T>(
        self,
        work: impl FnOnce(&ReceivedRequest<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let headers: Vec<(&str, &str)> = pairs(&self.headers).collect();
        let body = owned(self.body);
        work(&ReceivedRequest { headers: &headers, target: &self.target, body: &body })
    }
}

impl TimeSettings {
    pub(crate) fn seconds(&self) -> (u64, u64) {
        (seconds(self.now), seconds(self.tolerance))
    }
}

impl Verified {
    pub(crate) fn of(verified: callback_profile::seal::Verified) -> Verified {
        Verified { id: verified.id, timestamp: verified.timestamp as f64 }
    }
}

fn pairs(headers: &[String]) -> impl Iterator<Item = (&str, &str)> {
    let (pairs, _) = headers.as_chunks::<2>();
    pairs.iter().map(|[name, value]| (name.as_str(), value.as_str()))
}
