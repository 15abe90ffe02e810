//! Profiles as the types of pydantic fields; `callback_profile._pydantic` has the schemas.

use pyo3::prelude::*;
use pyo3::types::PyType;

use super::profile::Profile;
use super::stored::StoredProfile;
use crate::guard::guarded;

macro_rules! type_of_a_field {
    ($($class:ty),+) => {$(
        #[pymethods]
        impl $class {
            /// Makes it the type of a pydantic field: see callback_profile._pydantic.
            #[classmethod]
            fn __get_pydantic_core_schema__<'py>(
                class: &Bound<'py, PyType>,
                _source: &Bound<'py, PyAny>,
                _handler: &Bound<'py, PyAny>,
            ) -> PyResult<Bound<'py, PyAny>> {
                guarded(|| class.py().import("callback_profile._pydantic")?.call_method1("core_schema", (class,)))
            }

            /// The JSON Schema of a pydantic field.
            #[classmethod]
            fn __get_pydantic_json_schema__<'py>(
                class: &Bound<'py, PyType>,
                _core_schema: &Bound<'py, PyAny>,
                _handler: &Bound<'py, PyAny>,
            ) -> PyResult<Bound<'py, PyAny>> {
                guarded(|| class.py().import("callback_profile._pydantic")?.call_method1("json_schema", (class,)))
            }
        }
    )+};
}

type_of_a_field!(Profile, StoredProfile);
