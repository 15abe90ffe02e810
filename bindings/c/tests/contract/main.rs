//! The contract of the C ABI, read from its source: every export is guarded, listed and in the header; every object is shared.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)] // a test may panic

mod exports;
mod guarded;
mod header;
mod shared;

use std::path::{Path, PathBuf};

/// The groups of the header, in its order: types come before their use.
const GROUPS: [&str; 27] = [
    "text",
    "bytes",
    "error",
    "details",
    "options",
    "call_options",
    "cipher",
    "batch",
    "profile",
    "fields",
    "stored",
    "callback",
    "destination",
    "opening",
    "diagnose_options",
    "diagnosis",
    "sealed_options",
    "arrow_options",
    "arrow",
    "signing",
    "receiving",
    "key_ring",
    "keygen",
    "envelope",
    "address",
    "info",
    "hazmat",
];

/// A path in the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every source file of the crate: its name without `.rs`, and its syntax.
fn sources() -> Vec<(String, syn::File)> {
    let mut files: Vec<_> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, syn::parse_file(&read(path)).unwrap())
        })
        .collect()
}

/// The functions of a file that leave the library.
fn exported(file: &syn::File) -> impl Iterator<Item = &syn::ItemFn> {
    file.items.iter().filter_map(|item| match item {
        syn::Item::Fn(function) if is_exported(function) => Some(function),
        _ => None,
    })
}

fn is_exported(function: &syn::ItemFn) -> bool {
    function.sig.abi.is_some() || function.attrs.iter().any(|attribute| attribute.path().is_ident("unsafe"))
}
