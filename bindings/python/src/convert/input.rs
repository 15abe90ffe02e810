//! Text in every form in which Python has it; mappings and models are written as JSON text first ([`super::json_text`]).

use std::convert::Infallible;
use std::ops::Deref;

use callback_profile::Surrogates;
use pyo3::PyTypeCheck;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyIterator, PyMapping, PyMemoryView, PyString};

use super::json_text::{Fallback, Writing};
use super::surrogates::surrogates_replaced;
use super::wiped::Wiped;
use crate::error;

/// The bytes of an argument: borrowed from an immutable object, or a copy that is wiped when it is dropped.
pub(crate) enum Text<'a> {
    Borrowed(&'a [u8]),
    Owned(Wiped),
}

impl<'a> Text<'a> {
    /// JSON text, from the text or mapping that is the argument `name`. Of a mapping, a little more than `limit` bytes
    /// are written at most: the core refuses the text by its length.
    pub(crate) fn of_json(name: &str, value: &'a Bound<'_, PyAny>, limit: usize) -> PyResult<Text<'a>> {
        let writing = Writing { limit, surrogates: Surrogates::Refuse, fallback: Fallback::Refused };
        Text::of_json_with(name, value, "str, bytes or a dict", writing)
    }

    /// JSON text of a record. The core decides on lone surrogates in bytes and in escapes.
    pub(crate) fn of_record(value: &'a Bound<'_, PyAny>, writing: Writing<'_, '_>) -> PyResult<Text<'a>> {
        if writing.surrogates == Surrogates::Replace
            && let Ok(text) = value.cast::<PyString>()
            && text.to_str().is_err()
        {
            return Ok(Text::Owned(Wiped::from(surrogates_replaced(text)?.as_bytes())));
        }
        Text::of_json_with("record", value, "str, bytes, a dict, a dataclass or a model", writing)
    }

    fn of_json_with(
        name: &str,
        value: &'a Bound<'_, PyAny>,
        expected: &str,
        writing: Writing<'_, '_>,
    ) -> PyResult<Text<'a>> {
        if let Ok(dict) = value.cast_exact::<PyDict>() {
            return writing.dict(name, dict).map(Text::Owned);
        }
        if let Some(text) = Text::of(name, value)? {
            return Ok(text);
        }
        if let Ok(mapping) = value.cast::<PyMapping>() {
            return writing.mapping(name, mapping).map(Text::Owned);
        }
        let model = writing.model(name, value)?;
        model.map(Text::Owned).ok_or_else(|| error::wrong_type(name, expected, value))
    }

    /// The UTF-8 of a `str` or the bytes of a `bytes`, `bytearray` or `memoryview`, the argument `name`; `None` for
    /// everything else.
    pub(crate) fn of(name: &str, value: &'a Bound<'_, PyAny>) -> PyResult<Option<Text<'a>>> {
        if let Ok(text) = value.cast::<PyString>() {
            return Ok(Some(Text::Borrowed(str_of(name, text)?.as_bytes())));
        }
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Ok(Some(Text::Borrowed(bytes.as_bytes())));
        }
        // Other threads can change these while the GIL is released, so they are copied.
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            return Ok(Some(Text::Owned(Wiped::from(bytes.to_vec()))));
        }
        if value.is_instance_of::<PyMemoryView>() {
            let bytes = value.call_method0("tobytes")?;
            return Ok(Some(Text::Owned(Wiped::from(bytes.cast::<PyBytes>()?.as_bytes()))));
        }
        Ok(None)
    }
}

impl Deref for Text<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Text::Borrowed(text) => text,
            Text::Owned(text) => text,
        }
    }
}

/// An argument of the type `str`. In place of `&str`, whose errors are PyO3's own: that of a wrong type does not name the
/// argument, and that of a lone surrogate carries the whole text, which may be a key.
pub(crate) struct Str<'a>(Result<&'a str, Unfit>);

/// An argument of the type `bool`.
pub(crate) struct Flag(Result<bool, Unfit>);

/// What is wrong with an argument.
enum Unfit {
    /// It is of this type.
    Type(String),
    LoneSurrogate,
}

impl Unfit {
    fn into_error(self, name: &str, expected: &str) -> PyErr {
        match self {
            Unfit::Type(given) => error::wrong_type_name(name, expected, &given),
            Unfit::LoneSurrogate => lone_surrogate(name),
        }
    }
}

