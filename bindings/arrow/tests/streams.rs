//! Streams that are not what the interface says are refused and released exactly once; what holds for the rows of a column
//! holds from part to part.
#![allow(
    clippy::undocumented_unsafe_blocks, // the structures here are the test's own
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::panic
)]

mod support;

use std::ffi::{CStr, c_int};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use callback_profile::{ErrorCode, OpenOptions, ParseOptions, Profile};
use callback_profile_arrow::stream::{Parts, Source, stream_of};
use callback_profile_arrow::{
    ArrowArray, ArrowArrayStream, ArrowError, ArrowProblem, ArrowSchema, Column, Run, RunSettings, Table,
    open,
};
use support::{array, i32s, schema, texts};

/// What a hostile stream does, and how often it was called.
#[derive(Default)]
struct Behaviour {
    /// What its callbacks return.
    errno: c_int,
    /// Whether it writes a type before it returns.
    writes: bool,
    asked: AtomicUsize,
    released: AtomicUsize,
}

unsafe fn behaviour<'a>(stream: *mut ArrowArrayStream) -> &'a Behaviour {
    unsafe { &*(*stream).private_data.cast::<Behaviour>() }
}

unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    let behaviour = unsafe { behaviour(stream) };
    behaviour.asked.fetch_add(1, Ordering::Relaxed);
    if behaviour.writes {
        unsafe { out.write(schema(c"u")) };
    }
    behaviour.errno
}

unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, _: *mut ArrowArray) -> c_int {
    let behaviour = unsafe { behaviour(stream) };
    behaviour.asked.fetch_add(1, Ordering::Relaxed);
    behaviour.errno
}

unsafe extern "C" fn release(stream: *mut ArrowArrayStream) {
    unsafe { behaviour(stream) }.released.fetch_add(1, Ordering::Relaxed);
    unsafe { (*stream).release = None };
}

fn stream(behaviour: &Behaviour) -> ArrowArrayStream {
    ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: None,
        release: Some(release),
        private_data: std::ptr::from_ref(behaviour).cast_mut().cast(),
    }
}

/// Why the stream is refused, on its type or on its first part. It was released once.
fn refused(behaviour: &Behaviour, change: fn(&mut ArrowArrayStream)) -> ArrowError {
    let mut stream = stream(behaviour);
    change(&mut stream);
    let error = match unsafe { Parts::of(stream) } {
        Err(error) => error,
        Ok(mut parts) => parts.next_part().map(|part| part.is_some()).unwrap_err(),
    };
    assert_eq!(behaviour.released.load(Ordering::Relaxed), 1, "released exactly once");
    error
}

#[test]
fn callbacks_that_are_null_are_refused() {
    let good = || Behaviour { writes: true, ..Behaviour::default() };
    let (no_schema, no_next) = (good(), good());
    assert_eq!(
        refused(&no_schema, |stream| stream.get_schema = None),
        ArrowProblem::Absent("stream: get_schema").into()
    );
    assert_eq!(no_schema.asked.load(Ordering::Relaxed), 0);
    assert_eq!(
        refused(&no_next, |stream| stream.get_next = None),
        ArrowProblem::Absent("stream: get_next").into()
    );
    assert_eq!(no_next.asked.load(Ordering::Relaxed), 1, "for its type");
}

