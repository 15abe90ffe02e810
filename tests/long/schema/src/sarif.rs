//! What `cbp validate --format sarif` writes, against the published schema of SARIF 2.1.0. The command's own tests compare
//! the file with what the command writes.

use serde_json::{Value, json};

use super::support::folder;

fn read(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder(name)).unwrap()).unwrap()
}

#[test]
fn the_commands_sarif_is_valid_and_the_schema_notices_what_is_not() {
    let mut schema = read("testdata/sarif-schema-2.1.0.json");
    // The published pattern of languages has a bracket too many, which is no regular expression in Unicode mode.
    for object in ["run", "toolComponent"] {
        let pointer = format!("/definitions/{object}/properties/language/pattern");
        let language = schema.pointer_mut(&pointer).unwrap();
        assert_eq!(*language, "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
        *language = json!("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}?$");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sarif = read("bindings/cli/tests/snapshots/validate.sarif");
    let errors: Vec<String> = validator.iter_errors(&sarif).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let results = sarif["runs"][0]["results"].as_array().unwrap().len();
    assert!(results >= 8, "{results} results");
    for (pointer, wrong) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/results/0/level", json!("grave")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/tool/driver/name", Value::Null),
        ("/runs/0/invocations/0", json!({})),
    ] {
        let mut broken = sarif.clone();
        *broken.pointer_mut(pointer).unwrap() = wrong;
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
}
