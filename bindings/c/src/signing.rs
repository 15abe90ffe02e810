//! Signing: the headers of Standard Webhooks 1.0.0, which show who sent a body and that it is unchanged.

use std::ffi::{c_char, c_void};

use cbp::Coverage;
use cbp::seal::{Signature, Signer, SigningSecret};

use crate::callback::cbp_callback;
use crate::convert::{bytes, object, out, text};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::options::value_of;
use crate::text::{cbp_str, texts};

/// A GET or DELETE whose parameters no signature covers is CBP_ERROR_SIGNATURE_COVERS_NOTHING, unless they are sealed.
pub const CBP_COVERAGE_REQUIRED: u32 = 0;
/// It is signed all the same: for receivers that look at method, id and time alone.
pub const CBP_COVERAGE_NOT_REQUIRED: u32 = 1;

/// Signs bodies, with one secret or, while secrets are changed, with several. The caller frees it with cbp_signer_free(). It
/// never changes, so threads may share it.
pub struct cbp_signer(Signer);

/// Makes a signer of 1 to 16 secrets: `whsec_` and standard padded base64 of 24 to 64 bytes, one secret per endpoint. Published
/// verifiers take one secret, so while secrets are changed it is the sender that signs with both. Errors: CBP_ERROR_INVALID_KEY,
/// CBP_ERROR_INVALID_ARGUMENT; neither repeats a secret.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_signer_new(
    secrets: *const cbp_str,
    secret_count: usize,
    signer: *mut *mut cbp_signer,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (secrets, signer) = unsafe { (signing_secrets(secrets, secret_count)?, out(signer)?) };
        signer.give(cbp_signer(Signer::new(secrets)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The headers of a signed message. The caller frees it with cbp_signature_free(). It never changes, so threads may share it.
pub struct cbp_signature(Signature);

/// Signs a body: `id` is the same for each retry, 1 to 128 characters of visible ASCII without a full stop, `timestamp` the time
/// of this one in seconds since 1970. The signature covers id, timestamp and body, and **never** the method, the URL, its query
/// or other headers. Error: CBP_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_signer_sign(
    signer: *const cbp_signer,
    id: *const c_char,
    id_len: usize,
    timestamp: u64,
    message: *const c_void,
    message_len: usize,
    signature: *mut *mut cbp_signature,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (signer, id, message, signature) =
            unsafe { (object(signer)?, text(id, id_len)?, bytes(message, message_len)?, out(signature)?) };
        signature.give(cbp_signature(signer.0.sign(id, timestamp, message)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Signs a callback: send the headers of `*signature` beside its own, and sign a retry anew, with the same id. Of a sealed
/// callback the id is that of cbp_call_options_set_id(). `coverage` is a CBP_COVERAGE number. Errors:
/// CBP_ERROR_SIGNATURE_COVERS_NOTHING, CBP_ERROR_UNSAFE_HEADER if the profile has one of the headers itself,
/// CBP_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_sign(
    callback: *const cbp_callback,
    signer: *const cbp_signer,
    id: *const c_char,
    id_len: usize,
    timestamp: u64,
    coverage: u32,
    signature: *mut *mut cbp_signature,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let expected = Failure::Argument("coverage must be a CBP_COVERAGE number");
        let coverage = value_of(&COVERAGES, coverage).ok_or(expected)?;
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (callback, signer, id, signature) =
            unsafe { (object(callback)?, object(signer)?, text(id, id_len)?, out(signature)?) };
        signature.give(cbp_signature(callback.buffer.sign(&signer.0, id, timestamp, coverage)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The number of headers: 3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_signature_header_count(signature: *const cbp_signature) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(signature, 0, |signature| Some(signature.0.headers().len())) }
}

/// The name of the header at `index`, from 0: `webhook-id`, `webhook-timestamp`, `webhook-signature`. Static text; its `data` is
/// NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_signature_header_name(signature: *const cbp_signature, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(signature, cbp_str::NONE, |signature| {
            signature.0.headers().get(index).map(|(name, _)| cbp_str::of(name))
        })
    }
}

/// The value of the header at `index`, from 0; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_signature_header_value(
    signature: *const cbp_signature,
    index: usize,
) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(signature, cbp_str::NONE, |signature| {
            signature.0.headers().get(index).map(|(_, value)| cbp_str::of(value))
        })
    }
}

/// Frees a signature. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_signature_free(signature: *mut cbp_signature) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(signature) }
}

/// Overwrites the secrets and frees a signer. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_signer_free(signer: *mut cbp_signer) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(signer) }
}

const COVERAGES: [(u32, Coverage); 2] =
    [(CBP_COVERAGE_REQUIRED, Coverage::Required), (CBP_COVERAGE_NOT_REQUIRED, Coverage::NotRequired)];

/// The secrets of a caller's array.
///
/// # Safety
/// `list` is NULL or readable for `count` elements, and so is the text that they point at.
pub(crate) unsafe fn signing_secrets(
    list: *const cbp_str,
    count: usize,
) -> Result<Vec<SigningSecret>, Failure> {
    // SAFETY: the caller's promise is the same.
    let texts = unsafe { texts(list, count) }?;
    Ok(texts.into_iter().map(SigningSecret::parse).collect::<Result<_, _>>()?)
}
