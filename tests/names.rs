//! Every set of named values has the same shape: a name for each value, which leads back to it and to no other.
#![allow(clippy::unwrap_used)] // a test may panic

use std::path::Path;

use callback_profile::cipher::{Algorithm, Encoding, Reading, TagPlacement};
use callback_profile::diagnosis::{Cause, Grade};
use callback_profile::{
    AddressVerdict, AdvisoryCode, ChangeEffect, Channel, Context, ErrorClass, ErrorCode, Method, Missing,
    Policy, Secrets, Status, Surrogates,
};

macro_rules! check {
    ($($set:ident),+ $(,)?) => {
        [$({
            for value in $set::ALL {
                assert_eq!($set::from_name(value.name()), Some(*value));
                assert_eq!((value.to_string().as_str(), value.name().parse()), (value.name(), Ok(*value)));
            }
            for other in ["", " ", "sesame", &format!("{} ", $set::ALL.first().unwrap())] {
                assert_eq!($set::from_name(other), None);
                let error = other.parse::<$set>().unwrap_err();
                let names: Vec<&str> = $set::ALL.iter().map(|value| value.name()).collect();
                assert_eq!(error.allowed(), names);
                assert!(!error.to_string().contains("sesame"));
            }
            assert!($set::ALL.len() > 1, stringify!($set));
            stringify!($set)
        }),+]
    };
}

/// The sets that the source defines, sorted.
fn sets_of_the_source() -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut sets = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let set = |line: &str| Some(line.strip_prefix("named_values!(")?.split_once(' ')?.0.to_owned());
            sets.extend(text.lines().filter_map(set));
        }
    }
    sets.sort();
    sets
}

#[test]
fn names_lead_to_values_and_back_in_every_set() {
    let sets = check!(
        AddressVerdict,
        AdvisoryCode,
        Algorithm,
        Cause,
        ChangeEffect,
        Channel,
        Context,
        Encoding,
        ErrorClass,
        ErrorCode,
        Grade,
        Method,
        Missing,
        Policy,
        Reading,
        Secrets,
        Status,
        Surrogates,
        TagPlacement,
    );
    assert_eq!(
        sets.map(str::to_owned).to_vec(),
        sets_of_the_source(),
        "every set of the source, and no other"
    );
    assert_eq!((Policy::default(), Channel::default()), (Policy::Documented, Channel::Default));
    assert_eq!(Status::ALL.iter().map(|status| status.number()).collect::<Vec<_>>(), [1, 2, 3]);
}
