//! Where lines come from: a file as it is, a compressed one by its suffix, or standard input.
//!
//! The suffix decides, not the content: a text that begins like a gzip file by chance is still a text. Standard input is
//! taken as it is, since every shell has `zcat` and `zstdcat`.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::zstd::ZstdFrames;

/// How much is read at once.
const ROOM: usize = 64 * 1024;

/// A source of lines.
pub(super) type Source = Box<dyn BufRead + Send>;

/// The lines of a file, decompressed if its name ends in `.gz` or `.zst`; `-` is standard input. With them the size of the
/// file, where bytes that are read can be compared with it.
///
/// # Errors
/// The system's, if the file cannot be opened.
pub(super) fn open(path: &Path) -> io::Result<(Source, Option<u64>)> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(BufReader::with_capacity(ROOM, io::stdin())), None));
    }
    let file = File::open(path)?;
    let len = file.metadata().ok().filter(Metadata::is_file).map(|metadata| metadata.len());
    let file = BufReader::with_capacity(ROOM, file);
    let has_suffix =
        |suffix| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(suffix));
    // Rotated logs are often several compressed files, one behind the other.
    if has_suffix("gz") {
        return Ok((Box::new(BufReader::with_capacity(ROOM, MultiGzDecoder::new(file))), None));
    }
    if has_suffix("zst") {
        return Ok((Box::new(BufReader::with_capacity(ROOM, ZstdFrames::new(file))), None));
    }
    Ok((Box::new(file), len))
}
