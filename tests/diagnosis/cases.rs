//! Our own texts, `testdata/diagnosis.json`: at least three for every row of the catalogue, and those of real programs.

use std::collections::BTreeMap;

use callback_profile::diagnosis::{Cause, DiagnoseOptions, Diagnosis};
use callback_profile::{Profile, Secrets};
use serde_json::{Value, json};

use super::support::{self, Checked, run_list, same};
use super::{list, payload, strings};

/// Where texts of real programs are that were made anew (`make diagnosis-fresh`), instead of those in the file.
const NEW_TEXTS: &str = "DIAGNOSIS_CASES";

#[test]
fn own_texts_have_one_of_their_causes_first() {
    run_list("diagnosis", 3_079, &list("diagnosis.json"), |_| false, check);
}

#[test]
fn texts_of_real_programs_have_one_of_their_causes_first() {
    let mut cases = match std::env::var(NEW_TEXTS) {
        Ok(path) => serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap(),
        Err(_) => list("diagnosis.json"),
    };
    cases.retain(|case| case["made_by"].is_string());
    run_list(
        "diagnosis-programs",
        if std::env::var("RECEIVERS").is_ok() { 1 } else { 936 },
        &cases,
        |_| false,
        check,
    );
}

#[test]
fn every_row_of_the_catalogue_has_three_texts() {
    // The rules of sealed callbacks have theirs in sealed.json: tests/sealed/vectors.rs.
    let of_texts = Cause::ALL.iter().filter(|cause| !cause.name().starts_with("sealed_"));
    let mut counts: BTreeMap<&str, usize> = of_texts.map(|cause| (cause.name(), 0)).collect();
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    for case in list("diagnosis.json") {
        // A case that several causes may explain, none of them its row, is none of its row.
        let row = case["reason"].as_str().unwrap();
        let is_of_row = strings(&case["causes"]).contains(&row);
        *counts.get_mut(row).unwrap_or_else(|| panic!("no row {row}")) += usize::from(is_of_row);
        if let Some(language) = case["made_by"].as_str() {
            *languages.entry(language.to_owned()).or_default() += 1;
        }
    }
    let few: Vec<_> = counts.iter().filter(|(_, count)| **count < 3).collect();
    assert!(few.is_empty(), "{few:?}");
    assert_eq!(counts.len(), 51);
    println!("texts of real programs: {languages:?}");
}

fn check(case: &Value) -> Checked {
    let enc = case.get("payload").is_none();
    let text = if enc { payload(&case["enc"]) } else { support::text(case, "payload").to_owned() };
    let profile = Profile::parse_with(text, &support::options(case)).unwrap();
    let also: Vec<Profile> = case["also"].as_array().into_iter().flatten().map(super::profile).collect();
    let also: Vec<&Profile> = also.iter().collect();
    let words = |name: &str| case.get(name).map_or_else(Vec::new, strings);
    let (texts, expected) = (words("texts"), words("expected"));
    let mut options = DiagnoseOptions::default();
    (options.expected, options.also) = (&expected, &also);
    options.parameter = case["parameter"].as_str();
    options.body = case["body"].as_str().map(str::as_bytes);
    options.content_type = case["content_type"].as_str();
    let diagnosis = profile.diagnose(&texts, &options);
    let first = &diagnosis.findings()[0];
    let causes = words("causes");
    if !causes.contains(&first.cause().name()) {
        return Err(format!("{:?} instead of {causes:?}", diagnosis.findings()));
    }
    let found: Value = serde_json::from_str(&diagnosis.to_json()).unwrap();
    for name in ["grade", "settings"] {
        if let Some(expected) = case.get(name) {
            same(name, &found["findings"][0][name], expected)
                .map_err(|error| format!("{error}\n{first:?}"))?;
        }
    }
    honest(&diagnosis)?;
    useful(&profile, &also, &texts, &diagnosis)?;
    secret(&profile, &also, &found)
}

/// What explains the texts is not excluded.
fn honest(diagnosis: &Diagnosis) -> Checked {
    for finding in diagnosis.findings() {
        if diagnosis.excluded().contains(&finding.cause()) {
            return Err(format!("{:?} is found and excluded", finding.cause()));
        }
    }
    Ok(())
}

/// Under the settings of a proved finding the texts open.
fn useful(profile: &Profile, also: &[&Profile], texts: &[&str], diagnosis: &Diagnosis) -> Checked {
    for finding in diagnosis.findings() {
        let Some(settings) = finding.settings() else { continue };
        let changed = settings.apply(profile).ok_or("settings that the rules refuse")?;
        let cipher = changed.encryption().unwrap().cipher();
        // Of several texts some may be right as they are.
        let own = profile.encryption().unwrap().cipher();
        let is_open = |text: &&str| cipher.decrypt_text(text).is_ok() || own.decrypt_text(text).is_ok();
        same("every text opens", texts.iter().all(is_open), true)?;
        // A body's texts are not among them.
        let is_body = texts.is_empty();
        same("any text opens", is_body || texts.iter().any(|text| cipher.decrypt_text(text).is_ok()), true)?;
        same("a profile of those given", settings.profile().is_none_or(|index| index < also.len()), true)?;
    }
    Ok(())
}

fn secret(profile: &Profile, also: &[&Profile], found: &Value) -> Checked {
    let shown = found.to_string();
    for profile in also.iter().chain([&profile]) {
        let json: Value = serde_json::from_str(&profile.to_json(Secrets::Shown)).unwrap();
        for name in ["key", "IV"] {
            let secret = json["enc"][name].as_str().unwrap();
            same("a secret is in the output", shown.contains(secret), false)?;
        }
    }
    Ok(())
}

/// A binding that loses a member of the cases fails some of them.
#[test]
fn every_member_of_the_cases_decides_some() {
    let cases = list("diagnosis.json");
    for member in ["also", "content_type", "encoding", "expected", "parameter", "reading", "tag"] {
        let without = |case: &Value| {
            let mut case = case.clone();
            case.as_object_mut().unwrap().remove(member).map(|_| case)
        };
        let decided = cases.iter().filter_map(without).filter(|case| check(case).is_err()).count();
        assert!(decided > 2, "{member}: {decided}");
    }
}

#[test]
fn a_case_that_expects_something_else_fails() {
    let case = list("diagnosis.json").swap_remove(0);
    assert_eq!(check(&case), Ok(()));
    for (name, value) in [("causes", json!(["cfb1"])), ("grade", json!("none")), ("settings", json!({}))] {
        let mut changed = case.clone();
        changed[name] = value;
        assert!(check(&changed).is_err(), "{name}");
    }
}
