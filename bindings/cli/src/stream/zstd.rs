//! All frames of a zstd file (RFC 8878), one behind the other, with their checksums.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Reads what the frames hold. The memory is that of the largest window, which the decoder bounds.
pub(super) struct ZstdFrames<R> {
    source: R,
    decoder: FrameDecoder,
    is_in_frame: bool,
    has_begun: bool,
}

impl<R: BufRead> ZstdFrames<R> {
    pub(super) fn new(source: R) -> ZstdFrames<R> {
        ZstdFrames { source, decoder: FrameDecoder::new(), is_in_frame: false, has_begun: false }
    }

    /// Whether there is another frame. A file without any is one that was cut off at its start.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    (self.is_in_frame, self.has_begun) = (true, true);
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut frame = self.source.by_ref().take(u64::from(length));
                    if io::copy(&mut frame, &mut io::sink())? != u64::from(length) {
                        return Err(damaged());
                    }
                }
                Err(_) => return Err(damaged()),
            }
        }
        if self.has_begun { Ok(false) } else { Err(damaged()) }
    }
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_in_frame && !self.begin()? {
                return Ok(0);
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(out);
            }
            if self.decoder.is_finished() {
                self.is_in_frame = false;
                let sum = self.decoder.get_checksum_from_data();
                if sum.is_some() && sum != self.decoder.get_calculated_checksum() {
                    return Err(damaged());
                }
            } else if self
                .decoder
                .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                .is_err()
            {
                return Err(damaged());
            }
        }
    }
}

/// The decoder's own words name its parts, which help nobody who has only the file.
fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is cut off, damaged, or no zstd file")
}
