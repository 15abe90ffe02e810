//! Which values are encrypted, and by what: decided once for a profile, passed down member by member.

use crate::cipher::Cipher;
use crate::selection::Selection;

/// The encryption of the values in some part of a profile.
#[derive(Clone)]
pub(crate) enum Sealing<'p> {
    /// Nothing is encrypted.
    Off,
    /// What the selection takes is encrypted by the cipher. The selection is never [`Selection::Nothing`].
    On(&'p Cipher, Selection),
}

impl<'p> Sealing<'p> {
    /// What `selection` takes, by `cipher`.
    pub(crate) fn of(cipher: &'p Cipher, selection: &Selection) -> Sealing<'p> {
        match selection {
            Selection::Nothing => Sealing::Off,
            selection => Sealing::On(cipher, selection.clone()),
        }
    }

    /// The encryption within the member of this name.
    pub(crate) fn within(&self, member: &str) -> Sealing<'p> {
        match self {
            Sealing::Off => Sealing::Off,
            Sealing::On(cipher, selection) => Sealing::of(cipher, &selection.within(member)),
        }
    }

    /// The cipher for a value right here; `None` if it stays readable.
    pub(crate) fn cipher(&self) -> Option<&'p Cipher> {
        match self {
            Sealing::On(cipher, selection) if selection.takes_value() => Some(cipher),
            _ => None,
        }
    }

    /// What is selected here.
    pub(crate) fn selection(&self) -> Selection {
        match self {
            Sealing::Off => Selection::Nothing,
            Sealing::On(_, selection) => selection.clone(),
        }
    }
}
