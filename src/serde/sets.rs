//! Sets of named values: their names, as in every language.

use std::fmt;

use serde_core::de::{Deserialize, Deserializer, Error as _, Unexpected, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::cipher::{Algorithm, Encoding, Reading, TagPlacement};
use crate::diagnosis::{Cause, Grade};
use crate::json::Surrogates;
use crate::names::UnknownName;
use crate::profile::{ChangeEffect, Channel, Method, Policy, Status};
use crate::replacer::Missing;
use crate::report::{AdvisoryCode, Context, ErrorClass, ErrorCode};
use crate::secrets::Secrets;
use crate::url::AddressVerdict;

macro_rules! by_name {
    ($($set:ident),+ $(,)?) => {
        $(
            /// Its name.
            #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
            impl Serialize for $set {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.name())
                }
            }

            /// From its name.
            #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
            impl<'de> Deserialize<'de> for $set {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$set, D::Error> {
                    deserializer.deserialize_str(ByName($set::from_name, UnknownName::new($set::NAMES)))
                }
            }
        )+
    };
}

by_name!(
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
    Surrogates,
    TagPlacement,
);

/// Reads a name; an error lists the names that there are and does not repeat the text.
struct ByName<T>(fn(&str) -> Option<T>, UnknownName);

impl<T> Visitor<'_> for ByName<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.1.allowed().join(" or "))
    }

    fn visit_str<E: serde_core::de::Error>(self, name: &str) -> Result<T, E> {
        self.0(name).ok_or_else(|| E::invalid_value(Unexpected::Other("another text"), &self))
    }
}

/// Its number, as the platform writes it.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

/// From its number.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Status, D::Error> {
        let number = u64::deserialize(deserializer)?;
        Status::from_number(number)
            .ok_or_else(|| D::Error::invalid_value(Unexpected::Other("another number"), &"1, 2 or 3"))
    }
}
