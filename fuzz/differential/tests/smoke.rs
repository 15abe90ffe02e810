//! The comparison at small scale: it is the same in every run, and it would see a difference.

use callback_profile_differential::{Plan, compare, write_cases};

const PLAN: Plan = Plan { cases: 200_000, seed: 7, threads: 2, spoiled: None };

#[test]
fn no_case_differs_and_threads_do_not_matter() {
    let count = compare(&PLAN);
    println!("count differential_smoke rust ran={} refused=0 failed={}", count.cases, count.mismatches);
    assert_eq!(count.told, []);
    assert_eq!((count.cases, count.keys, count.mismatches), (200_000, 3_125, 0));
    assert!(count.gcm > 80_000 && count.gcm < 120_000);
    assert_eq!(count.wrapping, 7 * 64);
    assert!(count.in_callbacks > 20_000 && count.changed > 20_000);
    assert_eq!(compare(&Plan { threads: 1, ..PLAN }), count);
    assert_ne!(compare(&Plan { seed: 8, ..PLAN }).digest, count.digest);
}

/// A wrong bit of OpenSSL's is seen in every algorithm, by single values, batches, reading and callbacks.
#[test]
fn a_wrong_bit_is_seen() {
    let plan = Plan { cases: 64 * 40, ..PLAN };
    let mut seen = std::collections::BTreeSet::new();
    for round in 0..40 {
        let count = compare(&Plan { spoiled: Some(round * 64 + 3), ..plan });
        assert!(count.mismatches >= 2, "round {round}");
        seen.extend(count.told.iter().map(|mismatch| mismatch.what));
        assert!(count.told.iter().all(|mismatch| mismatch.case.0 == round));
    }
    let all = ["callback", "decrypt", "decrypt_into", "encrypt", "encrypt_all", "encrypt_into", "open"];
    assert!(all.iter().all(|what| seen.contains(what)), "{seen:?}");
}

#[test]
fn the_lines_for_others_are_as_many_as_asked_for() {
    let mut lines = Vec::new();
    write_cases(&Plan { cases: 1_000, ..PLAN }, &mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(lines.lines().count(), 1_000);
    assert!(lines.lines().all(|line| line.split('\t').count() == 7));
}
