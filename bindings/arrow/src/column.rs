//! A column of texts, read where it lies. Everything that can be checked is checked once, on entry; then reading a row cannot
//! leave the buffers.
//!
//! The interface has no sizes of buffers: that a buffer is as long as length, offset and offsets say is the producer's promise.

use std::ffi::c_void;
use std::slice;

use crate::abi::{ArrowArray, ArrowSchema};
use crate::error::ArrowProblem;

/// A validated column.
#[derive(Debug)]
pub struct Column<'a> {
    len: usize,
    validity: Option<Bits<'a>>,
    layout: Layout<'a>,
}

#[derive(Debug)]
enum Layout<'a> {
    /// Only nulls.
    Null,
    /// 32-bit offsets into one buffer.
    Small(&'a [i32], &'a [u8]),
    /// 64-bit offsets into one buffer.
    Large(&'a [i64], &'a [u8]),
    /// Short texts in place, longer ones in one of several buffers.
    Views(&'a [View], Vec<&'a [u8]>),
    /// Indices into another column.
    Dictionary(Vec<u32>, Box<Column<'a>>),
}

/// The validity bitmap, from the column's first row on.
#[derive(Debug, Clone, Copy)]
struct Bits<'a> {
    bytes: &'a [u8],
    start: usize,
}

/// A text of at most twelve bytes; or its length, its first four bytes, a buffer's number and an offset.
#[repr(C)]
#[derive(Debug)]
struct View {
    len: i32,
    rest: [u8; 12],
}

/// The longest text that is in its view.
const INLINE: usize = 12;

/// No buffer is larger: 64 TiB, half of what a process can address on common 64-bit systems.
const MOST_BYTES: usize = if usize::BITS > 46 { (1_u64 << 46) as usize } else { isize::MAX as usize };

impl<'a> Column<'a> {
    /// Validates an array of this type.
    ///
    /// # Safety
    /// Every pointer in the structures is NULL or valid as the interface says, and stays so for `'a`; buffers are as long as
    /// length, offset and offsets say.
    ///
    /// # Errors
    /// [`ArrowProblem`], the first that is found.
    pub unsafe fn of(schema: &ArrowSchema, array: &'a ArrowArray) -> Result<Column<'a>, ArrowProblem> {
        if schema.release.is_none() {
            return Err(ArrowProblem::Released("schema"));
        }
        if array.release.is_none() {
            return Err(ArrowProblem::Released("array"));
        }
        if schema.dictionary.is_null() {
            if !array.dictionary.is_null() {
                return Err(ArrowProblem::Type("schema: without a dictionary, as the array has one, it"));
            }
            // SAFETY: the caller's promise is the same.
            return unsafe { plain(schema, array, &ARRAY) };
        }
        // SAFETY: the caller's promise is the same.
        unsafe { dictionary(schema, array) }
    }

    /// A column of this type without a row.
    ///
    /// # Errors
    /// [`ArrowProblem`] if the type was released, or is another.
    ///
    /// # Safety
    /// The pointers in the schema are NULL or valid as the interface says.
    pub unsafe fn empty(schema: &ArrowSchema) -> Result<Column<'a>, ArrowProblem> {
        if schema.release.is_none() {
            return Err(ArrowProblem::Released("schema"));
        }
        // SAFETY: the dictionary is NULL or a structure, says the caller.
        let values = unsafe { schema.dictionary.as_ref() }.unwrap_or(schema);
        if values.release.is_none() {
            return Err(ArrowProblem::Released("dictionary"));
        }
        // SAFETY: the format is NULL or a C string, says the caller.
        match unsafe { known_format(values, &ARRAY) } {
            Ok(_) => Ok(Column { len: 0, validity: None, layout: Layout::Null }),
            Err(problem) => Err(problem),
        }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The text of a row; `None` for null, and beyond the end.
    pub fn value(&self, row: usize) -> Option<&'a [u8]> {
        if row >= self.len || self.validity.is_some_and(|validity| !validity.get(row)) {
            return None;
        }
        match &self.layout {
            Layout::Null => None,
            Layout::Small(offsets, data) => {
                let (from, to) = (offsets.get(row)?, offsets.get(row.checked_add(1)?)?);
                data.get(usize::try_from(*from).ok()?..usize::try_from(*to).ok()?)
            }
            Layout::Large(offsets, data) => {
                let (from, to) = (offsets.get(row)?, offsets.get(row.checked_add(1)?)?);
                data.get(usize::try_from(*from).ok()?..usize::try_from(*to).ok()?)
            }
            Layout::Views(views, buffers) => views.get(row)?.text(buffers),
            Layout::Dictionary(indices, values) => values.value(usize::try_from(*indices.get(row)?).ok()?),
        }
    }
}

