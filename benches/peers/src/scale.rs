//! Throughput on one and two threads, and the cost against number, length and size: the numbers behind docs/*.svg.
//!
//! Rows are `threads | work | threads | callbacks per second` and `growth | series | x | ns`.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use callback_profile::cipher::Algorithm;
use callback_profile::{CallbackBuffer, CallbackOptions, Profile};

use crate::contest::medians;
use crate::sample::Sample;

const TIME: Duration = Duration::from_millis(300);
const ROUNDS: usize = 5;

/// One profile shared by all threads, each with its own buffer.
pub fn threads() {
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes128Cfb] {
        let sample = Sample::new(algorithm, 24, 64);
        let profile = Profile::parse(&sample.payload).unwrap();
        let body = profile
            .callback(&callback_profile::Record::parse(&sample.record).unwrap())
            .unwrap()
            .body
            .unwrap();
        let callback = || {
            let mut buffer = CallbackBuffer::default();
            let options = CallbackOptions::default();
            let (profile, record) = (&profile, &sample.record);
            move || profile.callback_into(black_box(record.as_bytes()), &options, &mut buffer).unwrap()
        };
        let open = || || drop(black_box(profile.open(black_box(&body)).unwrap()));
        for count in [1, 2] {
            let name = algorithm.name();
            println!("threads | callback {name} 24 x 64 | {count} | {:.0}", best_rate(count, callback));
            println!("threads | open {name} 24 x 64 | {count} | {:.0}", best_rate(count, open));
        }
    }
}

/// Runs per second of all threads together, the best of some rounds: other work on the machine only takes away.
fn best_rate<W: FnMut() + Send>(count: usize, work: impl Fn() -> W) -> f64 {
    (0..ROUNDS).map(|_| rate(count, &work)).fold(0.0, f64::max)
}

fn rate<W: FnMut() + Send>(count: usize, work: &impl Fn() -> W) -> f64 {
    let barrier = &Barrier::new(count);
    let runs: usize = thread::scope(|scope| {
        let spawn = |mut work: W| {
            scope.spawn(move || {
                barrier.wait();
                let start = Instant::now();
                let mut runs = 0;
                while start.elapsed() < TIME {
                    (0..64).for_each(|_| work());
                    runs += 64;
                }
                runs
            })
        };
        let workers: Vec<_> = (0..count).map(|_| spawn(work())).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    runs as f64 / TIME.as_secs_f64()
}

/// Cost against the number of values, the length of a value, and the size of a payload.
pub fn growth() {
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes128Cfb] {
        for count in [1, 2, 4, 8, 16, 32, 64, 65, 128, 256, 512] {
            point("values", algorithm, count, 64, count);
        }
        for length in [1, 15, 16, 17, 32, 64, 128, 240, 256, 257, 512, 1024, 1025, 2048, 4096, 8192] {
            point("length", algorithm, 24, length, length);
        }
    }
    for members in [1, 4, 16, 63, 64, 65, 256, 1024, 4096] {
        let body: Vec<String> =
            (0..members).map(|n| format!("\"name_{n}\":\"<value_{}>\"", n % 1000)).collect();
        let payload = format!(
            r#"{{"title":"bench","http_method":"POST","url":"https://example.com/","body":{{{}}}}}"#,
            body.join(",")
        );
        let mut options = callback_profile::ParseOptions::default();
        options.limits.replacers = usize::MAX;
        let [check, parse] =
            medians(&mut [&mut || Profile::check_with(black_box(&payload), &options).unwrap(), &mut || {
                drop(black_box(Profile::parse_with(black_box(&payload), &options).unwrap()))
            }]);
        println!("growth | payload bytes, checked | {} | {check:.0}", payload.len());
        println!("growth | payload bytes, compiled | {} | {parse:.0}", payload.len());
    }
}

fn point(axis: &str, algorithm: Algorithm, count: usize, length: usize, x: usize) {
    let sample = Sample::new(algorithm, count, length);
    let profile = Profile::parse(&sample.payload).unwrap();
    let mut buffer = CallbackBuffer::default();
    let options = CallbackOptions::default();
    let [time] = medians(&mut [&mut || {
        profile.callback_into(black_box(sample.record.as_bytes()), &options, &mut buffer).unwrap()
    }]);
    println!("growth | {axis}, {} | {x} | {time:.0}", algorithm.name());
}
