//! Several profiles, each under the id of its key.

use callback_profile::{Error, ErrorCode, KeyRing, OpenOptions, OpenedByKey, Profile, ReceivedRequest};

use super::{KEY, callback, expected, received, with_enc};

const KEYS: [&str; 5] =
    ["K1abcdefghijkl2P", "Q7Wn4sTz1BxKe6Vh", "Zk3vQ9tLm2Rw8XcY", "a1B2c3D4e5F6g7H8", "m9N8b7V6c5X4z3L2"];
const MEMBERS: &str = r#""http_method": "POST", "url": "https://example.com/cb", "body": {"to": "<to>"}"#;

fn documented(mode: &str, id: &str, key: &str) -> Profile {
    with_enc(
        &format!(r#"{MEMBERS}, "headers": {{"X-Key": " {id}\t"}}"#),
        &format!(r#"{{"algo": "AES-128-{mode}", "key": "{key}", "IV": "POabcdefghijklLY"}}"#),
    )
}

fn sealed(kid: &str, key: &str) -> Profile {
    with_enc(MEMBERS, &format!(r#"{{"version": 2, "kid": "{kid}", "key": "{key}"}}"#))
}

fn open(ring: &KeyRing, headers: &[(&str, &str)], body: &str) -> Result<OpenedByKey, Error> {
    let mut options = OpenOptions::default();
    options.expected = Some(expected());
    ring.open(&ReceivedRequest { headers, target: "/cb", body: body.as_bytes() }, &options)
}

fn ring(mode: &str, count: usize) -> (KeyRing, Vec<Profile>) {
    let mut ring = KeyRing::by_header("x-key");
    let profiles: Vec<Profile> = KEYS[..count]
        .iter()
        .enumerate()
        .map(|(index, key)| documented(mode, &format!("k{index}"), key))
        .collect();
    for (index, profile) in profiles.iter().enumerate() {
        ring.add(&format!("k{index}"), profile.clone()).unwrap();
    }
    (ring, profiles)
}

#[test]
fn the_profile_of_the_id_opens_and_no_other() {
    for mode in ["GCM", "CFB"] {
        let (ring, profiles) = ring(mode, 3);
        assert_eq!(ring.ids().collect::<Vec<_>>(), ["k0", "k1", "k2"]);
        for (index, profile) in profiles.iter().enumerate() {
            let sent = callback(profile, r#"{"to": "+919876543210"}"#);
            let headers: Vec<(&str, &str)> =
                sent.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let opened = open(&ring, &headers, received(&sent)).unwrap();
            assert_eq!((opened.id, opened.version, opened.in_turn), (format!("k{index}"), 1, false));
            assert_eq!(opened.opened.json(), r#"{"to":"+919876543210"}"#);
        }
        let body = callback(&profiles[0], r#"{"to": "+91"}"#).body.unwrap();
        for headers in [
            &[("x-key", "k9")][..],
            &[("x-key", "")],
            &[("x-key", "K0")],
            &[],
            &[("x-key", "k0"), ("X-Key", "k0")],
        ] {
            assert_eq!(open(&ring, headers, &body), Err(Error::UnknownKey), "{headers:?}");
        }
    }
}

#[test]
fn the_received_content_type_counts() {
    let (ring, profiles) = ring("GCM", 1);
    let body = callback(&profiles[0], r#"{"to": "+91"}"#).body.unwrap();
    let typed = |name, value| open(&ring, &[("x-key", "k0"), (name, value)], &body);
    assert_eq!(typed("Content-Type", "application/problem+json"), open(&ring, &[("x-key", "k0")], &body));
    for other in ["text/html", "application/x-www-form-urlencoded", ""] {
        assert_eq!(typed("content-type", other).unwrap_err().code(), ErrorCode::UnsupportedContentType);
    }
    let twice = [("x-key", "k0"), ("content-type", "application/json"), ("content-type", "application/json")];
    assert_eq!(open(&ring, &twice, &body).unwrap_err().code(), ErrorCode::UnsupportedContentType);
}

#[test]
fn a_received_request_shows_how_long_it_is_and_nothing_else() {
    let request = ReceivedRequest { headers: &[("x-key", "k0")], target: "/cb", body: b"{}" };
    assert_eq!(format!("{request:?}"), "ReceivedRequest { headers: 1, target_bytes: 3, body_bytes: 2 }");
}

#[test]
fn turns_are_for_gcm_alone_and_at_most_four() {
    let (mut gcm, profiles) = ring("GCM", 4);
    let bodies: Vec<String> =
        profiles.iter().map(|profile| callback(profile, r#"{"to": "x"}"#).body.unwrap()).collect();
    assert_eq!(open(&gcm, &[], &bodies[2]), Err(Error::UnknownKey), "only when asked for");
    gcm.try_in_turn(true);
    for (index, body) in bodies.iter().enumerate() {
        let opened = open(&gcm, &[], body).unwrap();
        assert_eq!((opened.id, opened.in_turn), (format!("k{index}"), true));
    }
    let stranger = callback(&documented("GCM", "k9", KEYS[4]), r#"{"to": "x"}"#).body.unwrap();
    assert_eq!(open(&gcm, &[], &stranger).unwrap_err().code(), ErrorCode::AuthFailed);
    assert_eq!(
        open(&gcm, &[("x-key", "k9")], &bodies[0]),
        Err(Error::UnknownKey),
        "an id is never replaced by turns"
    );
    gcm.refuse_v1(true);
    assert_eq!(open(&gcm, &[], &bodies[0]), Err(Error::UnknownKey));
    gcm.refuse_v1(false);
    gcm.add("k4", documented("GCM", "k4", KEYS[4])).unwrap();
    assert_eq!(open(&gcm, &[], &bodies[0]).unwrap_err().code(), ErrorCode::InvalidArgument);

    let (mut cfb, profiles) = ring("CFB", 2);
    cfb.try_in_turn(true);
    let body = callback(&profiles[0], r#"{"to": "x"}"#).body.unwrap();
    assert_eq!(open(&cfb, &[], &body), Err(Error::CannotTellKey));

    let mut nothing = KeyRing::by_header("x-key");
    let enc = r#"{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["other"]}"#;
    nothing.add("k0", with_enc(&format!(r#"{MEMBERS}, "headers": {{"x-key": "k0"}}"#), enc)).unwrap();
    nothing.try_in_turn(true);
    assert_eq!(open(&nothing, &[], r#"{"to":"x"}"#), Err(Error::CannotTellKey), "nothing is decrypted");
}

#[test]
fn sealed_profiles_are_found_by_their_kid() {
    let keys = [KEY.to_owned(), KEY.replace("AAEC", "AQEC"), KEY.replace("AAEC", "AgEC")];
    let mut ring = KeyRing::by_header("x-key");
    for (index, key) in keys.iter().take(2).enumerate() {
        ring.add(&format!("s{index}"), sealed(&format!("s{index}"), key)).unwrap();
    }
    ring.try_in_turn(true);
    for (index, key) in keys.iter().take(2).enumerate() {
        let kid = format!("s{index}");
        let body = callback(&sealed(&kid, key), r#"{"to": "x"}"#).body.unwrap();
        let opened = open(&ring, &[], &body).unwrap();
        assert_eq!((opened.id, opened.version, opened.in_turn), (kid, 2, false));
    }
    let unknown = callback(&sealed("s2", &keys[2]), r#"{"to": "x"}"#).body.unwrap();
    let other_key = callback(&sealed("s0", &keys[2]), r#"{"to": "x"}"#).body.unwrap();
    for body in [unknown.as_str(), &other_key, "{}", r#"{"jwe":"a..b.c.d"}"#, "no JSON"] {
        assert_eq!(open(&ring, &[], body), Err(Error::Sealed), "{body}");
    }
    // While one moves from the documented format to the sealed one, both are there; never are keys tried in turn then.
    let gcm = documented("GCM", "k0", KEYS[0]);
    ring.add("k0", gcm.clone()).unwrap();
    let body = callback(&gcm, r#"{"to": "x"}"#).body.unwrap();
    assert_eq!(open(&ring, &[("x-key", "k0")], &body).unwrap().version, 1);
    assert_eq!(open(&ring, &[], &body), Err(Error::Sealed));
    ring.refuse_v1(true);
    assert_eq!(open(&ring, &[("x-key", "k0")], &body), Err(Error::UnknownKey));
    assert!(ring.remove("s0").is_some() && ring.remove("s0").is_none());
    let removed = callback(&sealed("s0", &keys[0]), r#"{"to": "x"}"#).body.unwrap();
    assert_eq!(open(&ring, &[], &removed), Err(Error::Sealed));
}

#[test]
fn a_query_that_cannot_be_read_names_no_key_and_no_turn_is_taken() {
    let members = r#""http_method": "POST", "url": "https://example.com/cb?key=k0", "body": {"to": "<to>"}"#;
    let enc = r#"{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#;
    let profile = with_enc(members, enc);
    let body = callback(&profile, r#"{"to": "x"}"#).body.unwrap();
    let mut ring = KeyRing::by_query("key");
    ring.add("k0", profile).unwrap();
    ring.try_in_turn(true);
    let open = |ring: &KeyRing, target: &str, body: &str| {
        let mut options = OpenOptions::default();
        options.expected = Some(expected());
        ring.open(&ReceivedRequest { headers: &[], target, body: body.as_bytes() }, &options)
    };
    assert!(open(&ring, "/cb?key=k0", &body).is_ok() && open(&ring, "/cb", &body).unwrap().in_turn);
    for target in ["/cb?key=%FF", "/cb?key=k0&a=%FF", "/cb?key=k0&key=k0", "/cb?key=é"] {
        assert_eq!(open(&ring, target, &body), Err(Error::UnknownKey), "{target}");
    }
    // A sealed callback of POST names its key in its body.
    ring.add("s0", sealed("s0", KEY)).unwrap();
    let body = callback(&sealed("s0", KEY), r#"{"to": "x"}"#).body.unwrap();
    assert_eq!(open(&ring, "/cb?a=%FF", &body).unwrap().id, "s0");
}

#[test]
fn a_profile_must_carry_its_id() {
    let fails = |ring: &mut KeyRing, id: &str, profile: Profile| {
        ring.add(id, profile).unwrap_err().code() == ErrorCode::InvalidArgument
    };
    let mut by_header = KeyRing::by_header("X-KEY");
    by_header.add("k0", documented("GCM", "k0", KEYS[0])).unwrap();
    assert!(fails(&mut by_header, "k0", documented("GCM", "k0", KEYS[1])), "twice");
    assert!(fails(&mut by_header, "k1", documented("GCM", "k0", KEYS[1])), "another id");
    let enc = r#"{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#;
    assert!(fails(&mut by_header, "k1", with_enc(MEMBERS, enc)), "no header");
    let filled = format!(r#"{MEMBERS}, "headers": {{"x-key": "<id>"}}"#);
    assert!(fails(&mut by_header, "<id>", with_enc(&filled, enc)), "no constant");
    by_header.add("s0", sealed("s0", KEY)).unwrap();
    assert!(fails(&mut by_header, "s1", sealed("s0", KEY)), "not its kid");

    for (query, accepted) in [
        ("key=k0", true),
        ("a=<a>&k%65y=k%30", true),
        ("key=<id>", false),
        ("key=k1", false),
        ("Key=k0", false),
        ("key=k0&key=k0", false),
        ("<n>=k0", false),
        ("", false),
    ] {
        let members = format!(r#""http_method": "GET", "url": "https://example.com/?{query}""#);
        let profile = with_enc(&members, enc);
        let mut ring = KeyRing::by_query("key");
        assert_eq!(ring.add("k0", profile.clone()).is_ok(), accepted, "{query}");
        if query.starts_with("a=") {
            let sent = callback(&profile, r#"{"a": "x"}"#);
            let request = ReceivedRequest { headers: &[], target: &sent.url, body: b"" };
            let opened = ring.open(&request, &OpenOptions::default()).unwrap();
            assert_eq!((opened.id.as_str(), opened.opened.json()), ("k0", r#"{"a":"x","key":"k0"}"#));
            let twice = format!("{}&key=k0", sent.url);
            let request = ReceivedRequest { headers: &[], target: &twice, body: b"" };
            assert_eq!(ring.open(&request, &OpenOptions::default()), Err(Error::UnknownKey));
        }
    }
}