/// The names of an array's parts in messages.
struct Names {
    format: &'static str,
    length: &'static str,
    buffers: &'static str,
    children: &'static str,
    validity: &'static str,
    nulls: &'static str,
    offsets: &'static str,
    data: &'static str,
    views: &'static str,
}

const ARRAY: Names = Names {
    format: "schema: the format",
    length: "array: length and offset",
    buffers: "array: the buffers",
    children: "array: the children",
    validity: "array: the validity bitmap",
    nulls: "array: the null count",
    offsets: "array: the offsets",
    data: "array: the data buffer",
    views: "array: the views",
};

const DICTIONARY: Names = Names {
    format: "schema of the dictionary: the format",
    length: "dictionary: length and offset",
    buffers: "dictionary: the buffers",
    children: "dictionary: the children",
    validity: "dictionary: the validity bitmap",
    nulls: "dictionary: the null count",
    offsets: "dictionary: the offsets",
    data: "dictionary: the data buffer",
    views: "dictionary: the views",
};

/// A column without a dictionary.
///
/// # Safety
/// As for [`Column::of`].
unsafe fn plain<'a>(
    schema: &ArrowSchema,
    array: &'a ArrowArray,
    names: &Names,
) -> Result<Column<'a>, ArrowProblem> {
    // SAFETY: the format is NULL or a C string, says the caller.
    let format = unsafe { known_format(schema, names) }?;
    let (start, len) = rows(array, names)?;
    // SAFETY: the buffers are an array of as many pointers as the structure says, says the caller.
    let buffers = unsafe { buffers(array, names) }?;
    if format == b"n" {
        if !buffers.is_empty() {
            return Err(ArrowProblem::Parts(names.buffers));
        }
        return Ok(Column { len, validity: None, layout: Layout::Null });
    }
    let [validity, first, more @ ..] = buffers else { return Err(ArrowProblem::Parts(names.buffers)) };
    // SAFETY: the bitmap has a bit for each row, says the caller.
    let validity = unsafe { bits(*validity, array, start, len, names) }?;
    let (first, is_empty) = (*first, len == 0);
    let layout = match (format, more) {
        (b"vu" | b"vz", [variadic @ .., lengths]) => {
            // SAFETY: the buffer of lengths has one for each variadic buffer, says the caller.
            let lengths: &[i64] = unsafe { elements(*lengths, 0, variadic.len(), names.views) }?;
            let data = variadic.iter().zip(lengths).map(|(buffer, len)| {
                let len = usize::try_from(*len).map_err(|_| ArrowProblem::Number(names.data))?;
                // SAFETY: a variadic buffer has the length that is given for it, says the caller.
                unsafe { elements(*buffer, 0, len, names.data) }
            });
            let data: Vec<&[u8]> = data.collect::<Result<_, _>>()?;
            // SAFETY: there is a view for each row, says the caller.
            let views: &[View] = unsafe { elements(first, start, len, names.views) }?;
            let is_valid = |row: usize| validity.is_none_or(|validity| validity.get(row));
            if views.iter().enumerate().any(|(row, view)| is_valid(row) && view.text(&data).is_none()) {
                return Err(ArrowProblem::Offsets(names.views));
            }
            Layout::Views(views, data)
        }
        (b"u" | b"z" | b"U" | b"Z", [_]) if is_empty => Layout::Small(&[], &[]),
        (b"u" | b"z", [data]) => {
            let count = len.checked_add(1).ok_or(ArrowProblem::Number(names.length))?;
            // SAFETY: there is one offset more than rows, says the caller.
            let offsets: &[i32] = unsafe { elements(first, start, count, names.offsets) }?;
            let end = end_of(offsets, names)?;
            // SAFETY: the data are as long as the last offset says, says the caller.
            Layout::Small(offsets, unsafe { elements(*data, 0, end, names.data) }?)
        }
        (b"U" | b"Z", [data]) => {
            let count = len.checked_add(1).ok_or(ArrowProblem::Number(names.length))?;
            // SAFETY: there is one offset more than rows, says the caller.
            let offsets: &[i64] = unsafe { elements(first, start, count, names.offsets) }?;
            let end = end_of(offsets, names)?;
            // SAFETY: the data are as long as the last offset says, says the caller.
            Layout::Large(offsets, unsafe { elements(*data, 0, end, names.data) }?)
        }
        _ => return Err(ArrowProblem::Parts(names.buffers)),
    };
    Ok(Column { len, validity, layout })
}

