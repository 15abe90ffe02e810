//! What the oracle computes is what others publish: Wycheproof and NIST's CAVP, as `make vectors` writes them.
//! `scripts/vectors/fetch.py` says what the fields are.

use std::path::Path;

use callback_profile_oracle::{Oracle, TAG_LEN, base64, base64_url, encrypt_block, hex};

/// The rows of a suite, without their names; the first two fields are the operation and what is expected.
fn rows(suite: &str, total: usize) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../../build/vectors/{suite}.tsv"));
    let file = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{suite}: {error}; `make vectors` gets the test vectors"));
    let row = |line: &str| {
        let mut fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        fields.remove(2);
        fields
    };
    let rows: Vec<_> = file.lines().map(row).collect();
    assert_eq!(rows.len(), total, "{suite}");
    rows
}

fn unhex(text: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal digits");
    (0..text.len()).step_by(2).map(byte).collect()
}

/// Runs a suite of GCM and returns how many rows had to open and how many had to be refused. The oracle has no
/// associated data and no short tags, and OpenSSL wants an IV of 1 to 128 bytes: other rows are not for it.
fn gcm(suite: &str, total: usize) -> [usize; 2] {
    let [mut opened, mut refused] = [0; 2];
    for row in rows(suite, total) {
        let [operation, expected, fields @ ..] = row.as_slice() else { panic!("{suite}: {row:?}") };
        assert_eq!(operation, "gcm");
        let fields: Vec<Vec<u8>> = fields.iter().map(|field| unhex(field)).collect();
        let [key, iv, associated, ciphertext, tag, plaintext] = fields.as_slice() else {
            panic!("{suite}: {row:?}")
        };
        if !associated.is_empty() || tag.len() != TAG_LEN || !(1..=128).contains(&iv.len()) {
            continue;
        }
        let mut oracle = Oracle::new(&format!("AES-{}-GCM", key.len() * 8), key, iv);
        let sealed = [ciphertext.as_slice(), tag].concat();
        if expected == "ok" {
            assert_eq!(oracle.seal(plaintext), sealed, "{suite}: {row:?}");
            assert_eq!(oracle.open(&sealed).as_ref(), Some(plaintext), "{suite}: {row:?}");
            opened += 1;
        } else {
            assert_eq!(expected, "bad");
            assert_eq!(oracle.open(&sealed), None, "{suite}: {row:?}");
            refused += 1;
        }
    }
    [opened, refused]
}

#[test]
fn gcm_is_that_of_wycheproof_and_nist() {
    assert_eq!(gcm("wycheproof-gcm", 316), [172, 81]);
    assert_eq!(gcm("cavp-gcm", 47_250), [1_025, 325]);
    println!("count oracle_gcm rust ran=1603 refused=0 failed=0");
}

#[test]
fn cfb_is_that_of_nist() {
    for row in rows("cavp-cfb", 2_138) {
        let [operation, expected, fields @ ..] = row.as_slice() else { panic!("{row:?}") };
        assert_eq!((operation.as_str(), expected.as_str()), ("cfb", "ok"));
        let fields: Vec<Vec<u8>> = fields.iter().map(|field| unhex(field)).collect();
        let [key, iv, plaintext, ciphertext] = fields.as_slice() else { panic!("{row:?}") };
        let mut oracle = Oracle::new(&format!("AES-{}-CFB", key.len() * 8), key, iv);
        assert_eq!(&oracle.seal(plaintext), ciphertext, "{row:?}");
        assert_eq!(oracle.open(ciphertext).as_ref(), Some(plaintext), "{row:?}");
    }
    println!("count oracle_cfb rust ran=2138 refused=0 failed=0");
}

/// A context that is used again, with another key or without, computes what a new one does.
#[test]
fn a_kept_context_is_as_good_as_a_new_one() {
    for algorithm in
        ["AES-128-GCM", "AES-192-GCM", "AES-256-GCM", "AES-128-CFB", "AES-192-CFB", "AES-256-CFB"]
    {
        let key_len = algorithm[4..7].parse::<usize>().expect("a number of bits") / 8;
        let (keys, ivs) = ([vec![1; key_len], vec![2; key_len]], [[3; 16], [4; 16]]);
        let mut kept = Oracle::new(algorithm, &keys[0], &ivs[0]);
        for (key, iv) in keys.iter().zip(&ivs).cycle().take(4) {
            kept.set_key(key, iv);
            for len in [0, 1, 16, 17, 300, 0] {
                let value = vec![5; len];
                let sealed = kept.seal(&value);
                assert_eq!(sealed, Oracle::new(algorithm, key, iv).seal(&value), "{algorithm}, {len} bytes");
                assert_eq!(kept.open(&sealed), Some(value), "{algorithm}, {len} bytes");
            }
        }
    }
}

/// FIPS 197, appendix C.
#[test]
fn a_block_is_that_of_fips_197() {
    let key: Vec<u8> = (0..32).collect();
    let block = std::array::from_fn(|index| index as u8 * 0x11);
    for (key_len, expected) in [
        (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (32, "8ea2b7ca516745bfeafc49904b496089"),
    ] {
        assert_eq!(hex(&encrypt_block(&key[..key_len], block)), expected);
    }
}

/// RFC 4648, section 10, and the two digits in which the alphabets differ.
#[test]
fn texts_are_those_of_rfc_4648() {
    for (bytes, expected) in
        [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
    {
        assert_eq!(base64(bytes.as_bytes()), expected);
        assert_eq!(base64_url(bytes.as_bytes()), expected.trim_end_matches('='));
    }
    assert_eq!((base64(&[0xfb, 0xff]), base64_url(&[0xfb, 0xff])), ("+/8=".to_owned(), "-_8".to_owned()));
    assert_eq!(hex(b"\x00\x0f\xf0foobar"), "000ff0666f6f626172");
}
