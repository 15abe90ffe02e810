//! Python's values as JSON text.
//!
//! The core reads text, so a dict is written as compact JSON first: in Rust, in one pass, exactly. Strings keep
//! every character, integers every digit, and floats get the shortest text that reads back as the same number,
//! as `json.dumps` does. What JSON cannot express is refused, with its place: NaN, infinities, keys that are not strings,
//! sets. In a record, models are written by their fields ([`super::models`]), and what is left goes to the caller's `default`.
//!
//! A mapping that is not exactly a dict is read by its own methods: a subclass may have other items than the dict below
//! it. They may run any code and change what is being read, so the items of a dict or list are taken first, all at once,
//! and compared afterwards.

use std::cell::RefCell;

use callback_profile::json::push_string;
use callback_profile::{Surrogates, visible};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};

use super::models::{self, Item, Model};
use super::surrogates::surrogates_replaced;
use super::wiped::Wiped;
use crate::error;

/// Deepest nesting of dicts and lists that is written; without it, a list that holds itself would never end. It is the
/// core's own ceiling; the core checks the limit that the caller chose.
const MAX_DEPTH: usize = 128;

/// How an argument is written.
#[derive(Clone, Copy)]
pub(crate) struct Writing<'a, 'py> {
    /// Writing stops a little after so many bytes.
    pub(crate) limit: usize,
    /// What becomes of lone surrogates.
    pub(crate) surrogates: Surrogates,
    /// What becomes of a value that JSON does not have.
    pub(crate) fallback: Fallback<'a, 'py>,
}

/// What becomes of a value that JSON does not have.
#[derive(Clone, Copy)]
pub(crate) enum Fallback<'a, 'py> {
    /// It is refused. The call is none that takes a record, and models are refused too.
    Refused,
    /// Models are written; everything else is refused, and the message names `default`, which was not given.
    NotGiven,
    /// Models are written; everything else is what this callable makes of it.
    Default(&'a Bound<'py, PyAny>),
}

impl<'a, 'py> Fallback<'a, 'py> {
    /// That of a record, by the argument `default`.
    pub(crate) fn of_record(default: Option<&'a Bound<'py, PyAny>>) -> PyResult<Fallback<'a, 'py>> {
        match default {
            None => Ok(Fallback::NotGiven),
            Some(default) if default.is_callable() => Ok(Fallback::Default(default)),
            Some(default) => Err(error::wrong_type("default", "a callable or None", default)),
        }
    }

    fn takes_models(self) -> bool {
        !matches!(self, Fallback::Refused)
    }
}

impl Writing<'_, '_> {
    /// A dict, the argument of this name, as compact JSON.
    pub(crate) fn dict(self, argument: &str, dict: &Bound<'_, PyDict>) -> PyResult<Wiped> {
        self.written(argument, |writer| writer.push_dict(dict, 1))
    }

    /// Any other mapping.
    pub(crate) fn mapping(self, argument: &str, mapping: &Bound<'_, PyMapping>) -> PyResult<Wiped> {
        self.written(argument, |writer| {
            writer.ran_python = true;
            writer.push_mapping(mapping, 1)
        })
    }

    /// A model; `None` if the value is none, or if none is taken.
    pub(crate) fn model(self, argument: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<Wiped>> {
        if !self.fallback.takes_models() {
            return Ok(None);
        }
        let Some(model) = models::of(value)? else { return Ok(None) };
        let written = self.written(argument, |writer| {
            writer.ran_python = true;
            writer.push_model(model, 1)
        });
        written.map(Some)
    }

    fn written(
        self,
        argument: &str,
        write: impl FnOnce(&mut Writer<'_, '_>) -> Result<(), Refused>,
    ) -> PyResult<Wiped> {
        let mut writer = Writer { out: Wiped::new(), settings: self, ran_python: false };
        write(&mut writer).map_err(|refused| refused.into_error(argument))?;
        Ok(writer.out)
    }
}

/// The items of any mapping, read by its own methods.
pub(crate) fn items_of_mapping<'py>(mapping: &Bound<'py, PyMapping>) -> PyResult<Vec<Item<'py>>> {
    mapping.items()?.iter().map(|item| item.extract()).collect()
}

