//! Why a text does not open. Nobody else answers that, so ours is alone.

use std::hint::black_box;

use callback_profile::Profile;
use callback_profile::cipher::{Algorithm, Cipher};
use callback_profile::diagnosis::{Cause, DiagnoseOptions};

use crate::contest::Contest;
use crate::sample::{IV, Sample, cipher, key, value};

pub fn diagnoses(contest: &mut Contest) {
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes128Cfb] {
        let profile = Profile::parse(&Sample::new(algorithm, 1, 64).payload).unwrap();
        let other_key = key(algorithm).replace("K1", "K2");
        let stranger = Cipher::new(algorithm, &other_key, IV).unwrap();
        let sound = cipher(algorithm).encrypt(value(64, 1)).unwrap();
        let wrong = stranger.encrypt(value(64, 1)).unwrap();
        for (name, text) in [("a sound text", sound), ("a wrong key", wrong)] {
            let diagnose = || profile.diagnose(&[black_box(&text)], &DiagnoseOptions::default());
            let cause = diagnose().findings()[0].cause();
            assert_eq!(cause == Cause::Opens, name == "a sound text", "{cause:?}");
            let work = format!("diagnose {} one value of 64, {name}", algorithm.name());
            contest.alone(&work, &mut || drop(black_box(diagnose())));
        }
    }
}
