//! The names of many parameters in little memory.

use crate::report::Pointer;

/// Names of parameters, in the order of a walk through a document.
///
/// A stranger can have ten thousand values behind one name of a MiB. So of each name only what differs from the one before
/// is kept, which is no longer than the document; and a name is at most as long as in an error.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct NameList {
    /// The ends of the names, one behind the other.
    text: String,
    entries: Vec<Entry>,
    last: String,
}

/// One name: so many bytes of the one before, then the text up to `end`.
#[derive(Clone, PartialEq, Eq)]
struct Entry {
    shared: u16,
    end: usize,
}

impl NameList {
    pub(super) fn push(&mut self, pointer: Pointer<'_>) {
        let name = pointer.to_parameter();
        let shared = shared_start(&self.last, &name);
        let (_, rest) = name.split_at_checked(usize::from(shared)).unwrap_or_default();
        self.text.push_str(rest);
        self.entries.push(Entry { shared, end: self.text.len() });
        self.last = name;
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = String> {
        let (mut name, mut from) = (String::new(), 0);
        self.entries.iter().map(move |Entry { shared, end }| {
            debug_assert!(usize::from(*shared) <= name.len(), "a name begins as the one before");
            name.truncate(usize::from(*shared));
            name.push_str(self.text.get(from..*end).unwrap_or_default());
            from = *end;
            name.clone()
        })
    }
}

/// How many bytes two names have in common at the start, in whole characters.
fn shared_start(before: &str, name: &str) -> u16 {
    let same = before.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
    let whole = (0..=same).rev().find(|end| name.is_char_boundary(*end) && before.is_char_boundary(*end));
    whole.and_then(|end| u16::try_from(end).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_were() {
        let root = Pointer::Root;
        let (a, e, long) = (root.member("a"), root.member("é"), "€".repeat(300));
        let (first, second, long) = (a.element(0), a.element(1), root.member(&long));
        let pointers =
            [a, first, first.member("b"), second, a, e, root.member("è"), long, long.member("b"), root, a];
        let mut names = NameList::default();
        pointers.iter().for_each(|pointer| names.push(*pointer));
        let expected: Vec<String> = pointers.iter().map(|pointer| pointer.to_parameter()).collect();
        assert_eq!(names.iter().collect::<Vec<_>>(), expected);
        assert_eq!((names.len(), names.iter().len()), (11, 11));
        assert_eq!(expected[..4], ["a", "a[0]", "a[0].b", "a[1]"]);
    }

    #[test]
    fn many_names_behind_a_long_one_are_short() {
        let long = "n".repeat(1 << 20);
        let parent = Pointer::Root.member(&long);
        let mut names = NameList::default();
        (0..1000).for_each(|index| names.push(parent.element(index)));
        assert!(names.text.len() < 10_000 && names.entries.len() == 1000);
    }
}
