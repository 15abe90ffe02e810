//! The limits, from Python's dataclass `Limits` or a dict.

use callback_profile::Limits;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyString};

use crate::error;

/// A limit's name, which is the same in Python and in the core, and its field.
type Field = (&'static str, fn(&mut Limits) -> &mut usize);

/// Every limit.
pub(crate) const FIELDS: [Field; 13] = [
    ("payload_bytes", |limits| &mut limits.payload_bytes),
    ("record_bytes", |limits| &mut limits.record_bytes),
    ("received_bytes", |limits| &mut limits.received_bytes),
    ("depth", |limits| &mut limits.depth),
    ("nodes", |limits| &mut limits.nodes),
    ("violations", |limits| &mut limits.violations),
    ("url_bytes", |limits| &mut limits.url_bytes),
    ("headers", |limits| &mut limits.headers),
    ("header_name_bytes", |limits| &mut limits.header_name_bytes),
    ("header_value_bytes", |limits| &mut limits.header_value_bytes),
    ("headers_bytes", |limits| &mut limits.headers_bytes),
    ("replacers", |limits| &mut limits.replacers),
    ("output_bytes", |limits| &mut limits.output_bytes),
];

/// The limits of a `Limits` object, or the defaults with the changes that a dict names.
pub(crate) fn limits_of(value: &Bound<'_, PyAny>) -> PyResult<Limits> {
    let mut limits = Limits::default();
    if let Ok(dict) = value.cast::<PyDict>() {
        for (name, number) in dict.iter() {
            let name = name.cast::<PyString>().ok().and_then(|name| name.to_str().ok());
            let (name, field) = FIELDS
                .iter()
                .find(|(known, _)| name == Some(*known))
                .ok_or_else(|| error::argument("limits: a name is not one of Limits"))?;
            *field(&mut limits) = number_of(name, &number)?;
        }
        return Ok(limits);
    }
    for (name, field) in FIELDS {
        let number = value.getattr(name).map_err(|_| error::wrong_type("limits", "Limits or dict", value))?;
        *field(&mut limits) = number_of(name, &number)?;
    }
    Ok(limits)
}

fn number_of(name: &str, value: &Bound<'_, PyAny>) -> PyResult<usize> {
    if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
        return Err(error::wrong_type(&format!("limits: {name}"), "int", value));
    }
    value.extract().map_err(|_| error::argument(format!("limits: {name} must be from 0 to {}", usize::MAX)))
}
