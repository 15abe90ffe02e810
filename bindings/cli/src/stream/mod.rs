//! Many inputs, a line each, one line out for each: `--ndjson`.
//!
//! One thread reads batches of lines, `--jobs` threads work on them, one writes the results in the order of the input. At
//! most a few batches are held at a time, so memory does not grow with the input.

mod args;
mod failures;
mod lines;
mod order;
mod progress;
mod source;
mod zstd;

use std::io::{self, BufRead};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use callback_profile::{ErrorClass, ErrorCode};

pub(crate) use args::StreamArgs;
pub(crate) use failures::LineFailure;

use crate::failure::Failure;
use crate::interrupt;
use crate::memory::{self, Wiped};
use crate::output::{note, plural, printable};
use failures::Failures;
use lines::Batch;
pub(crate) use lines::Lines;
use order::InOrder;
use progress::Progress;

/// What one line became.
pub(crate) type Done = Result<(), LineFailure>;

/// Does one thing to each line: appends the result to the bytes, without a line break.
pub(crate) trait Work {
    fn line(&mut self, line: &[u8], out: &mut Wiped) -> Done;
}

/// What a thread made of a batch.
struct Finished {
    number: u64,
    lines: u64,
    out: Wiped,
    failures: Vec<(u64, LineFailure)>,
    read: u64,
}

/// Works through the input at `path`, with as many workers as `args` says, each made by `worker`.
///
/// `too_long` is what a line of more than `limit` bytes is.
pub(crate) fn run<W: Work>(
    path: &Path,
    args: &StreamArgs,
    limit: usize,
    too_long: &LineFailure,
    worker: impl Fn() -> W + Sync,
) -> Result<(), Failure> {
    let (source, len) = source::open(path).map_err(|error| unreadable(path, &error))?;
    let mut failures = Failures::new(args)?;
    let mut progress = Progress::new(len);
    interrupt::watch();
    let mut lines = Lines::new(source, limit);
    lines.skip(args.skip).map_err(|error| unreadable(path, &error))?;

    let jobs = args.jobs();
    let stop = AtomicBool::new(false);
    let is_stopped = || interrupt::happened() || stop.load(Ordering::Relaxed);
    let (to_workers, work) = sync_channel::<(u64, Batch, u64)>(jobs);
    let (to_writer, finished) = sync_channel::<Finished>(jobs);
    let work = Arc::new(Mutex::new(work));
    let (give_back, room) = room_for(jobs.saturating_mul(4));
    let mut totals = Totals { done: args.skip, ..Totals::default() };
    let (read, written) = std::thread::scope(|scope| {
        for _ in 0..jobs {
            let (to_writer, work, worker) = (to_writer.clone(), Arc::clone(&work), &worker);
            scope.spawn(move || work_on(worker, &work, &to_writer, too_long));
        }
        // Each side ends when the other has dropped its ends of the channels, so none is kept here.
        drop((to_writer, work));
        let reader = scope.spawn(move || read_all(lines, to_workers, room, is_stopped));
        let written = write_all(finished, give_back, &mut failures, &mut progress, &mut totals);
        stop.store(true, Ordering::Relaxed);
        (reader.join().unwrap_or_else(|panic| resume_unwind(panic)), written)
    });
    progress.finish();
    written?;
    failures.flush()?;
    totals.report(args, interrupt::happened());
    read.map_err(|error| unreadable_after(path, totals.done, &error))?;
    match (interrupt::happened(), totals.failed) {
        (true, _) => Err(Failure::Interrupted),
        (false, 0) => Ok(()),
        (false, _) => Err(Failure::Printed),
    }
}

/// How many lines there were.
#[derive(Default)]
struct Totals {
    /// Lines whose result is written, and those that were skipped.
    done: u64,
    failed: u64,
}

