//! Many items: in blocks, so that memory between two languages is bounded, and each block divided among threads without
//! the GIL.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex};
use std::thread;

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt, PyList};

use crate::convert::input;
use crate::error;

/// Items of a block and thread: what is between two languages at a time is that much, and fits a core's cache as a rule. Less
/// would be many starts of threads.
pub(crate) const BLOCK_ITEMS: usize = 512;

/// A thread has at least so many bytes of text: starting one for less costs more than it saves.
const BYTES_PER_THREAD: usize = 32 * 1024;

/// More threads than this are a mistake.
const MOST_THREADS: usize = 1024;

/// The argument `threads`: so many at most, or one for each core that the process may use.
pub(crate) fn threads(value: Option<&Bound<'_, PyAny>>) -> PyResult<usize> {
    let Some(value) = value else {
        return Ok(thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS));
    };
    if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
        return Err(error::wrong_type("threads", "int or None", value));
    }
    let count: Option<usize> = value.extract().ok();
    count
        .filter(|count| (1..=MOST_THREADS).contains(count))
        .ok_or_else(|| error::argument(format!("threads must be from 1 to {MOST_THREADS}")))
}

/// Calls `work` with the items of the argument `name`, a block of this size at a time. An interruption ends the call between two blocks.
pub(crate) fn in_blocks<'py>(
    name: &str,
    iterable: &Bound<'py, PyAny>,
    size: usize,
    mut work: impl FnMut(&[Bound<'py, PyAny>]) -> PyResult<()>,
) -> PyResult<()> {
    let mut items = input::items(name, iterable)?;
    let mut block = Vec::new();
    loop {
        for item in items.by_ref().take(size) {
            block.push(item?);
        }
        if block.is_empty() {
            return Ok(());
        }
        work(&block)?;
        block.clear();
        iterable.py().check_signals()?;
    }
}

/// Calls `work` with the GIL released, on a piece of the items for each thread, with a state of that thread's own. Returns
/// how many items each state has worked on, in the order of the items.
///
/// The items hold so many bytes of text. A piece is done on this thread if no other can be started.
pub(crate) fn in_pieces<I: Sync, S: Send>(
    py: Python<'_>,
    items: &[I],
    bytes: usize,
    states: &mut [S],
    work: impl Fn(&mut S, &[I]) + Sync,
) -> Vec<usize> {
    let wanted = bytes.checked_div(BYTES_PER_THREAD).unwrap_or(1);
    let count = wanted.min(states.len()).min(items.len()).max(1);
    let pieces: Vec<&[I]> = items.chunks(items.len().div_ceil(count).max(1)).collect();
    let sizes = pieces.iter().map(|piece| piece.len()).collect();
    py.detach(|| {
        thread::scope(|scope| {
            let mut started = Vec::new();
            let mut own = Vec::new();
            let work = &work;
            for (index, (state, piece)) in states.iter_mut().zip(pieces).enumerate() {
                // The first piece is this thread's own.
                if index == 0 {
                    own.push((state, piece));
                    continue;
                }
                // Held in a cell so that it is still here if the thread could not be started.
                let held = Arc::new(Mutex::new(Some((state, piece))));
                let theirs = Arc::clone(&held);
                let run = move || {
                    if let Some((state, piece)) = taken(&theirs) {
                        work(state, piece);
                    }
                };
                match thread::Builder::new().spawn_scoped(scope, run) {
                    Ok(thread) => started.push(thread),
                    Err(_) => own.extend(taken(&held)),
                }
            }
            own.into_iter().for_each(|(state, piece)| work(state, piece));
            for thread in started {
                // A panic goes on in the call, which stops it.
                thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            }
        });
    });
    sizes
}

/// Appends the value of an item, or its exception. An interruption is no result of an item: it ends the call.
pub(crate) fn push<'py>(list: &Bound<'py, PyList>, item: PyResult<Bound<'py, PyAny>>) -> PyResult<()> {
    let py = list.py();
    match item {
        Ok(value) => list.append(value),
        Err(error) if error.is_instance_of::<PyException>(py) => list.append(error.into_value(py)),
        Err(error) => Err(error),
    }
}

fn taken<T>(held: &Mutex<Option<T>>) -> Option<T> {
    held.lock().ok().and_then(|mut held| held.take())
}
