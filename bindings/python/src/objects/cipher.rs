//! The cipher of single values.

use callback_profile::cipher as core;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use zeroize::Zeroizing;

use crate::convert::input::{self, Str};
use crate::convert::options;
use crate::error;
use crate::guard::{detached, guarded};

/// Encrypts and decrypts single values as the platform does: AES in GCM or CFB mode under a fixed key and IV.
///
/// algorithm is AES-128-GCM, AES-192-GCM, AES-256-GCM, AES-128-CFB, AES-192-CFB or AES-256-CFB; the key has 16, 24 or
/// 32 letters and digits, the IV 16.
///
/// The fixed IV is the platform's format, and it is weak: equal values give equal texts, the XOR of two texts is the
/// XOR of the values, and under GCM two values of equal length up to 16 bytes give away the authentication key. CFB
/// gives no integrity at all. Treat what comes out as input from a stranger.
///
/// Raises ArgumentError (unknown_algorithm, invalid_key, invalid_iv).
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Cipher(core::Cipher);

#[pymethods]
impl Cipher {
    #[new]
    #[pyo3(
        signature = (
            algorithm, key, iv, *, encoding=Str::new("base64"), tag=Str::new("appended"), reading=Str::new("tolerant")
        ),
        text_signature = "(algorithm, key, iv, *, encoding='base64', tag='appended', reading='tolerant')"
    )]
    fn new(
        algorithm: Str<'_>,
        key: Str<'_>,
        iv: Str<'_>,
        encoding: Str<'_>,
        tag: Str<'_>,
        reading: Str<'_>,
    ) -> PyResult<Cipher> {
        guarded(|| {
            let wire_format = options::wire_format(encoding, tag, reading)?;
            let algorithm = core::Algorithm::from_name(algorithm.named("algorithm")?)
                .ok_or_else(|| error::encrypting(core::CipherError::UnknownAlgorithm))?;
            let (key, iv) = (key.named("key")?, iv.named("iv")?);
            let cipher = core::Cipher::new(algorithm, key, iv).map_err(error::encrypting)?;
            Ok(Cipher(cipher.with_wire_format(wire_format)))
        })
    }

    /// The algorithm's name, such as AES-128-GCM.
    #[getter]
    fn algorithm(&self) -> &'static str {
        self.0.algorithm().name()
    }

    /// The encrypted text of a value; a str is encrypted as its UTF-8. The same value always gives the same text.
    ///
    /// Raises ArgumentError (too_long) above 64 GiB.
    fn encrypt(&self, py: Python<'_>, plaintext: &Bound<'_, PyAny>) -> PyResult<String> {
        guarded(|| {
            let plaintext = input::bytes_of("plaintext", plaintext)?;
            detached(py, plaintext.len(), || self.0.encrypt(&*plaintext)).map_err(error::encrypting)
        })
    }

    /// The value of an encrypted text, as bytes.
    ///
    /// Raises DecryptionError (invalid_encoding, auth_failed). Under CFB a wrong key or a changed text gives other
    /// bytes, not an error.
    fn decrypt<'py>(&self, py: Python<'py>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        guarded(|| {
            let text = input::bytes_of("text", text)?;
            let plaintext = detached(py, text.len(), || self.0.decrypt(&*text).map(Zeroizing::new));
            Ok(PyBytes::new(py, &plaintext.map_err(error::decrypting)?))
        })
    }

    /// The value of an encrypted text, as str.
    ///
    /// Raises DecryptionError (invalid_encoding, auth_failed, not_utf8). Under CFB a wrong key or a changed text is
    /// only noticed where the result is not UTF-8.
    fn decrypt_text<'py>(&self, py: Python<'py>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
        guarded(|| {
            let text = input::bytes_of("text", text)?;
            let plaintext = detached(py, text.len(), || self.0.decrypt_text(&*text).map(Zeroizing::new));
            Ok(PyString::new(py, &plaintext.map_err(error::decrypting)?))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| {
            let format = self.0.wire_format();
            let (encoding, tag, reading) = (format.encoding.name(), format.tag.name(), format.reading.name());
            let algorithm = self.algorithm();
            Ok(format!("Cipher('{algorithm}', encoding='{encoding}', tag='{tag}', reading='{reading}')"))
        })
    }
}
