//! Dotted names of `enc.params` that lead into a whole `<name>`: whether what arrived has them.
//!
//! A name with dots can be read in several ways: `a.b` is a member of this name, or a member `b` of a member `a`. The
//! sender encrypts every reading that there is, so a name is there as soon as one of its readings is. \[N\] In an array,
//! every element must have it.

use std::ops::Range;

use super::opening::{Allowed, Opening};
use super::shape::{ObjectShape, Shape};
use crate::json::{Kind, Value};
use crate::report::Pointer;
use crate::selection::{Names, Selection};

/// Notes in `opening` the names that nothing received is. `received` gives what was received for a member of the
/// template, by its index.
///
/// Names that lead into no whole `<name>` are no concern here: the template's own values are required one by one.
pub(crate) fn require<'p>(
    opening: &mut Opening<'_>,
    shape: &'p ObjectShape,
    received: &[Option<Value<'p>>],
    allowed: &Allowed,
) {
    let Selection::Names(names) = shape.selection() else { return };
    let parts = || Parts::Members(Box::new(members_of(shape, received.iter().copied())));
    let mut reached = vec![Reach::Nowhere; names.len()];
    parts().reach(names, &mut reached);
    let is_missing = |(name, reach)| reach == Reach::Lacking && !allowed.is_absence_of_dotted_allowed(name);
    let missing: Vec<bool> = names.rests().zip(reached).map(is_missing).collect();
    if missing.contains(&true) {
        parts().note(opening, names, &missing, Pointer::Root);
    }
}

/// Where a name leads. Of several readings the last of these counts, of an array's elements the worst one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// By the template, to nothing that has to be there.
    Nowhere,
    /// To nothing, but a value has to be there.
    Lacking,
    /// To a value. Whether it is encrypted is seen where it is opened.
    Value,
}

impl Reach {
    fn and(self, other: Reach) -> Reach {
        match (self, other) {
            (Reach::Lacking, _) | (_, Reach::Lacking) => Reach::Lacking,
            (one, other) => one.max(other),
        }
    }
}

/// A part of what was received, and its place in the template.
#[derive(Clone, Copy)]
struct Part<'p> {
    value: Option<Value<'p>>,
    /// `None` within a whole `<name>`: what is there is the record's.
    shape: Option<&'p Shape>,
}