#[test]
fn a_type_that_fails_is_the_streams_error() {
    for writes in [false, true] {
        let behaviour = Behaviour { errno: 12, writes, ..Behaviour::default() };
        assert_eq!(refused(&behaviour, |_| ()), ArrowError::Stream(12));
    }
    // It says that it succeeded, and wrote nothing.
    let behaviour = Behaviour::default();
    let parts = unsafe { Parts::of(stream(&behaviour)) }.unwrap();
    let problem = unsafe { Column::empty(parts.schema()) }.map(|_| ()).unwrap_err();
    assert_eq!(problem, ArrowProblem::Released("schema"));
    let (array, _) = array(1, 0, 0, vec![None, i32s(&[0, 1]), texts("a")]);
    assert!(matches!(unsafe { Column::of(parts.schema(), &array) }, Err(ArrowProblem::Released("schema"))));
    drop(parts);
    assert_eq!(behaviour.released.load(Ordering::Relaxed), 1);
    // The dictionary of a type is one too.
    let (mut released, mut live) = (schema(c"u"), schema(c"u"));
    released.release = None;
    let mut index_schema = schema(c"c");
    index_schema.dictionary = &raw mut released;
    let problem = unsafe { Column::empty(&index_schema) }.map(|_| ()).unwrap_err();
    assert_eq!(problem, ArrowProblem::Released("dictionary"));
    index_schema.dictionary = &raw mut live;
    assert!(unsafe { Column::empty(&index_schema) }.is_ok());
}

#[test]
fn a_released_stream_is_not_called() {
    let behaviour = Behaviour::default();
    let mut given = stream(&behaviour);
    given.release = None;
    let error = unsafe { Parts::of(given) }.map(|_| ()).unwrap_err();
    assert_eq!(error, ArrowProblem::Released("stream").into());
    assert_eq!((behaviour.asked.into_inner(), behaviour.released.into_inner()), (0, 0));

    let behaviour = Behaviour { writes: true, ..Behaviour::default() };
    let mut given = stream(&behaviour);
    let mut parts = unsafe { Parts::of(ArrowArrayStream::take(&raw mut given)) }.unwrap();
    let error = unsafe { Parts::of(ArrowArrayStream::take(&raw mut given)) }.map(|_| ()).unwrap_err();
    assert_eq!(error, ArrowProblem::Released("stream").into(), "it was moved");
    assert!(parts.next_part().unwrap().is_none(), "nothing was written: the end");
    drop((given, parts));
    assert_eq!(behaviour.released.into_inner(), 1);
}

/// So many parts, then an error or the end.
struct Counted {
    left: usize,
    error: Option<ArrowError>,
    asked: Arc<AtomicUsize>,
}

impl Source for Counted {
    fn schema(&self) -> ArrowSchema {
        schema(c"u")
    }

    fn next_part(&mut self) -> Result<Option<ArrowArray>, ArrowError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.left == 0 {
            return self.error.clone().map_or(Ok(None), Err);
        }
        self.left -= 1;
        Ok(Some(array(1, 0, 0, vec![None, i32s(&[0, 1]), texts("a")]).0))
    }
}

/// What `get_next` returns, and whether it wrote a part.
fn next(stream: &mut ArrowArrayStream) -> (c_int, bool) {
    let mut part = ArrowArray::released();
    let errno = unsafe { stream.get_next.unwrap()(&raw mut *stream, &raw mut part) };
    (errno, part.release.is_some())
}

fn last_error(stream: &mut ArrowArrayStream) -> Option<String> {
    let text = unsafe { stream.get_last_error.unwrap()(&raw mut *stream) };
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned())
}

#[test]
fn what_has_ended_is_not_asked_again() {
    let cases = [
        (None, 0, None),
        (
            Some(ArrowError::Stream(5)),
            22,
            Some("invalid_argument: the stream that was given failed with errno 5"),
        ),
        (Some(ArrowError::Internal), 5, Some("internal: ")),
    ];
    for (error, errno, text) in cases {
        let asked = Arc::new(AtomicUsize::new(0));
        let mut stream = stream_of(Box::new(Counted { left: 2, error, asked: Arc::clone(&asked) }));
        assert_eq!([next(&mut stream), next(&mut stream)], [(0, true); 2]);
        for _ in 0..3 {
            assert_eq!(next(&mut stream), (errno, false));
            let said = last_error(&mut stream);
            assert_eq!(said.is_some(), text.is_some());
            assert!(said.unwrap_or_default().starts_with(text.unwrap_or_default()));
        }
        assert_eq!(asked.load(Ordering::Relaxed), 3);
        let mut given = ArrowSchema::released();
        assert_eq!(
            unsafe { stream.get_schema.unwrap()(&raw mut stream, &raw mut given) },
            0,
            "its type is known still"
        );
        drop(stream);
        assert_eq!(Arc::strong_count(&asked), 1, "the source is gone with its stream");
    }
}

