//! Which values of a whole tree are encrypted: SPEC §6, `enc.params`.
//!
//! A name reaches a member of the body with everything under it; dots go deeper. Arrays have no names: each element
//! is reached as the array is. A name with dots that is also the whole name of a member reaches both readings, so that
//! no value stays readable because of how its name is spelled. The sender and the receiver decide by the same walk.

/// What is encrypted within some part of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    /// Nothing.
    Nothing,
    /// Every value.
    All,
    /// What these names reach, seen from here; at least one.
    Names(Vec<String>),
}

impl Selection {
    /// The selection of `enc.params`; absent means every value.
    pub(crate) fn of_params(params: Option<&[String]>) -> Selection {
        match params {
            None => Selection::All,
            Some([]) => Selection::Nothing,
            Some(names) => Selection::Names(names.to_vec()),
        }
    }

    /// The selection as seen from within the member of this name.
    pub(crate) fn within(&self, member: &str) -> Selection {
        let Selection::Names(names) = self else { return self.clone() };
        if names.iter().any(|name| name == member) {
            return Selection::All;
        }
        let deeper = |name: &String| Some(name.strip_prefix(member)?.strip_prefix('.')?.to_owned());
        let names: Vec<String> = names.iter().filter_map(deeper).collect();
        if names.is_empty() { Selection::Nothing } else { Selection::Names(names) }
    }

    /// Whether a value of this name is encrypted: `within(member).takes_value()` without a copy.
    pub(crate) fn takes_member(&self, member: &str) -> bool {
        self.takes_member_that(|name| name == member)
    }

    /// The same for a member whose name need not be at hand as text: `is` says whether it is the given one.
    pub(crate) fn takes_member_that(&self, is: impl Fn(&str) -> bool) -> bool {
        match self {
            Selection::Nothing => false,
            Selection::All => true,
            Selection::Names(names) => names.iter().any(|name| is(name)),
        }
    }

    /// Whether a value right here is encrypted.
    pub(crate) fn takes_value(&self) -> bool {
        *self == Selection::All
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Selection {
        Selection::Names(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn names_reach_members_and_what_is_under_them() {
        let selection = names(&["status", "customer.phone", "a.b"]);
        assert!(selection.within("status").takes_value());
        assert!(selection.within("status").within("any").takes_value());
        assert_eq!(selection.within("customer"), names(&["phone"]));
        assert!(selection.within("customer").within("phone").takes_value());
        assert_eq!(selection.within("customer").within("name"), Selection::Nothing);
        assert!(selection.within("a.b").takes_value() && selection.within("a").within("b").takes_value());
        assert_eq!(selection.within("stat"), Selection::Nothing);
        for name in ["status", "customer", "a", "a.b", "stat", ""] {
            assert_eq!(selection.takes_member(name), selection.within(name).takes_value());
        }
        assert!(!selection.takes_value());
    }

    #[test]
    fn absent_params_are_everything_and_nothing_stays_nothing() {
        assert_eq!(Selection::of_params(None).within("x"), Selection::All);
        assert_eq!(Selection::of_params(Some(&[])).within("x"), Selection::Nothing);
    }
}
