//! Rows divided among threads.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;

/// Fewer rows than these are not worth a thread of their own.
const ROWS_PER_THREAD: usize = 256;

/// More threads than these are not started, whatever the caller asks for.
const MOST_THREADS: usize = 256;

/// A thread panicked: a defect.
#[derive(Debug)]
pub(crate) struct Panicked;

/// Runs `work` on consecutive parts of `rows`, and returns the results in their order. Without a number of threads there is one
/// for each processor.
pub(crate) fn divided<T: Send>(
    rows: Range<usize>,
    threads: Option<NonZeroUsize>,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Result<Vec<T>, Panicked> {
    let most = threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let count = most.min(MOST_THREADS).min(rows.len() / ROWS_PER_THREAD).max(1);
    // Whole bytes of the validity bitmaps, so that the results are put together by copying.
    let each = rows.len().div_ceil(count).next_multiple_of(8);
    let part = |number: usize| {
        let start = rows.start.saturating_add(each.saturating_mul(number)).min(rows.end);
        start..start.saturating_add(each).min(rows.end)
    };
    if count == 1 {
        return Ok(vec![work(rows)]);
    }
    let work = &work;
    thread::scope(|scope| {
        // The first part is this thread's own. Where the system has no thread left, its part is done here too.
        let started: Vec<_> = (1..count)
            .map(|number| {
                let rows = part(number);
                (rows.clone(), thread::Builder::new().spawn_scoped(scope, move || work(rows)))
            })
            .collect();
        let mut results = vec![work(part(0))];
        for (rows, handle) in started {
            results.push(match handle {
                Ok(handle) => handle.join().map_err(|_| Panicked)?,
                Err(_) => work(rows),
            });
        }
        Ok(results)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_part_and_in_its_order() {
        let mut cases = 0;
        for rows in [0..0, 0..1, 3..1000, 7..5000, 0..512, 0..513] {
            for threads in 1..9 {
                let parts =
                    divided(rows.clone(), NonZeroUsize::new(threads), |part| part.collect::<Vec<_>>());
                assert_eq!(parts.unwrap().concat(), rows.clone().collect::<Vec<_>>());
                cases += 1;
            }
        }
        assert_eq!(cases, 48);
    }
}
