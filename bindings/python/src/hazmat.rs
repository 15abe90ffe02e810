//! Raw keys, for test vectors: `callback_profile.hazmat`.

use callback_profile::cipher::hazmat;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::convert::input::bytes_of;
use crate::error;
use crate::guard::{detached, guarded};

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
    guarded(|| {
        let (key, iv) = (bytes_of("key", key)?, bytes_of("iv", iv)?);
        let (data, text) = (bytes_of("associated_data", associated_data)?, bytes_of("plaintext", plaintext)?);
        let sealed = detached(py, text.len(), || hazmat::gcm_seal(&key, &iv, &data, &text));
        Ok(PyBytes::new(py, &sealed.map_err(error::encrypting)?))
    })
}

/// Checks and decrypts what gcm_seal returned.
///
/// Raises DecryptionError (auth_failed) for every other text, ArgumentError (invalid_key, invalid_iv).
#[pyfunction]
pub(crate) fn gcm_open<'py>(
    py: Python<'py>,
    key: &Bound<'py, PyAny>,
    iv: &Bound<'py, PyAny>,
    associated_data: &Bound<'py, PyAny>,
    sealed: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    guarded(|| {
        let (key, iv) = (bytes_of("key", key)?, bytes_of("iv", iv)?);
        let (data, text) = (bytes_of("associated_data", associated_data)?, bytes_of("sealed", sealed)?);
        let plaintext = detached(py, text.len(), || hazmat::gcm_open(&key, &iv, &data, &text));
        Ok(PyBytes::new(py, &plaintext.map_err(error::decrypting)?))
    })
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
    guarded(|| {
        let (key, iv, text) = (bytes_of("key", key)?, bytes_of("iv", iv)?, bytes_of("plaintext", plaintext)?);
        let bytes = detached(py, text.len(), || hazmat::cfb_encrypt(&key, &iv, &text));
        Ok(PyBytes::new(py, &bytes.map_err(error::encrypting)?))
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
    guarded(|| {
        let (key, iv, text) =
            (bytes_of("key", key)?, bytes_of("iv", iv)?, bytes_of("ciphertext", ciphertext)?);
        let bytes = detached(py, text.len(), || hazmat::cfb_decrypt(&key, &iv, &text));
        Ok(PyBytes::new(py, &bytes.map_err(error::decrypting)?))
    })
}
