//! Columns in several parts: read from a stream, and handed out as one.

use std::ffi::{CStr, CString, c_char, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::Arc;

use crate::abi::{ArrowArray, ArrowArrayStream, ArrowSchema};
use crate::error::{ArrowError, ArrowProblem};
use crate::output::Table;

/// A stream that is read, and its type.
#[derive(Debug)]
pub struct Parts {
    stream: ArrowArrayStream,
    schema: ArrowSchema,
}

impl Parts {
    /// Takes a stream and asks for its type.
    ///
    /// # Safety
    /// The structure is one of the interface, and what it writes is too.
    ///
    /// # Errors
    /// [`ArrowError::Structures`], [`ArrowError::Stream`].
    pub unsafe fn of(mut stream: ArrowArrayStream) -> Result<Parts, ArrowError> {
        if stream.release.is_none() {
            return Err(ArrowProblem::Released("stream").into());
        }
        let get_schema = stream.get_schema.ok_or(ArrowProblem::Absent("stream: get_schema"))?;
        let mut schema = ArrowSchema::released();
        // SAFETY: the stream was not released, and the schema can be written.
        match unsafe { get_schema(&raw mut stream, &raw mut schema) } {
            0 => Ok(Parts { stream, schema }),
            errno => Err(ArrowError::Stream(errno)),
        }
    }

    /// The type of every part.
    pub fn schema(&self) -> &ArrowSchema {
        &self.schema
    }

    /// The next part; `None` at the end.
    ///
    /// # Errors
    /// [`ArrowError::Structures`], [`ArrowError::Stream`].
    pub fn next_part(&mut self) -> Result<Option<ArrowArray>, ArrowError> {
        let get_next = self.stream.get_next.ok_or(ArrowProblem::Absent("stream: get_next"))?;
        let mut array = ArrowArray::released();
        // SAFETY: the stream was not released, as `of` saw, and the array can be written.
        match unsafe { get_next(&raw mut self.stream, &raw mut array) } {
            0 => Ok(array.release.is_some().then_some(array)),
            errno => Err(ArrowError::Stream(errno)),
        }
    }
}

/// What a stream that is handed out consists of.
pub trait Source: Send {
    /// The type of every part.
    fn schema(&self) -> ArrowSchema;

    /// The next part; `None` at the end.
    ///
    /// # Errors
    /// [`ArrowError`], after which the source is not asked again.
    fn next_part(&mut self) -> Result<Option<ArrowArray>, ArrowError>;
}

/// Hands a source out as a stream.
pub fn stream_of(source: Box<dyn Source>) -> ArrowArrayStream {
    let owned = Box::new(Owned { source, last_error: None, ended: None });
    ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release),
        private_data: Box::into_raw(owned).cast(),
    }
}

/// Tables as a stream, one part each, without a copy.
pub fn stream_of_tables(tables: Vec<Arc<Table>>) -> Option<ArrowArrayStream> {
    let first = Arc::clone(tables.first()?);
    Some(stream_of(Box::new(Tables { first, left: tables.into_iter() })))
}

struct Tables {
    first: Arc<Table>,
    left: std::vec::IntoIter<Arc<Table>>,
}

impl Source for Tables {
    fn schema(&self) -> ArrowSchema {
        self.first.schema()
    }

    fn next_part(&mut self) -> Result<Option<ArrowArray>, ArrowError> {
        Ok(self.left.next().map(|table| table.array()))
    }
}

/// What a stream's private data are.
struct Owned {
    source: Box<dyn Source>,
    last_error: Option<CString>,
    /// What `get_next` returned last: 0 for the end, or an errno. It returns that from then on.
    ended: Option<c_int>,
}

/// "Invalid argument" and "input/output error", the same numbers on every system.
const EINVAL: c_int = 22;
const EIO: c_int = 5;

impl Owned {
    /// The next part; `None` at the end. After the end or an error the source is not asked again.
    fn next_part(&mut self) -> Result<Option<ArrowArray>, c_int> {
        match self.ended {
            Some(0) => return Ok(None),
            Some(errno) => return Err(errno),
            None => {}
        }
        let next = catch_unwind(AssertUnwindSafe(|| self.source.next_part()));
        let next = next.unwrap_or(Err(ArrowError::Internal)).map_err(|error| self.failed(&error));
        self.ended = match &next {
            Ok(Some(_)) => None,
            Ok(None) => Some(0),
            Err(errno) => Some(*errno),
        };
        next
    }

    /// Keeps what the error says, and gives its errno.
    fn failed(&mut self, error: &ArrowError) -> c_int {
        // The code first: the interface has no other place for it.
        let text = format!("{}: {error}", error.code().name());
        self.last_error = CString::new(text).ok();
        match error {
            ArrowError::Internal => EIO,
            _ => EINVAL,
        }
    }
}

/// The private data of a stream that [`stream_of`] made.
///
/// # Safety
/// `stream` is NULL or such a stream, not released, and not used by others during `'a`.
unsafe fn owned<'a>(stream: *mut ArrowArrayStream) -> Option<&'a mut Owned> {
    // SAFETY: the caller's promise is the same.
    unsafe { stream.as_mut()?.private_data.cast::<Owned>().as_mut() }
}

/// # Safety
/// By the interface: a live stream of ours, and memory for the type.
unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: the caller's promise is the same.
    let Some(owned) = (unsafe { owned(stream) }) else { return EINVAL };
    match catch_unwind(AssertUnwindSafe(|| owned.source.schema())) {
        Ok(schema) => {
            // SAFETY: it can be written, says the caller, and holds nothing that must be released.
            unsafe { out.write(schema) };
            0
        }
        Err(_) => owned.failed(&ArrowError::Internal),
    }
}

/// # Safety
/// By the interface: a live stream of ours, and memory for an array.
unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: the caller's promise is the same.
    let Some(owned) = (unsafe { owned(stream) }) else { return EINVAL };
    let array = match owned.next_part() {
        Ok(array) => array.unwrap_or(ArrowArray::released()),
        Err(errno) => return errno,
    };
    // SAFETY: it can be written, says the caller, and holds nothing that must be released.
    unsafe { out.write(array) };
    0
}

/// # Safety
/// By the interface: a live stream of ours.
unsafe extern "C" fn get_last_error(stream: *mut ArrowArrayStream) -> *const c_char {
    // SAFETY: the caller's promise is the same.
    let owned = unsafe { owned(stream) };
    owned.and_then(|owned| owned.last_error.as_deref()).map_or(ptr::null(), CStr::as_ptr)
}

/// # Safety
/// By the interface: a live stream of ours, perhaps moved.
unsafe extern "C" fn release(stream: *mut ArrowArrayStream) {
    // SAFETY: a live structure, whose private data come from `Box::into_raw` and are given back once.
    let (stream, owned) = unsafe {
        let Some(stream) = stream.as_mut() else { return };
        let owned: Box<Owned> = Box::from_raw(stream.private_data.cast());
        (stream, owned)
    };
    // A source is someone else's stream, whose callback is C: it cannot panic. Ours do not in their destructors.
    drop(owned);
    (stream.release, stream.private_data) = (None, ptr::null_mut());
}
