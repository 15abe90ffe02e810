//! Settings, from plain objects whose types JavaScript has checked.

use callback_profile::cipher::{Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::{Limits, Missing, ParseOptions, Policy, Secrets};
use napi_derive::napi;

use crate::failure::Failure;

/// The settings of a parse; an absent one has its default.
#[napi(object, object_to_js = false)]
#[derive(Default)]
pub struct ParseSettings {
    pub policy: Option<String>,
    pub encoding: Option<String>,
    pub tag: Option<String>,
    pub reading: Option<String>,
    pub limits: Option<LimitSettings>,
}

/// Limits; an absent one has its default.
#[napi(object, object_to_js = false)]
#[derive(Default)]
pub struct LimitSettings {
    pub payload_bytes: Option<f64>,
    pub record_bytes: Option<f64>,
    pub received_bytes: Option<f64>,
    pub depth: Option<f64>,
    pub nodes: Option<f64>,
    pub violations: Option<f64>,
    pub url_bytes: Option<f64>,
    pub headers: Option<f64>,
    pub header_name_bytes: Option<f64>,
    pub header_value_bytes: Option<f64>,
    pub headers_bytes: Option<f64>,
    pub replacers: Option<f64>,
    pub output_bytes: Option<f64>,
}

/// The settings of messages and callbacks.
#[napi(object, object_to_js = false)]
#[derive(Clone, Default)]
pub struct RenderSettings {
    pub missing: Option<String>,
    pub pairs: Option<bool>,
    pub boundary: Option<String>,
}

impl ParseSettings {
    pub(crate) fn read(settings: Option<ParseSettings>) -> Result<ParseOptions, Failure> {
        let settings = settings.unwrap_or_default();
        let mut options = ParseOptions::default();
        options.policy = named("policy", settings.policy.as_deref(), Policy::from_name)?;
        options.wire_format = wire_format(&settings)?;
        options.limits = limits(settings.limits.as_ref());
        Ok(options)
    }
}

pub(crate) fn wire_format(settings: &ParseSettings) -> Result<WireFormat, Failure> {
    Ok(WireFormat::default()
        .with_encoding(named("encoding", settings.encoding.as_deref(), Encoding::from_name)?)
        .with_tag(named("tag", settings.tag.as_deref(), TagPlacement::from_name)?)
        .with_reading(named("reading", settings.reading.as_deref(), Reading::from_name)?))
}

pub(crate) fn missing(name: Option<&str>) -> Result<Missing, Failure> {
    named("missing", name, Missing::from_name)
}

pub(crate) fn secrets(name: Option<&str>) -> Result<Secrets, Failure> {
    named("secrets", name, |name| match name {
        "masked" => Some(Secrets::Masked),
        "shown" => Some(Secrets::Shown),
        _ => None,
    })
}

fn named<T: Default>(
    option: &str,
    name: Option<&str>,
    of_name: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Failure> {
    match name {
        None => Ok(T::default()),
        Some(name) => of_name(name).ok_or_else(|| Failure::argument(format!("{option} has no such setting"))),
    }
}

fn limits(settings: Option<&LimitSettings>) -> Limits {
    let mut limits = Limits::default();
    let Some(settings) = settings else { return limits };
    for (limit, setting) in [
        (&mut limits.payload_bytes, settings.payload_bytes),
        (&mut limits.record_bytes, settings.record_bytes),
        (&mut limits.received_bytes, settings.received_bytes),
        (&mut limits.depth, settings.depth),
        (&mut limits.nodes, settings.nodes),
        (&mut limits.violations, settings.violations),
        (&mut limits.url_bytes, settings.url_bytes),
        (&mut limits.headers, settings.headers),
        (&mut limits.header_name_bytes, settings.header_name_bytes),
        (&mut limits.header_value_bytes, settings.header_value_bytes),
        (&mut limits.headers_bytes, settings.headers_bytes),
        (&mut limits.replacers, settings.replacers),
        (&mut limits.output_bytes, settings.output_bytes),
    ] {
        if let Some(number) = setting {
            // The cast saturates; JavaScript has checked that it is a whole number from 0.
            *limit = number as usize;
        }
    }
    limits
}
