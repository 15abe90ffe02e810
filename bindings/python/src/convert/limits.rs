//! The limits, from Python's dataclass `Limits` or a mapping.

use callback_profile::Limits;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt, PyMapping, PyString};

use super::json_text::items_of_mapping;
use crate::error;

/// The limits of a `Limits` object, or the defaults with the changes that a mapping names.
pub(crate) fn limits_of(value: &Bound<'_, PyAny>) -> PyResult<Limits> {
    let mut limits = Limits::default();
    if let Ok(mapping) = value.cast::<PyMapping>() {
        for (name, number) in items_of_mapping(mapping)? {
            let name = name.cast::<PyString>().ok().and_then(|name| name.to_str().ok());
            let field = Limits::FIELDS.iter().find(|field| name == Some(field.name()));
            let field = field.ok_or_else(|| error::argument("limits: a name is not one of Limits"))?;
            field.set(&mut limits, number_of(field.name(), &number)?);
        }
        return Ok(limits);
    }
    for field in Limits::FIELDS {
        let number = value
            .getattr(field.name())
            .map_err(|_| error::wrong_type("limits", "Limits or a mapping", value))?;
        field.set(&mut limits, number_of(field.name(), &number)?);
    }
    Ok(limits)
}

fn number_of(name: &str, value: &Bound<'_, PyAny>) -> PyResult<usize> {
    if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
        return Err(error::wrong_type(&format!("limits: {name}"), "int", value));
    }
    value.extract().map_err(|_| error::argument(format!("limits: {name} must be from 0 to {}", usize::MAX)))
}
