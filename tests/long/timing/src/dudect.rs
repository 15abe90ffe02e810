//! Two classes of input in random order, the time of each call, and Welch's t-test over them: |t| of 5 or more says
//! that the classes take different times. No retry; a disturbed machine gives larger scatter, not another verdict.
//!
//! The bytes that are sent are alike in both classes: each sample is a sealed value of its own, and what is changed in
//! its tag is random. So the classes differ in nothing but where the tag is wrong, which the sender does not know. With
//! one fixed text for each class, the texts themselves showed in some runs, and the sender does know those.

use std::arch::x86_64::{__rdtscp, _mm_lfence};
use std::hint::black_box;

use callback_profile::cipher::hazmat;
use callback_profile::cipher::{Algorithm, Cipher};

use crate::sealing::Sealing;

const MOST: f64 = 5.0;
/// The slowest samples are those that were interrupted; how many to leave out is not known, so all of these are tried.
const CROPS: [f64; 5] = [1.0, 0.999, 0.99, 0.9, 0.5];
/// Samples whose inputs are made together.
const BATCH: usize = 10_000;

const KEY: &str = "K1abcdefghijkl2P";
const IV: &str = "POabcdefghijklLY";
const VALUE_LEN: usize = 13;

/// xorshift64*: which class comes next, and bytes.
pub struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn byte(&mut self) -> u8 {
        (self.next() >> 56) as u8
    }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, sample: f64) {
        self.count += 1.0;
        let off = sample - self.mean;
        self.mean += off / self.count;
        self.squares += off * (sample - self.mean);
    }
}

/// Welch's t.
fn t_of([a, b]: [Sums; 2]) -> f64 {
    let scatter = |sums: Sums| sums.squares / (sums.count - 1.0) / sums.count;
    (a.mean - b.mean) / (scatter(a) + scatter(b)).sqrt()
}

fn cycles(call: &mut impl FnMut()) -> u64 {
    let mut processor = 0;
    // SAFETY: both are part of every x86-64 that this runs on, and `processor` is ours to write.
    let start = unsafe {
        _mm_lfence();
        __rdtscp(&mut processor)
    };
    call();
    // SAFETY: as above.
    let end = unsafe { __rdtscp(&mut processor) };
    end.wrapping_sub(start)
}

/// The largest |t| over all crops, of `samples` calls with one of two inputs each.
///
/// Classes and inputs are made in batches before; each is copied to one place before its clock starts, so that nothing
/// around the call knows the class: a branch on it would leave the processor in two different states.
fn largest_t(samples: usize, make: impl Fn(&mut Random) -> [Vec<u8>; 2], call: impl Fn(&[u8])) -> f64 {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let length = make(&mut random)[0].len();
    let mut input = vec![0; length];
    let (mut classes, mut inputs, mut times) = ([0; BATCH], vec![0; BATCH * length], [0; BATCH]);
    let mut limits = None;
    let mut sums = [[Sums::default(); 2]; CROPS.len()];
    for _ in 0..=samples.div_ceil(BATCH) {
        for (class, place) in classes.iter_mut().zip(inputs.chunks_mut(length)) {
            *class = (random.next() >> 63) as usize;
            place.copy_from_slice(&make(&mut random)[*class]);
        }
        for (time, given) in times.iter_mut().zip(inputs.chunks(length)) {
            input.copy_from_slice(given);
            *time = cycles(&mut || call(black_box(&input)));
        }
        // The first batch says what is slow, and counts for nothing else.
        let Some(limits) = limits else {
            times.sort_unstable();
            limits = Some(CROPS.map(|crop| match crop {
                1.0 => u64::MAX,
                crop => times[(BATCH as f64 * crop) as usize - 1],
            }));
            continue;
        };
        for (class, time) in classes.iter().zip(times) {
            for (sums, limit) in sums.iter_mut().zip(limits) {
                if time <= limit {
                    sums[*class].add(time as f64);
                }
            }
        }
    }
    sums.into_iter().map(|sums| t_of(sums).abs()).fold(0.0, f64::max)
}

fn with_flipped(sealed: &[u8], from_end: usize, bits: u8) -> Vec<u8> {
    let mut sealed = sealed.to_vec();
    let at = sealed.len() - from_end;
    sealed[at] ^= bits;
    sealed
}

