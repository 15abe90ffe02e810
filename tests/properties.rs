//! Laws that hold for any input: what is built opens, what is printed parses, nothing is scanned twice.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::string_slice
)]

use callback_profile::cipher::{Algorithm, Encoding, TagPlacement, WireFormat};
use callback_profile::{
    Callback, Envelope, Error, Limits, MessageOptions, OpenOptions, Parameters, ParseOptions, Policy,
    Profile, Record, Secrets, StoredProfile,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const KEY: &str = "K1abcdefghijkl2PQRSTUVWXYZ012345";
const IV: &str = "POabcdefghijklLY";
const CONTENT_TYPES: [&str; 3] =
    ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z<>{}\":. \\\\]{0,20}",
        Just("<a>".to_owned()),
        Just("{\"name\": \"a\"}".to_owned()),
        Just("[1]".to_owned()),
        Just("\r\n--cbp-".to_owned()),
    ]
}

/// A record of a few members, scalars and containers.
fn record() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        text().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ];
    let value = prop_oneof![
        3 => scalar.clone(),
        1 => prop::collection::vec(scalar.clone(), 1..4).prop_map(Value::from),
        1 => prop::collection::btree_map("[a-z]{1,3}", scalar, 1..4).prop_map(|map| json!(map)),
    ];
    prop::collection::vec(value, 5).prop_map(|values| {
        let names = ["a", "b", "c", "d", "e"];
        Value::Object(names.iter().map(|name| (*name).to_owned()).zip(values).collect())
    })
}

fn options() -> impl Strategy<Value = ParseOptions> {
    (prop::sample::select(Encoding::ALL), prop::sample::select(TagPlacement::ALL)).prop_map(
        |(encoding, tag)| {
            let mut options = ParseOptions::default();
            options.wire_format = WireFormat::default().with_encoding(encoding).with_tag(tag);
            options
        },
    )
}

fn enc() -> impl Strategy<Value = Option<Value>> {
    let params = prop_oneof![Just(None), Just(Some(json!(["x", "n.deep"]))), Just(Some(json!("y")))];
    let one = (prop::sample::select(Algorithm::ALL), params).prop_map(|(algorithm, params)| {
        let mut enc = json!({"algo": algorithm.name(), "key": &KEY[..algorithm.key_len()], "IV": IV});
        if let Some(params) = params {
            enc["params"] = params;
        }
        enc
    });
    prop::option::of(one)
}

fn payload(content_type: &str, enc: &Option<Value>) -> Value {
    let mut payload = json!({
        "title": "law", "http_method": "POST", "url": "https://example.com/in", "headers": {"Content-Type": content_type},
        "body": {"x": "<a>", "y": "pre <b> post", "n": {"deep": "<c>", "list": ["<d>", 1, true, null]}, "k": "constant", "t": 1.50}
    });
    if let Some(enc) = enc {
        payload["enc"] = enc.clone();
    }
    payload
}

/// The text that a value has within text.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What decryption makes of a value: leaves become strings.
fn leaves_as_text(value: &Value) -> Value {
    match value {
        Value::Array(elements) => elements.iter().map(leaves_as_text).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), leaves_as_text(value))).collect())
        }
        Value::Null => Value::Null,
        scalar => text_of(scalar).into(),
    }
}

/// What opening must give, by the rules of replacers and encryption, from the record alone.
fn expected(record: &Value, content_type: &str, enc: &Option<Value>) -> Value {
    let is_form = content_type != "application/json";
    let params = enc.as_ref().map(|enc| enc.get("params").cloned().unwrap_or(Value::Null));
    let (all, deep, y) = match &params {
        None => (false, false, false),
        Some(Value::Null) => (true, false, false),
        Some(Value::Array(_)) => (false, true, false),
        Some(_) => (false, false, true),
    };
    let leaf = |value: &Value, sealed: bool| if sealed { leaves_as_text(value) } else { value.clone() };
    let mut body = Map::new();
    let x_sealed = all || deep;
    let is_container = matches!(record["a"], Value::Array(_) | Value::Object(_));
    let x = match (is_form, is_container) {
        (true, false) => text_of(&record["a"]).into(),
        (true, true) if !x_sealed => text_of(&record["a"]).into(),
        _ => leaf(&record["a"], x_sealed),
    };
    body.insert("x".into(), x);
    body.insert("y".into(), format!("pre {} post", text_of(&record["b"])).into());
    let list: Vec<Value> = [record["d"].clone(), json!(1), json!(true), Value::Null]
        .iter()
        .map(|value| leaf(value, all))
        .collect();
    body.insert("n".into(), json!({"deep": leaf(&record["c"], all || deep), "list": list}));
    body.insert("k".into(), "constant".into());
    body.insert("t".into(), if all || is_form { json!("1.50") } else { json!(1.5) });
    let _ = y;
    Value::Object(body)
}

