//! Lines of bounded length, in batches.

use std::io::{self, BufRead};

use crate::memory::{self, Wiped};

/// A batch ends after so many lines,
const LINES: usize = 256;
/// or once it holds so many bytes.
const BYTES: usize = 256 * 1024;

/// Lines that follow each other in the input.
#[derive(Default)]
pub(crate) struct Batch {
    /// The number of the first line, from 1.
    pub(crate) first: u64,
    bytes: Wiped,
    lines: Vec<Line>,
}

enum Line {
    /// Ends there in the bytes, and begins where the line before it ends.
    Held(usize),
    /// Was longer than the limit, so nothing of it is held.
    TooLong,
}

impl Batch {
    /// The lines, without their ends; `None` for one that was too long.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let mut start = 0;
        self.lines.iter().map(move |line| match line {
            Line::TooLong => None,
            Line::Held(end) => self.bytes.get(std::mem::replace(&mut start, *end)..*end),
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    fn is_full(&self) -> bool {
        self.lines.len() >= LINES || self.bytes.len() >= BYTES
    }
}

/// Reads lines from a source.
pub(crate) struct Lines<R> {
    source: R,
    limit: usize,
    next: u64,
    /// Bytes that were read.
    pub(super) read: u64,
    /// Why the source cannot be read any further, until it was told.
    broken: Option<io::Error>,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `limit` bytes.
    pub(crate) fn new(source: R, limit: usize) -> Lines<R> {
        Lines { source, limit, next: 1, read: 0, broken: None }
    }

    /// Passes over lines.
    pub(super) fn skip(&mut self, count: u64) -> io::Result<()> {
        for _ in 0..count {
            let mut nothing = Wiped::default();
            if self.read_line(&mut nothing, 0)?.is_none() {
                break;
            }
            self.next = self.next.saturating_add(1);
        }
        Ok(())
    }

    /// The next lines; none at the end of the input, or once `stop` says so. An error comes after all lines before it.
    pub(crate) fn batch(&mut self, stop: impl Fn() -> bool) -> io::Result<Batch> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let mut batch = Batch { first: self.next, ..Batch::default() };
        while !batch.is_full() && !stop() {
            let limit = self.limit;
            let start = batch.bytes.len();
            match self.read_line(&mut batch.bytes, limit) {
                Ok(Some(line)) => batch.lines.push(line),
                Ok(None) => break,
                Err(error) if batch.lines.is_empty() => return Err(error),
                Err(error) => {
                    // Of a line that was cut off nothing is held.
                    batch.bytes.truncate(start);
                    self.broken = Some(error);
                    break;
                }
            }
            self.next = self.next.saturating_add(1);
        }
        Ok(batch)
    }

    /// Reads one line to the end of `out`, without its line break; `None` at the end of the input.
    fn read_line(&mut self, out: &mut Wiped, limit: usize) -> io::Result<Option<Line>> {
        let start = out.len();
        let mut is_too_long = false;
        let mut has_begun = false;
        loop {
            let buffer = match self.source.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            has_begun = true;
            let end = memchr(buffer);
            let piece = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
            // One byte beyond the limit may be the CR before LF.
            let held = out.len().saturating_sub(start).saturating_add(piece.len());
            is_too_long |= held > limit.saturating_add(1);
            if !is_too_long {
                memory::push(out, piece);
            }
            let taken = piece.len().saturating_add(usize::from(end.is_some()));
            self.source.consume(taken);
            self.read = self.read.saturating_add(u64::try_from(taken).unwrap_or(0));
            if end.is_some() {
                break;
            }
        }
        if !has_begun {
            return Ok(None);
        }
        if out.len() > start && out.last() == Some(&b'\r') {
            out.pop();
        }
        if is_too_long || out.len().saturating_sub(start) > limit {
            out.truncate(start);
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Held(out.len())))
    }
}

fn memchr(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn all(text: &[u8], limit: usize, room: usize) -> Vec<Option<Vec<u8>>> {
        let mut lines = Lines::new(BufReader::with_capacity(room, text), limit);
        let mut all = Vec::new();
        loop {
            let batch = lines.batch(|| false).unwrap();
            assert_eq!(batch.first, (1..).nth(all.len()).unwrap());
            if batch.len() == 0 {
                assert_eq!(lines.read, text.len() as u64);
                return all;
            }
            all.extend(batch.lines().map(|line| line.map(<[u8]>::to_vec)));
        }
    }

    #[test]
    fn lines_are_split_and_the_long_ones_are_not_held() {
        let long = [b'x'; 11];
        for room in [1, 2, 3, 7, 100] {
            let held = |text: &[u8]| Some(text.to_vec());
            assert_eq!(all(b"", 10, room), []);
            assert_eq!(
                all(b"a\n\nb\r\n\r\nc", 10, room),
                [held(b"a"), held(b""), held(b"b"), held(b""), held(b"c")]
            );
            assert_eq!(all(b"a\n", 10, room), [held(b"a")]);
            for end in ["\n", "\r\n", ""] {
                let text = [b"a\n", &long[..10], end.as_bytes()].concat();
                assert_eq!(all(&text, 10, room), [held(b"a"), held(&long[..10])]);
                let text = [&long[..], end.as_bytes()].concat();
                assert_eq!(all(&text, 10, room), [None], "{end:?} {room}");
            }
            let text = [&[b'x'; 1_000][..], b"\nb\n"].concat();
            assert_eq!(all(&text, 10, room), [None, held(b"b")]);
        }
        let many = "a\n".repeat(LINES * 3 + 1);
        assert_eq!(all(many.as_bytes(), 10, 8192).len(), LINES * 3 + 1);
    }

    /// Gives its bytes, then an error.
    struct Broken<'a>(&'a [u8]);

    impl io::Read for Broken<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("cut off"));
            }
            self.0.read(out)
        }
    }

    #[test]
    fn whole_lines_before_an_error_are_given_first() {
        for (text, whole) in [("a\nb\ncut", 2), ("a\nb\n", 2), ("cut", 0), ("", 0)] {
            let mut lines = Lines::new(BufReader::with_capacity(2, Broken(text.as_bytes())), 10);
            if whole > 0 {
                let batch = lines.batch(|| false).unwrap();
                assert_eq!(batch.lines().collect::<Vec<_>>(), [Some(&b"a"[..]), Some(&b"b"[..])], "{text:?}");
            }
            assert!(lines.batch(|| false).is_err(), "{text:?}");
        }
    }

    #[test]
    fn skipped_lines_are_counted() {
        let mut lines = Lines::new(&b"a\nb\nc"[..], 10);
        lines.skip(2).unwrap();
        let batch = lines.batch(|| false).unwrap();
        assert_eq!((batch.first, batch.lines().next()), (3, Some(Some(&b"c"[..]))));
        lines.skip(5).unwrap();
        assert_eq!(lines.batch(|| false).unwrap().len(), 0);
    }
}
