//! Several profiles by the ids of their keys.

use std::cell::RefCell;

use callback_profile::KeyRing;
use napi_derive::napi;

use crate::details::OpenedKey;
use crate::failure::{Outcome, outcome};
use crate::options::OpenSettings;
use crate::profile::ProfileHandle;
use crate::signing::{RequestSettings, TimeSettings, Verified, VerifierHandle};

/// A key ring; private to the JavaScript class `KeyRing`.
#[napi(js_name = "KeyRingHandle")]
pub struct KeyRingHandle {
    /// Borrowed within a call only, and no call runs JavaScript.
    ring: RefCell<KeyRing>,
}

/// A received callback whose signature holds, opened by a key.
#[napi(object, object_from_js = false)]
pub struct ReceivedKey {
    pub verified: Verified,
    pub opened: OpenedKey,
}

/// An empty ring, by a header or by a parameter of the query.
#[napi(catch_unwind)]
pub fn new_key_ring(is_header: bool, name: String, try_in_turn: bool, refuse_v1: bool) -> KeyRingHandle {
    let mut ring = if is_header { KeyRing::by_header(&name) } else { KeyRing::by_query(&name) };
    ring.try_in_turn(try_in_turn);
    ring.refuse_v1(refuse_v1);
    KeyRingHandle { ring: RefCell::new(ring) }
}

#[napi]
impl KeyRingHandle {
    /// Adds a profile.
    #[napi(catch_unwind)]
    pub fn add(&self, id: String, profile: &ProfileHandle) -> Outcome<()> {
        outcome(self.ring.borrow_mut().add(&id, (*profile.profile).clone()))
    }

    /// Takes a profile out; null if there is none.
    #[napi(catch_unwind)]
    pub fn remove(&self, id: String) -> Option<ProfileHandle> {
        self.ring.borrow_mut().remove(&id).map(|profile| ProfileHandle::new(profile.into()))
    }

    /// The ids.
    #[napi(catch_unwind)]
    pub fn ids(&self) -> Vec<String> {
        self.ring.borrow().ids().map(str::to_owned).collect()
    }

    /// Opens a received request.
    #[napi(catch_unwind)]
    pub fn open(&self, request: RequestSettings, settings: OpenSettings) -> Outcome<OpenedKey> {
        outcome(
            request
                .with(|request| Ok(OpenedKey::of(self.ring.borrow().open(request, &settings.for_open()?)?))),
        )
    }

    /// Verifies, then opens.
    #[napi(catch_unwind)]
    pub fn receive(
        &self,
        verifier: &VerifierHandle,
        request: RequestSettings,
        time: TimeSettings,
        settings: OpenSettings,
    ) -> Outcome<ReceivedKey> {
        outcome(request.with(|request| {
            let (now, tolerance) = time.seconds();
            let options = settings.for_open()?;
            let ring = self.ring.borrow();
            let received = ring.receive(&verifier.verifier, request, now, tolerance, &options)?;
            Ok(ReceivedKey {
                verified: Verified::of(received.verified),
                opened: OpenedKey::of(received.opened),
            })
        }))
    }
}
