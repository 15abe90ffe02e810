//! Receiving a callback of a profile: its signature first, then its parameters.

use pyo3::prelude::*;

use super::held::Profile;
use crate::convert::input::{Str, object_of};
use crate::convert::received::HeldRequest;
use crate::convert::{options, seconds};
use crate::error;
use crate::guard::{detached, guarded};
use crate::objects::received;
use crate::objects::signing::Verifier;

#[pymethods]
impl Profile {
    /// Verifies the signature of a received request over its raw body, then opens its parameters, and returns a Received:
    /// nothing is parsed that is not signed.
    ///
    /// headers is a mapping or an iterable of pairs, as the web framework has them, texts or bytes; body is the raw body as
    /// it was received, before any parsing. Of a GET or DELETE, target is the received path and query. verifier, now and
    /// tolerance as for Verifier.verify; the received content type is that of the headers unless content_type is given;
    /// structures, absent and expected as for open.
    ///
    /// The signature does not cover the query, so a GET or DELETE must be sealed (signature_covers_nothing). The id of a sealed
    /// callback must be that of the signature.
    ///
    /// Keep the ids that were seen for at least twice the tolerance, in the transaction of the effect, and answer a message
    /// whose id is known with 2xx and without an effect.
    ///
    /// Raises SignatureError (signature_refused, timestamp_refused, signature_covers_nothing), then the errors of open.
    #[pyo3(
        signature = (
            headers, body, *, verifier, target=Str::new(""), now=None, tolerance=None, content_type=None,
            structures=None, absent=None, expected=None
        ),
        text_signature = "($self, headers, body, *, verifier, target='', now=None, tolerance=300, content_type=None, \
        structures=False, absent=False, expected=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn receive<'py>(
        &self,
        py: Python<'py>,
        headers: &Bound<'py, PyAny>,
        body: &Bound<'py, PyAny>,
        verifier: &Bound<'py, PyAny>,
        target: Str<'_>,
        now: Option<&Bound<'py, PyAny>>,
        tolerance: Option<&Bound<'py, PyAny>>,
        content_type: Option<Str<'_>>,
        structures: Option<&Bound<'py, PyAny>>,
        absent: Option<&Bound<'py, PyAny>>,
        expected: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let held = HeldRequest::of(headers, body, target)?;
            let (now, tolerance) = (seconds::or_now(py, "now", now)?, seconds::tolerance(tolerance)?);
            let verifier = object_of::<Verifier>("verifier", "Verifier", verifier)?.get().core();
            options::opening(content_type, structures, absent, expected, Some(now), |options| {
                let pairs = held.pairs();
                let request = held.request(&pairs);
                let done = detached(py, held.body_len(), || {
                    self.core().receive(verifier, &request, now, tolerance, options)
                });
                received::received(py, &done.map_err(|error| error::failed(&error))?)
            })
        })
    }
}
