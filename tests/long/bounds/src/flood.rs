//! Received bodies of more parameters than the limit: refused at the limit, before the rest costs anything.

use std::hint::black_box;
use std::time::Duration;

use callback_profile::{OpenOptions, Profile};
use cpu_time::ThreadTime;

/// As long as the default limit lets a received body be.
const RECEIVED: usize = 4 * 1024 * 1024;
const MOST_TIME: Duration = Duration::from_millis(10);
const MOST_MEMORY: u64 = 1024 * 1024;
/// Of so many runs the fastest counts: the others were disturbed.
const RUNS: usize = 9;

const FORM: &str = r#""http_method":"POST","url":"https://example.com/","body":{"a":"<a>"},"headers":{"content-type":"application/x-www-form-urlencoded"}"#;
const QUERY: &str = r#""http_method":"GET","url":"https://example.com/?a=<a>""#;
const ENC: &str = r#","enc":{"algo":"AES-128-GCM","key":"K1abcdefghijkl2P","IV":"POabcdefghijklLY"}"#;

/// How many floods were refused too late.
pub fn run() -> usize {
    let (mut ran, mut failed) = (0, 0);
    for (what, members) in [("form", FORM), ("query", QUERY)] {
        for enc in ["", ENC] {
            let payload = format!(r#"{{"title":"flood",{members}{enc}}}"#);
            let profile = Profile::parse(payload).expect("a valid profile");
            for unit in ["a&", "a=&", "a=1&", "%41&", "a%3D=%20+&", "=&", "aaaaaaaa=bbbbbbbb&"] {
                let received = unit.repeat(RECEIVED / unit.len());
                let (time, memory) = measured(&profile, &received);
                let is_late = time > MOST_TIME || memory > MOST_MEMORY;
                if is_late {
                    println!(
                        "FAILED {what}, {} bytes of {unit}: {time:?}, {memory} bytes of heap",
                        received.len()
                    );
                }
                ran += 1;
                failed += usize::from(is_late);
            }
        }
    }
    println!("count flood rust ran={ran} refused=0 failed={failed}");
    assert_eq!(ran, 28, "floods that were sent");
    failed
}

/// The fastest run and the highest peak of the heap.
fn measured(profile: &Profile, received: &str) -> (Duration, u64) {
    let refused = |error: Option<callback_profile::Error>| {
        let error = error.expect("more parameters than the limit");
        assert_eq!(error.code().name(), "malformed_form", "refused for another reason: {error}");
    };
    let open = || profile.open_with(black_box(received), &OpenOptions::default()).err();
    let (mut fastest, mut highest) = (Duration::MAX, 0);
    for _ in 0..RUNS {
        let start = ThreadTime::now();
        let error = open();
        fastest = fastest.min(start.elapsed());
        refused(error);
        let peak = allocation_counter::measure(|| refused(open())).bytes_max;
        highest = highest.max(peak);
    }
    (fastest, highest)
}
