//! Structures that are not what the interface says are refused, and each is released exactly once.
#![allow(
    clippy::undocumented_unsafe_blocks, // the structures here are the test's own
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::ffi::CStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use callback_profile::{OpenOptions, Profile};
use callback_profile_arrow::{ArrowArray, ArrowProblem, ArrowSchema, Column, Run, RunSettings, Table, open};
use support::{array, i32s, schema, texts};

fn i64s(numbers: &[i64]) -> Option<Vec<u8>> {
    Some(numbers.iter().flat_map(|number| number.to_ne_bytes()).collect())
}

/// A view of a text in a buffer, or of one in place.
fn view(len: i32, buffer: i32, offset: i32) -> Vec<u8> {
    [len, 0x6161_6161, buffer, offset].iter().flat_map(|number| number.to_ne_bytes()).collect()
}

/// The rows, or why they are refused; and whether the array was released once.
fn read(
    schema: &ArrowSchema,
    made: (ArrowArray, Arc<AtomicUsize>),
) -> Result<Vec<Option<String>>, ArrowProblem> {
    let (array, released) = made;
    let rows = unsafe { Column::of(schema, &array) }.map(|column| {
        assert!(column.value(column.len()).is_none() && column.value(usize::MAX).is_none());
        let text = |row| column.value(row).map(|text| String::from_utf8_lossy(text).into_owned());
        (0..column.len()).map(text).collect()
    });
    assert_eq!(released.load(Ordering::Relaxed), 0);
    drop(array);
    assert_eq!(released.load(Ordering::Relaxed), 1, "released exactly once");
    rows
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

#[test]
fn what_is_valid_is_read() {
    let small = |offset| array(2, -1, offset, vec![None, i32s(&[0, 1, 3, 6]), texts("abbccc")]);
    assert_eq!(read(&schema(c"u"), small(0)), Ok(some(&["a", "bb"])));
    assert_eq!(read(&schema(c"z"), small(1)), Ok(some(&["bb", "ccc"])));
    let large = array(3, 1, 0, vec![Some(vec![0b101]), i64s(&[0, 1, 1, 3]), texts("abb")]);
    let rows = vec![Some("a".to_owned()), None, Some("bb".to_owned())];
    assert_eq!(read(&schema(c"U"), large), Ok(rows));
    let views = [view(4, 0, 0), view(13, 0, 1)].concat();
    let views = array(2, 0, 0, vec![None, Some(views), texts("x0123456789012"), i64s(&[14])]);
    assert_eq!(read(&schema(c"vu"), views), Ok(some(&["aaaa", "0123456789012"])));
    assert_eq!(read(&schema(c"vz"), array(0, 0, 0, vec![None, None, None])), Ok(vec![]));
    assert_eq!(read(&schema(c"u"), array(0, 0, 0, vec![None, None, None])), Ok(vec![]));
    assert_eq!(read(&schema(c"n"), array(2, 2, 0, vec![])), Ok(vec![None, None]));
}

/// A case: what is wrong, the format, the array, and the expected kind.
type Case = (&'static str, &'static CStr, (ArrowArray, Arc<AtomicUsize>), fn(&ArrowProblem) -> bool);

#[test]
fn what_is_hostile_is_refused() {
    use ArrowProblem::*;
    let good = || vec![None, i32s(&[0, 1, 3]), texts("abb")];
    let changed = |change: fn(&mut ArrowArray)| {
        let mut made = array(2, 0, 0, vec![None, i32s(&[0, 1, 3]), texts("abb")]);
        change(&mut made.0);
        made
    };
    let cases: Vec<Case> = vec![
        ("length below 0", c"u", array(-1, 0, 0, good()), |p| matches!(p, Number(_) | Nulls(_))),
        ("offset below 0", c"u", array(1, 0, -1, good()), |p| matches!(p, Number(_))),
        ("length and offset overflow", c"u", array(i64::MAX, 0, i64::MAX, good()), |p| {
            matches!(p, Number(_))
        }),
        ("length too large for memory", c"u", array(i64::MAX / 2, 0, 0, good()), |p| matches!(p, Number(_))),
        ("null count below -1", c"u", array(2, -2, 0, good()), |p| matches!(p, Nulls(_))),
        ("null count above length", c"u", array(2, 3, 0, good()), |p| matches!(p, Nulls(_))),
        ("nulls without a bitmap", c"u", array(2, 1, 0, good()), |p| matches!(p, Nulls(_))),
        (
            "null count that the bitmap has not",
            c"u",
            array(2, 0, 0, vec![Some(vec![1]), i32s(&[0, 1, 3]), texts("abb")]),
            |p| matches!(p, Nulls(_)),
        ),
        ("no buffers", c"u", array(2, 0, 0, vec![]), |p| matches!(p, Parts(_))),
        ("two buffers", c"u", array(2, 0, 0, vec![None, i32s(&[0, 1, 3])]), |p| matches!(p, Parts(_))),
        ("four buffers", c"u", array(2, 0, 0, [good(), vec![None]].concat()), |p| matches!(p, Parts(_))),
        ("buffers that are NULL", c"u", changed(|array| array.buffers = std::ptr::null_mut()), |p| {
            matches!(p, Absent(_))
        }),
        ("negative number of buffers", c"u", changed(|array| array.n_buffers = -1), |p| {
            matches!(p, Parts(_))
        }),
        ("endless number of buffers", c"u", changed(|array| array.n_buffers = i64::MAX), |p| {
            matches!(p, Number(_))
        }),
        ("children", c"u", changed(|array| array.n_children = 1), |p| matches!(p, Parts(_))),
        ("offsets NULL", c"u", array(2, 0, 0, vec![None, None, texts("abb")]), |p| matches!(p, Absent(_))),
        ("data NULL", c"u", array(2, 0, 0, vec![None, i32s(&[0, 1, 3]), None]), |p| matches!(p, Absent(_))),
        ("first offset negative", c"u", array(2, 0, 0, vec![None, i32s(&[-1, 1, 3]), texts("abb")]), |p| {
            matches!(p, Offsets(_))
        }),
        ("offsets decrease", c"u", array(2, 0, 0, vec![None, i32s(&[0, 4, 3]), texts("abb")]), |p| {
            matches!(p, Offsets(_))
        }),
        (
            "large offsets decrease",
            c"U",
            array(2, 0, 0, vec![None, i64s(&[0, i64::MAX, 3]), texts("abb")]),
            |p| matches!(p, Offsets(_)),
        ),
        (
            "large offset beyond memory",
            c"U",
            array(1, 0, 0, vec![None, i64s(&[0, i64::MAX]), texts("abb")]),
            |p| matches!(p, Number(_)),
        ),
        ("view negative", c"vu", array(1, 0, 0, vec![None, Some(view(-1, 0, 0)), i64s(&[])]), |p| {
            matches!(p, Offsets(_))
        }),
        ("view of no buffer", c"vu", array(1, 0, 0, vec![None, Some(view(13, 0, 0)), i64s(&[])]), |p| {
            matches!(p, Offsets(_))
        }),
        (
            "view of a negative buffer",
            c"vu",
            array(1, 0, 0, vec![None, Some(view(13, -1, 0)), texts("a"), i64s(&[1])]),
            |p| matches!(p, Offsets(_)),
        ),
        (
            "view beyond its buffer",
            c"vz",
            array(1, 0, 0, vec![None, Some(view(13, 0, 2)), texts("01234567890123"), i64s(&[14])]),
            |p| matches!(p, Offsets(_)),
        ),
        (
            "view at a negative offset",
            c"vz",
            array(1, 0, 0, vec![None, Some(view(13, 0, -1)), texts("01234567890123"), i64s(&[14])]),
            |p| matches!(p, Offsets(_)),
        ),
        (
            "negative length of a buffer",
            c"vz",
            array(1, 0, 0, vec![None, Some(view(1, 0, 0)), texts("0"), i64s(&[-1])]),
            |p| matches!(p, Number(_)),
        ),
        (
            "lengths of buffers NULL",
            c"vz",
            array(1, 0, 0, vec![None, Some(view(1, 0, 0)), texts("0"), None]),
            |p| matches!(p, Absent(_)),
        ),
        ("views NULL", c"vz", array(1, 0, 0, vec![None, None, None]), |p| matches!(p, Absent(_))),
        ("no buffer of lengths", c"vz", array(1, 0, 0, vec![None, Some(view(1, 0, 0))]), |p| {
            matches!(p, Parts(_))
        }),
        ("null with a buffer", c"n", array(1, 0, 0, vec![None]), |p| matches!(p, Parts(_))),
        ("integers", c"i", array(1, 0, 0, vec![None, i32s(&[1])]), |p| matches!(p, Type(_))),
        ("a list", c"+l", array(1, 0, 0, vec![None, i32s(&[0, 1])]), |p| matches!(p, Type(_))),
        ("a longer format", c"vux", array(1, 0, 0, vec![None, i32s(&[0, 1])]), |p| matches!(p, Type(_))),
        ("an empty format", c"", array(1, 0, 0, vec![None, i32s(&[0, 1])]), |p| matches!(p, Type(_))),
    ];
    let mut count = 0;
    for (name, format, made, is_expected) in cases {
        let result = read(&schema(format), made);
        let problem = result.expect_err(name);
        assert!(is_expected(&problem), "{name}: {problem:?}");
        assert!(problem.to_string().contains(" must "), "{name}: {problem}");
        count += 1;
    }
    assert_eq!(count, 35);
}

#[test]
fn misaligned_buffers_are_refused() {
    for (format, at) in [(c"u", 1), (c"U", 1), (c"vu", 1)] {
        let mut made = array(1, 0, 0, vec![None, Some(vec![0; 40]), i64s(&[0, 0])]);
        unsafe {
            let buffer = made.0.buffers.add(at);
            *buffer = (*buffer).byte_add(1);
        }
        let problem = read(&schema(format), made).unwrap_err();
        assert!(matches!(problem, ArrowProblem::Alignment(_)), "{problem:?}");
        made = array(0, 0, 0, vec![None, Some(vec![0; 40]), i64s(&[0, 0])]);
        assert_eq!(read(&schema(format), made), Ok(vec![]));
    }
}

#[test]
fn dictionaries() {
    let values = || array(2, 1, 0, vec![Some(vec![1]), i32s(&[0, 1, 3]), texts("abb")]).0;
    let indexed = |format: &'static CStr, index: Vec<u8>, rows: i64| {
        let mut value_schema = schema(c"u");
        let mut index_schema = schema(format);
        index_schema.dictionary = &raw mut value_schema;
        let (mut array, released) = array(rows, -1, 0, vec![None, Some(index)]);
        let mut values = values();
        array.dictionary = &raw mut values;
        let result = read(&index_schema, (array, released));
        index_schema.dictionary = std::ptr::null_mut();
        result
    };
    let good = Ok(vec![Some("a".to_owned()), None]);
    assert_eq!(indexed(c"c", vec![0, 1], 2), good);
    assert_eq!(indexed(c"S", vec![0, 0, 1, 0], 2), good);
    assert_eq!(indexed(c"l", i64s(&[0, 1]).unwrap(), 2), good);
    for (format, index) in
        [(c"c", vec![255]), (c"C", vec![2]), (c"i", i32s(&[-1]).unwrap()), (c"L", vec![255; 8])]
    {
        assert!(matches!(indexed(format, index, 1), Err(ArrowProblem::Index(_))), "{format:?}");
    }
    assert!(matches!(indexed(c"f", vec![0; 8], 1), Err(ArrowProblem::Type(_))));
    assert!(matches!(indexed(c"c", vec![0], -3), Err(ArrowProblem::Number(_) | ArrowProblem::Nulls(_))));

    let (array, released) = array(1, 0, 0, vec![None, Some(vec![0])]);
    let mut value_schema = schema(c"u");
    let mut index_schema = schema(c"c");
    index_schema.dictionary = &raw mut value_schema;
    assert!(matches!(read(&index_schema, (array, released)), Err(ArrowProblem::Absent(_))), "without values");
}