impl Totals {
    /// The summary on standard error.
    fn report(&self, args: &StreamArgs, is_interrupted: bool) {
        let lines = self.done.saturating_sub(args.skip);
        let right = lines.saturating_sub(self.failed);
        note(&format!(
            "{right} of {lines} {} right, {} failed\n",
            plural(lines, "line", "lines"),
            self.failed
        ));
        if is_interrupted {
            note(&format!("interrupted after line {}: go on with --skip {}\n", self.done, self.done));
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::Usage(format!("cannot read {}: {error}", printable(&path.to_string_lossy())))
}

/// What comes behind this line is lost to the reader, a cut file or a damaged one; all before it was worked on.
fn unreadable_after(path: &Path, line: u64, error: &io::Error) -> Failure {
    Failure::Usage(format!("cannot read {} behind line {line}: {error}", printable(&path.to_string_lossy())))
}

/// Room for so many batches: the reader takes one for each, the writer gives it back. A slow batch then holds up the
/// reader, instead of letting finished ones pile up behind it.
fn room_for(batches: usize) -> (SyncSender<()>, Receiver<()>) {
    let (give_back, room) = sync_channel(batches);
    for _ in 0..batches {
        let _ = give_back.send(()); // there is room for all
    }
    (give_back, room)
}

fn read_all<R: BufRead>(
    mut lines: Lines<R>,
    to_workers: SyncSender<(u64, Batch, u64)>,
    room: Receiver<()>,
    is_stopped: impl Fn() -> bool,
) -> io::Result<()> {
    for number in 0.. {
        // The writer is gone if the output cannot be written, and then the workers are.
        if room.recv().is_err() {
            break;
        }
        let batch = lines.batch(&is_stopped)?;
        if batch.len() == 0 || to_workers.send((number, batch, lines.read)).is_err() {
            break;
        }
    }
    Ok(())
}

fn work_on<W: Work>(
    new_worker: &impl Fn() -> W,
    work: &Mutex<Receiver<(u64, Batch, u64)>>,
    to_writer: &SyncSender<Finished>,
    too_long: &LineFailure,
) {
    let mut worker = new_worker();
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, batch, read)) = next else { return };
        let (mut out, mut failures) = (Wiped::default(), Vec::new());
        for (line, line_number) in batch.lines().zip(batch.first..) {
            let start = out.len();
            let done = match line {
                Some(line) => {
                    let done = catch_unwind(AssertUnwindSafe(|| worker.line(line, &mut out)));
                    done.unwrap_or_else(|_| {
                        // A defect costs its line alone. What it left in the worker is not used again.
                        worker = new_worker();
                        Err(LineFailure::new(ErrorClass::Internal, ErrorCode::Internal))
                    })
                }
                None => Err(too_long.clone()),
            };
            if let Err(failure) = done {
                out.truncate(start);
                memory::push(&mut out, b"null");
                failures.push((line_number, failure));
            }
            memory::push(&mut out, b"\n");
        }
        let lines = u64::try_from(batch.len()).unwrap_or(u64::MAX);
        if to_writer.send(Finished { number, lines, out, failures, read }).is_err() {
            return;
        }
    }
}

/// Writes results and failures in the order of the input.
fn write_all(
    finished: Receiver<Finished>,
    give_back: SyncSender<()>,
    failures: &mut Failures,
    progress: &mut Progress,
    totals: &mut Totals,
) -> Result<(), Failure> {
    let mut in_order = InOrder::default();
    let mut out = io::stdout().lock();
    for batch in finished {
        in_order.add(batch.number, batch);
        while let Some(batch) = in_order.next() {
            match io::Write::write_all(&mut out, &batch.out).and_then(|()| io::Write::flush(&mut out)) {
                Ok(()) => {}
                // The reader wanted no more.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
                Err(error) => {
                    return Err(Failure::Usage(format!("cannot write to standard output: {error}")));
                }
            }
            for (line, failure) in &batch.failures {
                progress.suspend(|| failures.write(*line, failure))?;
            }
            totals.done = totals.done.saturating_add(batch.lines);
            totals.failed =
                totals.failed.saturating_add(u64::try_from(batch.failures.len()).unwrap_or(u64::MAX));
            let _ = give_back.send(()); // the reader may have ended
            progress.at(batch.read, totals.done, totals.failed);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fragile {
        lines: usize,
    }

    impl Work for Fragile {
        fn line(&mut self, line: &[u8], out: &mut Wiped) -> Done {
            self.lines = self.lines.saturating_add(1);
            memory::push(out, line);
            assert!(line != b"defect", "what a test causes");
            memory::push(out, self.lines.to_string().as_bytes());
            Ok(())
        }
    }

    #[test]
    fn a_defect_costs_its_line_alone() {
        let (to_workers, work) = sync_channel(1);
        let (to_writer, finished) = sync_channel(1);
        let mut lines = Lines::new(&b"a\ndefect\nb"[..], 10);
        to_workers.send((0, lines.batch(|| false).unwrap(), 0)).unwrap();
        drop(to_workers);
        let too_long = LineFailure::new(ErrorClass::Decryption, ErrorCode::TooLong);
        work_on(&|| Fragile { lines: 0 }, &Mutex::new(work), &to_writer, &too_long);
        let batch = finished.recv().unwrap();
        assert_eq!(str::from_utf8(&batch.out), Ok("a1\nnull\nb1\n"));
        assert_eq!(batch.failures, [(2, LineFailure::new(ErrorClass::Internal, ErrorCode::Internal))]);
    }
}
