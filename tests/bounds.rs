//! Bounds that hold whatever the input: memory is at most 40 times the input and 64 KiB, and everything runs on a
//! thread with a stack of 64 KiB. Time is for `make bounds`.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub
)] // a test may panic

mod families;

use std::collections::BTreeSet;

use callback_profile::ParseOptions;
use families::Family;

const MOST_PER_BYTE: usize = 40;
const MOST_APART: usize = 64 * 1024;
const STACK: usize = 64 * 1024;

/// What came of running families.
#[derive(Default)]
struct Held {
    ran: usize,
    accepted: usize,
    /// Runs without work: the limits refuse the profile.
    idle: usize,
    /// The most memory per byte beyond what may be apart, and whose it is.
    most: (f64, &'static str),
}

/// Runs a family at some sizes.
fn hold(family: &Family, options: &ParseOptions, held: &mut Held) {
    for size in [1, 1024, 6 * 1024, 40 * 1024, 200 * 1024] {
        let work = (family.make)(size, options);
        let mut outcome = None;
        let peak = allocation_counter::measure(|| outcome = Some(work.run())).bytes_max as usize;
        let outcome = outcome.unwrap();
        let bytes = work.input() + outcome.output;
        assert!(
            peak <= MOST_PER_BYTE * bytes + MOST_APART,
            "{}: {peak} bytes of memory for {bytes} bytes of input and output",
            family.name
        );
        held.ran += 1;
        held.accepted += usize::from(outcome.accepted);
        held.idle += usize::from(work.is_idle());
        let most = peak.saturating_sub(MOST_APART) as f64 / bytes as f64;
        if most > held.most.0 {
            held.most = (most, family.name);
        }
    }
}

fn hold_all(options: &ParseOptions) -> Held {
    let families = families::all();
    let names: BTreeSet<&str> = families.iter().map(|family| family.name).collect();
    assert_eq!(names.len(), families.len(), "a name twice");
    assert!(families.len() >= 120, "there should be at least 120 families");
    let mut held = Held::default();
    families.iter().for_each(|family| hold(family, options, &mut held));
    println!("most memory per byte: {:.1} ({})", held.most.0, held.most.1);
    println!("without work, since the limits refuse the profile: {} of {}", held.idle, held.ran);
    held
}

/// A thread of its own with little stack; a stack that overflows ends the process, so the test cannot pass.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

#[test]
fn memory_and_stack_are_bounded_by_the_defaults() {
    on_a_small_stack(|| {
        let Held { ran, accepted, idle, .. } = hold_all(&ParseOptions::default());
        println!("count bounds_default rust ran={ran} refused=0 failed=0");
        assert!(accepted > ran / 4 && accepted < ran, "{accepted} of {ran} were accepted");
        assert!(idle < ran / 8, "{idle} of {ran} had no work");
    });
}

#[test]
fn memory_and_stack_are_bounded_with_large_inputs() {
    on_a_small_stack(|| {
        let Held { ran, accepted, idle, .. } = hold_all(&families::roomy());
        println!("count bounds_large rust ran={ran} refused=0 failed=0");
        assert!(accepted > ran / 2 && accepted < ran, "{accepted} of {ran} were accepted");
        assert!(idle < ran / 8, "{idle} of {ran} had no work");
    });
}

#[test]
fn every_family_is_what_it_says_on_a_small_stack() {
    on_a_small_stack(|| {
        let options = families::unlimited();
        let mut ran = 0;
        for family in families::all() {
            for size in [2048, 30 * 1024] {
                let work = (family.make)(size, &options);
                assert!(!work.is_idle(), "{} of {size} bytes has no work", family.name);
                let accepted = work.run().accepted;
                assert_eq!(accepted, family.accepted, "{} of {size} bytes", family.name);
                ran += 1;
            }
        }
        println!("count bounds_verdicts rust ran={ran} refused=0 failed=0");
        assert!(ran >= 240);
    });
}