/// A column of indices into its dictionary.
///
/// # Safety
/// As for [`Column::of`].
unsafe fn dictionary<'a>(schema: &ArrowSchema, array: &'a ArrowArray) -> Result<Column<'a>, ArrowProblem> {
    // SAFETY: the dictionaries are NULL or structures that live as long as the array, says the caller.
    let (value_schema, values) = unsafe { (schema.dictionary.as_ref(), array.dictionary.as_ref()) };
    let (Some(value_schema), Some(values)) = (value_schema, values) else {
        return Err(ArrowProblem::Absent("array: the dictionary"));
    };
    if value_schema.release.is_none() || values.release.is_none() {
        return Err(ArrowProblem::Released("dictionary"));
    }
    if !value_schema.dictionary.is_null() || !values.dictionary.is_null() {
        return Err(ArrowProblem::Type("schema: a dictionary within a dictionary; it"));
    }
    // SAFETY: the caller's promise is the same.
    let values = unsafe { plain(value_schema, values, &DICTIONARY) }?;
    let (start, len) = rows(array, &ARRAY)?;
    // SAFETY: the buffers are an array of as many pointers as the structure says, says the caller.
    let [validity, indices] = unsafe { buffers(array, &ARRAY) }? else {
        return Err(ArrowProblem::Parts(ARRAY.buffers));
    };
    // SAFETY: the bitmap has a bit for each row, says the caller.
    let validity = unsafe { bits(*validity, array, start, len, &ARRAY) }?;
    // SAFETY: the format is NULL or a C string, says the caller.
    let format = unsafe { format(schema) }.unwrap_or_default();
    let rows = Rows { start, len, validity, values: values.len };
    // SAFETY: there is an index of that type for each row, says the caller.
    let indices = unsafe {
        match format.as_slice() {
            b"c" => rows.indices::<i8>(*indices),
            b"C" => rows.indices::<u8>(*indices),
            b"s" => rows.indices::<i16>(*indices),
            b"S" => rows.indices::<u16>(*indices),
            b"i" => rows.indices::<i32>(*indices),
            b"I" => rows.indices::<u32>(*indices),
            b"l" => rows.indices::<i64>(*indices),
            b"L" => rows.indices::<u64>(*indices),
            _ => Err(ArrowProblem::Type("schema: the format of the index")),
        }
    }?;
    Ok(Column { len, validity, layout: Layout::Dictionary(indices, Box::new(values)) })
}

/// The rows of a column with a dictionary.
struct Rows<'a> {
    start: usize,
    len: usize,
    validity: Option<Bits<'a>>,
    values: usize,
}

impl Rows<'_> {
    /// The indices; that of a null row is 0, since it may be anything.
    ///
    /// # Safety
    /// `buffer` is NULL or has an index for each row.
    unsafe fn indices<T: Copy>(&self, buffer: *const c_void) -> Result<Vec<u32>, ArrowProblem>
    where
        usize: TryFrom<T>,
    {
        // SAFETY: the caller's promise is the same.
        let indices: &[T] = unsafe { elements(buffer, self.start, self.len, "array: the indices") }?;
        let outside = ArrowProblem::Index("array: an index");
        let index = |(row, index): (usize, &T)| {
            if self.validity.is_some_and(|validity| !validity.get(row)) {
                return Ok(0);
            }
            let index = usize::try_from(*index).ok().filter(|index| *index < self.values);
            index.and_then(|index| u32::try_from(index).ok()).ok_or(outside)
        };
        indices.iter().enumerate().map(index).collect()
    }
}

impl Bits<'_> {
    fn get(self, row: usize) -> bool {
        let bit = self.start.saturating_add(row);
        self.bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }
}

