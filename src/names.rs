//! Sets of named values: what an option or a code can be, each with the one name that all languages share.

use std::fmt;

/// A text that is none of the names of a set. `Display` lists the names that are, and never repeats the text.
///
/// ```
/// use callback_profile::cipher::Encoding;
///
/// let error = "base32".parse::<Encoding>().unwrap_err();
/// assert_eq!(format!("encoding {error}"), "encoding must be base64, base64url or hex");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownName {
    allowed: &'static [&'static str],
}

impl UnknownName {
    pub(crate) const fn new(allowed: &'static [&'static str]) -> UnknownName {
        UnknownName { allowed }
    }

    /// The names of the set, in its order.
    pub fn allowed(&self) -> &'static [&'static str] {
        self.allowed
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be ")?;
        match self.allowed.split_last() {
            Some((last, [])) => f.write_str(last),
            Some((last, others)) => write!(f, "{} or {last}", others.join(", ")),
            None => f.write_str("absent"),
        }
    }
}

impl std::error::Error for UnknownName {}

/// Gives an enum of constants their names: `ALL`, `name()`, `from_name()`, `Display` and `FromStr`.
///
/// ```text
/// named_values!(Encoding { Base64 = "base64", Base64Url = "base64url", Hex = "hex" });
/// ```
///
/// The compiler refuses a list that lacks a variant.
macro_rules! named_values {
    ($set:ident { $($value:ident = $name:literal),+ $(,)? }) => {
        impl $set {
            /// Every value.
            pub const ALL: &'static [$set] = &[$($set::$value),+];

            /// The names, in the order of [`ALL`](Self::ALL).
            pub(crate) const NAMES: &'static [&'static str] = &[$($name),+];

            /// The name: the same in every language, in options and in output.
            pub const fn name(self) -> &'static str {
                match self {
                    $($set::$value => $name),+
                }
            }

            /// The value of exactly this name, upper and lower case distinguished; `None` for any other text.
            pub fn from_name(name: &str) -> Option<$set> {
                $set::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $set {
            type Err = $crate::names::UnknownName;

            /// As [`from_name`](Self::from_name).
            ///
            /// # Errors
            /// [`UnknownName`](crate::UnknownName) with the names that there are.
            fn from_str(name: &str) -> Result<$set, $crate::names::UnknownName> {
                $set::from_name(name).ok_or(const { $crate::names::UnknownName::new($set::NAMES) })
            }
        }
    };
}

pub(crate) use named_values;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cipher::Encoding;

    #[test]
    fn names_lead_to_values_and_back() {
        assert_eq!(Encoding::ALL, [Encoding::Base64, Encoding::Base64Url, Encoding::Hex]);
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::from_name(encoding.name()), Some(*encoding));
            assert_eq!(encoding.to_string().parse(), Ok(*encoding));
        }
        assert_eq!(format!("{:>4}|{:<4}", Encoding::Hex, Encoding::Hex), " hex|hex ");
    }

    #[test]
    fn other_texts_are_refused_and_not_repeated() {
        for text in ["", "Hex", "hex ", "secret"] {
            assert_eq!(Encoding::from_name(text), None, "{text}");
            let error = text.parse::<Encoding>().unwrap_err();
            assert_eq!(error.to_string(), "must be base64, base64url or hex");
            assert_eq!(error.allowed(), ["base64", "base64url", "hex"]);
        }
        assert_eq!(UnknownName::new(&["one"]).to_string(), "must be one");
        assert_eq!(UnknownName::new(&["one", "two"]).to_string(), "must be one or two");
    }
}
