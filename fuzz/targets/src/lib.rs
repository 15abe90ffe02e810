//! What each fuzz target does with its bytes. A panic is a finding; everything else is as it should be.
//!
//! Each target compares with something: an oracle (serde_json, url, OpenSSL), another way to the same result, or a rule
//! that always holds. `fuzz_targets/` calls these from libFuzzer, `tests/replay.rs` from a stable compiler.

mod arrow;
mod body;
mod c_abi;
mod callbacks;
mod cipher;
mod diagnosis;
mod ghash;
mod input;
mod json;
mod profiles;
mod replacer;
mod sealed;

pub use arrow::arrow_column;
pub use c_abi::c_abi_sequence;
pub use callbacks::{callback_roundtrip, open_hostile};
pub use cipher::cipher_differential;
pub use diagnosis::diagnose;
pub use ghash::ghash_kernel;
pub use json::json_reader;
pub use profiles::{patch_and_stored, profile_parse, url_and_headers};
pub use replacer::replacer;
pub use sealed::jwe_open;

/// A target: its name, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 13] = [
    ("json_reader", json_reader),
    ("profile_parse", profile_parse),
    ("patch_and_stored", patch_and_stored),
    ("replacer", replacer),
    ("url_and_headers", url_and_headers),
    ("callback_roundtrip", callback_roundtrip),
    ("open_hostile", open_hostile),
    ("cipher_differential", cipher_differential),
    ("ghash_kernel", ghash_kernel),
    ("c_abi_sequence", c_abi_sequence),
    ("arrow_column", arrow_column),
    ("diagnose", diagnose),
    ("jwe_open", jwe_open),
];
