//! How time and memory grow with hostile input: `make bounds`.
//!
//! Every family of tests/families runs at doubling sizes up to 1 MiB with the limits out of the way. A row has the
//! time at the largest size, the growth exponent over the last four doublings (the slope of a line through the
//! logarithms; 1 is linear, 1.15 is 2.2 times the time per doubling), and the peak of the heap per byte. A word on
//! the command line keeps the families whose name holds it. Without one, or with `flood`,
//! the floods are sent too.

#[path = "../../../families/mod.rs"]
mod families;
mod flood;

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use families::{Family, Work};

const KIBIBYTES: [usize; 8] = [8, 16, 32, 64, 128, 256, 512, 1024];
/// The exponent is that of the last sizes: four doublings.
const FITTED: usize = 5;
const MOST_GROWTH: f64 = 1.15;
const MOST_PER_BYTE: usize = 40;
const MOST_APART: usize = 64 * 1024;
const ROUNDS: usize = 15;
/// A round of a size takes at least this long.
const ROUND: Duration = Duration::from_micros(300);
/// Of a family that is this slow at one size, larger sizes are left out: it is found guilty without them.
const PATIENCE: Duration = Duration::from_millis(500);

/// What was found of a family.
struct Row {
    seconds: f64,
    exponent: f64,
    per_byte: f64,
    is_over_memory: bool,
}

/// The word before the name of the one family that a process of its own measures.
const ALONE: &str = "--alone";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, name] = arguments.as_slice()
        && word == ALONE
    {
        let all = families::all();
        return measure(all.iter().find(|family| family.name == *name).expect("a family of this name"));
    }
    let only = arguments.into_iter().next().unwrap_or_default();
    let (mut ran, mut failed) = (0, 0);
    let (mut most_growth, mut most_memory) = (0.0_f64, 0.0_f64);
    println!("family | us at 1 MiB | exponent | peak bytes per byte | verdict");
    println!("--- | ---: | ---: | ---: | ---");
    for family in families::all().iter().filter(|family| family.name.contains(&only)) {
        let row = measured_alone(family);
        let verdict = match (row.exponent > MOST_GROWTH, row.is_over_memory) {
            (false, false) => "ok",
            (true, false) => "FAILED: time",
            (false, true) => "FAILED: memory",
            (true, true) => "FAILED: time and memory",
        };
        let micros = row.seconds * 1e6;
        println!("{} | {micros:.0} | {:.2} | {:.1} | {verdict}", family.name, row.exponent, row.per_byte);
        ran += 1;
        failed += usize::from(verdict != "ok");
        most_growth = most_growth.max(row.exponent);
        most_memory = most_memory.max(row.per_byte);
    }
    println!(
        "largest exponent {most_growth:.2} of at most {MOST_GROWTH}; most memory {most_memory:.1} of {MOST_PER_BYTE}"
    );
    println!("count bounds rust ran={ran} refused=0 failed={failed}");
    assert!(!only.is_empty() || ran >= 120, "there should be at least 120 families");
    if only.is_empty() || only == "flood" {
        failed += flood::run();
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Measures a family in a process of its own: in one for all, each finds the heap in the pieces that the others left, and
/// the allocator's time for them grows with the input.
fn measured_alone(family: &Family) -> Row {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args([ALONE, family.name]).output().expect("this program runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = said.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    let [seconds, exponent, per_byte, is_over] = figures[..] else {
        panic!("{}: {}", family.name, String::from_utf8_lossy(&output.stderr))
    };
    Row { seconds, exponent, per_byte, is_over_memory: is_over != 0.0 }
}

/// Prints the figures that [`measured_alone`] reads.
fn measure(family: &Family) -> ExitCode {
    // As in a process that has run for a while: once a large block was freed, glibc keeps large blocks instead of asking
    // the kernel for fresh pages each time, which would count from some size on.
    drop(black_box(vec![1_u8; 30 << 20]));
    let works = works_of(family);
    let times = medians(&works);
    let mut row = growth(&works, &times);
    weigh(family, &mut row);
    println!("{} {} {} {}", row.seconds, row.exponent, row.per_byte, u8::from(row.is_over_memory));
    ExitCode::SUCCESS
}

/// The inputs, smallest first.
fn works_of(family: &Family) -> Vec<Work> {
    let mut works = Vec::new();
    for kibibytes in KIBIBYTES {
        let work = (family.make)(kibibytes * 1024, &families::unlimited());
        assert!(!work.is_idle(), "{}, {kibibytes} KiB: no work", family.name);
        let start = Instant::now();
        let accepted = work.run().accepted;
        let is_slow = start.elapsed() > PATIENCE;
        assert_eq!(
            accepted, family.accepted,
            "{}, {kibibytes} KiB: another verdict than expected",
            family.name
        );
        works.push(work);
        if is_slow {
            break;
        }
    }
    works
}

fn growth(works: &[Work], times: &[f64]) -> Row {
    let from = works.len().saturating_sub(FITTED);
    let points: Vec<(f64, f64)> = works[from..]
        .iter()
        .zip(&times[from..])
        .map(|(work, time)| ((work.input() as f64).ln(), time.ln()))
        .collect();
    let seconds = times.last().copied().unwrap_or_default();
    Row { seconds, exponent: slope(&points), per_byte: 0.0, is_over_memory: false }
}

/// The peak of the heap at every size.
fn weigh(family: &Family, row: &mut Row) {
    for kibibytes in KIBIBYTES {
        let work = (family.make)(kibibytes * 1024, &families::roomy());
        let mut output = 0;
        let peak = allocation_counter::measure(|| output = work.run().output).bytes_max as usize;
        // What is handed out cannot but be held.
        let bytes = work.input() + output;
        row.per_byte = row.per_byte.max(peak.saturating_sub(MOST_APART) as f64 / bytes as f64);
        row.is_over_memory |= peak > MOST_PER_BYTE * bytes + MOST_APART;
    }
}

/// Seconds of each; the sizes take turns, so that what disturbs the machine disturbs all of them.
fn medians(works: &[Work]) -> Vec<f64> {
    let mut repeats = vec![1_u32; works.len()];
    for (work, repeats) in works.iter().zip(&mut repeats) {
        while time(work, *repeats) < ROUND {
            *repeats *= 2;
        }
    }
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); works.len()];
    for _ in 0..ROUNDS {
        for ((work, repeats), times) in works.iter().zip(&repeats).zip(&mut rounds) {
            times.push(time(work, *repeats).as_secs_f64() / f64::from(*repeats));
        }
    }
    rounds
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        })
        .collect()
}

fn time(work: &Work, repeats: u32) -> Duration {
    let start = ThreadTime::now();
    for _ in 0..repeats {
        black_box(black_box(work).run());
    }
    start.elapsed()
}

/// Of the line with the least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x_mean, y_mean) = (mean(|point| point.0), mean(|point| point.1));
    let up: f64 = points.iter().map(|(x, y)| (x - x_mean) * (y - y_mean)).sum();
    let across: f64 = points.iter().map(|(x, _)| (x - x_mean).powi(2)).sum();
    up / across
}
