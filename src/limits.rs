//! Every cap of the library, named, with its unit.
//!
//! The defaults are generous for real profiles and small enough that hostile input costs little. A caller
//! changes single fields:
//!
//! ```
//! let mut limits = callback_profile::Limits::default();
//! limits.payload_bytes = 16 * 1024;
//! assert_eq!(limits.depth, 32);
//! ```

/// How much input is read and how much output is made. All lengths are bytes of UTF-8 unless said otherwise.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest payload, patch, stored profile or envelope. SPEC §2: 256 KiB.
    pub payload_bytes: usize,
    /// Longest record. 1 MiB.
    pub record_bytes: usize,
    /// Longest received callback body or query. 4 MiB: the largest output, encrypted and encoded, fits.
    pub received_bytes: usize,
    /// Deepest nesting of arrays and objects. SPEC §2: 32. Values above 128 are read as 128, so that walking
    /// a document needs little stack.
    pub depth: usize,
    /// Most JSON values in one document, the root included. SPEC §2: 10,000.
    pub nodes: usize,
    /// Most violations that a report lists. SPEC §2: 64.
    pub violations: usize,
    /// Longest URL as sent. SPEC §2: 2,048.
    pub url_bytes: usize,
    /// Most headers. SPEC §2: 64.
    pub headers: usize,
    /// Longest header name. SPEC §2: 128.
    pub header_name_bytes: usize,
    /// Longest header value, as sent and after rendering. SPEC §2: 4,096.
    pub header_value_bytes: usize,
    /// All header names and values together, as sent and after rendering. SPEC §2: 16 KiB.
    pub headers_bytes: usize,
    /// Most replacers in one profile, all members together. 1,024.
    pub replacers: usize,
    /// Longest message, URL or body that is made, encryption and encoding included; checked before each value is
    /// appended. 1 MiB.
    pub output_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            payload_bytes: 256 * 1024,
            record_bytes: 1024 * 1024,
            received_bytes: 4 * 1024 * 1024,
            depth: 32,
            nodes: 10_000,
            violations: 64,
            url_bytes: 2_048,
            headers: 64,
            header_name_bytes: 128,
            header_value_bytes: 4_096,
            headers_bytes: 16 * 1024,
            replacers: 1_024,
            output_bytes: 1024 * 1024,
        }
    }
}

/// The deepest nesting that [`Limits::depth`] can allow.
pub(crate) const DEPTH_CEILING: usize = 128;
