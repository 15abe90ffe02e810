//! What is handed out: a struct array of text columns.
//!
//! A [`Table`] can be handed out many times; each structure keeps it alive. A child may be moved out of its parent and
//! released on its own.

use std::ffi::{CString, c_char, c_void};
use std::ptr;
use std::sync::Arc;

use crate::abi::{ArrowArray, ArrowSchema};

/// The columns of a result, all of one length.
#[derive(Debug)]
pub struct Table {
    len: usize,
    columns: Vec<(CString, Texts)>,
}

/// A column that is being filled.
#[derive(Debug)]
pub(crate) struct Texts {
    offsets: Offsets,
    data: Vec<u8>,
    /// A bit for each row; whole bytes.
    validity: Vec<u8>,
    len: usize,
    nulls: usize,
}

#[derive(Debug)]
enum Offsets {
    Small(Vec<i32>),
    Large(Vec<i64>),
}

/// How much a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// `string`: 2 GiB.
    Small,
    /// `large_string`.
    Large,
}

/// A column would be larger than its offsets can express.
#[derive(Debug)]
pub(crate) struct Overflow;

impl Texts {
    /// A column of no rows, with room for the offsets of so many.
    pub(crate) fn new(width: Width, rows: usize) -> Texts {
        let room = rows.saturating_add(1);
        let offsets = match width {
            Width::Small => {
                let mut offsets = Vec::with_capacity(room);
                offsets.push(0);
                Offsets::Small(offsets)
            }
            Width::Large => {
                let mut offsets = Vec::with_capacity(room);
                offsets.push(0);
                Offsets::Large(offsets)
            }
        };
        Texts { offsets, data: Vec::new(), validity: Vec::with_capacity(rows.div_ceil(8)), len: 0, nulls: 0 }
    }

    /// Appends a row.
    pub(crate) fn push(&mut self, text: Option<&str>) -> Result<(), Overflow> {
        self.push_with(text.is_some(), |data| data.extend_from_slice(text.unwrap_or_default().as_bytes()))
    }

    /// Appends a row whose text `write` appends; it must be UTF-8. A null row has no text.
    pub(crate) fn push_with(
        &mut self,
        is_valid: bool,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), Overflow> {
        write(&mut self.data);
        self.offsets.push(self.data.len())?;
        self.push_bit(is_valid);
        Ok(())
    }

    /// Appends the rows of another column of the same width.
    pub(crate) fn append(&mut self, other: &Texts) -> Result<(), Overflow> {
        let base = self.data.len();
        self.data.extend_from_slice(&other.data);
        self.offsets.append(&other.offsets, base)?;
        if self.len.is_multiple_of(8) {
            self.validity.extend_from_slice(&other.validity);
            self.len = self.len.saturating_add(other.len);
            self.nulls = self.nulls.saturating_add(other.nulls);
        } else {
            for row in 0..other.len {
                let byte = other.validity.get(row / 8).copied().unwrap_or_default();
                self.push_bit(byte >> (row % 8) & 1 == 1);
            }
        }
        Ok(())
    }

    /// Appends the rows of another column, whose memory is taken if this one has no row yet.
    pub(crate) fn join(&mut self, other: Texts) -> Result<(), Overflow> {
        if self.len == 0 {
            *self = other;
            return Ok(());
        }
        self.append(&other)
    }

    fn push_bit(&mut self, is_valid: bool) {
        let bit = self.len % 8;
        if bit == 0 {
            self.validity.push(0);
        }
        match self.validity.last_mut() {
            Some(byte) if is_valid => *byte |= 1 << bit,
            _ => self.nulls = self.nulls.saturating_add(usize::from(!is_valid)),
        }
        self.len = self.len.saturating_add(1);
    }

    fn format(&self) -> &'static std::ffi::CStr {
        match self.offsets {
            Offsets::Small(_) => c"u",
            Offsets::Large(_) => c"U",
        }
    }
}

impl Offsets {
    fn push(&mut self, end: usize) -> Result<(), Overflow> {
        match self {
            Offsets::Small(offsets) => offsets.push(i32::try_from(end).map_err(|_| Overflow)?),
            Offsets::Large(offsets) => offsets.push(i64::try_from(end).map_err(|_| Overflow)?),
        }
        Ok(())
    }

    fn append(&mut self, other: &Offsets, base: usize) -> Result<(), Overflow> {
        match (self, other) {
            (Offsets::Small(offsets), Offsets::Small(other)) => {
                let base = i32::try_from(base).map_err(|_| Overflow)?;
                other.last().and_then(|last| base.checked_add(*last)).ok_or(Overflow)?;
                // No offset is larger than the last.
                offsets.extend(other.iter().skip(1).map(|offset| base.wrapping_add(*offset)));
            }
            (Offsets::Large(offsets), Offsets::Large(other)) => {
                let base = i64::try_from(base).map_err(|_| Overflow)?;
                other.last().and_then(|last| base.checked_add(*last)).ok_or(Overflow)?;
                offsets.extend(other.iter().skip(1).map(|offset| base.wrapping_add(*offset)));
            }
            _ => return Err(Overflow),
        }
        Ok(())
    }

    fn as_ptr(&self) -> *const c_void {
        match self {
            Offsets::Small(offsets) => offsets.as_ptr().cast(),
            Offsets::Large(offsets) => offsets.as_ptr().cast(),
        }
    }
}

