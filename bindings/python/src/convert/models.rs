//! Objects that are records by their fields: dataclasses, attrs classes, msgspec structs, pydantic models.
//!
//! They are known by the attributes that their libraries put on the class, so that no library is imported for the question.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyType};

/// A key and its value.
pub(super) type Item<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// What is written in place of an object.
pub(super) enum Model<'py> {
    /// Its fields, in the order of its class.
    Fields(Vec<Item<'py>>),
    /// What the object itself gives as its JSON form, and as Python's values: the first may have null for what is NaN in the
    /// second.
    Dumped { json: Bound<'py, PyAny>, python: Bound<'py, PyAny> },
}

/// The fields or the JSON form of a model; `None` of every other object.
pub(super) fn of<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Model<'py>>> {
    let (py, class) = (value.py(), value.get_type());
    // Before dataclasses: a pydantic dataclass is one too.
    if let Some(serializer) = class.getattr_opt(intern!(py, "__pydantic_serializer__"))? {
        let json = dumped(value, &serializer, intern!(py, "json"))?;
        let python = dumped(value, &serializer, intern!(py, "python"))?;
        return Ok(Some(Model::Dumped { json, python }));
    }
    if class.hasattr(intern!(py, "__dataclass_fields__"))? {
        let fields = py.import(intern!(py, "dataclasses"))?.call_method1(intern!(py, "fields"), (value,))?;
        return by_name(value, &fields).map(Some);
    }
    if let Some(fields) = class.getattr_opt(intern!(py, "__attrs_attrs__"))? {
        return by_name(value, &fields).map(Some);
    }
    if class.hasattr(intern!(py, "__struct_encode_fields__"))? {
        return of_struct(value, &class).map(Some);
    }
    Ok(None)
}

/// What a pydantic model gives for this mode. `model_dump` is what a model may override; a pydantic dataclass has none.
fn dumped<'py>(
    value: &Bound<'py, PyAny>,
    serializer: &Bound<'py, PyAny>,
    mode: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    let options = PyDict::new(py);
    options.set_item(intern!(py, "mode"), mode)?;
    match value.getattr_opt(intern!(py, "model_dump"))? {
        Some(model_dump) => model_dump.call((), Some(&options)),
        None => serializer.call_method(intern!(py, "to_python"), (value,), Some(&options)),
    }
}

/// The fields that a class lists, each an object with a name.
fn by_name<'py>(value: &Bound<'py, PyAny>, fields: &Bound<'py, PyAny>) -> PyResult<Model<'py>> {
    let name = intern!(value.py(), "name");
    let item = |field: PyResult<Bound<'py, PyAny>>| {
        let name = field?.getattr(name)?;
        let value = value.getattr(name.cast::<PyString>()?)?;
        Ok((name, value))
    };
    fields.try_iter()?.map(item).collect::<PyResult<_>>().map(Model::Fields)
}

/// The fields of a msgspec struct under the names that msgspec writes, without those that are UNSET.
fn of_struct<'py>(value: &Bound<'py, PyAny>, class: &Bound<'py, PyType>) -> PyResult<Model<'py>> {
    let py = value.py();
    let unset = py.import(intern!(py, "msgspec"))?.getattr(intern!(py, "UNSET"))?;
    let written = class.getattr(intern!(py, "__struct_encode_fields__"))?;
    let names = class.getattr(intern!(py, "__struct_fields__"))?;
    let mut fields = Vec::new();
    for (written, name) in written.try_iter()?.zip(names.try_iter()?) {
        let value = value.getattr(name?.cast::<PyString>()?)?;
        if !value.is(&unset) {
            fields.push((written?, value));
        }
    }
    Ok(Model::Fields(fields))
}
