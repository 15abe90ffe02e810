//! Opened callbacks with what is known about them.

use callback_profile::{Opened, OpenedByKey, SealedMessage};
use napi_derive::napi;

/// An opened callback.
#[napi(object, object_from_js = false)]
pub struct Details {
    /// JSON text.
    pub values: String,
    pub decrypted: Vec<String>,
    pub unknown: Vec<String>,
    pub sealed: Option<Sealed>,
    /// Name and code of each parameter that did not open, alternating.
    pub failed: Vec<String>,
}

/// What the sender of a sealed callback said about it.
#[napi(object, object_from_js = false)]
pub struct Sealed {
    pub kid: String,
    pub id: String,
    pub issued_at: f64,
    pub profile_id: Option<String>,
}

/// Which key opened a callback.
#[napi(object, object_from_js = false)]
pub struct OpenedKey {
    pub id: String,
    pub version: u32,
    pub in_turn: bool,
    pub details: Details,
}

impl Details {
    pub(crate) fn of(opened: Opened) -> Details {
        Details {
            decrypted: opened.decrypted().collect(),
            unknown: opened.unknown().collect(),
            sealed: opened.sealed().map(Sealed::of),
            failed: opened
                .failed()
                .iter()
                .flat_map(|failed| [failed.name.clone(), failed.code.name().to_owned()])
                .collect(),
            values: opened.into_json(),
        }
    }
}

impl Sealed {
    fn of(message: &SealedMessage) -> Sealed {
        Sealed {
            kid: message.kid.clone(),
            id: message.id.clone(),
            issued_at: message.issued_at as f64,
            profile_id: message.profile_id.clone(),
        }
    }
}

impl OpenedKey {
    pub(crate) fn of(opened: OpenedByKey) -> OpenedKey {
        OpenedKey {
            id: opened.id,
            version: opened.version.into(),
            in_turn: opened.in_turn,
            details: Details::of(opened.opened),
        }
    }
}
