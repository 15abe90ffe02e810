//! New keys, from the operating system's random number generator or from bytes that the caller gives.

use callback_profile::cipher::{Algorithm, CipherError};
use callback_profile::seal::SigningSecret;
use pyo3::prelude::*;
use pyo3::types::PyString;
use zeroize::Zeroizing;

use crate::convert::input::Str;
use crate::convert::{defaults, output};
use crate::error;
use crate::guard::guarded;

/// Random bytes that are asked for; a key and an IV take at most 48 of them, and one in 32 is passed over.
const RANDOM_BYTES: usize = 128;

/// A new key and IV as the enc member of a profile: a dict of algo, key and IV, which are random letters and digits.
///
/// random gives the bytes that they are made of, 128 or more; None takes them from the operating system. The dict is a
/// secret: whoever reads it can read and forge the callbacks.
///
/// Raises ArgumentError (unknown_algorithm; invalid_argument if there are too few bytes).
#[pyfunction]
#[pyo3(signature = (algorithm, *, random=None))]
pub(crate) fn keygen<'py>(
    py: Python<'py>,
    algorithm: Str<'_>,
    random: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    guarded(|| {
        let algorithm = Algorithm::from_name(algorithm.named("algorithm")?)
            .ok_or_else(|| error::encrypting(CipherError::UnknownAlgorithm))?;
        let random = random.map_or_else(|| defaults::random(py, RANDOM_BYTES), defaults::given)?;
        let enc = callback_profile::keygen(algorithm, &random).map(Zeroizing::new);
        output::value(py, &enc.ok_or_else(|| error::argument("random has too few bytes: 128 are enough"))?)
    })
}

/// A new key as the enc member of a sealed profile: a dict of version, kid and key.
///
/// kid is the key's id, another one for each key: 1 to 64 letters, digits, ".", "_" and "-". random gives 32 bytes; None
/// takes them from the operating system. The dict is a secret.
///
/// Raises ArgumentError (invalid_argument).
#[pyfunction]
#[pyo3(signature = (kid, *, random=None))]
pub(crate) fn keygen_sealed<'py>(
    py: Python<'py>,
    kid: Str<'_>,
    random: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    guarded(|| {
        let random = defaults::random_array(py, random)?;
        let enc = callback_profile::keygen_sealed(kid.named("kid")?, &random).map(Zeroizing::new);
        output::value(py, &enc.map_err(|error| error::failed(&error))?)
    })
}

/// A new signing secret: whsec_ and the base64 of 48 bytes. Each endpoint needs its own.
///
/// random gives the bytes; None takes them from the operating system.
#[pyfunction]
#[pyo3(signature = (*, random=None))]
pub(crate) fn keygen_signing<'py>(
    py: Python<'py>,
    random: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyString>> {
    guarded(|| {
        let secret = Zeroizing::new(SigningSecret::generate(&*defaults::random_array(py, random)?));
        Ok(PyString::new(py, &secret))
    })
}
