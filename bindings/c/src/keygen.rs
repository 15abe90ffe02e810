//! New keys, made of random bytes that the caller takes from its operating system (`getrandom()`, `/dev/urandom`).

use std::ffi::{c_char, c_void};

use cbp::cipher::CipherError;
use cbp::seal::{SIGNING_SECRET_RANDOM_LEN, SigningSecret};
use zeroize::Zeroizing;

use crate::bytes::cbp_bytes;
use crate::cipher::algorithm_of;
use crate::convert::{bytes, out, text};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::sealed_settings::sealing_random;

/// The number of random bytes that a new signing secret needs.
pub const CBP_SIGNING_RANDOM_LEN: usize = 48;

/// A number of random bytes that is enough for cbp_keygen() and every algorithm, but for a chance below 10^-70.
pub const CBP_KEYGEN_RANDOM_LEN: usize = 128;

/// A new `enc` of the documented format as JSON: `{"algo", "key", "IV"}` of letters and digits, all equally likely. `random` are
/// new bytes of the operating system's random number generator; a character takes one of them, and one in 32 is passed over. The
/// caller frees `*json`. Errors: CBP_ERROR_UNKNOWN_ALGORITHM; CBP_ERROR_INVALID_ARGUMENT for too few bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_keygen(
    algorithm: u32,
    random: *const c_void,
    random_len: usize,
    json: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let unknown = || Failure::cipher(CipherError::UnknownAlgorithm);
        let algorithm = algorithm_of(algorithm).ok_or_else(unknown)?;
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (random, json) = unsafe { (bytes(random, random_len)?, out(json)?) };
        let expected = Failure::Argument("there must be CBP_KEYGEN_RANDOM_LEN random bytes");
        json.give(cbp_bytes::of_text(cbp::keygen(algorithm, random).ok_or(expected)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// A new `enc` of a sealed profile as JSON: `{"version", "kid", "key"}`. `kid` is the id of the key, 1 to 64 letters, digits,
/// dots, underscores and dashes, another one for each key; `random` are CBP_SEALING_RANDOM_LEN new bytes of the operating
/// system's random number generator. The caller frees `*json`. Error: CBP_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_keygen_sealed(
    kid: *const c_char,
    kid_len: usize,
    random: *const c_void,
    random_len: usize,
    json: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (kid, random, json) = unsafe { (text(kid, kid_len)?, bytes(random, random_len)?, out(json)?) };
        let random = Zeroizing::new(sealing_random(random)?);
        json.give(cbp_bytes::of_text(cbp::keygen_sealed(kid, &random)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The text of a new signing secret: `whsec_` and base64. `random` are CBP_SIGNING_RANDOM_LEN new bytes of the operating system's
/// random number generator. The caller frees `*secret`. Error: CBP_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_keygen_signing(
    random: *const c_void,
    random_len: usize,
    secret: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (random, secret) = unsafe { (bytes(random, random_len)?, out(secret)?) };
        let expected = |_| Failure::Argument("there must be CBP_SIGNING_RANDOM_LEN random bytes");
        let random: &[u8; SIGNING_SECRET_RANDOM_LEN] = random.try_into().map_err(expected)?;
        secret.give(cbp_bytes::of_text(SigningSecret::generate(random)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_that_of_the_core() {
        assert_eq!(CBP_SIGNING_RANDOM_LEN, SIGNING_SECRET_RANDOM_LEN);
    }
}
