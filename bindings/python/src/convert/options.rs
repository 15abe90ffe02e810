//! The keyword arguments that several calls share.

use std::str::FromStr;

use callback_profile::cipher::WireFormat;
use callback_profile::{Missing, OpenOptions, Parameters, ParseOptions, Secrets, Surrogates, UnknownName};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList, PyString, PyTuple};

use super::expected::HeldExpected;
use super::input::{Flag, Str, str_of};
use super::limits::limits_of;
use crate::error;

/// The settings of a parse.
pub(crate) fn parse_options(
    policy: Str<'_>,
    limits: Option<&Bound<'_, PyAny>>,
    encoding: Str<'_>,
    tag: Str<'_>,
    reading: Str<'_>,
    [refuse_sealed, refuse_v1, signed]: [Flag; 3],
) -> PyResult<ParseOptions> {
    let mut options = ParseOptions::default();
    options.policy = named("policy", policy)?;
    options.wire_format = wire_format(encoding, tag, reading)?;
    options.refuse_sealed = refuse_sealed.named("refuse_sealed")?;
    options.refuse_v1 = refuse_v1.named("refuse_v1")?;
    options.signed = signed.named("signed")?;
    if let Some(limits) = limits {
        options.limits = limits_of(limits)?;
    }
    Ok(options)
}

/// How encrypted values are written and read.
pub(crate) fn wire_format(encoding: Str<'_>, tag: Str<'_>, reading: Str<'_>) -> PyResult<WireFormat> {
    Ok(WireFormat::default()
        .with_encoding(named("encoding", encoding)?)
        .with_tag(named("tag", tag)?)
        .with_reading(named("reading", reading)?))
}

/// What replaces missing values.
pub(crate) fn missing(name: Str<'_>) -> PyResult<Missing> {
    named("missing", name)
}

/// What becomes of lone surrogates in a record.
pub(crate) fn surrogates(name: Str<'_>) -> PyResult<Surrogates> {
    named("surrogates", name)
}

/// Whether key and IV are shown.
pub(crate) fn secrets(name: Str<'_>) -> PyResult<Secrets> {
    named("secrets", name)
}

/// The text of an argument that may be None.
pub(crate) fn optional<'a>(name: &str, text: Option<Str<'a>>) -> PyResult<Option<&'a str>> {
    text.map(|text| text.named(name)).transpose()
}

/// Calls `open` with the settings of opening. `now` is the time of an `expected` that has none.
pub(crate) fn opening<T>(
    content_type: Option<Str<'_>>,
    structures: Option<&Bound<'_, PyAny>>,
    absent: Option<&Bound<'_, PyAny>>,
    expected: Option<&Bound<'_, PyAny>>,
    now: Option<u64>,
    open: impl FnOnce(&OpenOptions<'_>) -> PyResult<T>,
) -> PyResult<T> {
    let (structures, absent) = (Chosen::of("structures", structures)?, Chosen::of("absent", absent)?);
    let expected = HeldExpected::of("expected", expected, now)?;
    let mut options = OpenOptions::default();
    options.expected = expected.as_ref().map(HeldExpected::expected);
    options.content_type = optional("content_type", content_type)?;
    options.structures = structures.parameters();
    options.absent = absent.parameters();
    open(&options)
}

/// Some of a profile's parameters, as an argument.
enum Chosen {
    None,
    All,
    Names(Vec<String>),
}

impl Chosen {
    /// A bool, a list or a tuple. Not any iterable: a str would be one of its characters.
    fn of(option: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<Chosen> {
        let Some(value) = value else { return Ok(Chosen::None) };
        if let Ok(all) = value.cast::<PyBool>() {
            return Ok(if all.is_true() { Chosen::All } else { Chosen::None });
        }
        let names = match (value.cast::<PyList>(), value.cast::<PyTuple>()) {
            (Ok(list), _) => list.iter().collect::<Vec<_>>(),
            (_, Ok(tuple)) => tuple.iter().collect(),
            _ => return Err(error::wrong_type(option, "bool, or a list or tuple of str", value)),
        };
        let what = format!("{option}: a name");
        let name_of = |name: &Bound<'_, PyAny>| match name.cast::<PyString>() {
            Ok(text) => str_of(&what, text).map(str::to_owned),
            Err(_) => Err(error::wrong_type(&what, "str", name)),
        };
        names.iter().map(name_of).collect::<PyResult<_>>().map(Chosen::Names)
    }

    fn parameters(&self) -> Parameters<'_> {
        match self {
            Chosen::None => Parameters::None,
            Chosen::All => Parameters::All,
            Chosen::Names(names) => Parameters::Names(names),
        }
    }
}

/// The value of this name, which the caller gave for the option.
fn named<T: FromStr<Err = UnknownName>>(option: &str, name: Str<'_>) -> PyResult<T> {
    name.named(option)?.parse().map_err(|error| error::argument(format!("{option} {error}")))
}