fn parse(payload: &Value, options: &ParseOptions) -> Profile {
    // The number keeps its text, which serde_json does not.
    Profile::parse_with(payload.to_string().replace("\"t\":1.5", "\"t\":1.50"), options).unwrap()
}

fn callback(profile: &Profile, record: &Value) -> Callback {
    let text = record.to_string();
    profile.callback(&Record::parse(&text).unwrap()).unwrap()
}

fn content_type_of(callback: &Callback) -> &str {
    &callback.headers.iter().find(|(name, _)| name == "Content-Type").unwrap().1
}

const NAMES: [&str; 2] = ["<a>", "<a.b[0][1]>"];
const PAIRS: [&str; 2] = ["{\"l\": \"a\"}", "{ \"\\u006c\" :\"a.b[0][1]\"\n}"];

/// Literal text, a number of backslashes, and what may be a replacer: all that a text can be made of.
type Piece = (String, usize, &'static str);

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let others = [".", "<a b>", "{URL}", "<a..b>", "{\"l\": 5}", "< "];
    let known: Vec<&str> = NAMES.into_iter().chain(PAIRS).chain(NAMES).chain(others).collect();
    prop::collection::vec(("[a-z .:;'}>]{0,4}", 0..6usize, prop::sample::select(known)), 0..6)
}

fn raw(pieces: &[Piece]) -> String {
    let text = |(literal, count, piece): &Piece| format!("{literal}{}{piece}", "\\".repeat(*count));
    pieces.iter().map(text).collect()
}

/// What the rules of replacers make of the pieces if these are the replacers.
fn rendered(pieces: &[Piece], replacers: &[&str], value: &str) -> String {
    let text = |(literal, count, piece): &Piece| {
        let kept = if replacers.contains(piece) { count / 2 } else { *count };
        let is_filled = replacers.contains(piece) && count % 2 == 0;
        format!("{literal}{}{}", "\\".repeat(kept), if is_filled { value } else { piece })
    };
    pieces.iter().map(text).collect()
}

/// A profile with a text in its body and its message.
fn templates(text: &str) -> Value {
    json!({"title": "law", "http_method": "POST", "url": "https://example.com/", "body": {"x": text}, "response_message": text})
}