impl View {
    /// The text; `None` if it lies outside of the buffers.
    fn text<'a>(&'a self, buffers: &[&'a [u8]]) -> Option<&'a [u8]> {
        let len = usize::try_from(self.len).ok()?;
        if len <= INLINE {
            return self.rest.get(..len);
        }
        let [_, _, _, _, b0, b1, b2, b3, o0, o1, o2, o3] = self.rest;
        let buffer = usize::try_from(i32::from_ne_bytes([b0, b1, b2, b3])).ok()?;
        let from = usize::try_from(i32::from_ne_bytes([o0, o1, o2, o3])).ok()?;
        buffers.get(buffer)?.get(from..from.checked_add(len)?)
    }
}

/// The format of a column without a dictionary.
///
/// # Safety
/// The format is NULL or a C string.
unsafe fn known_format(schema: &ArrowSchema, names: &Names) -> Result<&'static [u8], ArrowProblem> {
    // SAFETY: the caller's promise is the same.
    let format = unsafe { format(schema) };
    let known: [&'static [u8]; 7] = [b"u", b"U", b"z", b"Z", b"vu", b"vz", b"n"];
    known.into_iter().find(|known| format.as_deref() == Some(*known)).ok_or(ArrowProblem::Type(names.format))
}

/// The first characters of a format; none if there is none.
///
/// # Safety
/// The format is NULL or a C string.
unsafe fn format(schema: &ArrowSchema) -> Option<Vec<u8>> {
    if schema.format.is_null() {
        return None;
    }
    let mut text = Vec::new();
    // The formats that are read have two characters at most.
    for at in 0..3 {
        // SAFETY: all characters before this one were not the last.
        match unsafe { schema.format.add(at).cast::<u8>().read() } {
            0 => break,
            character => text.push(character),
        }
    }
    Some(text)
}

/// The first row, and the number of rows.
fn rows(array: &ArrowArray, names: &Names) -> Result<(usize, usize), ArrowProblem> {
    let number = |number: i64| usize::try_from(number).map_err(|_| ArrowProblem::Number(names.length));
    let (start, len) = (number(array.offset)?, number(array.length)?);
    array.offset.checked_add(array.length).ok_or(ArrowProblem::Number(names.length))?;
    if array.n_children != 0 {
        return Err(ArrowProblem::Parts(names.children));
    }
    if array.null_count < -1 || array.null_count > array.length {
        return Err(ArrowProblem::Nulls(names.nulls));
    }
    Ok((start, len))
}

/// The pointers to the buffers.
///
/// # Safety
/// They are NULL or as many as the structure says.
unsafe fn buffers<'a>(array: &'a ArrowArray, names: &Names) -> Result<&'a [*const c_void], ArrowProblem> {
    let count = usize::try_from(array.n_buffers).map_err(|_| ArrowProblem::Parts(names.buffers))?;
    // SAFETY: the caller's promise is the same.
    unsafe { elements(array.buffers.cast_const().cast(), 0, count, names.buffers) }
}

/// The validity bitmap, if there is one.
///
/// # Safety
/// `buffer` is NULL or has a bit for each row.
unsafe fn bits<'a>(
    buffer: *const c_void,
    array: &ArrowArray,
    start: usize,
    len: usize,
    names: &Names,
) -> Result<Option<Bits<'a>>, ArrowProblem> {
    if buffer.is_null() {
        return if array.null_count > 0 { Err(ArrowProblem::Nulls(names.nulls)) } else { Ok(None) };
    }
    let bit_count = start.checked_add(len).ok_or(ArrowProblem::Number(names.length))?;
    // SAFETY: the caller's promise is the same.
    let bits = Bits { bytes: unsafe { elements(buffer, 0, bit_count.div_ceil(8), names.validity) }?, start };
    // Two readers, of which one looks at the bitmap and one at the count, must not see different rows.
    let nulls = (0..len).filter(|row| !bits.get(*row)).count();
    if array.null_count >= 0 && usize::try_from(array.null_count) != Ok(nulls) {
        return Err(ArrowProblem::Nulls(names.nulls));
    }
    Ok((nulls > 0).then_some(bits))
}

/// The last offset, after the offsets were checked: none is negative, and none is less than the one before.
fn end_of<T: Copy + PartialOrd + TryInto<usize>>(
    offsets: &[T],
    names: &Names,
) -> Result<usize, ArrowProblem> {
    let problem = ArrowProblem::Offsets(names.offsets);
    let (Some(first), Some(last)) = (offsets.first(), offsets.last()) else { return Err(problem) };
    let _: usize = (*first).try_into().map_err(|_| problem)?;
    if !offsets.is_sorted() {
        return Err(problem);
    }
    (*last).try_into().map_err(|_| problem)
}

/// Elements of a buffer; none of a NULL one if none are needed.
///
/// # Safety
/// `buffer` is NULL or valid for reads of so many elements behind the first `start`, for `'a`.
unsafe fn elements<'a, T>(
    buffer: *const c_void,
    start: usize,
    count: usize,
    part: &'static str,
) -> Result<&'a [T], ArrowProblem> {
    if count == 0 {
        return Ok(&[]);
    }
    let buffer: *const T = buffer.cast();
    if buffer.is_null() {
        return Err(ArrowProblem::Absent(part));
    }
    if !buffer.is_aligned() {
        return Err(ArrowProblem::Alignment(part));
    }
    let bytes = start.checked_add(count).and_then(|count| count.checked_mul(size_of::<T>()));
    let fits = |bytes: &usize| *bytes <= MOST_BYTES && buffer.addr().checked_add(*bytes).is_some();
    if bytes.filter(fits).is_none() {
        return Err(ArrowProblem::Number(part));
    }
    // SAFETY: not NULL, aligned, within the address space, and the caller says that it can be read.
    Ok(unsafe { slice::from_raw_parts(buffer.add(start), count) })
}
