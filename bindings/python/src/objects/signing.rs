//! Signatures of callbacks: Standard Webhooks 1.0.0.

use callback_profile::seal::{self, SigningSecret};
use callback_profile::{Coverage, RequestParts};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::callback::Callback;
use super::received;
use crate::convert::input::{Flag, Str, bytes_of, object_of, one_or_many, strs_of};
use crate::convert::received::{headers_of, pairs, raw_body};
use crate::convert::{defaults, options, seconds};
use crate::error;
use crate::guard::{detached, guarded};

/// Signs callbacks as Standard Webhooks 1.0.0 does, so that their receiver can tell who sent a body and that it is
/// unchanged.
///
/// secrets is one secret (whsec_ and base64 of 24 to 64 bytes) or several, at most 16: while a secret is changed, the sender
/// signs with both. A signature covers id, timestamp and body, never the method, the URL, its query or other headers, and
/// it keeps nothing secret.
///
/// Raises ArgumentError (invalid_key, invalid_argument). Its repr shows no secret, and it cannot be pickled.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Signer(seal::Signer);

/// Checks the signatures of received callbacks. secrets is one secret or several, as for Signer.
///
/// Raises ArgumentError (invalid_key, invalid_argument). Its repr shows no secret, and it cannot be pickled.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Verifier(seal::Verifier);

#[pymethods]
impl Signer {
    #[new]
    fn new(secrets: &Bound<'_, PyAny>) -> PyResult<Signer> {
        guarded(|| seal::Signer::new(secrets_of(secrets)?).map(Signer).map_err(|error| error::failed(&error)))
    }

    /// The three headers that sign this body, a dict: webhook-id, webhook-timestamp and webhook-signature.
    ///
    /// id is 1 to 128 characters of visible ASCII without a full stop, the same for each retry. timestamp is the time of
    /// this sending in seconds since 1970; None is now. Send exactly this body: nothing may write its JSON anew.
    ///
    /// Raises ArgumentError (invalid_argument) for a malformed id.
    #[pyo3(signature = (body, *, id, timestamp=None))]
    fn sign<'py>(
        &self,
        py: Python<'py>,
        body: &Bound<'py, PyAny>,
        id: Str<'_>,
        timestamp: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        guarded(|| {
            let (body, id) = (bytes_of("body", body)?, id.named("id")?);
            let timestamp = seconds::or_now(py, "timestamp", timestamp)?;
            dict(py, detached(py, body.len(), || self.0.sign(id, timestamp, &body)))
        })
    }

    /// The three headers that sign a callback; send them beside its own.
    ///
    /// id is that of the callback if it has one, else a new one: give it for a retry, which has the id of the first
    /// sending. timestamp as for sign. The parameters of a GET or DELETE are not covered, unless they are sealed: that is
    /// refused unless uncovered is True.
    ///
    /// Raises ReplacerError (signature_covers_nothing; unsafe_header if the profile has one of these headers itself),
    /// ArgumentError (invalid_argument).
    #[pyo3(
        signature = (callback, *, id=None, timestamp=None, uncovered=Flag::NO),
        text_signature = "($self, callback, *, id=None, timestamp=None, uncovered=False)"
    )]
    fn sign_callback<'py>(
        &self,
        py: Python<'py>,
        callback: &Bound<'py, PyAny>,
        id: Option<Str<'_>>,
        timestamp: Option<&Bound<'py, PyAny>>,
        uncovered: Flag,
    ) -> PyResult<Bound<'py, PyDict>> {
        guarded(|| {
            let callback = object_of::<Callback>("callback", "Callback", callback)?.get();
            let id = match (options::optional("id", id)?, callback.own_id(py)?) {
                (Some(id), _) => id.to_owned(),
                (None, Some(id)) => id,
                (None, None) => defaults::id(py)?,
            };
            let timestamp = seconds::or_now(py, "timestamp", timestamp)?;
            let coverage =
                if uncovered.named("uncovered")? { Coverage::NotRequired } else { Coverage::Required };
            callback.with_parts(py, |parts: &RequestParts<'_>| {
                dict(py, parts.sign(&self.0, &id, timestamp, coverage))
            })
        })
    }

    fn __repr__(&self) -> &'static str {
        "Signer(...)"
    }
}

#[pymethods]
impl Verifier {
    #[new]
    fn new(secrets: &Bound<'_, PyAny>) -> PyResult<Verifier> {
        let made =
            |secrets| seal::Verifier::new(secrets).map(Verifier).map_err(|error| error::failed(&error));
        guarded(|| made(secrets_of(secrets)?))
    }

    /// Checks the signature of a received message and returns a Verified: its id and its timestamp.
    ///
    /// headers is a mapping or an iterable of pairs, names in any case, texts or bytes. body is the raw body as it was
    /// received, before any parsing. now is the time in seconds since 1970, None that of the clock; tolerance is how far
    /// the timestamp may be from it, both ways, 300 seconds as a rule.
    ///
    /// A signature stops no replay: keep the ids that were seen for at least twice the tolerance, in the transaction of the
    /// effect, and answer a message whose id is known with 2xx and without an effect.
    ///
    /// Raises SignatureError (signature_refused for everything that is wrong; timestamp_refused only after a signature
    /// held).
    #[pyo3(
        signature = (headers, body, *, now=None, tolerance=None),
        text_signature = "($self, headers, body, *, now=None, tolerance=300)"
    )]
    fn verify<'py>(
        &self,
        py: Python<'py>,
        headers: &Bound<'py, PyAny>,
        body: &Bound<'py, PyAny>,
        now: Option<&Bound<'py, PyAny>>,
        tolerance: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let (headers, body) = (headers_of(headers)?, raw_body(body)?);
            let (now, tolerance) = (seconds::or_now(py, "now", now)?, seconds::tolerance(tolerance)?);
            let verified = detached(py, body.len(), || self.0.verify(pairs(&headers), &body, now, tolerance));
            received::verified(py, &verified.map_err(|error| error::failed(&error))?)
        })
    }

    fn __repr__(&self) -> &'static str {
        "Verifier(...)"
    }
}

impl Verifier {
    pub(crate) fn core(&self) -> &seal::Verifier {
        &self.0
    }
}

fn secrets_of(value: &Bound<'_, PyAny>) -> PyResult<Vec<SigningSecret>> {
    let texts = one_or_many::<PyString>("secrets", "str", Some(value))?;
    let parse = |text: &str| SigningSecret::parse(text).map_err(|error| error::failed(&error));
    strs_of("secrets", &texts)?.into_iter().map(parse).collect()
}

fn dict<'py>(
    py: Python<'py>,
    signature: Result<seal::Signature, callback_profile::Error>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in signature.map_err(|error| error::failed(&error))?.headers() {
        dict.set_item(name, value)?;
    }
    Ok(dict)
}
