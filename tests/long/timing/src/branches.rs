//! Keys, plaintexts and tags marked as uninitialised, for valgrind's memcheck.
//!
//! The one decision that may depend on them is whether a tag is right, in `Gcm::open`: that a text was refused is
//! public, whoever sent it sees the answer. So opening gives exactly one report, and everything else none.
//! `tests/long/timing/valgrind` looks at where the reports come from.

use std::hint::black_box;

use callback_profile::cipher::hazmat;

use crate::marks;

const LENGTHS: [usize; 12] = [0, 1, 13, 15, 16, 17, 64, 240, 256, 257, 1000, 5000];

/// Runs one operation; the reports that it caused.
fn reports_of(operation: impl FnOnce()) -> u32 {
    let before = marks::reports();
    operation();
    marks::reports() - before
}

fn bytes(length: usize, seed: u8) -> Vec<u8> {
    (0..length).map(|at| (at as u8).wrapping_mul(31).wrapping_add(seed)).collect()
}

pub fn run() -> bool {
    assert!(marks::is_under_valgrind(), "this only means something under valgrind: make timing-valgrind");
    println!("aes instructions: {}", std::is_x86_feature_detected!("aes"));
    let (mut ran, mut failed) = (0, 0);
    let mut expect = |what: String, reports: u32, allowed: std::ops::RangeInclusive<u32>| {
        ran += 1;
        if !allowed.contains(&reports) {
            failed += 1;
            println!("FAILED {what}: {reports} reports");
        }
    };
    for key_length in [16, 24, 32] {
        for length in LENGTHS {
            let (key, iv, value) = (bytes(key_length, 7), bytes(16, 9), bytes(length, 3));
            let sealed = hazmat::gcm_seal(&key, &iv, b"", &value).unwrap();
            let hidden = hazmat::cfb_encrypt(&key, &iv, &value).unwrap();
            marks::secret(&key);
            marks::secret(&value);
            let name = |what: &str| format!("{what}, AES-{}, {length} bytes", key_length * 8);
            expect(
                name("gcm_seal"),
                reports_of(|| {
                    let made = black_box(hazmat::gcm_seal(&key, &iv, b"", &value).unwrap());
                    marks::public(&made);
                    assert_eq!(made, sealed);
                }),
                0..=0,
            );
            expect(
                name("cfb_encrypt"),
                reports_of(|| {
                    let made = black_box(hazmat::cfb_encrypt(&key, &iv, &value).unwrap());
                    marks::public(&made);
                    assert_eq!(made, hidden);
                }),
                0..=0,
            );
            expect(
                name("cfb_decrypt"),
                reports_of(|| {
                    let made = black_box(hazmat::cfb_decrypt(&key, &iv, &hidden).unwrap());
                    marks::public(&made);
                    marks::public(&value);
                    assert_eq!(made, value);
                    marks::secret(&value);
                }),
                0..=0,
            );
            // Whole, with the tag's last byte wrong, and with its first byte wrong.
            for from_end in [0, 1, 16] {
                let mut given = sealed.clone();
                if let Some(at) = given.len().checked_sub(from_end).filter(|_| from_end > 0) {
                    given[at] ^= 1;
                }
                let tag = given.len() - 16;
                marks::secret(&given[tag..]);
                expect(
                    name("gcm_open"),
                    reports_of(|| {
                        let opened = black_box(hazmat::gcm_open(&key, &iv, b"", &given));
                        match &opened {
                            Ok(made) => {
                                marks::public(made);
                                marks::public(&value);
                                assert_eq!((from_end, made), (0, &value));
                                marks::secret(&value);
                            }
                            Err(_) => assert!(from_end > 0),
                        }
                    }),
                    1..=1,
                );
            }
        }
    }
    // The harness sees what leaks: a comparison that stops early, and a table that a secret is looked up in.
    let (secret, public) = (bytes(16, 1), bytes(16, 2));
    marks::secret(&secret);
    let early = reports_of(|| {
        black_box(secret.iter().zip(&public).position(|(a, b)| black_box(a) != black_box(b)));
    });
    expect("a comparison that stops early (must be reported)".to_owned(), early, 1..=16);
    let table = bytes(256, 5);
    let lookup = reports_of(|| {
        let found = black_box(table[usize::from(secret[3])]);
        black_box(found);
    });
    expect("a table that a secret is looked up in (must be reported)".to_owned(), lookup, 1..=1);
    println!("count branches rust ran={ran} refused=0 failed={failed}");
    assert_eq!(ran, 3 * LENGTHS.len() * 6 + 2);
    failed == 0
}
