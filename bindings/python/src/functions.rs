//! The functions of the package.

use std::borrow::Cow;

use callback_profile::{AddressVerdict, Request};
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString};

use crate::convert::input::{Flag, Str, str_of};
use crate::convert::{options, output};
use crate::error;
use crate::guard::guarded;
use crate::objects::parsed::parsed;
use crate::objects::profile::Profile;

/// Parses a whole create request (sid from the path, the request's own headers, the payload) and returns the profile.
///
/// headers is a mapping or an iterable of (name, value) pairs, each a tuple of two str; names in any case. Options as
/// for Profile.parse.
///
/// Raises ProfileError (invalid_request), whose violations have the contexts params, headers and body.
#[pyfunction]
#[pyo3(
    signature = (
        sid, headers, payload, *, policy=Str::new("documented"), limits=None, encoding=Str::new("base64"),
        tag=Str::new("appended"), reading=Str::new("tolerant"), refuse_sealed=Flag::NO, refuse_v1=Flag::NO, signed=Flag::NO
    ),
    text_signature = "(sid, headers, payload, *, policy='documented', limits=None, \
    encoding='base64', tag='appended', reading='tolerant', refuse_sealed=False, refuse_v1=False, signed=False)"
)]
#[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
pub(crate) fn parse_request(
    py: Python<'_>,
    sid: Str<'_>,
    headers: &Bound<'_, PyAny>,
    payload: &Bound<'_, PyAny>,
    policy: Str<'_>,
    limits: Option<&Bound<'_, PyAny>>,
    encoding: Str<'_>,
    tag: Str<'_>,
    reading: Str<'_>,
    refuse_sealed: Flag,
    refuse_v1: Flag,
    signed: Flag,
) -> PyResult<Profile> {
    guarded(|| {
        let options = options::parse_options(
            policy,
            limits,
            encoding,
            tag,
            reading,
            [refuse_sealed, refuse_v1, signed],
        )?;
        let pairs = match headers.cast::<PyMapping>() {
            Ok(mapping) => mapping.items()?.into_any(),
            Err(_) => headers.clone(),
        };
        let pairs: Vec<_> = pairs
            .try_iter()
            .map_err(|_| error::wrong_type("headers", "a mapping or an iterable of pairs", headers))?
            .map(|pair| header_of(&pair?))
            .collect::<PyResult<_>>()?;
        let headers: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(name, value)| Ok((str_of("headers: a name", name)?, str_of("headers: a value", value)?)))
            .collect::<PyResult<_>>()?;
        let sid = sid.named("sid")?;
        let parse = |payload: &[u8]| Request { sid, headers: &headers, payload }.parse(&options);
        parsed(py, "payload", payload, options.limits.payload_bytes, parse).map(Profile::of)
    })
}

/// The JSON Schema (draft 2020-12) of the payload's structure. The library has more rules than a schema can express.
#[pyfunction]
pub(crate) fn schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    guarded(|| output::value(py, &callback_profile::schema()))
}

/// All codes: errors, advisories, address verdicts.
#[pyfunction]
pub(crate) fn catalogue(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    guarded(|| output::value(py, &callback_profile::catalogue()))
}

/// What kind of address an IP address is; send callbacks to public ones only.
///
/// ip is a str or an ipaddress object; an IPv6 address may have a zone (fe80::1%eth0). No check of a URL notices a host name that resolves to an internal address.
/// Before you send a callback, check every address that the name resolves to, connect to one of exactly those, and
/// follow no redirect without the same check.
///
/// Raises ArgumentError (invalid_argument) if ip is not an IP address.
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
        let verdict = AddressVerdict::of_text(str_of("ip", &text)?);
        verdict.map(AddressVerdict::name).ok_or_else(|| error::argument("ip must be an IP address"))
    })
}

/// A name from outside as messages show it: what could forge a line of a log is escaped.
#[pyfunction(name = "_visible")]
pub(crate) fn visible<'py>(name: &'py Bound<'_, PyString>) -> PyResult<Cow<'py, str>> {
    guarded(|| Ok(callback_profile::visible(str_of("name", name)?)))
}

/// The name and the value of a header.
fn header_of<'py>(pair: &Bound<'py, PyAny>) -> PyResult<(Bound<'py, PyString>, Bound<'py, PyString>)> {
    pair.extract().map_err(|_| error::wrong_type("headers: a pair", "a tuple of two str", pair))
}
