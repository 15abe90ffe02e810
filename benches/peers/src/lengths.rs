//! Values about 256 bytes long and up to 512: whether a byte of a longer one costs more than a byte of its neighbour.
//!
//! The peer of a length is ours at the length before, with its time stretched to as many bytes: the ratio is how many times
//! as fast a byte is, so a cliff is a ratio far below 1. 240 bytes and their tag are 256.

use std::hint::black_box;

use callback_profile::cipher::Algorithm;
use callback_profile::{CallbackBuffer, CallbackOptions, Profile};

use crate::contest::{Contest, medians};
use crate::sample::{Sample, cipher, value};

const LENGTHS: [usize; 8] = [240, 241, 255, 256, 257, 320, 384, 512];

pub fn lengths(contest: &mut Contest) {
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes128Cfb] {
        one_value(contest, algorithm);
        for count in [1, 24] {
            callbacks(contest, algorithm, count);
        }
    }
}

/// Into memory of the caller's, which is where a short value needs no memory of its own.
fn one_value(contest: &mut Contest, algorithm: Algorithm) {
    let cipher = &cipher(algorithm);
    let mut texts = LENGTHS.map(|length| (value(length, 1), vec![0; cipher.encrypted_len(length)]));
    let mut encrypt = texts.each_mut().map(|(value, text)| {
        move || _ = black_box(cipher.encrypt_into(black_box(value.as_bytes()), text).unwrap())
    });
    compare(contest, &format!("{} one value", algorithm.name()), &mut encrypt);
    let texts = LENGTHS.map(|length| cipher.encrypt(value(length, 1)).unwrap());
    let mut decrypt =
        texts.each_ref().map(|text| move || drop(black_box(cipher.decrypt(black_box(text)).unwrap())));
    compare(contest, &format!("{} decrypted, one value", algorithm.name()), &mut decrypt);
}

fn callbacks(contest: &mut Contest, algorithm: Algorithm, count: usize) {
    let profiles = LENGTHS.map(|length| {
        let sample = Sample::new(algorithm, count, length);
        (Profile::parse(&sample.payload).unwrap(), sample.record)
    });
    let options = &CallbackOptions::default();
    let mut buffers = LENGTHS.map(|_| CallbackBuffer::default());
    let mut contestants = profiles.iter().zip(&mut buffers).map(|((profile, record), buffer)| {
        move || profile.callback_into(black_box(record.as_bytes()), options, buffer).unwrap()
    });
    let mut make = LENGTHS.map(|_| contestants.next().unwrap());
    compare(contest, &format!("callback {} {count}", algorithm.name()), &mut make);
    let bodies = buffers.map(|buffer| buffer.body().unwrap().to_owned());
    let mut contestants = profiles
        .iter()
        .zip(&bodies)
        .map(|((profile, _), body)| move || drop(black_box(profile.open(black_box(body)).unwrap())));
    let mut open = LENGTHS.map(|_| contestants.next().unwrap());
    compare(contest, &format!("open {} {count}", algorithm.name()), &mut open);
}

/// A row for each length; all of them run in turn, so that neighbours are disturbed alike.
fn compare<F: FnMut()>(contest: &mut Contest, work: &str, contestants: &mut [F; LENGTHS.len()]) {
    contestants.iter_mut().for_each(|contestant| contestant());
    let works = LENGTHS.map(|length| format!("{work} x {length}, by the byte"));
    if !works.iter().any(|work| contest.wants(work)) {
        return;
    }
    let times = medians(&mut contestants.each_mut().map(|contestant| contestant as &mut dyn FnMut()));
    for index in 1..LENGTHS.len() {
        let (before, length) = (LENGTHS[index - 1], LENGTHS[index]);
        if contest.wants(&works[index]) {
            let stretched = times[index - 1] * length as f64 / before as f64;
            contest.row(&works[index], times[index], &format!("ours, a byte of {before}"), stretched, 0.0);
        }
    }
}