#[test]
fn what_was_released_is_refused() {
    let array = ArrowArray::released();
    let problem = unsafe { Column::of(&schema(c"u"), &array) }.unwrap_err();
    assert_eq!(problem, ArrowProblem::Released("array"));
    let (array, released) = self::array(1, 0, 0, vec![None, i32s(&[0, 1]), texts("a")]);
    assert!(matches!(
        unsafe { Column::of(&ArrowSchema::released(), &array) },
        Err(ArrowProblem::Released("schema"))
    ));
    let mut array = array;
    let moved = unsafe { ArrowArray::take(&raw mut array) };
    drop(array);
    assert_eq!(released.load(Ordering::Relaxed), 0, "it was moved");
    drop(moved);
    assert_eq!(released.load(Ordering::Relaxed), 1);
}

fn table() -> Arc<Table> {
    let profile = Profile::parse(
        r#"{"title": "archive", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"}}"#,
    );
    let text = r#"{"a":"1"}"#;
    let (array, _) = array(2, 0, 0, vec![None, i32s(&[0, 9, 10]), texts(&format!("{text}x"))]);
    let column_schema = schema(c"u");
    let column = unsafe { Column::of(&column_schema, &array) }.unwrap();
    let mut run = Run::new(RunSettings::default());
    Arc::new(open::open(&profile.unwrap(), &OpenOptions::default(), None, &mut run, &column).unwrap())
}

#[test]
fn a_child_is_moved_out_and_outlives_its_parent() {
    let table = table();
    let (schema, mut array) = (table.schema(), table.array());
    let (again, weak) = (table.array(), Arc::downgrade(&table));
    drop(table);
    assert_eq!((array.length, array.n_children, schema.n_children), (2, 3, 3));
    let child = unsafe { ArrowArray::take(*array.children) };
    let child_schema = unsafe { ArrowSchema::take(*schema.children) };
    drop(schema);
    drop(again);
    array.length = 0;
    drop(array);
    let column = unsafe { Column::of(&child_schema, &child) }.unwrap();
    assert_eq!((column.value(0), column.value(1)), (Some(br#"{"a":"1"}"#.as_slice()), None));
    assert!(weak.upgrade().is_some(), "the child keeps its memory");
    drop(child);
    assert!(weak.upgrade().is_none(), "nothing is leaked");
}
