//! Columns by Arrow's PyCapsule protocol (arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html): taken from any
//! library that has it, and given to any.
#![allow(unsafe_code)] // a capsule is a pointer

use std::ffi::CStr;
use std::ptr::NonNull;
use std::sync::{Arc, OnceLock};

use callback_profile_arrow::stream::{Parts, stream_of_tables};
use callback_profile_arrow::{ArrowArray, ArrowArrayStream, ArrowError, ArrowSchema, Column, Table};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::error;
use crate::guard::guarded;

/// A result in Arrow's memory, a struct array that pyarrow, Polars, DuckDB and others take without a copy: `pyarrow.array(result)`,
/// `pyarrow.chunked_array(result)`, `polars.Series(result)`. It never changes, and may be given to several of them.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct ArrowStruct {
    /// One for each chunk of the input, at least one.
    tables: Vec<Arc<Table>>,
    /// All chunks as one, made when somebody asks for it.
    joined: OnceLock<Arc<Table>>,
}

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

#[pymethods]
impl ArrowStruct {
    fn __len__(&self) -> usize {
        self.tables.iter().map(|table| table.len()).sum()
    }

    /// The type, as a capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        guarded(|| capsule(py, self.first()?.schema(), SCHEMA))
    }

    /// The type and all rows, as two capsules. requested_schema is ignored: the columns are what they are.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        guarded(|| {
            let table = self.whole(py)?;
            Ok((capsule(py, table.schema(), SCHEMA)?, capsule(py, table.array(), ARRAY)?))
        })
    }

    /// The rows in the chunks of the input, as a capsule. requested_schema is ignored.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        guarded(|| {
            let stream = stream_of_tables(self.tables.clone()).ok_or_else(error::internal)?;
            capsule(py, stream, STREAM)
        })
    }
}

impl ArrowStruct {
    fn first(&self) -> PyResult<&Arc<Table>> {
        self.tables.first().ok_or_else(error::internal)
    }

    fn whole(&self, py: Python<'_>) -> PyResult<Arc<Table>> {
        if let [only] = self.tables.as_slice() {
            return Ok(Arc::clone(only));
        }
        if let Some(joined) = self.joined.get() {
            return Ok(Arc::clone(joined));
        }
        let joined = py.detach(|| Table::joined(&self.tables));
        let joined = joined.ok_or_else(|| error::column_failed(&ArrowError::TooMuch))?;
        Ok(Arc::clone(self.joined.get_or_init(|| Arc::new(joined))))
    }
}

/// Does `work` for each chunk of a column, with the GIL released.
pub(crate) fn over_chunks(
    column: &Bound<'_, PyAny>,
    mut work: impl FnMut(&Column<'_>) -> Result<Table, ArrowError> + Send,
) -> PyResult<ArrowStruct> {
    let py = column.py();
    let mut tables = Vec::new();
    let mut one = |schema: &ArrowSchema, array: ArrowArray| -> PyResult<()> {
        // SAFETY: the protocol promises structures of the interface, which live as long as `array`.
        let result = py.detach(|| work(&unsafe { Column::of(schema, &array) }?));
        tables.push(Arc::new(result.map_err(|error| error::column_failed(&error))?));
        Ok(())
    };
    if let Some(method) = column.getattr_opt("__arrow_c_array__")? {
        let pair = method.call0()?;
        let pair = pair.cast::<PyTuple>().map_err(|_| not_the_protocol())?;
        let (schema, array) = (pair.get_item(0)?, pair.get_item(1)?);
        // SAFETY: a capsule of this name has such a structure, and the GIL is held.
        let (schema, array) = unsafe {
            (
                ArrowSchema::take(pointer(&schema, SCHEMA)?.as_ptr()),
                ArrowArray::take(pointer(&array, ARRAY)?.as_ptr()),
            )
        };
        one(&schema, array)?;
    } else if let Some(method) = column.getattr_opt("__arrow_c_stream__")? {
        let stream = method.call0()?;
        // SAFETY: a capsule of this name has such a structure, and the GIL is held.
        let parts = unsafe { Parts::of(ArrowArrayStream::take(pointer(&stream, STREAM)?.as_ptr())) };
        let mut parts = parts.map_err(|error| error::column_failed(&error))?;
        while let Some(array) = parts.next_part().map_err(|error| error::column_failed(&error))? {
            py.check_signals()?;
            one(parts.schema(), array)?;
        }
        if tables.is_empty() {
            tables.push(Arc::new(
                empty(parts.schema(), &mut work).map_err(|error| error::column_failed(&error))?,
            ));
        }
    } else {
        let expected = "an Arrow array or chunked array (with __arrow_c_array__ or __arrow_c_stream__)";
        return Err(error::wrong_type("column", expected, column));
    }
    Ok(ArrowStruct { tables, joined: OnceLock::new() })
}

/// The result of a stream without a chunk.
fn empty(
    schema: &ArrowSchema,
    work: &mut impl FnMut(&Column<'_>) -> Result<Table, ArrowError>,
) -> Result<Table, ArrowError> {
    // SAFETY: the protocol promises a structure of the interface.
    work(&unsafe { Column::empty(schema) }?)
}

/// The structure of a capsule of this name.
fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<NonNull<T>> {
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| not_the_protocol())?;
    let pointer = capsule.pointer_checked(Some(name)).map_err(|_| not_the_protocol())?.cast::<T>();
    if pointer.is_aligned() { Ok(pointer) } else { Err(not_the_protocol()) }
}

/// A capsule whose structure is released with it, unless a consumer took it.
fn capsule<'py, T: Send + 'static>(
    py: Python<'py>,
    structure: T,
    name: &'static CStr,
) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, structure, name)
}

fn not_the_protocol() -> PyErr {
    error::argument("column does not keep Arrow's PyCapsule protocol")
}
