//! Hostile columns of the Arrow C Data Interface. The memory is ours and as long as the interface demands, so that the address
//! sanitizer sees every read outside of it; all that a producer can write into it is the fuzzer's.

use std::ffi::{CStr, c_void};
use std::num::NonZeroUsize;

use callback_profile::{OpenOptions, Profile};
use callback_profile_arrow::{ArrowArray, ArrowSchema, Column, Run, RunSettings, open};

use crate::input::{IV, KEY};

/// The formats that are read, the indices of dictionaries, and one of each kind that is refused.
const FORMATS: [&CStr; 18] = [
    c"u", c"U", c"z", c"Z", c"vu", c"vz", c"n", c"c", c"C", c"s", c"S", c"i", c"I", c"l", c"L", c"", c"+s",
    c"uu",
];
/// No offset of ours is beyond: the data buffer must be as long as the last one.
const DATA: usize = 512;
/// No row is beyond.
const ROWS: usize = 64;

/// What the columns are opened with.
fn profile() -> Profile {
    let payload = format!(
        r#"{{"title":"arrow","http_method":"POST","url":"https://example.com/","body":{{"to":"<a>"}},
            "enc":{{"algo":"AES-128-CFB","key":"{}","IV":"{IV}"}}}}"#,
        &KEY[..16]
    );
    Profile::parse(payload).expect("a profile")
}

/// A column of the input's choices: refused, or as many rows as it says, each as a slow reader reads it; opened, the result has
/// the same length.
pub fn arrow_column(data: &[u8]) {
    is_accepted(data);
}

/// Whether the column is accepted.
fn is_accepted(data: &[u8]) -> bool {
    let mut choices = Choices(data);
    let (mut schema, format) = schema(&mut choices);
    let (mut value_schema, value_format) = self::schema(&mut choices);
    let mut values = Memory::of(&mut choices, value_format);
    let mut memory = Memory::of(&mut choices, format);
    let (has_dictionary, has_values) = (choices.flag(), choices.flag());
    let mut value_array = values.array(&mut choices);
    let mut array = memory.array(&mut choices);
    if has_dictionary {
        schema.dictionary = &raw mut value_schema;
    }
    if has_values {
        array.dictionary = &raw mut value_array;
    }
    // SAFETY: the buffers are as long as the interface demands of these lengths, offsets and formats; all lives to the end.
    let Ok(column) = (unsafe { Column::of(&schema, &array) }) else { return false };
    assert_eq!(i64::try_from(column.len()), Ok(array.length), "as many rows as the array has");
    if column.len() > ROWS {
        assert_eq!(format, Some(c"n"), "only nulls need no memory");
        return true;
    }
    for row in 0..column.len() {
        let value = column.value(row);
        assert!(value.is_none_or(|text| text.len() <= DATA), "a row is within its buffer");
        match memory.read(&array, row, format.filter(|_| !has_dictionary)) {
            Slow::Null => assert_eq!(value, None, "a null row"),
            Slow::Text(text) => assert_eq!(value, Some(text.as_slice()), "row {row}"),
            Slow::Unread => {}
        }
    }
    assert_eq!(column.value(column.len()), None);
    let settings = RunSettings::new(NonZeroUsize::new(1), true);
    let table = open::open(&profile(), &OpenOptions::default(), None, &mut Run::new(settings), &column);
    assert_eq!(table.expect("a profile that is not sealed").len(), column.len());
    true
}

/// What a slow reader finds in a row.
enum Slow {
    Null,
    Text(Vec<u8>),
    /// A view or an index, which it does not follow.
    Unread,
}

/// The bytes that are left; zeros after the last.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn flag(&mut self) -> bool {
        self.byte() % 4 == 1
    }

    /// At most so many words.
    fn words(&mut self, most: usize, mask: u64) -> Vec<u64> {
        let count = usize::from(self.byte()).min(most);
        (0..count).map(|_| u64::from_ne_bytes(std::array::from_fn(|_| self.byte())) & mask).collect()
    }

    /// Mostly a small number, sometimes one that no buffer can have.
    fn number(&mut self) -> i64 {
        match self.byte() {
            255 => i64::MAX,
            254 => i64::MIN,
            253 => -1,
            252 => i64::MAX / 2,
            small => i64::from(small) % (ROWS as i64 / 2),
        }
    }
}

unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: called once, on a live structure, by the interface.
    unsafe { (*schema).release = None };
}

unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: called once, on a live structure, by the interface.
    unsafe { (*array).release = None };
}

/// A type, and its format unless that is NULL.
fn schema(choices: &mut Choices<'_>) -> (ArrowSchema, Option<&'static CStr>) {
    let (format, release) = (choices.byte(), choices.byte());
    let format = (format != 255).then(|| FORMATS[usize::from(format) % FORMATS.len()]);
    let schema = ArrowSchema {
        format: format.map_or(std::ptr::null(), CStr::as_ptr),
        release: (release != 255).then_some(release_schema as unsafe extern "C" fn(*mut ArrowSchema)),
        ..ArrowSchema::released()
    };
    (schema, format)
}

