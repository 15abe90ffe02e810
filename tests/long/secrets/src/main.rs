//! Where secrets go: `secrets wiping` looks at freed memory, `secrets canary [CALLS]` at what a million failing
//! calls say, `secrets diagnoses COUNT` at what so many diagnoses say.

mod canary;
#[path = "../../../support/diagnoses.rs"]
mod diagnoses;
mod freed;
mod plaintexts;
mod sealed;
mod wiping;

use std::process::ExitCode;

/// Texts that must not be seen where they do not belong; 16 characters each.
pub const KEY: &str = "CANARYkEy7Qz2Wx5";
pub const IV: &str = "CANARYiVq8Zr2LmV";

#[global_allocator]
static ALLOCATOR: freed::Looking = freed::Looking;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let failed = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["wiping"] => wiping::run() + plaintexts::run() + sealed::run(),
        ["canary", calls] => canary::run(calls.parse().expect("a number of calls")),
        ["diagnoses", count] => diagnoses(count.parse().expect("a number of diagnoses")),
        _ => canary::run(1_000_000),
    };
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// In two threads, since a diagnosis tries thousands of hypotheses.
fn diagnoses(count: usize) -> usize {
    let half = |seed| std::thread::spawn(move || diagnoses::run(count.div_ceil(2), seed));
    let leaks = [half(2), half(3)].map(|thread| thread.join().expect("it ends"));
    let (ran, failed) = (count.div_ceil(2) * 2, leaks.iter().sum::<usize>());
    println!("count canary-diagnoses rust ran={ran} refused=0 failed={failed}");
    failed
}
