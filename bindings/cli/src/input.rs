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

/// The first room for an input of unknown length.
const FIRST_ROOM: usize = 8 * 1024;

fn read_at_most(source: impl Read, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut source = source.take(u64::try_from(limit.saturating_add(1)).unwrap_or(u64::MAX));
    let mut bytes = Zeroizing::new(vec![0; FIRST_ROOM]);
    let mut len: usize = 0;
    loop {
        if len == bytes.len() {
            // A vector that grows by itself would leave a copy of a key behind; this one is wiped when it is dropped.
            let mut larger = Zeroizing::new(vec![0; len.saturating_mul(2)]);
            larger.iter_mut().zip(bytes.iter()).for_each(|(to, from)| *to = *from);
            bytes = larger;
        }
        match source.read(bytes.get_mut(len..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(count) => len = len.saturating_add(count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(len);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_follows_the_input_and_ends_one_byte_after_the_limit() {
        let limit = 100_000;
        for len in [0, 1, FIRST_ROOM - 1, FIRST_ROOM, FIRST_ROOM + 1, limit, limit + 1, limit + 2, 10 * limit]
        {
            let input: Vec<u8> = (0..len).map(|at| at as u8).collect();
            let read = read_at_most(input.as_slice(), limit).unwrap();
            assert_eq!(read.as_slice(), &input[..len.min(limit + 1)], "{len}");
            assert!(read.capacity() <= 2 * len.clamp(FIRST_ROOM, limit + 1), "{len}: {}", read.capacity());
        }
    }
}
