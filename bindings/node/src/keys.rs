//! New keys, of random bytes that JavaScript brings.

use callback_profile::cipher::{Algorithm, CipherError};
use callback_profile::seal::{self, SigningSecret};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

use crate::failure::{Failure, Outcome, outcome};

/// A new key and IV: the `enc` object as JSON text.
#[napi(catch_unwind)]
pub fn keygen(algorithm: String, random: Uint8Array) -> Outcome<String> {
    let algorithm = Algorithm::from_name(&algorithm);
    let algorithm = algorithm.ok_or_else(|| Failure::encrypting(CipherError::UnknownAlgorithm));
    outcome(algorithm.and_then(|algorithm| {
        let too_few = || Failure::argument("options.random has too few bytes: 128 are enough");
        callback_profile::keygen(algorithm, &random).ok_or_else(too_few)
    }))
}

/// A new key of a sealed profile: the `enc` object as JSON text.
#[napi(catch_unwind)]
pub fn keygen_sealed(kid: String, random: Uint8Array) -> Outcome<String> {
    outcome(array(&random).and_then(|random| Ok(callback_profile::keygen_sealed(&kid, random)?)))
}

/// A new signing secret.
#[napi(catch_unwind)]
pub fn keygen_signing(random: Uint8Array) -> Outcome<String> {
    outcome(array(&random).map(SigningSecret::generate))
}

/// A new id of a message.
#[napi(catch_unwind)]
pub fn new_message_id(random: Uint8Array) -> Outcome<String> {
    outcome(array(&random).map(seal::new_message_id))
}

fn array<const N: usize>(random: &[u8]) -> Result<&[u8; N], Failure> {
    random.try_into().map_err(|_| Failure::argument(format!("options.random must have {N} bytes")))
}
