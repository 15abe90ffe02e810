//! The JSON reader against serde_json.

use callback_profile::json::JsonProblem;
use callback_profile::{Error, Profile};
use serde_json::Value;
use std::sync::LazyLock;

/// Without encryption, opening is reading strictly and writing compactly.
static PLAIN: LazyLock<Profile> = LazyLock::new(|| {
    let payload = r#"{"title":"json","http_method":"POST","url":"https://example.com/","body":{"a":"b"}}"#;
    Profile::parse(payload).expect("the profile is valid")
});

/// What we accept, serde_json accepts with the same value. What we refuse, it refuses too, or it knows no such rule.
pub fn json_reader(data: &[u8]) {
    let oracle = serde_json::from_slice::<Value>(data);
    match PLAIN.open(data) {
        Ok(opened) => {
            let ours: Value = serde_json::from_str(opened.json()).expect("what we wrote is JSON");
            assert_eq!(ours, oracle.expect("we accepted what serde_json refuses"));
            let again = PLAIN.open(opened.json()).expect("what we wrote can be read");
            assert_eq!(again.json(), opened.json(), "compact text is written as it is read");
        }
        Err(Error::Received(error)) => {
            assert!(error.offset() <= data.len() && error.line() > 0 && error.column() > 0);
            let is_ours_alone = matches!(
                error.problem(),
                JsonProblem::TooLong(_)
                    | JsonProblem::TooDeep(_)
                    | JsonProblem::TooManyNodes(_)
                    | JsonProblem::DuplicateName
                    | JsonProblem::NumberOutOfRange
                    | JsonProblem::NotAnObject
            );
            assert!(oracle.is_err() || is_ours_alone, "refused for {:?}", error.problem());
        }
        Err(Error::TooLong(_)) => {}
        Err(other) => panic!("{other:?}"),
    }
}
