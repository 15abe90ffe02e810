//! What is accepted here, the `url` crate (WHATWG) accepts too, and it reads the same scheme, host and port.

use std::collections::BTreeMap;

use super::host::{self, Host};
use super::parts::{UrlParts, confirm_rfc3986, parse};

/// Whether the parser of RFC 3986's grammar agrees to an accepted URL.
pub(super) fn rfc3986_agrees(raw: &str, parts: &UrlParts<'_>) -> bool {
    let authority = parts.origin.split_once("://").unwrap().1;
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, after)| after);
    let (host_text, _) = host::split_port(host_and_port).unwrap();
    confirm_rfc3986(raw, host_text, parts).is_ok()
}

fn reads_alike(ours: &UrlParts<'_>, theirs: &url::Url) -> bool {
    let same_host = match (&ours.host, theirs.host()) {
        (Host::Name(ours), Some(url::Host::Domain(theirs))) => ours == theirs,
        (Host::Ipv4(ours), Some(url::Host::Ipv4(theirs))) => *ours == theirs,
        (Host::Ipv6(ours), Some(url::Host::Ipv6(theirs))) => *ours == theirs,
        _ => false,
    };
    let known = ours.port.or(Some(if ours.https { 443 } else { 80 }));
    let scheme = if ours.https { "https" } else { "http" };
    same_host && theirs.port_or_known_default() == known && theirs.scheme() == scheme
}

/// The path of a package's sources, as cargo knows it.
fn package_folder(name: &str) -> std::path::PathBuf {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let package = metadata["packages"].as_array().unwrap().iter().find(|package| package["name"] == name);
    let manifest = package.expect("the package is in the graph")["manifest_path"].as_str().unwrap();
    std::path::Path::new(manifest).parent().unwrap().to_path_buf()
}

#[test]
fn whatever_we_accept_whatwg_reads_alike() {
    let text = std::fs::read_to_string(package_folder("url").join("tests/urltestdata.json")).unwrap();
    let entries: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let (mut ran, mut both, mut valid_but_refused) = (0, 0, BTreeMap::<String, usize>::new());
    for case in entries.iter().filter(|case| case.is_object()) {
        ran += 1;
        let input = case["input"].as_str().unwrap();
        let theirs = url::Url::parse(input); // alone: a relative input is no URL for us, whatever its base
        match (parse(input), theirs) {
            (Ok(ours), Ok(theirs)) => {
                both += 1;
                assert!(reads_alike(&ours, &theirs), "{input:?}: {ours:?} and {theirs:?}");
                assert!(rfc3986_agrees(input, &ours), "{input:?}: {ours:?}");
            }
            (Ok(ours), Err(error)) => panic!("{input:?}: {ours:?}, but WHATWG says {error}"),
            (Err(refusal), Ok(theirs)) if matches!(theirs.scheme(), "http" | "https") => {
                *valid_but_refused.entry(format!("{refusal:?}")).or_default() += 1;
            }
            (Err(_), _) => {}
        }
    }
    println!("{ran} cases, {both} accepted by both, valid for WHATWG but refused: {valid_but_refused:?}");
    assert!(ran >= 800, "only {ran} cases ran");
    assert!(both >= 90, "only {both} were accepted");
}

#[test]
fn whatever_we_accept_of_random_pieces_whatwg_reads_alike() {
    const PIECES: [&str; 56] = [
        "http://",
        "https://",
        "a",
        "example",
        "com",
        "localhost",
        ".",
        ".",
        "-",
        "_",
        "0",
        "1",
        "127",
        "255",
        "256",
        "0x7f",
        "0x",
        "08",
        "017",
        "1.2.3.4",
        ":",
        ":80",
        "65535",
        "65536",
        "@",
        "/",
        "?",
        "#",
        "[",
        "]",
        "::",
        "ffff:",
        "[::1]",
        "%41",
        "%",
        "xn--",
        "xn--fiqs8s",
        "<a>",
        "é",
        "\\",
        "\t",
        " ",
        "|",
        "\"",
        "'",
        "^",
        "{",
        "!",
        "$",
        "&",
        "*",
        "+",
        ",",
        ";",
        "=",
        "。",
    ];
    // Xorshift with a fixed seed: the same cases on every run.
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % limit
    };
    let mut both = 0;
    for _ in 0..200_000 {
        let mut raw = String::from(["http://", "https://", "HTTP://"][below(3)]);
        for _ in 0..=below(7) {
            raw.push_str(PIECES[below(PIECES.len())]);
        }
        let Ok(ours) = parse(&raw) else { continue };
        assert!(rfc3986_agrees(&raw, &ours), "{raw:?}: {ours:?}");
        match url::Url::parse(&raw) {
            Ok(theirs) => assert!(reads_alike(&ours, &theirs), "{raw:?}: {ours:?} and {theirs:?}"),
            // The Unicode rules for xn-- labels that are not checked here: see punycode.rs.
            Err(error) => assert!(
                raw.to_ascii_lowercase().contains("xn--"),
                "{raw:?}: {ours:?}, but WHATWG says {error}"
            ),
        }
        both += 1;
    }
    assert!(both >= 20_000, "only {both} were accepted");
}
