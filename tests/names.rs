//! Every set of named values has the same shape: a name for each value, which leads back to it and to no other.
#![allow(clippy::unwrap_used)] // a test may panic

use callback_profile::cipher::{Algorithm, Encoding, Reading, TagPlacement};
use callback_profile::{
    AddressVerdict, AdvisoryCode, Channel, Context, ErrorCode, Method, Policy, Secrets, Status,
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
        }),+].len()
    };
}

#[test]
fn names_lead_to_values_and_back_in_every_set() {
    let sets = check!(
        AddressVerdict,
        AdvisoryCode,
        Algorithm,
        Channel,
        Context,
        Encoding,
        ErrorCode,
        Method,
        Policy,
        Reading,
        Secrets,
        Status,
        TagPlacement,
    );
    assert_eq!(sets, 13);
    assert_eq!((Policy::default(), Channel::default()), (Policy::Documented, Channel::Default));
    assert_eq!(Status::ALL.iter().map(|status| status.number()).collect::<Vec<_>>(), [1, 2, 3]);
}
