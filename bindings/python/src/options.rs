//! The keyword arguments that several calls share.

use callback_profile::cipher::{Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::{Limits, Missing, ParseOptions, Policy, Secrets};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyString};

use crate::error;

/// The limits' names in Python, which are those of the core, and where each one stands.
type LimitField = (&'static str, fn(&mut Limits) -> &mut usize);

/// Every limit.
pub(crate) const LIMITS: [LimitField; 13] = [
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

/// The settings of a parse.
pub(crate) fn parse_options(
    policy: &str,
    limits: Option<&Bound<'_, PyAny>>,
    encoding: &str,
    tag: &str,
    reading: &str,
) -> PyResult<ParseOptions> {
    let mut options = ParseOptions::default();
    options.policy = named("policy", policy, Policy::from_name, "documented or strict")?;
    options.wire_format = wire_format(encoding, tag, reading)?;
    if let Some(limits) = limits {
        options.limits = limits_of(limits)?;
    }
    Ok(options)
}

/// How encrypted values are written and read.
pub(crate) fn wire_format(encoding: &str, tag: &str, reading: &str) -> PyResult<WireFormat> {
    Ok(WireFormat::default()
        .with_encoding(named("encoding", encoding, Encoding::from_name, "base64, base64url or hex")?)
        .with_tag(named("tag", tag, TagPlacement::from_name, "appended or prepended")?)
        .with_reading(named("reading", reading, Reading::from_name, "tolerant or strict")?))
}

/// What stands for missing values.
pub(crate) fn missing(name: &str) -> PyResult<Missing> {
    named("missing", name, Missing::from_name, "empty, keep or error")
}

/// Whether key and IV are shown.
pub(crate) fn secrets(name: &str) -> PyResult<Secrets> {
    let from_name = |name: &str| match name {
        "masked" => Some(Secrets::Masked),
        "shown" => Some(Secrets::Shown),
        _ => None,
    };
    named("secrets", name, from_name, "masked or shown")
}

fn named<T>(option: &str, name: &str, from_name: impl FnOnce(&str) -> Option<T>, names: &str) -> PyResult<T> {
    from_name(name).ok_or_else(|| error::argument(format!("{option} must be {names}")))
}

/// A `Limits` object, or a dict of the limits that differ from the defaults.
fn limits_of(value: &Bound<'_, PyAny>) -> PyResult<Limits> {
    let mut limits = Limits::default();
    if let Ok(dict) = value.cast::<PyDict>() {
        for (name, number) in dict.iter() {
            let known = name.cast::<PyString>().ok().and_then(|name| name.to_str().ok());
            let field = LIMITS.iter().find(|(field, _)| known == Some(*field));
            let (name, place) =
                field.ok_or_else(|| error::argument("limits: a name is not one of Limits"))?;
            *place(&mut limits) = number_of(name, &number)?;
        }
        return Ok(limits);
    }
    for (name, place) in LIMITS {
        let number = value.getattr(name).map_err(|_| error::wrong_type("limits", "Limits or dict", value))?;
        *place(&mut limits) = number_of(name, &number)?;
    }
    Ok(limits)
}

fn number_of(name: &str, value: &Bound<'_, PyAny>) -> PyResult<usize> {
    if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
        return Err(error::wrong_type(&format!("limits: {name}"), "int", value));
    }
    value.extract().map_err(|_| error::argument(format!("limits: {name} must be from 0 to {}", usize::MAX)))
}
