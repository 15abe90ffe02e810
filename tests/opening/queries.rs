//! Queries: what is built opens, and nothing else passes for it.

use std::collections::BTreeMap;

use callback_profile::cipher::Algorithm;
use callback_profile::{Error, Missing, Profile};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::template::{self, Filling, Selected};
use crate::{absent_of, build, enc, missing, options};

/// A parameter's name.
#[derive(Debug, Clone)]
enum Name {
    Constant(&'static str),
    /// `p<n0>`, filled from the record under the parameter's index, so that no two are alike.
    Filled,
}

/// A parameter's value.
#[derive(Debug, Clone)]
enum Text {
    None,
    Constant,
    Whole(usize),
    Mixed(usize),
}

fn parts() -> impl Strategy<Value = Vec<(Name, Text)>> {
    let name = prop_oneof![
        3 => prop::sample::select(vec!["to", "a", "b", "a.b", "é", "x y"]).prop_map(Name::Constant),
        1 => Just(Name::Filled),
    ];
    let text = prop_oneof![
        1 => Just(Text::None),
        1 => Just(Text::Constant),
        4 => (0..template::VALUES).prop_map(Text::Whole),
        2 => (0..template::VALUES).prop_map(Text::Mixed),
    ];
    prop::collection::vec((name, text), 1..6)
}

/// A parameter as it must be read.
struct Parameter {
    name: String,
    value: String,
    is_encrypted: bool,
}

fn query(parts: &[(Name, Text)]) -> String {
    let part = |(index, (name, text)): (usize, &(Name, Text))| {
        let name = match name {
            Name::Constant("x y") => "x%20y".to_owned(),
            Name::Constant(name) => (*name).to_owned(),
            Name::Filled => format!("p<n{index}>"),
        };
        match text {
            Text::None => name,
            Text::Constant => format!("{name}=a+b%26"),
            Text::Whole(value) => format!("{name}=<r{value}>"),
            Text::Mixed(value) => format!("{name}=pre+<r{value}>%20post"),
        }
    };
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join("&")
}

fn parameters(parts: &[(Name, Text)], selected: &Selected, filling: &Filling<'_>) -> Vec<Parameter> {
    let parameter = |(index, (name, text)): (usize, &(Name, Text))| {
        let name = match name {
            Name::Constant(name) => (*name).to_owned(),
            Name::Filled => format!("pfilled{index}"),
        };
        let (value, is_filled) = match text {
            Text::None => (String::new(), false),
            Text::Constant => ("a b&".to_owned(), false),
            Text::Whole(value) => (filling.text(&format!("r{value}")), true),
            Text::Mixed(value) => (format!("pre {} post", filling.text(&format!("r{value}"))), true),
        };
        let is_encrypted = is_filled && selected.within(&name) == Selected::All;
        Parameter { name, value, is_encrypted }
    };
    parts.iter().enumerate().map(parameter).collect()
}

/// The object of all, a name that occurs several times with an array.
fn object(parameters: &[Parameter]) -> Value {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for parameter in parameters {
        all.entry(&parameter.name).or_default().push(&parameter.value);
    }
    let value = |values: Vec<&str>| if let [one] = values[..] { json!(one) } else { json!(values) };
    all.into_iter().map(|(name, values)| (name.to_owned(), value(values))).collect::<Map<_, _>>().into()
}

fn profile(parts: &[(Name, Text)], params: Option<&[String]>, algorithm: Algorithm) -> String {
    json!({
        "title": "law", "http_method": "GET", "url": format!("https://example.com/?{}", query(parts)),
        "enc": enc(algorithm, params),
    })
    .to_string()
}

fn params() -> impl Strategy<Value = Option<Vec<String>>> {
    let names = vec!["to", "b", "a.b", "é", "x y", "pfilled0", "pfilled1"];
    let names = prop::sample::subsequence(names, 1..4);
    prop::option::of(names.prop_map(|names| names.into_iter().map(str::to_owned).collect()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_built_opens_and_only_that(
        parts in parts(),
        record in template::record(false),
        params in params(),
        algorithm in prop::sample::select(Algorithm::ALL),
        options in options(),
        missing in missing(),
        at in any::<prop::sample::Index>(),
        other in any::<String>(),
    ) {
        let mut record = record;
        for index in 0..parts.len() {
            record.insert(format!("n{index}"), format!("filled{index}").into());
        }
        let profile = Profile::parse_with(profile(&parts, params.as_deref(), algorithm), &options).unwrap();
        let callback = match build(&profile, &record, missing) {
            Err(Error::MissingValues(names)) => {
                prop_assert!(missing.name() == "error" && !names.is_empty());
                return Ok(());
            }
            built => built.unwrap(),
        };
        let filling = Filling { record: &record, absent: absent_of(missing) };
        let expected = parameters(&parts, &Selected::of(params.as_deref()), &filling);
        let found = profile.open(&callback.url).unwrap();
        prop_assert_eq!(crate::opened(&found), object(&expected));
        let mut decrypted: Vec<String> = found.decrypted().collect();
        // A name that occurs several times is an array.
        let named = |index: usize| {
            let name = &expected[index].name;
            let before = expected[..index].iter().filter(|other| other.name == *name).count();
            match expected.iter().filter(|other| other.name == *name).count() {
                1 => name.clone(),
                _ => format!("{name}[{before}]"),
            }
        };
        let mut encrypted: Vec<String> =
            (0..expected.len()).filter(|index| expected[*index].is_encrypted).map(named).collect();
        decrypted.sort();
        encrypted.sort();
        prop_assert_eq!(decrypted, encrypted);
        prop_assert_eq!(found.unknown().len(), 0);

        // The same parameters, one changed.
        let (_, query) = callback.url.split_once('?').unwrap();
        let sent: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let written = |pairs: &[(String, String)]| {
            form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
        };
        prop_assert_eq!(profile.open(written(&sent)).map(|found| crate::opened(&found)), Ok(object(&expected)));
        let index = at.index(sent.len());
        let mut more = sent.clone();
        more.push(sent[index].clone());
        let is_refused = matches!(profile.open(written(&more)), Err(Error::RepeatedParameter { .. }));
        let is_filled = |part: &(Name, Text)| matches!(part.0, Name::Filled);
        // Several filled names can be the same one.
        let can_repeat = is_filled(&parts[index]) && parts.iter().filter(|part| is_filled(part)).count() > 1;
        prop_assert!(is_refused || can_repeat, "{}", written(&more));
        if expected[index].is_encrypted {
            let mut fewer = sent.clone();
            fewer.remove(index);
            let error = profile.open(written(&fewer)).unwrap_err();
            prop_assert!(!error.parameters().is_empty(), "{error}");
            if algorithm.is_authenticated() {
                let mut changed = sent.clone();
                changed[index].1 = other;
                if let Ok(found) = profile.open(written(&changed)) {
                    prop_assert_eq!(crate::opened(&found), object(&expected), "{}", written(&changed));
                }
            }
        }
    }

    #[test]
    fn a_filled_name_that_is_not_there_is_missed(
        count in 1..4usize,
        left in 0..3usize,
        algorithm in prop::sample::select(Algorithm::ALL),
    ) {
        let parts: Vec<(Name, Text)> = (0..count).map(|index| (Name::Filled, Text::Whole(index))).collect();
        let profile = Profile::parse(profile(&parts, None, algorithm)).unwrap();
        let record: Map<String, Value> =
            (0..count).flat_map(|index| [(format!("n{index}"), json!(index)), (format!("r{index}"), json!("v"))]).collect();
        let url = build(&profile, &record, Missing::default()).unwrap().url;
        let (_, query) = url.split_once('?').unwrap();
        let fewer: Vec<&str> = query.split('&').take(left.min(count)).collect();
        match profile.open(fewer.join("&")) {
            Ok(_) => prop_assert_eq!(fewer.len(), count),
            Err(error) => prop_assert_eq!(error.parameters().len(), count - fewer.len()),
        }
    }
}
