//! The reader against serde_json, and its own limits.
#![allow(clippy::arithmetic_side_effects)]

use serde_json::Value as Oracle;

use super::{Document, JsonProblem, Kind, Surrogates, Text, Value, fingerprint};
use crate::limits::Limits;

fn problem(text: &[u8]) -> JsonProblem {
    Document::read(text, &Limits::default()).unwrap_err().problem()
}

fn position(text: &str) -> (usize, usize) {
    let error = Document::read(text.as_bytes(), &Limits::default()).unwrap_err();
    (error.line(), error.column())
}

fn assert_same(ours: Value<'_>, theirs: &Oracle) {
    match theirs {
        Oracle::Null => assert_eq!(ours.kind(), Kind::Null),
        Oracle::Bool(value) => assert_eq!(ours.kind(), if *value { Kind::True } else { Kind::False }),
        Oracle::Number(number) => {
            let text: f64 = ours.number_text().unwrap().parse().unwrap();
            // serde_json reads long numbers to within the last place only; ours keep their text.
            let theirs = number.as_f64().unwrap();
            assert!((text - theirs).abs() <= theirs.abs() * 1e-15, "{text} {theirs}");
        }
        Oracle::String(text) => assert_eq!(ours.as_str(), Some(text.as_str())),
        Oracle::Array(elements) => {
            assert_eq!(ours.len(), elements.len());
            ours.elements().zip(elements).for_each(|(ours, theirs)| assert_same(ours, theirs));
        }
        Oracle::Object(members) => {
            assert_eq!(ours.len(), members.len());
            for (name, value) in members {
                assert_same(ours.get(name).unwrap(), value);
            }
            for (name, value) in ours.members() {
                assert_same(value, &members[name]);
            }
        }
    }
}

/// xorshift64*, for reproducible texts.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

/// Long texts are checked many bytes at a time; where the wrong byte is must be known all the same.
#[test]
fn the_first_byte_that_is_no_utf8_is_named_at_every_offset() {
    let text = format!("[\"{}\"]", "aü😀नम".repeat(12));
    for (at, _) in text.char_indices() {
        for wrong in [&b"\xFF"[..], b"\xC3", b"\xF0\x9F\x98", b"\xED\xA0\x80", b"\xC0\xAF"] {
            let mut bytes = text.as_bytes().to_vec();
            bytes.splice(at..at, wrong.iter().copied());
            let expected = std::str::from_utf8(&bytes).unwrap_err().valid_up_to();
            let error = Document::read(&bytes, &Limits::default()).err().unwrap();
            assert_eq!((error.problem(), error.offset()), (JsonProblem::InvalidUtf8, expected));
        }
    }
    let limits = Limits::default();
    for given in [Text::Bytes(text.as_bytes()), Text::Str(&text)] {
        let document =
            Document::read_in(given, 1000, &limits, Surrogates::Refuse, Default::default()).unwrap();
        assert_eq!(document.root().to_compact(), text);
    }
}

#[test]
fn agrees_with_serde_json_on_random_pieces() {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\"a\"",
        "\"b\":",
        "\"\\u0061\"",
        "\"\\ud83d\\ude00\"",
        "\"é\\n\"",
        "1",
        "-0",
        "0.5",
        "1e5",
        "1E-400",
        "12345678901234567890",
        "01",
        "1.",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\t",
        "\\",
        "\u{1}",
        "x",
        "\"\\x\"",
        "\"\\ud800\"",
        "1e400",
        "{\"k\":1}",
        "[1,2]",
        "{}",
        "[]",
    ];
    let mut numbers = Numbers(7);
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..200_000 {
        let text: String = (0..1 + numbers.below(7)).map(|_| pieces[numbers.below(pieces.len())]).collect();
        let ours = Document::read(text.as_bytes(), &Limits::default());
        let theirs: Result<Oracle, _> = serde_json::from_str(&text);
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => {
                accepted += 1;
                assert_same(ours.root(), &theirs);
                assert_eq!(serde_json::from_str::<Oracle>(&ours.root().to_compact()).unwrap(), theirs);
            }
            (Err(_), Err(_)) => refused += 1,
            (Err(error), Ok(_)) => {
                assert_eq!(error.problem(), JsonProblem::DuplicateName, "{text}");
                refused += 1;
            }
            (Ok(_), Err(_)) => panic!("accepted what serde_json refuses: {text}"),
        }
    }
    assert!(accepted > 10_000 && refused > 100_000, "{accepted} {refused}");
}