fn profile(options: &ParseOptions) -> Profile {
    let text =
        r#"{"title": "archive", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"}}"#;
    Profile::parse_with(text, options).unwrap()
}

/// Opens rows as one part.
fn opened(profile: &Profile, run: &mut Run, rows: &[&str]) -> Result<Arc<Table>, ArrowError> {
    let mut offsets = vec![0];
    offsets.extend(rows.iter().scan(0, |end, row| {
        *end += i32::try_from(row.len()).unwrap();
        Some(*end)
    }));
    let len = i64::try_from(rows.len()).unwrap();
    let (array, _) = array(len, 0, 0, vec![None, i32s(&offsets), texts(&rows.concat())]);
    let column_schema = schema(c"u");
    let column = unsafe { Column::of(&column_schema, &array) }?;
    open::open(profile, &OpenOptions::default(), None, run, &column).map(Arc::new)
}

/// The rows of one column of the result.
fn column(table: &Arc<Table>, at: usize) -> Vec<Option<String>> {
    let (table_schema, array) = (table.schema(), table.array());
    let (child_schema, child) = unsafe { (&**table_schema.children.add(at), &**array.children.add(at)) };
    let column = unsafe { Column::of(child_schema, child) }.unwrap();
    (0..column.len())
        .map(|row| column.value(row).map(|text| String::from_utf8_lossy(text).into_owned()))
        .collect()
}

#[test]
fn a_thousand_rows_without_a_success_are_counted_across_parts() {
    let profile = profile(&ParseOptions::default());
    let bad = vec!["x"; 300];
    for threads in [1, 2] {
        let settings = |keep_going| RunSettings::new(std::num::NonZeroUsize::new(threads), keep_going);
        let mut run = Run::new(settings(false));
        for _ in 0..3 {
            assert_eq!(opened(&profile, &mut run, &bad).unwrap().len(), 300);
        }
        assert_eq!(opened(&profile, &mut run, &bad[..99]).unwrap().len(), 99, "999 rows are not 1,000");
        // The code is the commonest of all parts, not of the last one.
        let error = opened(&profile, &mut run, &["[]"; 300]).unwrap_err();
        assert!(
            matches!(error, ArrowError::NothingSucceeds { rows: 1000, code: ErrorCode::InvalidJson, .. }),
            "{error:?}"
        );

        let mut run = Run::new(settings(false));
        for _ in 0..3 {
            opened(&profile, &mut run, &bad).unwrap();
        }
        opened(&profile, &mut run, &[r#"{"a":"1"}"#]).unwrap();
        for _ in 0..5 {
            opened(&profile, &mut run, &bad).expect("one success is enough");
        }
        let mut run = Run::new(settings(true));
        for _ in 0..5 {
            opened(&profile, &mut run, &bad).expect("it keeps going");
        }
    }
}

#[test]
fn a_body_past_the_limit_is_an_error_of_its_row_only() {
    let mut options = ParseOptions::default();
    options.limits.received_bytes = 20;
    let profile = profile(&options);
    let rows = [r#"{"a":"1"}"#, r#"{"a":"0123456789abcd"}"#, r#"{"a":"0123456789ab"}"#, r#"{"a":"2"}"#];
    assert_eq!((rows[1].len(), rows[2].len()), (22, 20));
    let mut run = Run::new(RunSettings::default());
    let table = opened(&profile, &mut run, &rows).unwrap();
    let good = |row: usize| rows.get(row).map(|row| (*row).to_owned());
    assert_eq!(column(&table, 0), [good(0), None, good(2), good(3)]);
    assert_eq!(column(&table, 1), [None, Some("too_long".to_owned()), None, None]);
    assert_eq!(column(&table, 2), [None, None, None, None], "it is about no parameter");
}
