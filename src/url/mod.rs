//! URLs as a profile may spell them: the parts, the host, and which addresses are not public.

mod address;
mod characters;
mod encode;
mod host;
mod internal;
mod ipv4;
mod parts;
mod punycode;
mod refusal;
mod verdict;

#[cfg(test)]
mod oracle;

pub use address::AddressVerdict;
pub(crate) use encode::{dot_segments, encode_literal_path, encode_literal_query};
pub(crate) use host::Host;
pub(crate) use parts::{UrlParts, parse};
pub use verdict::HostVerdict;

/// `testdata/address.json`.
#[cfg(test)]
fn address_cases() -> serde_json::Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/address.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
