//! `--ndjson`: many bodies and records, a line each.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may panic, and prints its times"
)]

mod common;

use std::fmt::Write;
use std::io::{Read, Write as _};
use std::process::Stdio;
use std::time::Instant;

use common::{command, files, finish, gave, run_in};

/// So many bodies, of which ten are broken.
const BODIES: usize = 200_000;
const BROKEN: [usize; 10] = [1, 2, 777, 50_000, 99_999, 100_000, 131_072, 150_001, 199_999, 200_000];

#[test]
fn of_200_000_bodies_ten_are_broken_and_all_others_are_right() {
    let folder = files("many");
    let mut records = String::new();
    for number in 1..=BODIES {
        writeln!(records, r#"{{"status":"S{number}","recipient":"+{number}"}}"#).expect("a string");
    }
    folder.file("records.ndjson", records);
    let callbacks = run_in(&folder, "callback --ndjson gcm.json records.ndjson", b"");
    assert_eq!(
        (callbacks.code, callbacks.stderr.as_str()),
        (Some(0), "200000 of 200000 lines right, 0 failed\n")
    );

    let mut bodies = String::new();
    for (line, number) in callbacks.text().lines().zip(1..) {
        let callback: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let body = callback["body"].as_str().expect("a body");
        match number {
            2 => bodies.push_str("{\"status\":\"no end"),
            777 => bodies.push_str("{}"),
            number if BROKEN.contains(&number) => {
                bodies.push_str(&body.replace("\"to\":\"", "\"to\":\"AAAA"))
            }
            _ => bodies.push_str(body),
        }
        bodies.push('\n');
    }
    folder.file("bodies.ndjson", &bodies);
    let start = Instant::now();
    let run = run_in(&folder, "open --ndjson --errors errors.ndjson gcm.json bodies.ndjson", b"");
    let all = start.elapsed();
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), "199990 of 200000 lines right, 10 failed\n"));
    let mut count = 0;
    for (line, number) in run.text().lines().zip(1..) {
        let expected = if BROKEN.contains(&number) {
            "null".to_owned()
        } else {
            format!(r#"{{"status":"S{number}","to":"+{number}"}}"#)
        };
        assert_eq!(line, expected, "line {number}");
        count = number;
    }
    assert_eq!(count, BODIES);
    let errors = std::fs::read_to_string(folder.path().join("errors.ndjson")).expect("the error file");
    let expected = |number: &usize| {
        let (code, parameter) = match number {
            2 => ("invalid_json", "null"),
            777 => ("missing_parameter", "\"to\""),
            _ => ("auth_failed", "\"to\""),
        };
        format!(
            "{{\"line\":{number},\"code\":\"{code}\",\"parameter\":{parameter},\"class\":\"DecryptionError\"}}\n"
        )
    };
    assert_eq!(errors, BROKEN.iter().map(expected).collect::<String>());

    // One process for each body, of a sample.
    const SAMPLE: usize = 100;
    let start = Instant::now();
    for body in bodies.lines().skip(1_000).take(SAMPLE) {
        assert_eq!(run_in(&folder, "open gcm.json -", body.as_bytes()).code, Some(0));
    }
    let each = start.elapsed() / u32::try_from(SAMPLE).expect("few");
    let singly = each * u32::try_from(BODIES).expect("few");
    println!(
        "open --ndjson: {BODIES} bodies in {all:.2?}; a process for each: {each:.2?}, so {singly:.0?} for all \
         (extrapolated from {SAMPLE}): {:.0} times",
        singly.as_secs_f64() / all.as_secs_f64()
    );
    assert!(singly > all * 10, "a stream that is hardly faster is of no use");
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads_and_a_run_can_go_on() {
    let folder = files("going-on");
    let text = run_in(&folder, "encrypt gcm.json +1", b"");
    let mut bodies = String::new();
    for number in 1..=3_000 {
        let to = if number % 7 == 0 { "x" } else { text.text().trim_end() };
        writeln!(bodies, r#"{{"n":{number},"to":"{to}"}}"#).expect("a string");
    }
    folder.file("bodies.ndjson", bodies);
    let whole = run_in(&folder, "open --ndjson --jobs 1 gcm.json bodies.ndjson", b"");
    for jobs in [2, 3, 16] {
        let run = run_in(&folder, &format!("open --ndjson --jobs {jobs} gcm.json bodies.ndjson"), b"");
        assert_eq!(
            (run.code, run.text(), run.stderr.as_str()),
            (Some(1), whole.text(), whole.stderr.as_str()),
            "{jobs}"
        );
    }
    run_in(&folder, "open --ndjson --errors all gcm.json bodies.ndjson", b"");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    for skip in [0, 1, 999, 2_999, 3_000, 9_999] {
        let run = run_in(&folder, &format!("open --ndjson --skip {skip} gcm.json bodies.ndjson"), b"");
        let rest: Vec<&str> = whole.text().lines().skip(skip).collect();
        assert_eq!(run.text().lines().collect::<Vec<_>>(), rest, "{skip}");
        // The error file of the first part, with what the second part adds.
        let first: String = read("all")
            .lines()
            .filter(|line| {
                serde_json::from_str::<serde_json::Value>(line).expect("JSON")["line"].as_u64()
                    <= Some(skip as u64)
            })
            .map(|line| format!("{line}\n"))
            .collect();
        folder.file("part", first);
        run_in(&folder, &format!("open --ndjson --skip {skip} --errors part gcm.json bodies.ndjson"), b"");
        assert_eq!(read("part"), read("all"), "{skip}");
    }
    for args in [
        "open --skip 1 gcm.json -",
        "open --jobs 2 gcm.json -",
        "open --errors e gcm.json -",
        "open --ndjson --jobs 0 gcm.json -",
    ] {
        assert_eq!(run_in(&folder, args, b"").code, Some(2), "{args}");
    }
}

#[test]
fn long_lines_and_bodies_in_strings_and_every_kind_of_failure() {
    let folder = files("lines");
    let text = run_in(&folder, "encrypt gcm.json John", b"");
    let body = format!(r#"{{"to":"{}"}}"#, text.text().trim_end());
    let long = format!(r#"{{"to":"{}"}}"#, "A".repeat(5 << 20));
    let quoted = serde_json::to_string(&body).expect("JSON");
    let input = format!("{body}\n{long}\r\n\n{quoted}\r\n{body}");
    let run = run_in(&folder, "open --ndjson gcm.json -", input.as_bytes());
    assert_eq!(run.code, Some(1));
    assert_eq!(run.text(), "{\"to\":\"John\"}\nnull\nnull\n{\"to\":\"John\"}\n{\"to\":\"John\"}\n");
    assert_eq!(
        run.stderr,
        "{\"line\":2,\"code\":\"too_long\",\"parameter\":null,\"class\":\"DecryptionError\"}\n\
         {\"line\":3,\"code\":\"invalid_json\",\"parameter\":null,\"class\":\"DecryptionError\"}\n\
         3 of 5 lines right, 2 failed\n"
    );
    let run = run_in(&folder, "callback --ndjson --missing error get.json -", b"{\"q\":\"1\"}\n{}\n[\n");
    assert_eq!(
        run.text(),
        "{\"method\":\"GET\",\"url\":\"https://example.com/?q=1\",\"headers\":{},\"body\":null}\nnull\nnull\n"
    );
    assert_eq!(
        run.stderr,
        "{\"line\":2,\"code\":\"missing_value\",\"parameter\":null,\"class\":\"ReplacerError\"}\n\
         {\"line\":3,\"code\":\"invalid_json\",\"parameter\":null,\"class\":\"ReplacerError\"}\n\
         1 of 3 lines right, 2 failed\n"
    );
    gave(&run_in(&folder, "open --ndjson get.json -", b""), 0, "", "0 of 0 lines right, 0 failed\n");
    let run = run_in(&folder, "open --ndjson get.json nowhere", b"");
    assert_eq!((run.code, run.stderr.lines().count()), (Some(2), 1), "{}", run.stderr);
}

/// The first Ctrl-C ends the run after the lines that it has begun.
#[test]
#[cfg(unix)]
fn an_interrupted_run_says_how_to_go_on() {
    let folder = files("interrupted");
    let mut command = command();
    command.args(["callback", "--ndjson", "get.json", "-"]).current_dir(folder.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("cbp");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = child.stdout.take().expect("a pipe");
    let lines = "{\"q\":\"1\"}\n".repeat(256);
    stdin.write_all(lines.as_bytes()).expect("written");
    // The first batch is through when its first byte is.
    let mut first = [0];
    stdout.read_exact(&mut first).expect("a byte");
    let mut kill = std::process::Command::new("kill");
    kill.args(["-INT", &child.id().to_string()]);
    assert_eq!(finish(kill, b"").code, Some(0));
    // Reading goes on until the input moves.
    let _ = stdin.write_all(lines.as_bytes());
    drop(stdin);
    let mut text = String::new();
    stdout.read_to_string(&mut text).expect("UTF-8");
    let output = child.wait_with_output().expect("cbp ends");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    let count = text.lines().count();
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert!(
        stderr.ends_with(&format!("interrupted after line {count}: go on with --skip {count}\n")),
        "{stderr}"
    );
    // The signal may reach the process after it has read the other lines.
    assert!((256..=512).contains(&count), "{count}");
}

/// Whoever reads only the first line gets it, and the run ends.
#[test]
fn a_closed_pipe_ends_the_run() {
    let folder = files("closed");
    folder.file("records.ndjson", "{\"status\":\"S\",\"recipient\":\"+91\"}\n".repeat(BODIES));
    let mut child = command()
        .args(["callback", "--ndjson", "gcm.json", "records.ndjson"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut first = [0; 1];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a line");
    let code = ends(&mut child).code();
    assert_eq!((first, code), (*b"{", Some(0)));
}

/// An output that cannot be written ends the run with its error.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run() {
    let folder = files("full");
    folder.file("records.ndjson", "{\"status\":\"S\",\"recipient\":\"+91\"}\n".repeat(BODIES));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let mut child = command()
        .args(["callback", "--ndjson", "gcm.json", "records.ndjson"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    assert_eq!(ends(&mut child).code(), Some(2));
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert!(said.contains("cannot write to standard output"), "{said}");
}

/// Waits for the end, a minute at most.
fn ends(child: &mut std::process::Child) -> std::process::ExitStatus {
    let start = Instant::now();
    while start.elapsed().as_secs() < 60 {
        if let Some(status) = child.try_wait().expect("a child") {
            return status;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.kill().expect("it runs still");
    panic!("the run does not end");
}