/// What is in a part.
enum Parts<'p> {
    /// The members of the template's object, received or not.
    Members(Box<dyn Iterator<Item = (&'p str, Part<'p>)> + 'p>),
    /// The members of the record's object.
    RecordMembers(Value<'p>),
    /// Elements, received or not.
    Elements(Box<dyn Iterator<Item = Part<'p>> + 'p>),
    /// A value of the template that no name leads into.
    Own,
    /// Nothing that a name could lead into, although one has to.
    Nothing,
}

impl<'p> Part<'p> {
    fn of_record(value: Value<'p>) -> Part<'p> {
        Part { value: Some(value), shape: None }
    }

    fn parts(self) -> Parts<'p> {
        match self.shape {
            Some(Shape::Object(shape)) => {
                Parts::Members(Box::new(members_of(shape, shape.received(self.value).into_iter())))
            }
            Some(Shape::Array(elements, _)) => {
                let mut received = self.value.into_iter().flat_map(Value::elements);
                let part = move |shape| Part { value: received.next(), shape: Some(shape) };
                Parts::Elements(Box::new(elements.iter().map(part)))
            }
            Some(Shape::Plain | Shape::Text(_) | Shape::Whole | Shape::Same(_)) => Parts::Own,
            None | Some(Shape::Inside(_)) => match self.value {
                Some(value) if value.kind() == Kind::Object => Parts::RecordMembers(value),
                Some(value) if value.kind() == Kind::Array && !value.is_empty() => {
                    Parts::Elements(Box::new(value.elements().map(Part::of_record)))
                }
                _ => Parts::Nothing,
            },
        }
    }
}

impl Parts<'_> {
    /// Raises `reached`, which has a slot for each name, to where the names lead here.
    fn reach(self, names: &Names, reached: &mut [Reach]) {
        match self {
            Parts::Own => {}
            Parts::Nothing => raise_all(reached, Reach::Lacking),
            Parts::Members(members) => {
                members.for_each(|(name, part)| reach_member(name, part, names, reached));
            }
            Parts::RecordMembers(object) => {
                let members = object.members();
                members.for_each(|(name, value)| reach_member(name, Part::of_record(value), names, reached));
                raise_all(reached, Reach::Lacking);
            }
            Parts::Elements(elements) => {
                let mut all = vec![Reach::Nowhere; reached.len()];
                for element in elements {
                    let mut one = vec![Reach::Nowhere; reached.len()];
                    element.parts().reach(names, &mut one);
                    all.iter_mut().zip(one).for_each(|(all, one)| *all = all.and(one));
                    if all.iter().all(|reach| *reach == Reach::Lacking) {
                        break;
                    }
                }
                reached.iter_mut().zip(all).for_each(|(reach, all)| *reach = all.max(*reach));
            }
        }
    }

    /// Notes the names marked in `missing`, which have no reading here, where they are missing.
    fn note(self, opening: &mut Opening<'_>, names: &Names, missing: &[bool], pointer: Pointer<'_>) {
        match self {
            Parts::Own => {}
            Parts::Nothing => note_here(opening, names, missing, pointer),
            Parts::Members(members) => {
                members.for_each(|(name, part)| note_member(opening, name, part, names, missing, pointer));
            }
            Parts::RecordMembers(object) => {
                // What leads into a member is noted there.
                let mut here = missing.to_vec();
                for (name, value) in object.members() {
                    note_member(opening, name, Part::of_record(value), names, missing, pointer);
                    if let Some((range, _)) = names.within(name) {
                        slots(&mut here, range).fill(false);
                    }
                }
                note_here(opening, names, &here, pointer);
            }
            Parts::Elements(elements) => {
                for (index, element) in elements.enumerate() {
                    // A list that is full ends the search too: else every element would cost a look at every name.
                    if opening.is_full_of_missing() {
                        break;
                    }
                    let mut reached = vec![Reach::Nowhere; missing.len()];
                    element.parts().reach(names, &mut reached);
                    let lacking = |(missing, reach): (&bool, Reach)| *missing && reach == Reach::Lacking;
                    let missing: Vec<bool> = missing.iter().zip(reached).map(lacking).collect();
                    if missing.contains(&true) {
                        element.parts().note(opening, names, &missing, pointer.element(index));
                    }
                }
            }
        }
    }
}

/// The members of a template's object with what was received for them.
fn members_of<'p>(
    shape: &'p ObjectShape,
    received: impl Iterator<Item = Option<Value<'p>>> + 'p,
) -> impl Iterator<Item = (&'p str, Part<'p>)> {
    let members = shape.members().zip(received);
    members.map(|((name, shape), value)| (name, Part { value, shape: Some(shape) }))
}

fn reach_member(name: &str, part: Part<'_>, names: &Names, reached: &mut [Reach]) {
    // What a whole name reaches is encrypted with everything below it.
    if let Some(index) = names.index_of(name) {
        reached.get_mut(index).into_iter().for_each(|reach| *reach = Reach::Value);
        if let Some((range, _)) = names.within(name) {
            raise_all(slots(reached, range), Reach::Value);
        }
        return;
    }
    if let Some((range, deeper)) = names.within(name) {
        part.parts().reach(&deeper, slots(reached, range));
    }
}

/// The slots of the names in a range that `Names::within` gave; every name has one.
fn slots<T>(all: &mut [T], range: Range<usize>) -> &mut [T] {
    debug_assert!(range.end <= all.len(), "every name has a slot");
    all.get_mut(range).unwrap_or_default()
}

fn raise_all(reached: &mut [Reach], to: Reach) {
    reached.iter_mut().for_each(|reach| *reach = to.max(*reach));
}

fn note_member(
    opening: &mut Opening<'_>,
    name: &str,
    part: Part<'_>,
    names: &Names,
    missing: &[bool],
    pointer: Pointer<'_>,
) {
    let Some((range, deeper)) = names.within(name) else { return };
    debug_assert!(range.end <= missing.len(), "every name has a slot");
    let missing = missing.get(range).unwrap_or_default();
    if missing.contains(&true) {
        part.parts().note(opening, &deeper, missing, pointer.member(name));
    }
}

fn note_here(opening: &mut Opening<'_>, names: &Names, missing: &[bool], pointer: Pointer<'_>) {
    for (name, _) in names.rests().zip(missing).filter(|(_, missing)| **missing) {
        if opening.is_full_of_missing() {
            break;
        }
        opening.note_missing(pointer.member(name));
    }
}
