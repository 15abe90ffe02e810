//! Reading: files and standard input, never more than a limit.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::output::printable;

/// The bytes that were read, wiped when dropped, since they may hold a key; and where they came from.
pub(crate) struct Input {
    /// The path as it was given, without control characters.
    pub(crate) name: String,
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

/// Why nothing was read.
pub(crate) enum InputError {
    Unreadable {
        name: String,
        error: io::Error,
    },
    /// Standard input was given for two files, but can be read once only.
    StdinTwice,
}

impl Input {
    /// Reads a file, or standard input for `-`. Reading stops one byte after `limit`: the library then refuses the
    /// input as too long, and endless input costs no more.
    pub(crate) fn read(path: &Path, limit: usize) -> Result<Input, InputError> {
        if is_stdin(path) {
            return Input::read_stdin(limit);
        }
        let name = printable(&path.to_string_lossy()).into_owned();
        match File::open(path).and_then(|file| read_at_most(file, limit)) {
            Ok(bytes) => Ok(Input { name, bytes }),
            Err(error) => Err(InputError::Unreadable { name, error }),
        }
    }

    /// Reads standard input.
    pub(crate) fn read_stdin(limit: usize) -> Result<Input, InputError> {
        let name = "standard input".to_owned();
        match read_at_most(io::stdin().lock(), limit) {
            Ok(bytes) => Ok(Input { name, bytes }),
            Err(error) => Err(InputError::Unreadable { name, error }),
        }
    }

    /// Without the line break that an editor or `echo` adds at the end.
    pub(crate) fn without_line_break(&self) -> &[u8] {
        let bytes = self.bytes.as_slice();
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        bytes.strip_suffix(b"\r").unwrap_or(bytes)
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputError::Unreadable { name, error } => write!(f, "cannot read {name}: {error}"),
            InputError::StdinTwice => f.write_str("standard input (-) can be given for one file only"),
        }
    }
}

/// Refuses standard input for more than one of the files.
pub(crate) fn at_most_one_stdin<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<(), InputError> {
    if paths.into_iter().filter(|path| is_stdin(path)).count() > 1 {
        return Err(InputError::StdinTwice);
    }
    Ok(())
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read_at_most(source: impl Read, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let room = limit.saturating_add(1);
    // All memory at once: a growing vector would leave copies of a key behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(room.saturating_add(64)));
    source.take(u64::try_from(room).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
