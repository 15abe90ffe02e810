//! What a received body must look like: the profile's template, as the receiving side reads it.
//!
//! Whoever can reach a receiver can send anything, and nothing but the encrypted strings is protected. So the template
//! decides where an encrypted string must be, and what else may be in its place.

use crate::Error;
use crate::bug::bug;
use crate::json::{Document, Kind, Value};
use crate::replacer::is_whole_name;
use crate::selection::Selection;

/// What is expected in one place of a received body.
#[derive(Debug)]
pub(crate) enum Shape {
    /// Nothing here is encrypted: any value.
    Plain,
    /// A constant of this kind, or a text with replacers: an encrypted string, whatever the kind; in a sealed callback a
    /// value of the kind.
    Text(Kind),
    /// One whole `<name>`: an encrypted string, or a structure of them where the caller allows it.
    Whole,
    /// One whole `<name>` into which dotted names of `enc.params` lead: an object, or an array of objects, in which
    /// these names are encrypted strings.
    Inside(Selection),
    /// The template's own `null`, `{}` or `[]`, which encryption leaves as it is: exactly that.
    Same(Kind),
    /// The template's own object.
    Object(ObjectShape),
    /// The template's own array, and what is selected in elements that the template does not have.
    Array(Vec<Shape>, Selection),
}

/// The members of a template's object.
#[derive(Debug)]
pub(crate) struct ObjectShape {
    /// In the order of the template.
    members: Vec<(Box<str>, Shape)>,
    /// The indexes of `members`, sorted by name.
    by_name: Vec<usize>,
    /// What is selected in members that the template does not have.
    selection: Selection,
    /// Whether dotted names lead into a whole `<name>` somewhere in it.
    leads_inside: bool,
}

impl Shape {
    /// The shape of a template: compact JSON that was accepted before.
    ///
    /// # Errors
    /// [`Error::Internal`] if it is no JSON.
    pub(crate) fn of_template(template: &str, selection: &Selection) -> Result<Shape, Error> {
        let document = Document::read_own(template.as_bytes());
        let document = document.map_err(|_| bug("a compiled template is not JSON"))?;
        let root = document.root();
        Ok(match root.kind() {
            // A body is an object, an empty one too: what it must not have is then reported as for any other.
            Kind::Object => Shape::Object(ObjectShape::of(root, selection)),
            _ => Shape::of(root, selection),
        })
    }

    /// Whether everything here is encrypted.
    pub(crate) fn is_selected(&self) -> bool {
        match self {
            Shape::Plain | Shape::Inside(_) => false,
            Shape::Text(_) | Shape::Whole | Shape::Same(_) => true,
            Shape::Object(object) => object.selection.takes_value(),
            Shape::Array(_, selection) => selection.takes_value(),
        }
    }

    fn leads_inside(&self) -> bool {
        match self {
            Shape::Inside(_) => true,
            Shape::Object(object) => object.leads_inside,
            Shape::Array(elements, _) => elements.iter().any(Shape::leads_inside),
            Shape::Plain | Shape::Text(_) | Shape::Whole | Shape::Same(_) => false,
        }
    }

    fn of(value: Value<'_>, selection: &Selection) -> Shape {
        let is_selected = selection.takes_value();
        match value.kind() {
            Kind::Null | Kind::Object | Kind::Array if is_selected && value.is_empty() => {
                Shape::Same(value.kind())
            }
            Kind::Object => Shape::Object(ObjectShape::of(value, selection)),
            Kind::Array => {
                let elements = value.elements().map(|element| Shape::of(element, selection)).collect();
                Shape::Array(elements, selection.clone())
            }
            Kind::String if value.as_str().is_some_and(is_whole_name) => match selection {
                Selection::Nothing => Shape::Plain,
                Selection::All => Shape::Whole,
                Selection::Names(_) => Shape::Inside(selection.clone()),
            },
            kind if is_selected => Shape::Text(kind),
            _ => Shape::Plain,
        }
    }
}