impl Table {
    pub(crate) fn new(len: usize, columns: Vec<(CString, Texts)>) -> Table {
        debug_assert!(
            columns.iter().all(|(_, texts)| texts.len == len),
            "all columns have the length of the table"
        );
        Table { len, columns }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Tables of the same columns as one; `None` if a column would be too large.
    pub fn joined(tables: &[Arc<Table>]) -> Option<Table> {
        let first = tables.first()?;
        let len = tables.iter().try_fold(0_usize, |len, table| len.checked_add(table.len))?;
        let column = |(index, (name, texts)): (usize, &(CString, Texts))| {
            let width = if matches!(texts.offsets, Offsets::Small(_)) { Width::Small } else { Width::Large };
            let mut all = Texts::new(width, len);
            for table in tables {
                all.append(&table.columns.get(index)?.1).ok()?;
            }
            Some((name.clone(), all))
        };
        let columns = first.columns.iter().enumerate().map(column).collect::<Option<_>>()?;
        Some(Table { len, columns })
    }

    /// The type: a struct of `string` and `large_string`, all nullable.
    pub fn schema(&self) -> ArrowSchema {
        let children = self.columns.iter().map(|(name, texts)| {
            let child = schema(texts.format(), name.clone(), NULLABLE, Vec::new());
            Box::into_raw(Box::new(child))
        });
        let children: Vec<_> = children.collect();
        schema(c"+s", CString::default(), 0, children)
    }

    /// The values, without a copy.
    pub fn array(self: &Arc<Table>) -> ArrowArray {
        let children = self.columns.iter().map(|(_, texts)| {
            let validity = if texts.nulls == 0 { ptr::null() } else { texts.validity.as_ptr().cast() };
            // Some consumers take the address of an empty Vec, which has no memory, for a mistake.
            let data: *const c_void = match texts.data.is_empty() {
                true => ptr::from_ref(&NOTHING).cast(),
                false => texts.data.as_ptr().cast(),
            };
            let buffers = vec![validity, texts.offsets.as_ptr(), data];
            Box::into_raw(Box::new(array(texts.len, texts.nulls, buffers, Vec::new(), Arc::clone(self))))
        });
        let children: Vec<_> = children.collect();
        array(self.len, 0, vec![ptr::null()], children, Arc::clone(self))
    }
}

/// The flag of a column that may have nulls.
const NULLABLE: i64 = 2;

/// The data of a column without any.
static NOTHING: [u64; 8] = [0; 8];

/// What a schema's pointers lead to.
struct OwnedSchema {
    name: CString,
    children: Vec<*mut ArrowSchema>,
}

/// What an array's pointers lead to. A moved child still has its own.
struct OwnedArray {
    buffers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
    _table: Arc<Table>,
}

fn schema(
    format: &'static std::ffi::CStr,
    name: CString,
    flags: i64,
    children: Vec<*mut ArrowSchema>,
) -> ArrowSchema {
    let mut owned = Box::new(OwnedSchema { name, children });
    ArrowSchema {
        format: format.as_ptr(),
        name: owned.name.as_ptr().cast::<c_char>(),
        flags,
        n_children: i64::try_from(owned.children.len()).unwrap_or(i64::MAX),
        children: owned.children.as_mut_ptr(),
        release: Some(release_schema),
        private_data: Box::into_raw(owned).cast(),
        ..ArrowSchema::released()
    }
}

fn array(
    len: usize,
    nulls: usize,
    buffers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
    table: Arc<Table>,
) -> ArrowArray {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut owned = Box::new(OwnedArray { buffers, children, _table: table });
    ArrowArray {
        length: number(len),
        null_count: number(nulls),
        n_buffers: number(owned.buffers.len()),
        n_children: number(owned.children.len()),
        buffers: owned.buffers.as_mut_ptr(),
        children: owned.children.as_mut_ptr(),
        release: Some(release_array),
        private_data: Box::into_raw(owned).cast(),
        ..ArrowArray::released()
    }
}

/// Frees what [`schema`] made.
///
/// # Safety
/// `released` is such a structure, perhaps moved, that was not released.
unsafe extern "C" fn release_schema(released: *mut ArrowSchema) {
    // SAFETY: a live structure, whose private data come from `Box::into_raw` and are given back once.
    let (released, owned) = unsafe {
        let Some(released) = released.as_mut() else { return };
        let owned: Box<OwnedSchema> = Box::from_raw(released.private_data.cast());
        (released, owned)
    };
    for child in &owned.children {
        // SAFETY: it comes from `Box::into_raw`. If it was moved, it is marked as released, and only its memory is freed.
        drop(unsafe { Box::from_raw(*child) });
    }
    (released.release, released.private_data) = (None, ptr::null_mut());
}

/// Frees what [`array`] made.
///
/// # Safety
/// `released` is such a structure, perhaps moved, that was not released.
unsafe extern "C" fn release_array(released: *mut ArrowArray) {
    // SAFETY: a live structure, whose private data come from `Box::into_raw` and are given back once.
    let (released, owned) = unsafe {
        let Some(released) = released.as_mut() else { return };
        let owned: Box<OwnedArray> = Box::from_raw(released.private_data.cast());
        (released, owned)
    };
    for child in &owned.children {
        // SAFETY: it comes from `Box::into_raw`. If it was moved, it is marked as released, and only its memory is freed.
        drop(unsafe { Box::from_raw(*child) });
    }
    (released.release, released.private_data) = (None, ptr::null_mut());
}
