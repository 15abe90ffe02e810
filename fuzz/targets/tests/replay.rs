//! Every target on a stable compiler: the corpus, every crash ever found, and mutations of both.
//!
//! `FUZZ_SMOKE` says how many mutations each target gets (default 2,000). They are the same in every run.

use std::fs;
use std::path::{Path, PathBuf};

use callback_profile_fuzz_targets::TARGETS;

#[test]
fn every_target_on_its_corpus_and_mutations_of_it() {
    let mutations: usize =
        std::env::var("FUZZ_SMOKE").map_or(2_000, |count| count.parse().expect("a number"));
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("fuzz/");
    let words = dictionary(&fuzz.join("cbp.dict"));
    assert!(words.len() > 30);
    for (name, target) in TARGETS {
        let mut inputs: Vec<Vec<u8>> = Vec::new();
        for folder in ["corpus", "regressions"] {
            inputs.extend(
                files(&fuzz.join(folder).join(name)).iter().map(|path| fs::read(path).expect("readable")),
            );
        }
        assert!(inputs.len() >= 5, "{name} has {} seeds", inputs.len());
        for input in &inputs {
            target(input);
        }
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        // A diagnosis tries thousands of hypotheses.
        let mutations = if name == "diagnose" { mutations / 20 } else { mutations };
        for _ in 0..mutations {
            let mut input = inputs[random.below(inputs.len())].clone();
            for _ in 0..=random.below(6) {
                mutate(&mut input, &inputs, &words, &mut random);
            }
            target(&input);
        }
        println!("count fuzz_{name} rust ran={} refused=0 failed=0", inputs.len() + mutations);
    }
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

/// The words of a libFuzzer dictionary; its only escapes are `\"` and `\\` here.
fn dictionary(path: &Path) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(path).expect("readable");
    let lines = text.lines().filter(|line| line.starts_with('"'));
    lines
        .map(|line| line[1..line.len() - 1].replace("\\\"", "\"").replace("\\\\", "\\").into_bytes())
        .collect()
}

fn mutate(input: &mut Vec<u8>, inputs: &[Vec<u8>], words: &[Vec<u8>], random: &mut Random) {
    let place = random.below(input.len() + 1);
    match random.below(7) {
        0 if place < input.len() => input[place] ^= 1 << random.below(8),
        1 if place < input.len() => input[place] = random.below(256) as u8,
        2 => input.truncate(place),
        3 => drop(input.splice(place..place, words[random.below(words.len())].iter().copied())),
        4 => {
            let other = &inputs[random.below(inputs.len())];
            input.truncate(place);
            input.extend_from_slice(&other[random.below(other.len() + 1)..]);
        }
        5 => {
            let end = (place + random.below(16)).min(input.len());
            let piece = input[place..end].to_vec();
            input.splice(place..place, piece);
        }
        _ => {
            let end = (place + random.below(16)).min(input.len());
            input.drain(place..end);
        }
    }
    input.truncate(8192);
}

/// Marsaglia's xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}