#[test]
fn compact_output_is_serde_jsons() {
    let text: String = (0..0x250u32).filter_map(char::from_u32).collect();
    let theirs = serde_json::to_string(&Oracle::from(text.clone())).unwrap();
    let document = Document::read(theirs.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(document.root().as_str(), Some(text.as_str()));
    assert_eq!(document.root().to_compact(), theirs);
}

#[test]
fn numbers_keep_their_text_and_members_their_order() {
    let text = r#"{"z":12345678901234567890,"a":1.10,"m":-0,"e":1E+2}"#;
    let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(document.root().to_compact(), text);
}

#[test]
fn every_problem_has_its_name_and_position() {
    use JsonProblem::*;
    for (text, expected) in [
        ("", UnexpectedEnd),
        (" ", UnexpectedEnd),
        ("\u{FEFF}{}", ByteOrderMark),
        (r#""\ud800""#, LoneSurrogate),
        (r#""\ud800\u0061""#, LoneSurrogate),
        (r#""\udc00""#, LoneSurrogate),
        (r#"{"a":1,"\u0061":2}"#, DuplicateName),
        ("1e400", NumberOutOfRange),
        ("-1e400", NumberOutOfRange),
        ("x", ExpectedValue),
        ("trux", ExpectedValue),
        ("tru", UnexpectedEnd),
        ("{1:2}", ExpectedName),
        (r#"{"a":1,}"#, ExpectedName),
        (r#"{"a" 1}"#, ExpectedColon),
        (r#"{"a":1 "b":2}"#, ExpectedCommaOrEnd),
        ("[1 2]", ExpectedCommaOrEnd),
        ("[1}", ExpectedCommaOrEnd),
        ("[1,]", ExpectedValue),
        ("01", InvalidNumber),
        ("1.", UnexpectedEnd),
        ("1.x", InvalidNumber),
        ("+1", InvalidNumber),
        ("-", UnexpectedEnd),
        ("-x", InvalidNumber),
        ("1e", UnexpectedEnd),
        (r#""\x""#, InvalidEscape),
        (r#""\u00g0""#, InvalidEscape),
        (r#""\u00"#, UnexpectedEnd),
        ("\"a\nb\"", ControlCharacter),
        ("\"a\\n\u{1}\"", ControlCharacter),
        ("\"abc", UnexpectedEnd),
        ("1 2", TrailingText),
        ("{}}", TrailingText),
        ("[1", UnexpectedEnd),
        (r#"{"a":"#, UnexpectedEnd),
    ] {
        assert_eq!(problem(text.as_bytes()), expected, "{text}");
    }
    assert_eq!(problem(b"\"\xFF\""), InvalidUtf8);
    assert_eq!(position("{\n  \"é\": 1,\n  \"é\": 2\n}"), (3, 3));
    assert_eq!(position("[1,\n é]"), (2, 2));
}

#[test]
fn many_members_are_checked_and_found_by_their_sorted_names() {
    for members in [2, 3, 63, 64, 65, 66, 500] {
        let name = |n: usize| format!("\"n{}\":{n}", n * 7919 % 1000);
        let list: Vec<String> = (0..members).map(name).collect();
        let text = format!("{{{}}}", list.join(","));
        let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
        for n in 0..members {
            let value = document.root().get(&format!("n{}", n * 7919 % 1000)).unwrap();
            assert_eq!(value.as_u64(), Some(n as u64));
        }
        assert!(document.root().get("absent").is_none());
        for n in [0, members / 2, members - 1] {
            let twice = format!("{{{},{}}}", list.join(","), name(n));
            let error = Document::read(twice.as_bytes(), &Limits::default()).unwrap_err();
            assert_eq!(error.problem(), JsonProblem::DuplicateName);
            assert_eq!(error.offset(), twice.len() - 1 - name(n).len());
        }
    }
}

#[test]
fn the_first_name_that_is_repeated_is_blamed() {
    // So many names that the filter takes some for others.
    let others: Vec<String> = (0..58).map(|n| format!("\"n{n}\":{n}")).collect();
    let others = others.join(",");
    for text in [
        format!(r#"{{"a":1,"b":2,"a":3,"b":4,{others}}}"#),
        format!(r#"{{"a":1,"b":2,"a":3,{others},"b":4}}"#),
        format!(r#"{{"a":1,"b":2,"a":3,{others}}}"#),
        format!(r#"{{"a":1,"b":2,"a":3,{others},"x":[],"y":{{}},"z":1,"u":2,"v":3}}"#),
    ] {
        let error = Document::read(text.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!((error.problem(), error.offset()), (JsonProblem::DuplicateName, 13), "{text}");
    }
}

#[test]
fn a_document_takes_no_text_over_from_the_one_before() {
    let first = Document::read(br#"["\n1","\n2"]"#, &Limits::default()).unwrap();
    let nodes = first.into_nodes();
    assert!(nodes.list.capacity() > 0 && nodes.decoded == "\n1\n2");
    let second =
        Document::read_in(Text::Bytes(br#"["\t3"]"#), 100, &Limits::default(), Surrogates::Refuse, nodes)
            .unwrap();
    assert_eq!((second.nodes.decoded.as_str(), second.nodes.list.len()), ("\t3", 2));
}

#[test]
fn limits_hold_at_their_edges() {
    let mut limits = Limits { payload_bytes: 10, depth: 3, nodes: 4, ..Limits::default() };
    let read = |text: &str, limits: &Limits| {
        Document::read(text.as_bytes(), limits).map(|_| ()).map_err(|e| e.problem())
    };
    assert_eq!(read("[1,2,3]   ", &limits), Ok(()));
    assert_eq!(read("[1,2,3]    ", &limits), Err(JsonProblem::TooLong(10)));
    assert_eq!(read("[1,2,3,4]", &limits), Err(JsonProblem::TooManyNodes(4)));
    assert_eq!(read("[[[]]]", &limits), Ok(()));
    assert_eq!(read("[[[[]]]]", &limits), Err(JsonProblem::TooDeep(3)));
    limits.depth = 1_000;
    limits.payload_bytes = 1_000;
    limits.nodes = 1_000;
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(read(&nested(128), &limits), Ok(()));
    assert_eq!(read(&nested(129), &limits), Err(JsonProblem::TooDeep(128)));
}

#[test]
fn room_is_reserved_by_the_length_of_the_text_within_the_limit_of_nodes() {
    for (nodes, room) in [(10_000, 101), (50, 51)] {
        let text = format!("\"{}\"", "a".repeat(800));
        let document = Document::read(text.as_bytes(), &Limits { nodes, ..Limits::default() }).unwrap();
        // A list may take a little more than it is asked for.
        assert!((room..2 * room).contains(&document.nodes.list.capacity()), "{nodes} nodes");
    }
}

#[test]
fn a_small_stack_is_enough() {
    let read = || {
        let limits = Limits { depth: 128, ..Limits::default() };
        let text = "[".repeat(128) + &"]".repeat(128);
        Document::read(text.as_bytes(), &limits).unwrap().root().to_compact()
    };
    let thread = std::thread::Builder::new().stack_size(64 * 1024).spawn(read).unwrap();
    assert_eq!(thread.join().unwrap().len(), 256);
}

#[test]
fn elements_are_found_by_index_in_arrays_of_every_kind() {
    let units = ["1", "[2,[]]", r#"{"a":[3,4]}"#, "[]"];
    let mut ran = 0;
    for count in [0, 1, 2, 63, 64, 65, 66, 200] {
        for kinds in 1..16_usize {
            let chosen: Vec<_> = units.iter().enumerate().filter(|(at, _)| kinds >> at & 1 == 1).collect();
            let list: Vec<_> = (0..count).map(|n| *chosen[n % chosen.len()].1).collect();
            let text = format!(r#"{{"before":[[{0}]],"it":[{0}],"after":[{0}]}}"#, list.join(","));
            let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
            for array in document.root().members().map(|(_, array)| array) {
                let array = if array.len() == 1 && count != 1 { array.element(0).unwrap() } else { array };
                let found: Vec<_> = (0..array.len()).map(|at| array.element(at).unwrap().offset()).collect();
                assert_eq!(found, array.elements().map(|element| element.offset()).collect::<Vec<_>>());
                assert!(array.element(array.len()).is_none() && array.element(usize::MAX).is_none());
                ran += 1;
            }
        }
    }
    assert_eq!(ran, 8 * 15 * 3);
}

#[test]
fn a_fingerprint_sees_the_first_the_middle_and_the_last_two_bytes() {
    for len in 0..40_usize {
        let text: Vec<u8> = (0..len).map(|at| b'a' + (at * 7 % 26) as u8).collect();
        let seen = [Some(0), Some(len / 2), len.checked_sub(2), len.checked_sub(1)];
        for at in 0..len {
            for bit in 0..8 {
                let mut other = text.clone();
                other[at] ^= 1 << bit;
                let is_other = fingerprint(&other) != fingerprint(&text);
                assert_eq!(is_other, seen.contains(&Some(at)), "byte {at} of {len}, bit {bit}");
            }
        }
    }
}

/// Of one length, and alike in all that a fingerprint sees: first, middle, and last two characters.
const ALIKE: [&str; 3] = ["a1bbbbmbbbyz", "a2bbbbmbbbyz", "a3bbbbmbbbyz"];

#[test]
fn names_with_one_fingerprint_are_distinguished() {
    let [first, second, absent] = ALIKE;
    assert_eq!(fingerprint(first.as_bytes()), fingerprint(second.as_bytes()));
    let text = format!(r#"{{"{first}":1,"{second}":2}}"#);
    let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
    let number = |value: Option<Value<'_>>| value.and_then(Value::as_u64);
    let root = document.root();
    assert_eq!(
        (number(root.get(first)), number(root.get(second)), number(root.get(absent))),
        (Some(1), Some(2), None)
    );
    let twice = text.replace(second, first);
    assert_eq!(problem(twice.as_bytes()), JsonProblem::DuplicateName);
}

#[test]
fn large_objects_within_large_objects_are_searched_each_by_its_own_names() {
    let object = |prefix: &str, value: &dyn Fn(usize) -> String| {
        let members: Vec<String> =
            (0..70).map(|n| format!("\"{prefix}{}\":{}", n * 31 % 70, value(n))).collect();
        format!("{{{}}}", members.join(","))
    };
    let text = object("n", &|n| match n {
        3 => object("x", &|n| n.to_string()),
        5 => object("n", &|n| (n + 100).to_string()),
        _ => n.to_string(),
    });
    let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
    let root = document.root();
    let (third, fifth) = (root.get("n23").unwrap(), root.get("n15").unwrap());
    for n in 0..70 {
        let name = |prefix: &str| format!("{prefix}{}", n * 31 % 70);
        let number = |value: Option<Value<'_>>| value.and_then(Value::as_u64);
        assert_eq!(number(third.get(&name("x"))), Some(n as u64));
        assert_eq!(number(fifth.get(&name("n"))), Some(n as u64 + 100));
        assert_eq!(number(root.get(&name("n"))), Some(n as u64).filter(|n| ![3, 5].contains(n)));
        assert!(third.get(&name("n")).is_none());
    }
}

#[test]
fn numbers_leave_the_range_by_their_exponent_or_their_digits() {
    for (digits, is_in_range) in [(308, true), (309, true), (310, false), (400, false)] {
        let text = format!("1{}", "0".repeat(digits - 1));
        let found = Document::read(text.as_bytes(), &Limits::default()).map(drop);
        assert_eq!(found.is_ok(), is_in_range, "{digits} digits");
        assert!(is_in_range || found.unwrap_err().problem() == JsonProblem::NumberOutOfRange);
    }
}

#[test]
fn a_text_that_ends_after_a_name_says_so() {
    for text in ["{\"a\"", "{\"a\" ", "{\"a\":", "{\"a\":1,"] {
        assert_eq!(problem(text.as_bytes()), JsonProblem::UnexpectedEnd, "{text}");
    }
    assert_eq!(problem(b"{\"a\" 1}"), JsonProblem::ExpectedColon);
}

#[test]
fn values_know_their_offset_and_show_no_content() {
    let document = Document::read(b" [12, \"secret\"]", &Limits::default()).unwrap();
    let offsets: Vec<_> = document.root().elements().map(Value::offset).collect();
    assert_eq!((document.root().offset(), offsets), (1, vec![2, 7]));
    assert_eq!(format!("{document:?}"), "Document { bytes: 15, nodes: 3 }");
    assert_eq!(format!("{:?}", document.root()), "Value(Array)");
}
