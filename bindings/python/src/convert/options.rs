//! The keyword arguments that several calls share.

use std::str::FromStr;

use callback_profile::cipher::WireFormat;
use callback_profile::{Missing, OpenOptions, Parameters, ParseOptions, Secrets, Surrogates, UnknownName};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList, PyString, PyTuple};

use super::input::str_of;
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
    options.policy = named("policy", policy)?;
    options.wire_format = wire_format(encoding, tag, reading)?;
    if let Some(limits) = limits {
        options.limits = limits_of(limits)?;
    }
    Ok(options)
}

/// How encrypted values are written and read.
pub(crate) fn wire_format(encoding: &str, tag: &str, reading: &str) -> PyResult<WireFormat> {
    Ok(WireFormat::default()
        .with_encoding(named("encoding", encoding)?)
        .with_tag(named("tag", tag)?)
        .with_reading(named("reading", reading)?))
}

/// What replaces missing values.
pub(crate) fn missing(name: &str) -> PyResult<Missing> {
    named("missing", name)
}

/// What becomes of lone surrogates in a record.
pub(crate) fn surrogates(name: &str) -> PyResult<Surrogates> {
    named("surrogates", name)
}

/// Whether key and IV are shown.
pub(crate) fn secrets(name: &str) -> PyResult<Secrets> {
    named("secrets", name)
}

/// Some of a profile's parameters, as an argument: all or none of them, or those of these names.
#[derive(Default)]
pub(crate) enum Chosen {
    #[default]
    None,
    All,
    Names(Vec<String>),
}

impl Chosen {
    fn names(&self) -> Vec<&str> {
        match self {
            Chosen::Names(names) => names.iter().map(String::as_str).collect(),
            Chosen::None | Chosen::All => Vec::new(),
        }
    }

    fn parameters<'n>(&self, names: &'n [&'n str]) -> Parameters<'n> {
        match self {
            Chosen::None => Parameters::None,
            Chosen::All => Parameters::All,
            Chosen::Names(_) => Parameters::Names(names),
        }
    }
}

/// Not any iterable: of a str, it would be the characters.
impl<'py> FromPyObject<'_, 'py> for Chosen {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Chosen> {
        let name_of = |name: Bound<'py, PyAny>| {
            let text = name.cast::<PyString>().map_err(|_| {
                PyTypeError::new_err(format!("a name must be str, not {}", error::type_name(&name)))
            })?;
            str_of(text).map(str::to_owned)
        };
        if let Ok(all) = value.cast::<PyBool>() {
            return Ok(if all.is_true() { Chosen::All } else { Chosen::None });
        }
        if let Ok(names) = value.cast::<PyList>() {
            return names.iter().map(name_of).collect::<PyResult<_>>().map(Chosen::Names);
        }
        if let Ok(names) = value.cast::<PyTuple>() {
            return names.iter().map(name_of).collect::<PyResult<_>>().map(Chosen::Names);
        }
        let name = error::type_name(&value);
        Err(PyTypeError::new_err(format!("must be bool, or a list or tuple of names, not {name}")))
    }
}

/// Calls `open` with the settings of opening.
pub(crate) fn opening<T>(
    content_type: Option<&str>,
    structures: &Chosen,
    absent: &Chosen,
    open: impl FnOnce(&OpenOptions<'_>) -> T,
) -> T {
    let (structure_names, absent_names) = (structures.names(), absent.names());
    let mut options = OpenOptions::default();
    options.content_type = content_type;
    options.structures = structures.parameters(&structure_names);
    options.absent = absent.parameters(&absent_names);
    open(&options)
}

/// The value of this name, which the caller gave for the option.
fn named<T: FromStr<Err = UnknownName>>(option: &str, name: &str) -> PyResult<T> {
    name.parse().map_err(|error| error::argument(format!("{option} {error}")))
}
