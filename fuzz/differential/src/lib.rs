//! The ciphers against other implementations, by the hundred million.
//!
//! A *round* is one key and one IV with up to [`CASES_PER_KEY`] values: `numbers` draws them, from the seed and the
//! round's number alone, so that neither the number of threads nor that of cases changes what a round holds. `compare`
//! does a round with the library and with OpenSSL (`tests/long/oracle`); `count` is what came out of it. `wrapping`
//! finds IVs that random ones miss. `outside` writes the same rounds as lines, for implementations in other processes.

mod compare;
mod count;
mod numbers;
mod outside;
mod round;
mod text;
mod wrapping;

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

pub use count::{Count, Mismatch};
pub use outside::write_cases;

use compare::Comparison;
use round::Round;

/// Values under one key and IV.
pub const CASES_PER_KEY: u64 = 64;

/// What is run.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Values in all.
    pub cases: u64,
    /// Chooses keys, IVs, values and wire formats.
    pub seed: u64,
    /// Threads; without influence on the outcome.
    pub threads: u64,
    /// A case in which OpenSSL's answer gets a flipped bit, to prove that a difference would be seen.
    pub spoiled: Option<u64>,
}

/// Compares all cases and returns the counts, which are the same for the same plan.
pub fn compare(plan: &Plan) -> Count {
    let rounds = plan.cases.div_ceil(CASES_PER_KEY);
    let next = AtomicU64::new(0);
    thread::scope(|scope| {
        let work = || {
            let mut comparison = Comparison::new();
            let mut round = Round::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= rounds {
                    return comparison.into_count();
                }
                let first = number * CASES_PER_KEY;
                round.draw(plan.seed, number, (plan.cases - first).min(CASES_PER_KEY) as usize);
                let spoiled = plan.spoiled.and_then(|case| case.checked_sub(first));
                comparison.compare(&round, spoiled.map(|case| case as usize));
            }
        };
        let threads: Vec<_> = (0..plan.threads.max(1)).map(|_| scope.spawn(work)).collect();
        threads.into_iter().fold(Count::default(), |sum, thread| sum.plus(thread.join().expect("no panic")))
    })
}
