//! `callback-profile-differential [--cases N] [--seed N] [--threads N] [--spoil CASE] [--write]`: see fuzz/README.md.

use std::process::ExitCode;
use std::time::Instant;

use callback_profile_differential::{Plan, compare, write_cases};

fn main() -> ExitCode {
    let mut plan = Plan { cases: 100_000_000, seed: 1, threads: 2, spoiled: None };
    let mut write = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let text = arguments.next().unwrap_or_default();
            text.parse::<u64>().unwrap_or_else(|_| panic!("{argument} needs a number, not {text:?}"))
        };
        match argument.as_str() {
            "--cases" => plan.cases = number(),
            "--seed" => plan.seed = number(),
            "--threads" => plan.threads = number(),
            "--spoil" => plan.spoiled = Some(number()),
            "--write" => write = true,
            other => panic!("no option {other}"),
        }
    }
    if write {
        write_cases(&plan, std::io::stdout().lock()).expect("somebody reads the cases");
        return ExitCode::SUCCESS;
    }

    let started = Instant::now();
    let count = compare(&plan);
    let seconds = started.elapsed().as_secs_f64();
    for mismatch in &count.told {
        println!("{mismatch}");
    }
    println!(
        "differential against {}: cases={} mismatches={} seed={} seconds={seconds:.1} per_second={:.0}",
        oracle::version(),
        count.cases,
        count.mismatches,
        plan.seed,
        count.cases as f64 / seconds,
    );
    println!(
        "  keys={} gcm={} cfb={} wrapping={} in_callbacks={} changed={} threads={} digest={:016x}",
        count.keys,
        count.gcm,
        count.cases - count.gcm,
        count.wrapping,
        count.in_callbacks,
        count.changed,
        plan.threads,
        count.digest,
    );
    println!("count differential rust ran={} refused=0 failed={}", count.cases, count.mismatches);
    ExitCode::from(u8::from(count.mismatches > 0 || count.cases != plan.cases || count.cases == 0))
}