pub fn run(samples: usize) -> bool {
    let gcm = hazmat::PreparedGcm::new(KEY.as_bytes(), IV.as_bytes()).unwrap();
    let sealed = |random: &mut Random| -> Vec<u8> {
        let value: [u8; VALUE_LEN] = std::array::from_fn(|_| random.byte());
        let mut sealed = vec![0; VALUE_LEN + 16];
        gcm.seal(b"", &value, &mut sealed).unwrap();
        sealed
    };
    let first_or_last = |random: &mut Random| {
        let (sealed, bits) = (sealed(random), random.byte().max(1));
        [with_flipped(&sealed, 16, bits), with_flipped(&sealed, 1, bits)]
    };
    let nearly_or_random = |random: &mut Random| {
        let sealed = sealed(random);
        let mut other = sealed.clone();
        other[VALUE_LEN..].fill_with(|| random.byte());
        [with_flipped(&sealed, 1 + usize::from(random.byte() % 16), 1 << (random.byte() % 8)), other]
    };
    let cipher = Cipher::new(Algorithm::Aes128Gcm, KEY, IV).unwrap().with_wire_format(
        callback_profile::cipher::WireFormat::default()
            .with_encoding(callback_profile::cipher::Encoding::Hex),
    );
    // Encoded outside of the clock; in hexadecimal, whose decoder takes each digit alike.
    let text = |sealed: Vec<u8>| -> Vec<u8> {
        let digits = b"0123456789abcdef";
        sealed.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| digits[usize::from(half)]).collect()
    };
    let decrypt = |text: &[u8]| {
        let text = std::str::from_utf8(text).unwrap_or_default();
        assert!(black_box(cipher.decrypt(text)).is_err());
    };
    let open = |sealed: &[u8]| {
        assert!(black_box(hazmat::gcm_open(KEY.as_bytes(), IV.as_bytes(), b"", sealed)).is_err());
    };
    // What a comparison that stops at the first difference looks like: the test must notice it.
    let fixed = sealed(&mut Random(1));
    let leaking = |given: &[u8]| {
        let tags = given[VALUE_LEN..].iter().zip(&fixed[VALUE_LEN..]);
        black_box(tags.map(|(a, b)| black_box(a) != black_box(b)).position(|differs| differs));
    };

    // A sealed callback's tag, and a signature: their texts are random in both classes too.
    let sealing = Sealing::new();
    let token = |random: &mut Random| sealing.token(random);
    let open_token = |body: &[u8]| assert!(black_box(sealing.open(body)).is_err());
    let signature = |random: &mut Random| sealing.signature(random);
    let verify = |headers: &[u8]| assert!(black_box(sealing.verify(headers)).is_err());

    let rows: [(&str, bool, f64); 8] = [
        ("control: twice the same input", true, {
            let twice = |random: &mut Random| {
                let [same, _] = first_or_last(random);
                [same.clone(), same]
            };
            largest_t(samples, twice, open)
        }),
        ("Cipher::decrypt, first or last byte wrong", true, {
            largest_t(samples, |random| first_or_last(random).map(text), decrypt)
        }),
        ("gcm_open, first or last byte wrong", true, largest_t(samples, first_or_last, open)),
        ("Cipher::decrypt, one bit or all wrong", true, {
            largest_t(samples, |random| nearly_or_random(random).map(text), decrypt)
        }),
        ("gcm_open, one bit or all wrong", true, largest_t(samples, nearly_or_random, open)),
        (
            "a sealed callback, first or last byte of the tag wrong",
            true,
            largest_t(samples, token, open_token),
        ),
        ("Verifier::verify, first or last byte wrong", true, largest_t(samples, signature, verify)),
        ("a comparison that leaks (must be found)", false, {
            let inputs = [with_flipped(&fixed, 16, 1), with_flipped(&fixed, 1, 1)];
            largest_t(samples.min(1_000_000), |_| inputs.clone(), leaking)
        }),
    ];
    let mut failed = 0;
    println!("what | samples | largest t | verdict");
    println!("--- | ---: | ---: | ---");
    for (what, wants_none, t) in rows {
        let is_right = (t < MOST) == wants_none;
        failed += usize::from(!is_right);
        println!("{what} | {samples} | {t:.2} | {}", if is_right { "ok" } else { "FAILED" });
    }
    println!("count timing rust ran={} refused=0 failed={failed}", rows.len());
    failed == 0
}
