//! Reading: files and standard input, never more than a limit, and profiles in each of their forms.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use callback_profile::json::{Document, Kind, Value};
use callback_profile::{Limits, ParseOptions, Profile, Report, StoredProfile};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::output::printable;

/// What was read, wiped when dropped, since it may hold a key; and where it came from.
pub(crate) struct Input {
    /// The path as it was given, fit for a message.
    pub(crate) name: String,
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

impl Input {
    /// Reads a file, or standard input for `-`. Reading stops one byte after `limit`, so that the library refuses what
    /// is too long, and endless input costs no more.
    pub(crate) fn read(path: &Path, limit: usize) -> Result<Input, Failure> {
        if is_stdin(path) {
            return Input::read_stdin(limit);
        }
        let name = printable(&path.to_string_lossy()).into_owned();
        match File::open(path).and_then(|file| read_at_most(file, limit)) {
            Ok(bytes) => Ok(Input { name, bytes }),
            Err(error) => Err(Failure::Usage(format!("cannot read {name}: {error}"))),
        }
    }

    /// Reads standard input.
    pub(crate) fn read_stdin(limit: usize) -> Result<Input, Failure> {
        match read_at_most(io::stdin().lock(), limit) {
            Ok(bytes) => Ok(Input { name: "standard input".to_owned(), bytes }),
            Err(error) => Err(Failure::Usage(format!("cannot read standard input: {error}"))),
        }
    }

    /// Reads a profile in any of its forms.
    pub(crate) fn read_profile(path: &Path) -> Result<Input, Failure> {
        Input::read(path, Limits::default().payload_bytes)
    }

    /// The profile in it: a stored profile or envelope if it looks like one, else a create payload.
    pub(crate) fn profile(&self, options: &ParseOptions) -> Result<Profile, Report> {
        let is_stored =
            Document::read(&self.bytes, &options.limits).is_ok_and(|document| is_stored(document.root()));
        if is_stored {
            StoredProfile::parse_with(&self.bytes, options).map(StoredProfile::into_profile)
        } else {
            Profile::parse_with(&self.bytes, options)
        }
    }

    /// Without the line break that an editor or `echo` leaves at the end.
    pub(crate) fn without_line_break(&self) -> &[u8] {
        let bytes = self.bytes.as_slice();
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        bytes.strip_suffix(b"\r").unwrap_or(bytes)
    }
}

/// Reads and parses a profile.
pub(crate) fn profile(path: &Path, options: &ParseOptions) -> Result<Profile, Failure> {
    let input = Input::read_profile(path)?;
    input.profile(options).map_err(|report| Failure::Refused { input, report })
}

/// Standard input can be read once only.
pub(crate) fn at_most_one_stdin(paths: [&Path; 2]) -> Result<(), Failure> {
    if paths.into_iter().all(is_stdin) {
        return Err(Failure::Usage("standard input (-) can stand for one file only".to_owned()));
    }
    Ok(())
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read_at_most(source: impl Read, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let room = limit.saturating_add(1);
    // All room at once, so that growing leaves no copies of a key behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(room.saturating_add(64)));
    source.take(u64::try_from(room).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether only the platform can have written it: it has an id or a status, or is an envelope.
fn is_stored(root: Value<'_>) -> bool {
    let has = |name: &str| root.get(name).is_some();
    let is_envelope =
        has("code") && !has("title") && root.get("data").is_some_and(|data| data.kind() == Kind::Object);
    is_envelope || ["profile_id", "profileId", "status"].into_iter().any(has)
}
