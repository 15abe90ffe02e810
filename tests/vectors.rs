//! The shared vectors of `testdata/` – ciphertexts, addresses, URLs – through the public interface.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test may panic

mod support;

use std::net::IpAddr;

use callback_profile::cipher::{Algorithm, Cipher, CipherError, Encoding, TagPlacement, WireFormat};
use callback_profile::{AddressVerdict, AdvisoryCode, Profile};
use serde_json::{Value, json};

use support::{Checked, cases, run, run_list, same, text};

/// Without the feature `hazmat`, the 12-byte IVs are refused; CFB8 is no algorithm of ours at all.
#[test]
fn crypto() {
    let list = cases("crypto");
    let is_short = |case: &Value| text(case, "iv").len() != 16;
    let is_refused =
        |case: &Value| text(case, "algo").ends_with("CFB8") || (is_short(case) && !cfg!(feature = "hazmat"));
    run_list("crypto", 96, list.as_array().unwrap(), is_refused, |case| {
        let (key, iv, plaintext) = (text(case, "key"), text(case, "iv"), text(case, "pt"));
        let cipher = Algorithm::from_name(text(case, "algo"))
            .ok_or(CipherError::UnknownAlgorithm)
            .and_then(|algorithm| Cipher::new(algorithm, key, iv));
        let base64 = case.get("ct_tag_b64").unwrap_or(&case["ct_b64"]).as_str().unwrap();
        let cipher = match cipher {
            Err(CipherError::UnknownAlgorithm) => {
                return same("CFB8", text(case, "algo").ends_with("CFB8"), true);
            }
            Err(error) => {
                same(
                    "refused for its IV",
                    matches!(error, CipherError::InvalidIv(_)) && is_short(case),
                    true,
                )?;
                return raw_gcm(case);
            }
            Ok(cipher) => cipher,
        };
        same("base64", cipher.encrypt(plaintext).as_deref(), Ok(base64))?;
        same("plaintext", cipher.decrypt_text(base64).as_deref(), Ok(plaintext))?;
        let parts = [text(case, "ct_hex"), case.get("tag_hex").map_or("", |tag| tag.as_str().unwrap())];
        let hex = cipher.with_wire_format(WireFormat::default().with_encoding(Encoding::Hex));
        same("hex", hex.encrypt(plaintext), Ok(parts.concat()))?;
        let hex = hex.with_wire_format(
            WireFormat::default().with_encoding(Encoding::Hex).with_tag(TagPlacement::Prepended),
        );
        same("hex, tag first", hex.decrypt_text([parts[1], parts[0]].concat()).as_deref(), Ok(plaintext))
    });
}

#[cfg(feature = "hazmat")]
fn raw_gcm(case: &Value) -> Checked {
    use callback_profile::cipher::hazmat;
    let (key, iv, plaintext) =
        (text(case, "key").as_bytes(), text(case, "iv").as_bytes(), text(case, "pt").as_bytes());
    let sealed = hazmat::gcm_seal(key, iv, b"", plaintext).map_err(|error| error.to_string())?;
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    same("sealed", hex, format!("{}{}", text(case, "ct_hex"), text(case, "tag_hex")))?;
    same("opened", hazmat::gcm_open(key, iv, b"", &sealed).as_deref(), Ok(plaintext))
}

#[cfg(not(feature = "hazmat"))]
fn raw_gcm(_: &Value) -> Checked {
    Ok(())
}

/// A profile with this URL: what is wrong with it, or whether its host is called private.
fn judged_url(url: &str) -> Result<bool, String> {
    let payload = json!({"title": "url", "http_method": "GET", "url": url}).to_string();
    let profile = Profile::parse(payload).map_err(|report| report.message().to_owned())?;
    Ok(profile.advisories().iter().any(|found| found.code == AdvisoryCode::PrivateAddress))
}

#[test]
fn addresses() {
    let file = cases("address");
    let all: Vec<Value> = ["addresses", "spellings", "names"]
        .iter()
        .flat_map(|part| file[part].as_array().unwrap().clone())
        .collect();
    run_list(
        "address",
        700,
        &all,
        |_| false,
        |case| {
            if let Some(address) =
                case.get("address").and_then(Value::as_str).filter(|_| case.get("verdict").is_some())
            {
                let verdict = AddressVerdict::of(address.parse::<IpAddr>().unwrap());
                let host = if address.contains(':') { format!("[{address}]") } else { address.into() };
                same("private_address", judged_url(&format!("https://{host}/")), Ok(!verdict.is_public()))?;
                return same("verdict", verdict.name(), text(case, "verdict"));
            }
            let host = text(case, "host");
            let judged = judged_url(&format!("https://{host}/"));
            if host.is_empty() || host.contains("..") {
                return same("refused", judged.is_err(), true);
            }
            if let Some(internal) = case.get("internal") {
                return same("internal", judged, Ok(internal.as_bool().unwrap()));
            }
            match text(case, "reading") {
                "malformed" => same("refused", judged.is_err(), true),
                // Another spelling than four decimal numbers is suspect even where the address is public.
                "address" => {
                    let address = text(case, "address");
                    let public = AddressVerdict::of(address.parse().unwrap()).is_public()
                        && address == text(case, "host");
                    same("private_address", judged, Ok(!public))
                }
                _ => Ok(()), // not an address in any reading; the names below say which names are internal
            }
        },
    );
}

#[test]
fn urls() {
    const RULES: [(&str, &str); 16] = [
        ("Blank", "must NOT hold spaces, control characters or backslashes"),
        ("Invisible", "must NOT hold invisible characters or marks of text direction"),
        ("NotAbsolute", "must be an absolute http or https URL"),
        ("ReplacerBeforePath", "must NOT have replacers in scheme, userinfo, host or port"),
        ("Userinfo", "must have user name and password percent-encoded"),
        ("MissingHost", "must have a host"),
        ("NonAsciiHost", "must have a host in ASCII; write it in punycode (xn--...)"),
        ("EncodedHost", "must NOT have percent-encoding in the host"),
        ("Ipv6", "must have an IPv6 address without a zone in the brackets"),
        ("HostCharacters", "must have a host of letters, digits, hyphens, dots and underscores"),
        ("EmptyLabel", "must NOT have empty labels in the host"),
        ("HostLength", "must have a host of at most 253 bytes with labels of at most 63"),
        ("Ipv4", "must NOT have a host that ends in a number unless it is an IPv4 address"),
        ("Punycode", "must have valid punycode in the host's xn-- labels"),
        ("Port", "must have a port from 1 to 65535"),
        ("Percent", "must have two hexadecimal digits after every % sign"),
    ];
    run("url", 354, |case| {
        let rule =
            RULES.iter().find(|(name, _)| case["rule"] == *name).map(|(_, text)| format!("body/url {text}"));
        same("rule", judged_url(text(case, "url")).err(), rule)
    });
}