/// Why a value cannot be written, and the path to it, which is shown as a JSON Pointer. Boxed, since it is rare and returned through every level.
struct Refused(Box<(Reason, Vec<String>)>);

enum Reason {
    Type(String),
    Value(String),
    Raised(PyErr),
}

impl Refused {
    fn new(reason: Reason) -> Refused {
        Refused(Box::new((reason, Vec::new())))
    }

    fn value(message: &str) -> Refused {
        Refused::new(Reason::Value(message.to_owned()))
    }

    fn not_finite() -> Refused {
        Refused::value("is not a finite number, which JSON does not have")
    }

    #[cold]
    fn changed() -> Refused {
        Refused::value("changed while it was read")
    }

    /// Adds a step to the path, which is collected from the inside out.
    fn under(mut self, step: impl FnOnce() -> String) -> Refused {
        self.0.1.push(step());
        self
    }

    fn into_error(self, argument: &str) -> PyErr {
        let (reason, path) = *self.0;
        let mut subject = argument.to_owned();
        // The path into a list that holds itself is long; a few steps show where it is.
        for step in path.iter().rev().take(8) {
            subject.push('/');
            subject.push_str(&visible(&step.replace('~', "~0").replace('/', "~1")));
        }
        match reason {
            Reason::Type(message) => PyTypeError::new_err(format!("{subject} {message}")),
            Reason::Value(message) => error::argument(format!("{subject} {message}")),
            Reason::Raised(error) => error,
        }
    }
}

impl From<PyErr> for Refused {
    fn from(error: PyErr) -> Self {
        Refused::new(Reason::Raised(error))
    }
}

struct Writer<'a, 'py> {
    out: Wiped,
    settings: Writing<'a, 'py>,
    /// Whether code in Python ran since the writer began, which could have changed what is being read.
    ran_python: bool,
}

impl Writer<'_, '_> {
    fn push_dict(&mut self, dict: &Bound<'_, PyDict>, depth: usize) -> Result<(), Refused> {
        let items = items_of(dict)?;
        self.push_members(&items, depth)?;
        let is_same = |now: &[Item<'_>]| {
            now.len() == items.len()
                && now.iter().zip(&items).all(|(now, then)| now.0.is(&then.0) && now.1.is(&then.1))
        };
        if self.ran_python && !self.is_full() && !is_same(&items_of(dict)?) {
            Err(Refused::changed())
        } else {
            Ok(())
        }
    }

    fn push_mapping(&mut self, mapping: &Bound<'_, PyMapping>, depth: usize) -> Result<(), Refused> {
        // Before its methods run: a mapping that holds itself may make new ones without end.
        self.check_depth(depth)?;
        self.push_members(&items_of_mapping(mapping)?, depth)
    }

    fn push_members(&mut self, items: &[Item<'_>], depth: usize) -> Result<(), Refused> {
        self.check_depth(depth)?;
        self.push(b"{");
        for (index, (name, value)) in items.iter().enumerate() {
            let Ok(name) = name.cast_exact::<PyString>().or_else(|_| name.cast::<PyString>()) else {
                let name = error::type_name(name);
                return Err(Refused::new(Reason::Type(format!("has a key that is not str but {name}"))));
            };
            if index > 0 {
                self.push(b",");
            }
            self.push_string(name)?;
            self.push(b":");
            self.push_value(value, depth)
                .map_err(|refused| refused.under(|| name.to_string_lossy().into_owned()))?;
            if self.is_full() {
                return Ok(());
            }
        }
        self.push(b"}");
        Ok(())
    }

    fn push_list(&mut self, list: &Bound<'_, PyList>, depth: usize) -> Result<(), Refused> {
        let elements: Vec<_> = list.iter().collect();
        self.push_elements(&elements, depth)?;
        let is_same =
            || list.len() == elements.len() && list.iter().zip(&elements).all(|(now, then)| now.is(then));
        if self.ran_python && !self.is_full() && !is_same() { Err(Refused::changed()) } else { Ok(()) }
    }

    fn push_elements(&mut self, elements: &[Bound<'_, PyAny>], depth: usize) -> Result<(), Refused> {
        self.check_depth(depth)?;
        self.push(b"[");
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.push(b",");
            }
            self.push_value(element, depth).map_err(|refused| refused.under(|| index.to_string()))?;
            if self.is_full() {
                return Ok(());
            }
        }
        self.push(b"]");
        Ok(())
    }