impl ObjectShape {
    fn of(object: Value<'_>, selection: &Selection) -> ObjectShape {
        let member =
            |(name, value): (&str, Value<'_>)| (name.into(), Shape::of(value, &selection.within(name)));
        ObjectShape::with_members(object.members().map(member).collect(), selection)
    }

    /// The shape of an object that has these members, no name twice. `selection` is what is selected in others.
    pub(crate) fn with_members(members: Vec<(Box<str>, Shape)>, selection: &Selection) -> ObjectShape {
        let mut by_name: Vec<usize> = (0..members.len()).collect();
        by_name.sort_unstable_by_key(|index| members.get(*index).map(|(name, _)| name));
        let leads_inside = members.iter().any(|(_, shape)| shape.leads_inside());
        ObjectShape { members, by_name, selection: selection.clone(), leads_inside }
    }

    /// The members, which are then those of another shape.
    pub(crate) fn into_members(self) -> Vec<(Box<str>, Shape)> {
        self.members
    }

    /// Names and shapes, in the order of the template.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Shape)> {
        self.members.iter().map(|(name, shape)| (&**name, shape))
    }

    /// How many members there are.
    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// The index and shape of the member of this name. `next` is where it is if the received members have the order of
    /// the template.
    pub(crate) fn find(&self, name: &str, next: usize) -> Option<(usize, &Shape)> {
        if let Some((_, shape)) = self.members.get(next).filter(|(known, _)| &**known == name) {
            return Some((next, shape));
        }
        let name_at = |index: &usize| self.members.get(*index).map(|(known, _)| &**known);
        let found = self.by_name.binary_search_by(|index| name_at(index).cmp(&Some(name))).ok()?;
        let index = *self.by_name.get(found)?;
        Some((index, &self.members.get(index)?.1))
    }

    /// What was received for each member, in the order of the template.
    pub(crate) fn received<'d>(&self, object: Option<Value<'d>>) -> Vec<Option<Value<'d>>> {
        let mut received = vec![None; self.len()];
        let mut next = 0;
        for (name, value) in object.into_iter().flat_map(Value::members) {
            if let Some((index, _)) = self.find(name, next) {
                received.get_mut(index).into_iter().for_each(|place| *place = Some(value));
                next = index.saturating_add(1);
            }
        }
        received
    }

    /// What is selected in the object.
    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Whether dotted names lead into a whole `<name>` somewhere in it.
    pub(crate) fn leads_inside(&self) -> bool {
        self.leads_inside
    }

    /// What is selected in a member that the template does not have.
    pub(crate) fn selection_of_unknown(&self, name: &str) -> Selection {
        self.selection.within(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(template: &str, params: Option<&[&str]>) -> Shape {
        let params: Option<Vec<String>> =
            params.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        Shape::of_template(template, &Selection::of_params(params.as_deref())).unwrap()
    }

    fn shown(shape: &Shape) -> String {
        match shape {
            Shape::Plain => "plain".to_owned(),
            Shape::Text(_) => "text".to_owned(),
            Shape::Whole => "whole".to_owned(),
            Shape::Inside(_) => "inside".to_owned(),
            Shape::Same(kind) => format!("{kind:?}"),
            Shape::Object(object) => {
                let members: Vec<_> =
                    object.members().map(|(name, shape)| format!("{name}:{}", shown(shape))).collect();
                format!("{{{}}}", members.join(","))
            }
            Shape::Array(elements, _) => {
                format!("[{}]", elements.iter().map(shown).collect::<Vec<_>>().join(","))
            }
        }
    }

    #[test]
    fn a_template_says_where_encrypted_strings_are() {
        let template =
            r#"{"a":"<a>","b":"x<b>","c":1,"d":null,"e":{},"f":[],"g":{"h":"k"},"i":["<j>",true]}"#;
        assert_eq!(
            shown(&shape(template, None)),
            "{a:whole,b:text,c:text,d:Null,e:Object,f:Array,g:{h:text},i:[whole,text]}"
        );
        assert_eq!(
            shown(&shape(template, Some(&["a.b", "g.h", "i"]))),
            "{a:inside,b:plain,c:plain,d:plain,e:{},f:[],g:{h:text},i:[whole,text]}"
        );
    }

    #[test]
    fn a_body_without_members_is_an_object_too() {
        for params in [None, Some(&["a"][..])] {
            assert_eq!(shown(&shape("{}", params)), "{}");
        }
    }

    #[test]
    fn members_are_found_in_any_order() {
        let Shape::Object(object) = shape(r#"{"b":1,"a":2,"c":3}"#, None) else { panic!() };
        for (name, index) in [("a", 1), ("b", 0), ("c", 2)] {
            for next in 0..4 {
                assert_eq!(object.find(name, next).unwrap().0, index);
            }
        }
        assert!(object.find("d", 0).is_none() && object.len() == 3);
    }
}
