//! What a sealed callback must be to open.

use callback_profile::seal::{Expected, Freshness};
use callback_profile::{
    CallbackOptions, Error, ErrorCode, Limits, Method, Missing, OpenOptions, Parameters, ParseOptions,
    Profile, Record,
};

use super::{
    GET, KEY, NOW, POST, RANDOM, callback, callback_options, expected, open, open_as, received, sealed,
    with_enc,
};

#[test]
fn every_way_that_parameters_travel() {
    let types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];
    for (content_type, opened) in types.iter().zip([
        r#"{"to":"+91","n":5,"k":true,"o":{"p":"+91"},"z":null,"c":"é"}"#,
        r#"{"to":"+91","n":"5","k":"true","o":"{\"p\":\"+91\"}","c":"é"}"#,
        r#"{"to":"+91","n":"5","k":"true","o":"{\"p\":\"+91\"}","c":"é"}"#,
    ]) {
        let profile = sealed(&format!(
            r#""http_method": "PUT", "url": "https://example.com/cb?c=%C3%A9", "headers": {{"Content-Type": "{content_type}"}},
            "body": {{"to": "<to>", "n": "<n>", "k": true, "o": {{"p": "<to>"}}, "z": null}}"#
        ));
        let callback = callback(&profile, r#"{"to": "+91", "n": 5}"#);
        assert!(callback.is_sealed && callback.url == "https://example.com/cb?c=%C3%A9");
        let type_sent = callback.headers[0].1.as_str();
        let result = open_as(&profile, received(&callback), Some(type_sent), expected()).unwrap();
        assert_eq!(result.json(), opened, "{content_type}");
        assert_eq!(open(&profile, received(&callback)).unwrap(), result, "without a received type");
        let message = result.sealed().unwrap();
        assert_eq!((message.kid.as_str(), message.id.as_str(), message.issued_at), ("k1", "msg_1", NOW));
        assert_eq!(message.profile_id, None);
    }
    let profile = sealed(GET);
    let callback = callback(&profile, r#"{"to": "+91"}"#);
    assert!(callback.url.starts_with("https://example.com/cb?state=sent&jwe=") && callback.body.is_none());
    assert_eq!(open(&profile, &callback.url).unwrap().json(), r#"{"to":"+91","state":"sent"}"#);
    let linked = format!("{}&utm_source=1", callback.url);
    assert_eq!(
        open(&profile, &linked).unwrap().json(),
        r#"{"to":"+91","state":"sent"}"#,
        "a link's own parameters"
    );
}

#[test]
fn what_params_does_not_name_is_repeated_outside() {
    let enc = format!(r#"{{"version": 2, "kid": "k1", "key": "{KEY}", "params": ["to", "o.p"]}}"#);
    let members = r#""http_method": "POST", "url": "https://example.com/cb?q=<to>&to=1&r=<n>""#;
    let body = r#""body": {"o": {"p": "<to>", "r": [1, {"p": 2}]}, "n": "<n>"}"#;
    let profile = with_enc(&format!("{members}, {body}"), &enc);
    let sent = callback(&profile, r#"{"to": "+91", "n": 5}"#);
    assert_eq!(sent.url, "https://example.com/cb?q=%2B91&to=1&r=5");
    let body = sent.body.clone().unwrap();
    assert!(body.starts_with(r#"{"o":{"r":[1,{"p":2}]},"n":5,"jwe":"#), "{body}");
    let all = r#"{"o":{"p":"+91","r":[1,{"p":2}]},"n":5,"q":"+91","to":"1","r":"5"}"#;
    assert_eq!(open(&profile, &body).unwrap().json(), all);
    for (from, to) in [
        (r#""n":5"#, r#""n":6"#),
        (r#""n":5"#, r#""n":"5""#),
        (r#""n":5"#, r#""n":5.0"#),
        (r#""n":5"#, r#""n":5,"admin":true"#),
        (r#""r":[1,"#, r#""r":["#),
        (r#"{"p":2}"#, r#"{"p":2,"x":1}"#),
        (r#""o":{"r""#, r#""o":{"p":"+92","r""#),
    ] {
        let changed = body.replace(from, to);
        assert_ne!(changed, body);
        assert_eq!(open(&profile, &changed), Err(Error::Sealed), "{changed}");
    }
    assert!(open(&profile, &body.replace(r#""n":5,"#, "")).is_ok(), "what is not repeated is no difference");
}

#[test]
fn a_bare_token_travels_as_application_jose() {
    for members in [POST.to_owned(), format!(r#"{POST}, "headers": {{"content-type": "text/json"}}"#)] {
        let profile = sealed(&members);
        let mut options = callback_options();
        options.bare_token = true;
        let record = Record::parse(r#"{"to": "+91"}"#).unwrap();
        let sent = profile.callback_with(&record, &options).unwrap();
        assert_eq!(sent.headers, [("content-type".to_owned(), "application/jose".to_owned())]);
        let body = sent.body.unwrap();
        assert_eq!(body.split('.').count(), 5);
        let opened = open_as(&profile, &body, Some("application/jose"), expected()).unwrap();
        assert_eq!(opened.json(), r#"{"to":"+91","state":"sent"}"#);
        assert_eq!(open(&profile, &body), Err(Error::Sealed), "without its type it is no JSON");
    }
}

#[test]
fn random_time_and_id_are_required_and_checked() {
    let profile = sealed(POST);
    let record = Record::parse(r#"{"to": "+91"}"#).unwrap();
    let fails = |change: fn(&mut CallbackOptions<'_>)| {
        let mut options = callback_options();
        change(&mut options);
        profile.callback_with(&record, &options).unwrap_err().code()
    };
    assert_eq!(fails(|options| options.random = None), ErrorCode::RandomRequired);
    assert_eq!(fails(|options| options.issued_at = None), ErrorCode::IssuedAtRequired);
    assert_eq!(fails(|options| options.id = None), ErrorCode::IdRequired);
    assert_eq!(fails(|options| options.id = Some("a.b")), ErrorCode::InvalidArgument);
    assert_eq!(fails(|options| options.id = Some("")), ErrorCode::InvalidArgument);
    assert_eq!(profile.callback(&record).unwrap_err().code(), ErrorCode::RandomRequired);
}

#[test]
fn what_is_expected_must_be_there_and_equal() {
    let profile = sealed(POST);
    let mut options = callback_options();
    options.profile_id = Some("p1");
    let record = Record::parse(r#"{"to": "+91"}"#).unwrap();
    let with_id = profile.callback_with(&record, &options).unwrap().body.unwrap();
    let without_id = callback(&profile, r#"{"to": "+91"}"#).body.unwrap();
    let any = Expected { freshness: Freshness::NotChecked, method: None, url: None, profile_id: None };
    for (body, expected, opens) in [
        (&with_id, any, true),
        (&with_id, Expected { profile_id: Some("p1"), ..any }, true),
        (&with_id, Expected { profile_id: Some("p2"), ..any }, false),
        (&without_id, Expected { profile_id: Some("p1"), ..any }, false),
        (&with_id, Expected { method: Some(Method::Post), ..any }, true),
        (&with_id, Expected { method: Some(Method::Put), ..any }, false),
        (&with_id, Expected { url: Some("HTTPS://user@EXAMPLE.com:443/%63b?x#y"), ..any }, true),
        (&with_id, Expected { url: Some("http://example.com/cb"), ..any }, false),
        (&with_id, Expected { url: Some("https://example.com/cb/"), ..any }, false),
        (&with_id, Expected { url: Some("https://example.com/CB"), ..any }, false),
        (&with_id, Expected { freshness: Freshness::Within { now: NOW + 300, tolerance: 300 }, ..any }, true),
        (&with_id, Expected { freshness: Freshness::Within { now: NOW - 300, tolerance: 300 }, ..any }, true),
        (
            &with_id,
            Expected { freshness: Freshness::Within { now: NOW + 301, tolerance: 300 }, ..any },
            false,
        ),
        (
            &with_id,
            Expected { freshness: Freshness::Within { now: NOW - 301, tolerance: 300 }, ..any },
            false,
        ),
        (&with_id, Expected { freshness: Freshness::Within { now: 0, tolerance: u64::MAX }, ..any }, true),
    ] {
        let opened = open_as(&profile, body, None, expected);
        assert_eq!(opened.as_ref().err(), (!opens).then_some(&Error::Sealed), "{expected:?}");
    }
    assert_eq!(profile.open(&with_id).unwrap_err().code(), ErrorCode::InvalidArgument, "nothing expected");
    let no_url = Expected { url: Some("/cb"), ..any };
    assert_eq!(open_as(&profile, &with_id, None, no_url).unwrap_err().code(), ErrorCode::InvalidArgument);
}

#[test]
fn the_version_is_the_profiles() {
    let (two, one) = (
        sealed(POST),
        with_enc(POST, r#"{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#),
    );
    let sealed = callback(&two, r#"{"to": "+91"}"#).body.unwrap();
    let documented = callback(&one, r#"{"to": "+91"}"#).body.unwrap();
    assert_eq!(open(&two, &documented), Err(Error::Sealed), "a sealed profile opens nothing else");
    assert_eq!(
        open(&one, &sealed).unwrap_err().code(),
        ErrorCode::MissingParameter,
        "and no other opens a sealed one"
    );
    let both = format!("{},{}", documented.trim_end_matches('}'), &sealed[1..]);
    assert_eq!(open(&two, &both), Err(Error::Sealed), "values beside are no copies");
    assert!(!profile_text(&two).contains(KEY) && profile_text(&two).contains("k1"));
}

fn profile_text(profile: &Profile) -> String {
    format!("{profile:?} {:?}", profile.sealed_encryption())
}

#[test]
fn jwe_is_there_exactly_once_as_a_text() {
    let profile = sealed(POST);
    let body = callback(&profile, r#"{"to": "+91"}"#).body.unwrap();
    let token = body.split('"').nth(3).unwrap();
    for wrong in [
        "{}".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        format!("\"{token}\""),
        token.to_owned(),
        format!(r#"{{"jwe":["{token}"]}}"#),
        format!(r#"{{"jwe":null,"jwe":"{token}"}}"#),
        format!(r#"{{"jwe":"{token}","jwe":"{token}"}}"#),
        format!(r#"{{"JWE":"{token}"}}"#),
        format!(r#"{{"jwe":"{token}","to":"+91x"}}"#),
        format!(r#"{{"jwe":" {token}"}}"#),
        format!("\u{feff}{body}"),
    ] {
        assert_eq!(open(&profile, &wrong), Err(Error::Sealed), "{wrong}");
    }
    assert!(open(&profile, &format!(r#"{{"jwe":"{token}","to":"+91"}}"#)).is_ok(), "an equal copy");
    let profile = sealed(GET);
    let url = callback(&profile, r#"{"to": "+91"}"#).url;
    let (start, token) = url.split_once("jwe=").unwrap();
    for wrong in
        [format!("{url}&jwe={token}"), start.to_owned(), format!("{url}&to=+92"), format!("{url}&state=Sent")]
    {
        assert_eq!(open(&profile, &wrong), Err(Error::Sealed), "{wrong}");
    }
}

#[test]
fn the_template_is_applied_to_what_was_sealed() {
    // The sender has another profile under the same key.
    let receiver = sealed(
        r#""http_method": "POST", "url": "https://example.com/cb?q=<q>",
        "body": {"to": "<to>", "text": "a <b>", "n": 5, "k": true, "z": null, "e": {}, "l": ["<x>"]}"#,
    );
    let sent = |body: &str| {
        let members =
            format!(r#""http_method": "POST", "url": "https://example.com/cb?q=1", "body": {body}"#);
        callback(&sealed(&members), "{}").body.unwrap()
    };
    let right = r#"{"to":"1","text":"a 2","n":5,"k":false,"z":null,"e":{},"l":["x"],"more":{"a":1}}"#;
    let opened = open(&receiver, &sent(right)).unwrap();
    assert_eq!(opened.unknown().collect::<Vec<_>>(), ["more"]);
    assert_eq!(opened.decrypted().collect::<Vec<_>>(), ["to", "text", "n", "k", "l[0]", "q"]);
    for (from, to, code, name) in [
        (r#""to":"1","#, "", ErrorCode::MissingParameter, "to"),
        (r#","l":["x"]"#, "", ErrorCode::MissingParameter, "l[0]"),
        (r#""l":["x"]"#, r#""l":[]"#, ErrorCode::MissingParameter, "l[0]"),
        (r#""l":["x"]"#, r#""l":{"0":"x"}"#, ErrorCode::MissingParameter, "l[0]"),
        (r#""to":"1""#, r#""to":{"$ne":null}"#, ErrorCode::NotEncrypted, "to"),
        (r#""to":"1""#, r#""to":null"#, ErrorCode::NotEncrypted, "to"),
        (r#""to":"1""#, r#""to":[]"#, ErrorCode::NotEncrypted, "to"),
        (r#""text":"a 2""#, r#""text":2"#, ErrorCode::NotEncrypted, "text"),
        (r#""n":5"#, r#""n":"5""#, ErrorCode::NotEncrypted, "n"),
        (r#""k":false"#, r#""k":0"#, ErrorCode::NotEncrypted, "k"),
        (r#""z":null"#, r#""z":"""#, ErrorCode::NotEncrypted, "z"),
        (r#""e":{}"#, r#""e":{"a":1}"#, ErrorCode::NotEncrypted, "e"),
    ] {
        let changed = right.replace(from, to);
        assert_ne!(changed, right);
        let error = open(&receiver, &sent(&changed)).unwrap_err();
        assert_eq!((error.code(), error.parameter()), (code, Some(name)), "{changed}");
    }
    assert!(
        open(&receiver, &sent(&right.replace(r#""to":"1""#, r#""to":1"#))).is_ok(),
        "a name takes any scalar"
    );

    let mut options = OpenOptions::default();
    options.expected = Some(expected());
    let structure = sent(&right.replace(r#""to":"1""#, r#""to":[{"a":null,"b":[1,"c"]}]"#));
    let absent = sent(&right.replace(r#""to":"1","#, ""));
    options.structures = Parameters::All;
    assert!(
        receiver.open_with(&structure, &options).is_ok() && receiver.open_with(&absent, &options).is_err()
    );
    options.structures = Parameters::None;
    options.absent = Parameters::All;
    assert!(
        receiver.open_with(&structure, &options).is_err() && receiver.open_with(&absent, &options).is_ok()
    );
}

#[test]
fn limits_of_size() {
    let profile = sealed(GET);
    let sent = |len: usize| {
        let record = format!(r#"{{"to": "{}"}}"#, "x".repeat(len));
        profile.callback_with(&Record::parse(&record).unwrap(), &callback_options())
    };
    let longest = (1..8000).rev().find(|len| sent(*len).is_ok()).unwrap();
    assert!((7_997..=8_000).contains(&sent(longest).unwrap().url.len()));
    assert_eq!(sent(longest + 1).unwrap_err(), Error::OutputTooLarge(8_000));
    // A token that is longer than a received body may be is refused before anything is decoded.
    let profile = sealed(POST);
    let long = format!(r#"{{"jwe":"{}"}}"#, "A".repeat(5 * 1024 * 1024));
    assert_eq!(open(&profile, &long), Err(Error::Sealed));
}

/// Of two parameters of one name a reader takes the first or the last, whatever is sealed; a link's own are no exception.
#[test]
fn names_beside_a_token_occur_once() {
    let form = r#","headers": {"Content-Type": "application/x-www-form-urlencoded"}"#;
    let enc = format!(r#"{{"version": 2, "kid": "k1", "key": "{KEY}", "params": ["to"]}}"#);
    let mut ran = 0;
    for members in [format!("{POST}{form}"), GET.to_owned()] {
        let profile = with_enc(&members, &enc);
        let sent = callback(&profile, r#"{"to": "+91"}"#);
        let right = received(&sent);
        assert!(right.contains("state=sent") && open(&profile, right).is_ok(), "{right}");
        for more in ["state=sent", "st%61te=sent", "jwe=x", "utm=1&utm=2", "utm=1&utm=1", "&&u%74m=&utm"] {
            assert_eq!(open(&profile, &format!("{right}&{more}")), Err(Error::Sealed), "{more}");
            ran += 1;
        }
    }
    assert_eq!(ran, 12);
    let get = sealed(GET);
    let linked = format!("{}&utm=1&umt=1&JWE=1", callback(&get, r#"{"to": "+91"}"#).url);
    assert_eq!(open(&get, &linked).unwrap().json(), r#"{"to":"+91","state":"sent"}"#);
}

/// A limit is of the whole callback, not of what is encrypted in it; one byte less refuses it, and so does half of it.
#[test]
fn limits_of_output_and_of_what_is_received_hold_to_the_byte() {
    let form = r#","headers": {"Content-Type": "application/x-www-form-urlencoded"}"#;
    let multipart = r#","headers": {"Content-Type": "multipart/form-data; boundary=b"}"#;
    let with = |members: &str, limits: Limits| {
        let payload = format!(
            r#"{{"title": "sealed", {members}, "enc": {{"version": 2, "kid": "k1", "key": "{KEY}"}}}}"#
        );
        Profile::parse_with(payload, &ParseOptions::default().with_limits(limits)).unwrap()
    };
    let record = Record::parse(r#"{"to": "+91"}"#).unwrap();
    let mut ran = 0;
    for members in [POST.to_owned(), format!("{POST}{form}"), format!("{POST}{multipart}"), GET.to_owned()] {
        let made = |limit: usize| {
            with(&members, Limits::default().with_output_bytes(limit))
                .callback_with(&record, &callback_options())
        };
        let whole = made(10_000).unwrap();
        let received = received(&whole);
        for limit in 0..received.len() {
            assert_eq!(made(limit).err(), Some(Error::OutputTooLarge(limit)), "{members}");
        }
        assert_eq!(made(received.len()), Ok(whole.clone()), "{members}");

        let opened = |limit: usize| {
            open(&with(&members, Limits::default().with_received_bytes(limit)), received).map(|_| ())
        };
        assert_eq!(opened(received.len()), Ok(()), "{members}");
        for limit in [received.len() - 1, received.len() / 2, 1] {
            assert_eq!(opened(limit), Err(Error::Sealed), "{members}");
        }
        ran += 1;
    }
    assert_eq!(ran, 4);
}

#[test]
fn a_repeated_random_shows_equal_messages_and_no_more() {
    let profile = sealed(POST);
    let token = |to: &str| callback(&profile, &format!(r#"{{"to": "{to}"}}"#)).body.unwrap();
    let nonce = |body: &str| body.split('.').nth(2).unwrap().to_owned();
    assert_eq!(token("+91"), token("+91"));
    assert_ne!(nonce(&token("+91")), nonce(&token("+92")));
    let mut options = callback_options();
    let other = [8; 32];
    options.random = Some(&other);
    let record = Record::parse(r#"{"to": "+91"}"#).unwrap();
    let another = profile.callback_with(&record, &options).unwrap().body.unwrap();
    assert_ne!(nonce(&another), nonce(&token("+91")));
    assert_eq!(RANDOM.len(), 32);
}

#[test]
fn missing_values_are_listed_in_the_order_of_every_callback() {
    let profile = sealed(
        r#""http_method": "POST", "url": "https://example.com/<p>?q=<q>", "headers": {"X-H": "<h>"},
        "body": {"b": "<b>", "n": "<n>"}"#,
    );
    let mut options = callback_options();
    options.missing = Missing::Null;
    let sent = profile.callback_with(&Record::parse("{}").unwrap(), &options).unwrap();
    assert_eq!(sent.missing, ["p", "q", "h", "b", "n"]);
    options.missing = Missing::Error;
    let error = profile.callback_with(&Record::parse("{}").unwrap(), &options).unwrap_err();
    assert_eq!(error.code(), ErrorCode::MissingValue);
}

#[test]
fn the_claims_around_the_parameters_do_not_count_as_theirs() {
    let payload = |body: &str| {
        format!(
            r#"{{"title": "sealed", "http_method": "POST", "url": "https://example.com/cb", "body": {body},
            "enc": {{"version": 2, "kid": "k1", "key": "{KEY}"}}}}"#
        )
    };
    let mut options = ParseOptions::default();
    (options.limits.nodes, options.limits.depth) = (20, 3);
    let receiver = Profile::parse_with(payload("{}"), &options).unwrap();
    let opens = |body: &str| {
        let sender = Profile::parse(payload(body)).unwrap();
        open(&receiver, &callback(&sender, "{}").body.unwrap()).is_ok()
    };
    // As many values as the limit allows: the object, its member and 18 elements. A profile id would be one more claim.
    let list = |count: usize| format!(r#"{{"a":[{}]}}"#, vec!["0"; count].join(","));
    assert!(opens(&list(18)) && !opens(&list(20)));
    // The deepest nesting that the limit allows.
    assert!(opens(r#"{"a":{"b":{}}}"#) && !opens(r#"{"a":{"b":{"c":{}}}}"#));
}
