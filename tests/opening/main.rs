//! Laws of opening, over generated templates, records and queries: what is built opens, under exactly the settings that
//! the rules ask for; and what is no encrypted string does not pass for one.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::string_slice
)] // a test may panic

mod partial;
mod queries;
mod template;
mod wire;

use callback_profile::cipher::{Algorithm, Encoding, TagPlacement, WireFormat};
use callback_profile::{
    Callback, CallbackOptions, Error, Missing, OpenOptions, Opened, Parameters, ParseOptions, Profile, Record,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use template::{Absent, At, Expected, Filling, Node, Selected};

const KEY: &str = "K1abcdefghijkl2PQRSTUVWXYZ012345";
const IV: &str = "POabcdefghijklLY";

/// How the body goes out.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Json,
    Multipart,
    Form,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Json, Kind::Multipart, Kind::Form];

    fn content_type(self) -> &'static str {
        match self {
            Kind::Json => "application/json",
            Kind::Multipart => "multipart/form-data",
            Kind::Form => "application/x-www-form-urlencoded",
        }
    }
}

/// A generated profile: body, and what is encrypted.
#[derive(Debug, Clone)]
struct Case {
    kind: Kind,
    body: Node,
    /// `None` encrypts nothing; `Some(None)` everything.
    params: Option<Option<Vec<String>>>,
    algorithm: Algorithm,
}

impl Case {
    fn members(&self) -> &[(String, Node)] {
        match &self.body {
            Node::Object(members) => members,
            _ => panic!("a body is an object"),
        }
    }

    fn selected(&self) -> Selected {
        self.params.as_ref().map_or(Selected::Names(Vec::new()), |params| Selected::of(params.as_deref()))
    }

    fn profile(&self, options: &ParseOptions) -> Profile {
        let headers = json!({"Content-Type": self.kind.content_type()});
        let enc = self
            .params
            .as_ref()
            .map_or(String::new(), |params| format!(",\"enc\":{}", enc(self.algorithm, params.as_deref())));
        let payload = format!(
            r#"{{"title":"law","http_method":"POST","url":"https://example.com/","headers":{headers},"body":{}{enc}}}"#,
            self.body.to_json()
        );
        Profile::parse_with(&payload, options).unwrap_or_else(|report| panic!("{report}: {payload}"))
    }

    fn expected(&self, record: &Map<String, Value>, absent: Absent) -> (Value, Expected) {
        let (filling, mut out) = (Filling { record, absent }, Expected::default());
        let opened = match self.kind {
            Kind::Json => filling.open(&self.body, &self.selected(), &At::root(), &mut out),
            Kind::Multipart | Kind::Form => filling.open_fields(self.members(), &self.selected(), &mut out),
        };
        (opened, out)
    }
}

fn enc(algorithm: Algorithm, params: Option<&[String]>) -> Value {
    let mut enc = json!({"algo": algorithm.name(), "key": &KEY[..algorithm.key_len()], "IV": IV});
    if let Some(params) = params {
        enc["params"] = json!(params);
    }
    enc
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

/// `has_dotted` is whether records have members whose names hold a dot.
fn case(has_dotted: bool) -> impl Strategy<Value = Case> {
    prop::sample::select(Kind::ALL.to_vec()).prop_flat_map(move |kind| {
        let parts = (
            template::body(kind != Kind::Json, has_dotted),
            any::<bool>(),
            prop::sample::select(Algorithm::ALL),
        );
        parts.prop_map(move |((body, params), is_plain, algorithm)| {
            let params = if is_plain && params.is_none() { None } else { Some(params) };
            Case { kind, body, params, algorithm }
        })
    })
}

fn missing() -> impl Strategy<Value = Missing> {
    prop::sample::select(Missing::ALL)
}

fn absent_of(missing: Missing) -> Absent {
    match missing.name() {
        "keep" => Absent::Keep,
        "null" => Absent::Null,
        _ => Absent::Empty,
    }
}

fn build(profile: &Profile, record: &Map<String, Value>, missing: Missing) -> Result<Callback, Error> {
    let record = json!(record).to_string();
    let mut options = CallbackOptions::default();
    options.missing = missing;
    profile.callback_with(&Record::parse(&record).unwrap(), &options)
}

fn header<'c>(callback: &'c Callback, name: &str) -> Option<&'c str> {
    let header = callback.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    header.map(|(_, value)| value.as_str())
}