/// What an array's pointers lead to.
struct Memory {
    validity: Vec<u64>,
    /// Offsets, indices or views.
    first: Vec<u64>,
    data: Vec<u64>,
    lengths: Vec<i64>,
    /// Whether what comes last are the lengths of the buffers before.
    is_view: bool,
    pointers: Vec<*const c_void>,
    /// How far a pointer is beyond the start of its buffer.
    shifts: Vec<usize>,
}

impl Memory {
    /// Buffers for a column of this format, each as long as the longest use of it.
    fn of(choices: &mut Choices<'_>, format: Option<&CStr>) -> Memory {
        // Offsets may be negative and in any order, and never lead beyond the data.
        let (mask, step) = match format {
            Some(format) if format == c"U" || format == c"Z" => (0x8000_0000_0000_01ff, 1),
            Some(format) if format == c"u" || format == c"z" => (0x8000_01ff_8000_01ff, 0x1_0000_0001),
            _ => (u64::MAX, 0x1_0000_0001),
        };
        let rise = u64::from(choices.byte()) % 8;
        let mut first = choices.words(2 * ROWS + 2, mask);
        let chosen = first.len();
        first.extend((chosen..2 * ROWS + 2).map(|at| (rise * at as u64).min(DATA as u64 - 1) * step));
        let mut validity = choices.words(2, u64::MAX);
        validity.resize(2, u64::MAX);
        let mut data = choices.words(DATA / 8 + 1, u64::MAX);
        data.resize(DATA / 8 + 1, u64::from_ne_bytes(*b"{\"to\":1}"));
        let lengths = (0..4).map(|_| match choices.byte() {
            255 => -1,
            length => i64::from(length),
        });
        let lengths = lengths.collect();
        let is_view = format.is_some_and(|format| format == c"vu" || format == c"vz");
        Memory { validity, first, data, lengths, is_view, pointers: Vec::new(), shifts: Vec::new() }
    }

    fn array(&mut self, choices: &mut Choices<'_>) -> ArrowArray {
        let (validity, first) = (self.validity.as_ptr().cast(), self.first.as_ptr().cast());
        let (data, lengths) = (self.data.as_ptr().cast(), self.lengths.as_ptr().cast());
        self.pointers = match choices.byte() % 8 {
            0 => vec![],
            1 => vec![validity],
            2 => vec![validity, first],
            3 | 4 => vec![validity, first, data],
            5 if self.is_view => vec![validity, first, lengths],
            5 => vec![validity, first, data],
            6 => vec![validity, first, data, lengths],
            _ => vec![validity, first, data, data, data, lengths],
        };
        self.shifts = vec![0; self.pointers.len()];
        for (pointer, shift) in self.pointers.iter_mut().zip(&mut self.shifts) {
            match choices.byte() {
                255 => *pointer = std::ptr::null(),
                254 => (*pointer, *shift) = (pointer.wrapping_byte_add(1), 1),
                _ => {}
            }
        }
        let (length, offset, null_count) = (choices.number(), choices.number(), choices.number());
        let (parts, release) = (choices.byte(), choices.byte());
        ArrowArray {
            length,
            null_count: if null_count % 4 == 0 { -1 } else { null_count / 4 },
            offset,
            n_buffers: if parts == 254 { -1 } else { self.pointers.len() as i64 },
            n_children: i64::from(parts == 255),
            buffers: self.pointers.as_mut_ptr(),
            release: (release != 255).then_some(release_array as unsafe extern "C" fn(*mut ArrowArray)),
            ..ArrowArray::released()
        }
    }

    /// A row of an accepted column, read without the library; no format where the row is an index.
    fn read(&self, array: &ArrowArray, row: usize, format: Option<&CStr>) -> Slow {
        let row = usize::try_from(array.offset).expect("accepted") + row;
        let is_given = |buffer: usize| self.pointers.get(buffer).is_some_and(|pointer| !pointer.is_null());
        if is_given(0) {
            let bytes = bytes(&self.validity);
            if bytes[self.shifts[0] + row / 8] >> (row % 8) & 1 == 0 {
                return Slow::Null;
            }
        }
        let first = bytes(&self.first);
        let offset = |row: usize| match format {
            Some(format) if format == c"u" || format == c"z" => {
                Some(i64::from(i32::from_ne_bytes(first[4 * row..4 * row + 4].try_into().expect("four"))))
            }
            Some(format) if format == c"U" || format == c"Z" => {
                Some(i64::from_ne_bytes(first[8 * row..8 * row + 8].try_into().expect("eight")))
            }
            _ => None,
        };
        let (Some(from), Some(to)) = (offset(row), offset(row + 1)) else { return Slow::Unread };
        let place = |offset: i64| usize::try_from(offset).expect("accepted");
        match (place(from), place(to)) {
            (from, to) if from == to => Slow::Text(Vec::new()),
            (from, to) => Slow::Text(bytes(&self.data)[self.shifts[2] + from..self.shifts[2] + to].to_vec()),
        }
    }
}

fn bytes(words: &[u64]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_seed_is_accepted() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/arrow_column");
        let seeds = fs::read_dir(folder).expect("seeds").map(|entry| entry.expect("readable").path());
        let refused: Vec<_> =
            seeds.filter(|seed| !super::is_accepted(&fs::read(seed).expect("readable"))).collect();
        assert!(refused.is_empty(), "{refused:?}");
    }
}
