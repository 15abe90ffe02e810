//! The keyword arguments that several calls share.

use callback_profile::cipher::{Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::{Missing, ParseOptions, Policy, Secrets};
use pyo3::prelude::*;

use super::limits::limits_of;
use crate::error;

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

/// What replaces missing values.
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