/// The names of a setting: all of them, or those that are needed.
fn parameters(names: &[String], is_all: bool) -> Parameters<'_> {
    match (names, is_all) {
        ([], _) => Parameters::None,
        (_, true) => Parameters::All,
        (names, false) => Parameters::Names(names),
    }
}

fn opened(opened: &Opened) -> Value {
    serde_json::from_str(opened.json()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1024,
        max_global_rejects: 1 << 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_built_opens_under_the_settings_that_it_needs(
        case in case(true),
        record in template::record(false),
        options in options(),
        missing in missing(),
        is_all in any::<bool>(),
        says_type in any::<bool>(),
    ) {
        let profile = case.profile(&options);
        let callback = match build(&profile, &record, missing) {
            Err(Error::MissingValues(names)) => {
                prop_assert!(missing.name() == "error" && !names.is_empty());
                return Ok(());
            }
            built => built.unwrap(),
        };
        let (expected, needed) = case.expected(&record, absent_of(missing));
        let body = callback.body.as_deref().unwrap();
        let (structures, absent) = (&needed.structures, &needed.absent);
        let mut with = OpenOptions::default();
        with.content_type = header(&callback, "content-type").filter(|_| says_type);
        (with.structures, with.absent) = (parameters(structures, is_all), parameters(absent, is_all));
        let found = profile.open_with(body, &with);
        let found = found.map_err(|error| TestCaseError::fail(format!("{error}: {body} {needed:?}")))?;
        prop_assert_eq!(opened(&found), expected);
        prop_assert_eq!(found.decrypted().collect::<Vec<_>>(), needed.decrypted);
        prop_assert_eq!(found.unknown().len(), 0);

        // Nothing opens that needs a setting and lacks it.
        let mut without = with;
        if !structures.is_empty() {
            without.structures = Parameters::None;
            prop_assert!(matches!(profile.open_with(body, &without), Err(Error::NotEncrypted(_))));
        }
        if !absent.is_empty() {
            without.absent = Parameters::None;
            let refused = profile.open_with(body, &without);
            prop_assert!(matches!(refused, Err(Error::NotEncrypted(_) | Error::MissingParameters(_))));
        }
    }

    #[test]
    fn nothing_but_an_encrypted_string_passes_for_one(
        case in case(false),
        record in template::record(true),
        options in options(),
        at in any::<prop::sample::Index>(),
        change in wire::change(),
    ) {
        let profile = case.profile(&options);
        let callback = build(&profile, &record, Missing::default()).unwrap();
        let (_, needed) = case.expected(&record, Absent::Empty);
        let (structures, absent) = (&needed.structures, &needed.absent);
        let mut with = OpenOptions::default();
        (with.structures, with.absent) = (Parameters::Names(structures), Parameters::Names(absent));
        let sent = wire::Sent::of(case.kind, &case.body, callback.body.as_deref().unwrap());
        prop_assert_eq!(
            opened(&profile.open_with(sent.written(), &with).unwrap()),
            opened(&profile.open_with(callback.body.unwrap(), &with).unwrap())
        );
        // Where the caller allowed something for another reason, something else may be.
        let is_strict = |name: &String| {
            let dotted = wire::without_indexes(name);
            let is_below = |allowed: &String| dotted == *allowed || dotted.starts_with(&format!("{allowed}."));
            !structures.iter().chain(absent).any(is_below)
        };
        let strict: Vec<&String> = needed.decrypted.iter().filter(|name| is_strict(name)).collect();
        prop_assume!(!strict.is_empty());
        let name = strict[at.index(strict.len())];
        let changed = sent.changed(name, &change, case.algorithm);
        prop_assume!(changed.is_some());
        let changed = changed.unwrap();
        match profile.open_with(changed.written(), &with) {
            Err(Error::MissingParameters(names) | Error::NotEncrypted(names)) => {
                let is_about = |other: &String| other.starts_with(name.as_str()) || name.starts_with(other.as_str());
                prop_assert!(names.iter().any(is_about), "{names:?} instead of {name}");
            }
            Err(Error::Parameter(other, _)) => prop_assert_eq!(&other, name),
            Err(error) => prop_assert!(false, "{error}"),
            Ok(found) => prop_assert!(
                matches!(change, wire::Change::Text(_) | wire::Change::Flip(..))
                    && opened(&found) == opened(&profile.open_with(sent.written(), &with).unwrap()),
                "{name} {change:?} passed: {}", changed.written()
            ),
        }
    }
}