fn filled(text: &str, record: &Value) -> (Profile, Callback) {
    let profile = Profile::parse(templates(text).to_string()).unwrap();
    let callback = callback(&profile, record);
    (profile, callback)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_built_opens(record in record(), options in options(), enc in enc(), kind in 0..3usize) {
        let content_type = CONTENT_TYPES[kind];
        let profile = parse(&payload(content_type, &enc), &options);
        let callback = callback(&profile, &record);
        let mut with = OpenOptions::default();
        with.content_type = Some(content_type_of(&callback));
        with.structures = Parameters::All;
        let body = callback.body.as_deref().unwrap();
        let opened: Value = serde_json::from_str(profile.open_with(body, &with).unwrap().json()).unwrap();
        prop_assert_eq!(opened, expected(&record, content_type, &enc));
    }

    #[test]
    fn a_query_opens(value in text(), options in options(), enc in enc(), name in "[a-z]{1,4}") {
        let mut payload = json!({"title": "law", "http_method": "GET", "url": format!("https://example.com/?x=<a>&c=1&{name}=p%20<a>")});
        if let Some(enc) = enc {
            payload["enc"] = enc;
        }
        let profile = Profile::parse_with(payload.to_string(), &options).unwrap();
        let callback = callback(&profile, &json!({"a": value}));
        let opened: Value = serde_json::from_str(profile.open(&callback.url).unwrap().json()).unwrap();
        if !["x", "c"].contains(&name.as_str()) {
            prop_assert_eq!(&opened["x"], &json!(value));
            prop_assert_eq!(&opened[&name], &json!(format!("p {value}")));
        }
        prop_assert!(callback.url.is_ascii());
    }

    #[test]
    fn any_flipped_character_under_gcm_is_refused(plaintext in text(), at in any::<prop::sample::Index>(), bit in 0..7u32) {
        let payload = json!({"title": "law", "http_method": "POST", "url": "https://example.com/", "body": {"x": "<a>"},
            "enc": {"algo": "AES-128-GCM", "key": &KEY[..16], "IV": IV}});
        let mut options = ParseOptions::default();
        options.wire_format = WireFormat::default().with_encoding(Encoding::Hex);
        let profile = Profile::parse_with(payload.to_string(), &options).unwrap();
        let body = callback(&profile, &json!({"a": plaintext})).body.unwrap();
        let opened = profile.open(&body).unwrap();
        prop_assert_eq!(opened.json(), json!({"x": plaintext}).to_string());
        let start = body.find("\":\"").unwrap() + 3;
        let place = start + at.index(body.len() - 2 - start);
        let mut bytes = body.into_bytes();
        bytes[place] ^= 1 << bit;
        // A letter's case is no change in hexadecimal.
        let same = std::str::from_utf8(&bytes).is_ok_and(|text| profile.open(text).is_ok());
        prop_assert!(!same || bytes[place].is_ascii_alphabetic());
    }

    #[test]
    fn rendering_never_scans_a_value_again(value in text()) {
        let payload = json!({"title": "law", "http_method": "GET", "url": "https://example.com/", "response_message": "[<a>] [{\"l\": \"a\"}]"});
        let profile = Profile::parse(payload.to_string()).unwrap();
        let record = json!({"a": value, "name": "SCANNED"}).to_string();
        let message = profile.message(&Record::parse(&record).unwrap()).unwrap();
        prop_assert_eq!(message.text, format!("[{value}] [{value}]"));
        let mut pairs = MessageOptions::default();
        pairs.pairs = true;
        let message = profile.message_with(&Record::parse(&record).unwrap(), &pairs).unwrap();
        prop_assert_eq!(message.text, format!("[{value}] [{{\"l\": {}}}]", json!(value)));
    }

    #[test]
    fn backslashes_are_read_by_one_rule(pieces in pieces(), value in text()) {
        let (real, both) = (&NAMES[..], [&NAMES[..], &PAIRS[..]].concat());
        let record = json!({"a": value, "a.b[0][1]": value, "<a>": "SCANNED"});
        let (raw, in_message, in_body) = (raw(&pieces), rendered(&pieces, &both, &value), rendered(&pieces, real, &value));
        let (profile, callback) = filled(&raw, &record);
        let message = profile.message(&Record::parse(&record.to_string()).unwrap()).unwrap();
        prop_assert_eq!(&message.text, &in_message);
        let body: Value = serde_json::from_str(callback.body.as_deref().unwrap()).unwrap();
        prop_assert_eq!(&body["x"], &json!(in_body));
        // Escaped, every text is itself.
        let escaped: String = pieces
            .iter()
            .map(|(literal, count, piece)| {
                let count = if both.contains(piece) { count * 2 + 1 } else { *count };
                format!("{literal}{}{piece}", "\\".repeat(count))
            })
            .collect();
        let (profile, _) = filled(&escaped, &record);
        let message = profile.message(&Record::parse(&record.to_string()).unwrap()).unwrap();
        prop_assert_eq!(message.text, raw.clone());
        prop_assert_eq!(message.missing, Vec::<String>::new());
        // What is literal text is no replacer to the limit either.
        let count = |known: &[&str]| pieces.iter().filter(|(_, count, piece)| known.contains(piece) && count % 2 == 0).count();
        let replacers = count(real) + count(&both);
        let mut options = ParseOptions::default();
        options.limits.replacers = replacers;
        prop_assert!(Profile::parse_with(templates(&raw).to_string(), &options).is_ok());
        if replacers > 0 {
            options.limits.replacers = replacers - 1;
            prop_assert!(Profile::parse_with(templates(&raw).to_string(), &options).is_err());
        }
    }

    #[test]
    fn fields_are_what_a_record_without_any_lacks(message in pieces(), body in pieces(), header in pieces(), path in 0..3usize) {
        let mut payload = templates(&raw(&message));
        let path = ["", "<a>/<b>?<c>=<a>", "<d.e>?a=1&b=x<a>"][path];
        payload["url"] = format!("https://example.com/{path}").into();
        payload["body"] = json!({"x": [raw(&body)], "a": "<a>"});
        payload["headers"] = json!({"X-A": raw(&header).replace('\n', " ")});
        let profile = Profile::parse(payload.to_string()).unwrap();
        let record = Record::parse("{}").unwrap();
        let mut lacking = profile.callback(&record).unwrap().missing;
        for name in profile.message(&record).unwrap().missing {
            if !lacking.contains(&name) {
                lacking.push(name);
            }
        }
        let fields: Vec<String> = profile.fields().into_iter().map(|field| field.field).collect();
        prop_assert_eq!(fields, lacking);
    }

    #[test]
    fn a_path_is_refused_where_a_value_makes_a_dot_segment(value in prop_oneof![text(), "[./\\\\a%2eE5cF]{0,8}", "(\\.{0,3}[/\\\\]?){0,4}"]) {
        let payload = json!({"title": "law", "http_method": "GET", "url": "https://example.com/u/<v>/c"});
        let profile = Profile::parse(payload.to_string()).unwrap();
        let record = json!({"v": value}).to_string();
        let callback = profile.callback(&Record::parse(&record).unwrap());
        let has_dots = value.split(['/', '\\']).any(|segment| [".", ".."].contains(&segment));
        match callback {
            Ok(callback) => {
                prop_assert!(!has_dots, "{}", callback.url);
                prop_assert_eq!(callback.url.matches('/').count(), 5);
            }
            Err(error) => prop_assert!(has_dots && error == Error::UnsafePath, "{error}"),
        }
    }

    #[test]
    fn a_header_holds_visible_ascii_without_blanks_around_it(value in prop_oneof![text(), "[ \t!-~]{0,12}", "[ -\u{A0}]{0,6}"]) {
        let payload = json!({"title": "law", "http_method": "GET", "url": "https://example.com/", "headers": {"X-A": " a <v>\t"}});
        let profile = Profile::parse(payload.to_string()).unwrap();
        let record = json!({"v": value}).to_string();
        let is_allowed = value.chars().all(|character| matches!(character, ' '..='~' | '\t'));
        match profile.callback(&Record::parse(&record).unwrap()) {
            Ok(callback) => {
                prop_assert!(is_allowed);
                let sent = format!("a {value}");
                prop_assert_eq!(&callback.headers[0].1, sent.trim_matches([' ', '\t']));
            }
            Err(error) => prop_assert!(!is_allowed && error == Error::UnsafeHeader("X-A".into())),
        }
    }

    #[test]
    fn the_name_that_a_receiver_reads_decides_what_is_encrypted(
        prefix in prop::sample::select(vec!["", "+", "a+", "a%20", "a%2B", "a%2b", "%C3%A9"]),
        name in prop_oneof!["[a +%20B]{0,4}", any::<String>()],
    ) {
        let url = |params: &[&str]| {
            let payload = json!({
                "title": "law", "http_method": "GET", "url": format!("https://example.com/?{prefix}<n>=<v>"),
                "enc": {"algo": "AES-128-GCM", "key": &KEY[..16], "IV": IV, "params": params}
            });
            let profile = Profile::parse(payload.to_string()).unwrap();
            (callback(&profile, &json!({"n": name, "v": "plain"})).url, profile)
        };
        let (plain, _) = url(&["another name"]);
        let query = plain.split_once('?').unwrap().1.to_owned();
        let read = form_urlencoded::parse(query.as_bytes()).next().unwrap().0.into_owned();
        prop_assume!(!read.is_empty() && read != "another name");
        prop_assert!(plain.ends_with("=plain"));
        let (sealed, profile) = url(&["another name", &read]);
        prop_assert!(!sealed.ends_with("=plain"), "{sealed}");
        let opened: Value = serde_json::from_str(profile.open(&sealed).unwrap().json()).unwrap();
        prop_assert_eq!(&opened[&read], &json!("plain"));
    }

    #[test]
    fn output_never_exceeds_its_bound(record in record(), enc in enc(), kind in 0..3usize, limit in 0..400usize) {
        let mut options = ParseOptions::default();
        options.limits.output_bytes = limit;
        let profile = parse(&payload(CONTENT_TYPES[kind], &enc), &options);
        let text = record.to_string();
        match profile.callback(&Record::parse(&text).unwrap()) {
            Ok(callback) => prop_assert!(callback.body.unwrap().len() <= limit && callback.url.len() <= limit),
            Err(error) => prop_assert_eq!(error, Error::OutputTooLarge(limit)),
        }
    }

    #[test]
    fn what_is_printed_parses_to_the_same(enc in enc(), kind in 0..3usize, message in text(), sms in any::<bool>()) {
        let mut payload = payload(CONTENT_TYPES[kind], &enc);
        payload["response_message"] = message.into();
        if sms {
            payload["channel"] = "sms".into();
            payload["events"] = "SMS-sent".into();
        }
        let profile = Profile::parse(payload.to_string()).unwrap();
        let printed = profile.to_json(Secrets::Shown);
        prop_assert_eq!(Profile::parse(&printed).unwrap().to_json(Secrets::Shown), printed.clone());
        prop_assert_eq!(profile.patch(&printed).unwrap().to_json(Secrets::Shown), printed.clone());
        let envelope = Envelope::created(&profile, Some("stage_1"), Secrets::Shown).to_json();
        prop_assert_eq!(Envelope::parse(&envelope).unwrap().to_json(), envelope.clone());
        let stored = StoredProfile::parse(&envelope).unwrap();
        prop_assert_eq!(stored.profile().to_json(Secrets::Shown), printed);
        let fetched = Envelope::fetched(&stored, Secrets::Shown).to_json();
        let again = Envelope::fetched(&StoredProfile::parse(&fetched).unwrap(), Secrets::Shown).to_json();
        prop_assert_eq!(again, fetched);
    }

    #[test]
    fn violations_do_not_depend_on_member_order(seed in any::<u64>(), broken in 0..256u32) {
        let mut members = vec![
            ("title", json!(if broken & 1 > 0 { "x!" } else { "fine" })),
            ("http_method", json!(if broken & 2 > 0 { "PATCH" } else { "POST" })),
            ("url", json!(if broken & 4 > 0 { "ftp://example.com" } else { "http://localhost/" })),
            ("body", if broken & 8 > 0 { json!(1) } else { json!({}) }),
            ("response_message", if broken & 16 > 0 { json!(1) } else { json!("x") }),
            ("enc", if broken & 32 > 0 { json!({"algo": "x"}) } else { json!({"algo": "AES-128-GCM", "key": &KEY[..16], "IV": IV}) }),
            ("channel", if broken & 64 > 0 { json!("x") } else { json!("sms") }),
            ("events", if broken & 128 > 0 { json!([""]) } else { json!("SMS-sent") }),
        ];
        let print = |members: &[(&str, Value)]| {
            let list: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
            format!("{{{}}}", list.join(","))
        };
        let judge = |text: &str| Profile::parse(text).map(|profile| format!("{:?}", profile.advisories()));
        let first = judge(&print(&members));
        let mut state = seed | 1;
        for index in (1..members.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            members.swap(index, (state >> 33) as usize % (index + 1));
        }
        prop_assert_eq!(judge(&print(&members)), first.clone());
        let mut strict = ParseOptions::default();
        strict.policy = Policy::Strict;
        prop_assert!(Profile::parse_with(print(&members), &strict).is_err() || first.is_ok());
    }

    #[test]
    fn no_bytes_make_anything_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), structured in text()) {
        let profile = parse(&payload("multipart/form-data", &None), &ParseOptions::default());
        for input in [bytes.as_slice(), structured.as_bytes()] {
            let _ = (Profile::parse(input).is_ok(), StoredProfile::parse(input).is_ok(), Envelope::parse(input).is_ok());
            let _ = (profile.patch(input).is_ok(), profile.open(input).is_ok(), Record::parse_with(input, &Limits::default().into()).is_ok());
        }
    }
}
