//! The published texts, with and without the expected value.

use serde_json::Value;

use super::{first, list, of_text, profile, strings};

/// Texts whose cause cannot be told: of the profile nothing is known that their key could be derived from, or too few bytes
/// are judged, or two causes give the same bytes.
const NOT_WITHOUT_THE_VALUE: [&str; 3] = ["cfb-iv-random-not-sent-long", "cfb-is-192", "pt-latin1-cfb"];
const NOT_AT_ALL: [&str; 1] = ["cfb-is-192"];

#[test]
fn published_texts_have_one_of_their_causes_first() {
    let cases: Vec<Value> = list("vectors/diagnosis.json");
    let (mut failed, mut ran) = (Vec::new(), 0);
    for case in &cases {
        let (id, text) = (case["id"].as_str().unwrap(), case["text"].as_str().unwrap());
        let (profile, causes) = (profile(&case["enc"]), strings(&case["causes"]));
        for (expected, exceptions) in
            [(&[][..], &NOT_WITHOUT_THE_VALUE[..]), (&[case["value"].as_str().unwrap()], &NOT_AT_ALL)]
        {
            let diagnosis = of_text(&profile, text, expected);
            ran += 1;
            if causes.contains(&first(&diagnosis).name()) == exceptions.contains(&id) {
                failed.push(format!("{id} {expected:?}: {:?}", diagnosis.findings()));
            }
        }
    }
    println!("count diagnosis-published rust ran={ran} refused=0 failed={}", failed.len());
    assert_eq!((failed, ran), (Vec::new(), 266));
}
