//! The published texts, with and without the expected value.

use serde_json::Value;

use super::{first, list, of_text, profile, strings};

#[test]
fn published_texts_have_one_of_their_causes_first() {
    let cases: Vec<Value> = list("vectors/diagnosis.json");
    let (mut failed, mut ran, mut not_told_count) = (Vec::new(), 0, 0);
    for case in &cases {
        let (id, text) = (case["id"].as_str().unwrap(), case["text"].as_str().unwrap());
        let (profile, causes) = (profile(&case["enc"]), strings(&case["causes"]));
        let not_told = case["not_told"].as_str();
        not_told_count += usize::from(not_told.is_some());
        for (expected, is_told) in
            [(&[][..], not_told.is_none()), (&[case["value"].as_str().unwrap()], not_told != Some("always"))]
        {
            let diagnosis = of_text(&profile, text, expected);
            ran += 1;
            if causes.contains(&first(&diagnosis).name()) != is_told {
                failed.push(format!("{id} {expected:?}: {:?}", diagnosis.findings()));
            }
        }
    }
    println!("count diagnosis-published rust ran={ran} refused=0 failed={}", failed.len());
    assert_eq!((failed, ran, not_told_count), (Vec::new(), 266, 3));
}