impl<'a> Str<'a> {
    /// A text that is known; for the defaults of arguments.
    pub(crate) const fn new(text: &'a str) -> Str<'a> {
        Str(Ok(text))
    }

    /// The text of the argument `name`.
    pub(crate) fn named(self, name: &str) -> PyResult<&'a str> {
        self.0.map_err(|unfit| unfit.into_error(name, "str"))
    }
}

impl Flag {
    /// For the defaults of arguments.
    pub(crate) const NO: Flag = Flag(Ok(false));

    /// The value of the argument `name`.
    pub(crate) fn named(self, name: &str) -> PyResult<bool> {
        self.0.map_err(|unfit| unfit.into_error(name, "bool"))
    }
}

impl<'a> FromPyObject<'a, '_> for Str<'a> {
    type Error = Infallible;

    fn extract(value: Borrowed<'a, '_, PyAny>) -> Result<Self, Infallible> {
        if !value.is_instance_of::<PyString>() {
            return Ok(Str(Err(Unfit::Type(error::type_name(&value)))));
        }
        Ok(Str(value.extract().map_err(|_: PyErr| Unfit::LoneSurrogate)))
    }
}

impl FromPyObject<'_, '_> for Flag {
    type Error = Infallible;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> Result<Self, Infallible> {
        Ok(Flag(value.extract().map_err(|_: PyErr| Unfit::Type(error::type_name(&value)))))
    }
}

/// The argument `name`, an object of one of our classes, which errors call `expected`.
pub(crate) fn object_of<'a, 'py, T: PyTypeCheck>(
    name: &str,
    expected: &str,
    value: &'a Bound<'py, PyAny>,
) -> PyResult<&'a Bound<'py, T>> {
    value.cast::<T>().map_err(|_| error::wrong_type(name, expected, value))
}

/// The UTF-8 of a string, which errors call `name`.
pub(crate) fn str_of<'a>(name: &str, text: &'a Bound<'_, PyString>) -> PyResult<&'a str> {
    text.to_str().map_err(|_| lone_surrogate(name))
}

fn lone_surrogate(name: &str) -> PyErr {
    error::argument(format!("{name} holds a lone surrogate, which UTF-8 cannot encode"))
}

/// The bytes of `bytes`, `bytearray` or `memoryview`, or the UTF-8 of a `str`.
pub(crate) fn bytes_of<'a>(name: &str, value: &'a Bound<'_, PyAny>) -> PyResult<Text<'a>> {
    Text::of(name, value)?
        .ok_or_else(|| error::wrong_type(name, "str, bytes, bytearray or memoryview", value))
}

/// The items of a batch. A single text or mapping would be an iterable too, of its characters or names: it is refused,
/// since it is a mistake.
pub(crate) fn items<'py>(name: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    iterator(name, "a list or another iterable", value)
}

/// One object of a type, or the objects of an iterable; none if the argument is absent. Errors call the type `expected`.
pub(crate) fn one_or_many<'py, T: PyTypeCheck>(
    name: &str,
    expected: &str,
    value: Option<&Bound<'py, PyAny>>,
) -> PyResult<Vec<Bound<'py, T>>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    if let Ok(one) = value.cast::<T>() {
        return Ok(vec![one.clone()]);
    }
    let what = format!("{name}: an item");
    let cast = |item: PyResult<Bound<'py, PyAny>>| {
        let item = item?;
        item.cast::<T>().cloned().map_err(|_| error::wrong_type(&what, expected, &item))
    };
    iterator(name, &format!("{expected} or an iterable of {expected}"), value)?.map(cast).collect()
}

/// The UTF-8 of the strings that [`one_or_many`] gave for the argument `name`.
pub(crate) fn strs_of<'a>(name: &str, texts: &'a [Bound<'_, PyString>]) -> PyResult<Vec<&'a str>> {
    texts.iter().map(|text| str_of(name, text)).collect()
}

fn iterator<'py>(name: &str, expected: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    let wrong = || error::wrong_type(name, expected, value);
    if Text::of(name, value)?.is_some() || value.is_instance_of::<PyMapping>() {
        return Err(wrong());
    }
    let is_wrong = |error: &PyErr| error.is_instance_of::<PyTypeError>(value.py());
    value.try_iter().map_err(|error| if is_wrong(&error) { wrong() } else { error })
}
