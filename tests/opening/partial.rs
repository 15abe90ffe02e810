//! Partial opening: the shared cases.

use callback_profile::{OpenOptions, Parameters, Profile};
use serde_json::Value;

fn names(case: &Value, option: &str) -> Vec<String> {
    let names = case[option].as_array().into_iter().flatten();
    names.map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_shared_cases() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/partial.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut refused = 0;
    for case in &cases {
        let name = &case["name"];
        let profile = Profile::parse(case["profile"].as_str().unwrap()).unwrap();
        let (structures, absent) = (names(case, "structures"), names(case, "absent"));
        let options = OpenOptions::default()
            .with_structures(Parameters::Names(&structures))
            .with_absent(Parameters::Names(&absent));
        let received = case["received"].as_str().unwrap();
        let whole = profile.open_with(received, &options);
        let opened = match profile.open_with(received, &options.with_partial(true)) {
            Ok(opened) => opened,
            Err(error) => {
                refused += 1;
                assert_eq!(case["error"].as_str(), Some(error.code().name()), "{name}");
                assert_eq!(whole, Err(error), "{name}");
                continue;
            }
        };
        assert_eq!(case["opened"].as_str(), Some(opened.json()), "{name}");
        let failed: Vec<Value> = opened
            .failed()
            .iter()
            .map(|failed| serde_json::json!([failed.name, failed.code.name()]))
            .collect();
        assert_eq!(case["failed"], Value::Array(failed), "{name}");
        assert!(opened.decrypted().chain(opened.unknown()).all(|name| !name.is_empty()));
        match opened.failed().is_empty() {
            true => assert_eq!(whole.as_ref(), Ok(&opened), "{name}"),
            false => assert!(whole.is_err(), "{name}"),
        }
    }
    assert_eq!((cases.len(), refused), (25, 2));
    println!("count partial rust ran={} refused={refused} failed=0", cases.len());
}
