//! What the core has none of, and Python's standard library gives: random bytes, the time, new ids.

use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyFloat, PyMemoryView};
use zeroize::Zeroizing;

use super::input::Text;
use crate::error;

/// Bytes from the operating system's random number generator: os.urandom.
pub(crate) fn random(py: Python<'_>, count: usize) -> PyResult<Zeroizing<Vec<u8>>> {
    let bytes = py.import("os")?.call_method1("urandom", (count,))?;
    let bytes = bytes.cast::<PyBytes>()?.as_bytes();
    if bytes.len() == count { Ok(Zeroizing::new(bytes.to_vec())) } else { Err(error::internal()) }
}

/// The bytes of the argument `random`.
pub(crate) fn given(value: &Bound<'_, PyAny>) -> PyResult<Zeroizing<Vec<u8>>> {
    let is_bytes = value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyByteArray>()
        || value.is_instance_of::<PyMemoryView>();
    match Text::of("random", value)?.filter(|_| is_bytes) {
        Some(bytes) => Ok(Zeroizing::new(bytes.to_vec())),
        None => Err(error::wrong_type("random", "bytes, bytearray or memoryview", value)),
    }
}

/// So many bytes: those of the argument `random`, or new ones.
pub(crate) fn random_array<const N: usize>(
    py: Python<'_>,
    value: Option<&Bound<'_, PyAny>>,
) -> PyResult<Zeroizing<[u8; N]>> {
    let bytes = match value {
        Some(value) => given(value)?,
        None => random(py, N)?,
    };
    let array = <[u8; N]>::try_from(bytes.as_slice());
    array.map(Zeroizing::new).map_err(|_| error::argument(format!("random must have {N} bytes")))
}

/// The time in seconds since 1970: time.time().
pub(crate) fn now(py: Python<'_>) -> PyResult<u64> {
    let seconds = py.import("time")?.call_method0("time")?;
    let seconds = seconds.cast::<PyFloat>()?.value();
    // A clock before 1970 is at 0.
    Ok(seconds as u64)
}

/// A new id of a message.
pub(crate) fn id(py: Python<'_>) -> PyResult<String> {
    Ok(callback_profile::seal::new_message_id(&*random_array(py, None)?))
}
