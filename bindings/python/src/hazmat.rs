//! Raw keys, for vectors: `callback_profile.hazmat`.

use callback_profile::cipher::{CipherError, hazmat};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::error;
use crate::guard::{detached, guarded};
use crate::input::bytes_of;

/// Runs one of the functions below on four arguments, each with its name.
fn run<'py>(
    py: Python<'py>,
    inputs: [(&str, &Bound<'py, PyAny>); 4],
    work: impl FnOnce(&[u8], &[u8], &[u8], &[u8]) -> Result<Vec<u8>, CipherError> + Send,
) -> PyResult<Bound<'py, PyBytes>> {
    guarded(|| {
        let [key, iv, data, text] = inputs.map(|(name, value)| bytes_of(name, value));
        let (key, iv, data, text) = (key?, iv?, data?, text?);
        let (key, iv, data, text) = (key.as_ref(), iv.as_ref(), data.as_ref(), text.as_ref());
        let out = detached(py, text.len(), || work(key, iv, data, text)).map_err(|error| match error {
            CipherError::AuthFailed => error::decryption(error),
            _ => error::cipher(error),
        })?;
        Ok(PyBytes::new(py, &out))
    })
}

/// AES-GCM (NIST SP 800-38D): the ciphertext followed by the 16-byte tag.
///
/// The key has 16, 24 or 32 bytes; the IV at least one, and any length but 12 is hashed. Never use a pair of key and IV
/// twice. Raises ArgumentError (invalid_key, invalid_iv, too_long).
#[pyfunction]
pub(crate) fn gcm_seal<'py>(
    py: Python<'py>,
    key: &Bound<'py, PyAny>,
    iv: &Bound<'py, PyAny>,
    associated_data: &Bound<'py, PyAny>,
    plaintext: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let data = ("associated_data", associated_data);
    run(py, [("key", key), ("iv", iv), data, ("plaintext", plaintext)], hazmat::gcm_seal)
}

/// Checks and decrypts what gcm_seal returned.
///
/// Raises DecryptionError (auth_failed) for everything else, ArgumentError (invalid_key, invalid_iv).
#[pyfunction]
pub(crate) fn gcm_open<'py>(
    py: Python<'py>,
    key: &Bound<'py, PyAny>,
    iv: &Bound<'py, PyAny>,
    associated_data: &Bound<'py, PyAny>,
    sealed: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let data = ("associated_data", associated_data);
    run(py, [("key", key), ("iv", iv), data, ("sealed", sealed)], hazmat::gcm_open)
}

/// AES-CFB with 128-bit feedback (NIST SP 800-38A): as many bytes as the plaintext. It does not detect tampering.
///
/// The key has 16, 24 or 32 bytes, the IV 16. Raises ArgumentError (invalid_key, invalid_iv).
#[pyfunction]
pub(crate) fn cfb_encrypt<'py>(
    py: Python<'py>,
    key: &Bound<'py, PyAny>,
    iv: &Bound<'py, PyAny>,
    plaintext: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let iv = ("iv", iv);
    run(py, [("key", key), iv, iv, ("plaintext", plaintext)], |key, iv, _, text| {
        hazmat::cfb_encrypt(key, iv, text)
    })
}

/// Decrypts what cfb_encrypt returned. A wrong key or a changed text gives other bytes, not an error.
///
/// Raises ArgumentError (invalid_key, invalid_iv).
#[pyfunction]
pub(crate) fn cfb_decrypt<'py>(
    py: Python<'py>,
    key: &Bound<'py, PyAny>,
    iv: &Bound<'py, PyAny>,
    ciphertext: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let iv = ("iv", iv);
    run(py, [("key", key), iv, iv, ("ciphertext", ciphertext)], |key, iv, _, text| {
        hazmat::cfb_decrypt(key, iv, text)
    })
}