    fn push_value(&mut self, value: &Bound<'_, PyAny>, depth: usize) -> Result<(), Refused> {
        let deeper = depth.saturating_add(1);
        if let Ok(text) = value.cast_exact::<PyString>() {
            self.push_string(text)?;
        } else if value.is_none() {
            self.push(b"null");
        } else if let Ok(truth) = value.cast::<PyBool>() {
            self.push(if truth.is_true() { b"true" } else { b"false" });
        } else if let Ok(number) = value.cast::<PyInt>() {
            self.push_int(number)?;
        } else if let Ok(number) = value.cast::<PyFloat>() {
            self.push_float(number)?;
        } else if let Ok(dict) = value.cast_exact::<PyDict>() {
            self.push_dict(dict, deeper)?;
        } else if let Ok(list) = value.cast::<PyList>() {
            self.push_list(list, deeper)?;
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.push_elements(&tuple.iter().collect::<Vec<_>>(), deeper)?;
        } else if let Ok(text) = value.cast::<PyString>() {
            self.push_string(text)?; // a subclass of str, such as an enum
        } else if let Some(mapping) = self.mapping_of(value) {
            self.push_mapping(mapping, deeper)?;
        } else {
            self.push_other(value, deeper)?;
        }
        Ok(())
    }

    /// A model, or what `default` makes of the value, which counts as a level: one that gives back what it was given would
    /// never end.
    fn push_other(&mut self, value: &Bound<'_, PyAny>, depth: usize) -> Result<(), Refused> {
        if self.settings.fallback.takes_models()
            && let Some(model) = models::of(value)?
        {
            return self.push_model(model, depth);
        }
        let Fallback::Default(default) = self.settings.fallback else {
            let name = error::type_name(value);
            let hint = if self.settings.fallback.takes_models() { ": pass default=" } else { "" };
            let message = format!("is of type {name}, which JSON does not have{hint}");
            return Err(Refused::new(Reason::Type(message)));
        };
        self.check_depth(depth)?;
        let given = default.call1((value,))?;
        match decimal_text(&given)? {
            Some(text) => self.push(text?.as_bytes()),
            None => self.push_value(&given, depth)?,
        }
        Ok(())
    }

    fn push_model(&mut self, model: Model<'_>, depth: usize) -> Result<(), Refused> {
        match model {
            Model::Fields(fields) => self.push_members(&fields, depth),
            Model::Dumped { json, python } => {
                self.check_depth(depth)?;
                refuse_lost(&json, &python, depth)?;
                self.push_value(&json, depth)
            }
        }
    }

    /// The question runs Python's `isinstance`, and with it what the value's class says about itself.
    fn mapping_of<'a, 'py>(&mut self, value: &'a Bound<'py, PyAny>) -> Option<&'a Bound<'py, PyMapping>> {
        self.ran_python = true;
        value.cast::<PyMapping>().ok()
    }

    fn push_int(&mut self, number: &Bound<'_, PyInt>) -> Result<(), Refused> {
        match number.extract::<i64>() {
            Ok(number) => self.push(number.to_string().as_bytes()),
            Err(_) => {
                // int.__repr__, since a subclass (an enum) may override it.
                let text = number.py().get_type::<PyInt>().call_method1("__repr__", (number,));
                let text = text.map_err(|_| Refused::value("is too large a number"))?;
                self.push(text.cast::<PyString>().map_err(PyErr::from)?.to_str()?.as_bytes());
            }
        }
        Ok(())
    }

