//! Running `cbp`.
#![allow(dead_code, reason = "each test program uses some of it")]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) const CBP: &str = env!("CARGO_BIN_EXE_cbp");

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("UTF-8 on standard output")
    }
}

/// `cbp` without any setting of the caller's environment that changes output.
pub(crate) fn command() -> Command {
    // A released command, or one of another machine by its emulator: the words of the call.
    let released = std::env::var("CBP_COMMAND").ok();
    let mut words = released.as_deref().unwrap_or(CBP).split_ascii_whitespace();
    let mut command = Command::new(words.next().expect("a command"));
    command.args(words);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// Runs `cbp` with these arguments and this standard input.
pub(crate) fn cbp<S: AsRef<OsStr>>(args: &[S], stdin: &[u8]) -> Run {
    let mut command = command();
    command.args(args);
    finish(command, stdin)
}

pub(crate) fn finish(mut command: Command, stdin: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cbp starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let output = std::thread::scope(|scope| {
        // A command that does not read it closes the pipe, which is fine. One that answers while it reads would wait for
        // its answer to be read.
        scope.spawn(move || drop(pipe.write_all(stdin)));
        child.wait_with_output().expect("cbp ends")
    });
    Run {
        code: output.status.code(),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
    }
}

/// A folder that is removed when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file and returns its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) const KEY: &str = "CanaryKey8aZ3qR7";
pub(crate) const IV: &str = "CanaryIVm5tW9xE2";
pub(crate) const RECORD: &str =
    r#"{"status": "DELIVERED", "recipient": "+919876543210", "first_name": "John"}"#;

pub(crate) fn profile(algorithm: &str) -> String {
    format!(
        r#"{{"title": "Delivery status", "http_method": "POST", "url": "https://example.com/sms",
 "body": {{"status": "<status>", "to": "<recipient>"}},
 "response_message": "Thank you, {{\"name\": \"first_name\"}}",
 "headers": {{"authorization": "Bearer CanaryHeader"}},
 "enc": {{"algo": "{algorithm}", "key": "{KEY}", "IV": "{IV}", "params": ["to"]}}}}"#
    )
}

/// A folder with a profile under GCM, one under CFB, a GET profile, and a record.
pub(crate) fn files(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("gcm.json", profile("AES-128-GCM"));
    folder.file("cfb.json", profile("AES-128-CFB"));
    folder.file(
        "get.json",
        r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/?q=<q>", "response_message": "hi <n>"}"#,
    );
    folder.file("record.json", RECORD);
    folder
}

pub(crate) fn run_in(folder: &Folder, args: &str, stdin: &[u8]) -> Run {
    let mut command = command();
    command.args(args.split_ascii_whitespace()).current_dir(folder.path());
    finish(command, stdin)
}

pub(crate) fn gave(run: &Run, code: i32, stdout: &str, stderr: &str) {
    assert_eq!((run.code, run.text(), run.stderr.as_str()), (Some(code), stdout, stderr));
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
