//! What a sealed callback is made with, and what is expected of one, kept until the call.

use cbp::seal::{Expected, Freshness};
use cbp::{CallbackOptions, Method};

use crate::failure::Failure;
use crate::profile::method_of;

/// Random bytes of a sealed callback, and of a sealing key.
pub(crate) const SEALING_RANDOM_LEN: usize = 32;

/// What a sealed callback is made with, until the call.
pub(crate) struct SealedSettings {
    pub(crate) random: Option<[u8; SEALING_RANDOM_LEN]>,
    pub(crate) issued_at: Option<u64>,
    pub(crate) id: Option<String>,
    pub(crate) profile_id: Option<String>,
    pub(crate) bare_token: bool,
}

impl SealedSettings {
    pub(crate) const fn new() -> SealedSettings {
        SealedSettings { random: None, issued_at: None, id: None, profile_id: None, bare_token: false }
    }

    pub(crate) fn put<'s>(&'s self, settings: &mut CallbackOptions<'s>) {
        settings.random = self.random.as_ref();
        settings.issued_at = self.issued_at;
        settings.id = self.id.as_deref();
        settings.profile_id = self.profile_id.as_deref();
        settings.bare_token = self.bare_token;
    }
}

/// What is expected, until the call.
pub(crate) struct KeptExpected {
    freshness: Freshness,
    method: Option<Method>,
    url: Option<String>,
    profile_id: Option<String>,
}

impl KeptExpected {
    pub(crate) fn new(
        freshness: Freshness,
        method: u32,
        url: Option<&str>,
        profile_id: Option<&str>,
    ) -> Result<KeptExpected, Failure> {
        let expected = Failure::Argument("the method must be 0 or a CBP_METHOD number");
        let method = match method {
            0 => None,
            number => Some(method_of(number).ok_or(expected)?),
        };
        let (url, profile_id) = (url.map(str::to_owned), profile_id.map(str::to_owned));
        Ok(KeptExpected { freshness, method, url, profile_id })
    }

    pub(crate) fn as_expected(&self) -> Expected<'_> {
        Expected {
            freshness: self.freshness,
            method: self.method,
            url: self.url.as_deref(),
            profile_id: self.profile_id.as_deref(),
        }
    }
}

pub(crate) fn freshness(is_checked: bool, now: u64, tolerance: u64) -> Freshness {
    if is_checked { Freshness::Within { now, tolerance } } else { Freshness::NotChecked }
}

/// The random bytes of a sealed callback or a sealing key.
pub(crate) fn sealing_random(given: &[u8]) -> Result<[u8; SEALING_RANDOM_LEN], Failure> {
    given.try_into().map_err(|_| Failure::Argument("there must be CBP_SEALING_RANDOM_LEN random bytes"))
}