    fn push_float(&mut self, number: &Bound<'_, PyFloat>) -> Result<(), Refused> {
        if !number.value().is_finite() {
            return Err(Refused::not_finite());
        }
        let text = number.py().get_type::<PyFloat>().call_method1("__repr__", (number,))?;
        self.push(text.cast::<PyString>().map_err(PyErr::from)?.to_str()?.as_bytes());
        Ok(())
    }

    fn push_string(&mut self, text: &Bound<'_, PyString>) -> Result<(), Refused> {
        match text.to_str() {
            Ok(text) => push_string(&mut self.out, text),
            Err(_) if self.settings.surrogates == Surrogates::Replace => {
                push_string(&mut self.out, &surrogates_replaced(text)?);
            }
            Err(_) => return Err(Refused::value("holds a lone surrogate, which UTF-8 cannot encode")),
        }
        Ok(())
    }

    fn push(&mut self, text: &[u8]) {
        self.out.push(text);
    }

    /// Whether the text is longer than the core accepts: writing the rest would change nothing.
    fn is_full(&self) -> bool {
        self.out.as_ref().len() > self.settings.limit
    }

    fn check_depth(&self, depth: usize) -> Result<(), Refused> {
        if depth > MAX_DEPTH {
            return Err(Refused::value("(and so on) is nested too deeply, or holds itself"));
        }
        Ok(())
    }
}

/// The items of a dict, taken while nothing can change it.
fn items_of<'py>(dict: &Bound<'py, PyDict>) -> PyResult<Vec<Item<'py>>> {
    let items = RefCell::new(Vec::with_capacity(dict.len()));
    dict.locked_for_each(|name, value| {
        items.borrow_mut().push((name, value));
        Ok(())
    })?;
    Ok(items.into_inner())
}

/// Refuses a number that is not finite and became null in a model's JSON form: it would go out as an empty text.
fn refuse_lost(json: &Bound<'_, PyAny>, python: &Bound<'_, PyAny>, depth: usize) -> Result<(), Refused> {
    if json.is_none() {
        let number = python.cast::<PyFloat>();
        let is_lost = number.is_ok_and(|number| !number.value().is_finite());
        return if is_lost { Err(Refused::not_finite()) } else { Ok(()) };
    }
    if depth > MAX_DEPTH {
        return Ok(()); // what is so deep is refused when it is written
    }
    let deeper = depth.saturating_add(1);
    if let (Ok(json), Ok(python)) = (json.cast::<PyDict>(), python.cast::<PyDict>()) {
        for ((name, json), (_, python)) in items_of(json)?.iter().zip(&items_of(python)?) {
            refuse_lost(json, python, deeper).map_err(|refused| {
                refused.under(|| name.str().map_or_else(|_| String::new(), |name| name.to_string()))
            })?;
        }
    } else if let Ok(list) = json.cast::<PyList>()
        && let Ok(python) = python.try_iter()
    {
        for (index, (json, python)) in list.iter().zip(python).enumerate() {
            refuse_lost(&json, &python?, deeper).map_err(|refused| refused.under(|| index.to_string()))?;
        }
    }
    Ok(())
}

/// The digits of a `Decimal`, which a `default` gives back for an exact number; `None` for everything else.
fn decimal_text(value: &Bound<'_, PyAny>) -> PyResult<Option<Result<String, Refused>>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let py = value.py();
    if !value.is_instance(DECIMAL.import(py, "decimal", "Decimal")?)? {
        return Ok(None);
    }
    if !value.call_method0("is_finite")?.is_truthy()? {
        return Ok(Some(Err(Refused::not_finite())));
    }
    Ok(Some(Ok(value.str()?.to_str()?.to_owned())))
}
