//! The functions of the package.

use std::net::IpAddr;

use callback_profile::{AddressVerdict, Limits, Request};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};

use crate::guard::{detached, guarded};
use crate::input::Text;
use crate::options::{self, LIMITS};
use crate::profile::Profile;
use crate::{error, output};

/// Checks the parts of a create request – sid from the path, the request's own headers, the payload – and returns the
/// profile.
///
/// headers is a mapping or an iterable of (name, value) pairs; names in any case. Options as for Profile.parse.
///
/// Raises ProfileError (invalid_request), whose violations have the contexts params, headers and body.
#[pyfunction]
#[pyo3(signature = (
    sid, headers, payload, *, policy="documented", limits=None, encoding="base64", tag="appended", reading="tolerant"
))]
#[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
pub(crate) fn check_request(
    py: Python<'_>,
    sid: &str,
    headers: &Bound<'_, PyAny>,
    payload: &Bound<'_, PyAny>,
    policy: &str,
    limits: Option<&Bound<'_, PyAny>>,
    encoding: &str,
    tag: &str,
    reading: &str,
) -> PyResult<Profile> {
    guarded(|| {
        let options = options::parse_options(policy, limits, encoding, tag, reading)?;
        let pairs = match headers.cast::<PyMapping>() {
            Ok(mapping) => mapping.items()?.into_any(),
            Err(_) => headers.clone(),
        };
        let pairs: Vec<(String, String)> = pairs
            .try_iter()
            .map_err(|_| error::wrong_type("headers", "a mapping or an iterable of pairs", headers))?
            .map(|pair| pair?.extract())
            .collect::<PyResult<_>>()?;
        let headers: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let text = Text::of_json("payload", payload, options.limits.payload_bytes)?;
        let request = Request { sid, headers: &headers, payload: text.as_ref() };
        let profile = detached(py, request.payload.len(), || request.check(&options));
        profile.map(Profile::of).map_err(|refusal| error::report(py, &refusal))
    })
}

/// The JSON Schema (draft 2020-12) of the payload's structural rules. The library refuses more.
#[pyfunction]
pub(crate) fn schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    guarded(|| output::value(py, &callback_profile::schema()))
}

/// All codes: errors, advisories, address verdicts.
#[pyfunction]
pub(crate) fn catalogue(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    guarded(|| output::value(py, &callback_profile::catalogue()))
}

/// What an IP address is good for as the target of a callback; only public may be sent to.
///
/// ip is a str or an ipaddress object. A name that resolves to an internal address gets past every check of a URL, so
/// whoever sends the callback asks this about every address that the name resolves to, connects to one of exactly
/// those, and follows no redirect without doing it all again.
///
/// Raises ArgumentError for what is no IP address.
#[pyfunction]
pub(crate) fn address_verdict(py: Python<'_>, ip: &Bound<'_, PyAny>) -> PyResult<&'static str> {
    guarded(|| {
        let text = match ip.cast::<PyString>() {
            Ok(text) => text.clone(),
            Err(_) => {
                let module = py.import("ipaddress")?;
                let class = |name| module.getattr(name);
                if !ip.is_instance(&class("IPv4Address")?)? && !ip.is_instance(&class("IPv6Address")?)? {
                    return Err(error::wrong_type("ip", "str, IPv4Address or IPv6Address", ip));
                }
                ip.str()?
            }
        };
        let ip: Result<IpAddr, _> = text.to_str()?.parse();
        ip.map(|ip| AddressVerdict::of(ip).name()).map_err(|_| error::argument("ip must be an IP address"))
    })
}

/// The limits by name, as the core has them; the dataclass Limits is tested against it.
#[pyfunction(name = "_default_limits")]
pub(crate) fn default_limits(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    guarded(|| {
        let (mut limits, dict) = (Limits::default(), PyDict::new(py));
        for (name, place) in LIMITS {
            dict.set_item(name, *place(&mut limits))?;
        }
        Ok(dict)
    })
}
