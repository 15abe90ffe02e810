//! Several profiles by the ids of their keys.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use callback_profile as core;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::profile::Profile;
use super::received;
use super::signing::Verifier;
use crate::convert::input::{Flag, Str, object_of};
use crate::convert::output::quoted;
use crate::convert::received::HeldRequest;
use crate::convert::{options, seconds};
use crate::error;
use crate::guard::{detached, guarded};

/// Profiles by the ids of their keys: a received callback is opened by exactly the profile that its id names. This is how
/// keys are changed without losing a callback.
///
/// A profile of the documented format carries its id as a constant header or a constant parameter of its query; nothing
/// protects that id, but under another key a callback does not open. In a sealed profile the id is its kid.
///
/// Threads may share it and change it. It cannot be pickled.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct KeyRing(RwLock<core::KeyRing>);

#[pymethods]
impl KeyRing {
    /// An empty ring; callbacks of the documented format name their key in the header of this name.
    ///
    /// With try_in_turn, a callback without an id is tried with each key: under GCM alone, with at most four keys, and
    /// never in a ring that holds a sealed profile. refuse_v1 refuses the documented format.
    #[staticmethod]
    #[pyo3(
        signature = (name, *, try_in_turn=Flag::NO, refuse_v1=Flag::NO),
        text_signature = "(name, *, try_in_turn=False, refuse_v1=False)"
    )]
    fn by_header(name: Str<'_>, try_in_turn: Flag, refuse_v1: Flag) -> PyResult<KeyRing> {
        guarded(|| KeyRing::of(core::KeyRing::by_header(name.named("name")?), try_in_turn, refuse_v1))
    }

    /// An empty ring; callbacks of the documented format name their key in the query's parameter of this name. Options as
    /// for by_header.
    #[staticmethod]
    #[pyo3(
        signature = (name, *, try_in_turn=Flag::NO, refuse_v1=Flag::NO),
        text_signature = "(name, *, try_in_turn=False, refuse_v1=False)"
    )]
    fn by_query(name: Str<'_>, try_in_turn: Flag, refuse_v1: Flag) -> PyResult<KeyRing> {
        guarded(|| KeyRing::of(core::KeyRing::by_query(name.named("name")?), try_in_turn, refuse_v1))
    }

    /// Adds a profile under the id of its key.
    ///
    /// Raises ArgumentError (invalid_argument) if the id is taken, if it is not the kid of a sealed profile, or if a profile
    /// of the documented format does not send it as a constant header or parameter of the ring's name.
    fn add(&self, py: Python<'_>, id: Str<'_>, profile: &Bound<'_, PyAny>) -> PyResult<()> {
        guarded(|| {
            let profile = object_of::<Profile>("profile", "Profile", profile)?;
            let (id, profile) = (id.named("id")?, profile.get().core().clone());
            py.detach(|| self.written().add(id, profile)).map_err(|error| error::failed(&error))
        })
    }

    /// Takes the profile of this id out of the ring and returns it; None if there is none.
    fn remove(&self, py: Python<'_>, id: Str<'_>) -> PyResult<Option<Profile>> {
        guarded(|| {
            let id = id.named("id")?;
            Ok(py.detach(|| self.written().remove(id)).map(Profile::of))
        })
    }

    /// The ids, in the order in which they were added.
    #[getter]
    fn ids<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        guarded(|| PyTuple::new(py, self.known(py)))
    }

    /// Opens a received request by the profile whose key it names, and returns an OpenedByKey.
    ///
    /// headers, body and target as for Profile.receive, the other options as for Profile.open.
    ///
    /// Raises DecryptionError as Profile.open does, with unknown_key if it names none of the ring's keys, and
    /// cannot_tell_key if keys are tried in turn and nothing tells which one it was.
    #[pyo3(
        signature = (
            headers, body, *, target=Str::new(""), content_type=None, structures=None, absent=None, expected=None
        ),
        text_signature = "($self, headers, body, *, target='', content_type=None, structures=False, absent=False, \
        expected=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn open<'py>(
        &self,
        py: Python<'py>,
        headers: &Bound<'py, PyAny>,
        body: &Bound<'py, PyAny>,
        target: Str<'_>,
        content_type: Option<Str<'_>>,
        structures: Option<&Bound<'py, PyAny>>,
        absent: Option<&Bound<'py, PyAny>>,
        expected: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let held = HeldRequest::of(headers, body, target)?;
            options::opening(content_type, structures, absent, expected, None, |options| {
                let pairs = held.pairs();
                let request = held.request(&pairs);
                let opened = detached(py, held.body_len(), || self.read().open(&request, options));
                received::opened_by_key(py, &opened.map_err(|error| error::failed(&error))?)
            })
        })
    }

    /// Verifies the signature of a received request over its raw body, then opens it by the profile whose key it names, and
    /// returns a ReceivedByKey. Arguments and errors are those of Profile.receive and of open.
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
                    self.read().receive(verifier, &request, now, tolerance, options)
                });
                received::received_by_key(py, &done.map_err(|error| error::failed(&error))?)
            })
        })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        guarded(|| {
            let ids: Vec<String> = self.known(py).iter().map(|id| quoted(id)).collect();
            Ok(format!("KeyRing(ids=[{}])", ids.join(", ")))
        })
    }
}

// Nothing that holds the lock waits for the GIL or runs Python's code, so a thread that waits for the lock with the GIL
// gets it. A thread that panicked left the ring as it was.
impl KeyRing {
    fn of(mut ring: core::KeyRing, try_in_turn: Flag, refuse_v1: Flag) -> PyResult<KeyRing> {
        ring.try_in_turn(try_in_turn.named("try_in_turn")?);
        ring.refuse_v1(refuse_v1.named("refuse_v1")?);
        Ok(KeyRing(RwLock::new(ring)))
    }

    fn read(&self) -> RwLockReadGuard<'_, core::KeyRing> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn written(&self) -> RwLockWriteGuard<'_, core::KeyRing> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| self.read().ids().map(str::to_owned).collect())
    }
}
