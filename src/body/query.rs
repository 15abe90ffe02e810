//! The parameters of a URL's query.

use std::num::NonZeroUsize;

use percent_encoding::percent_decode;

use super::fill::Fill;
use super::form;
use super::opening::{Allowed, Opening};
use super::sealing::Sealing;
use crate::Error;
use crate::bug::bug;
use crate::json::{ArrayWriter, ObjectWriter, push_string};
use crate::replacer::{
    Escape, Grammar, Part, Program, ProgramWriter, as_it_is, constant, has_names, push_query, with_template,
};
use crate::report::{ErrorCode, Pointer};
use crate::selection::Selection;
use crate::url;
use crate::wiped::{Bytes, WipedText};

/// What is between two `&` of the query; of several in a row that are empty, all.
#[derive(Debug)]
pub(crate) struct QueryPart {
    pub(crate) name: Part,
    pub(crate) name_text: NameText,
    pub(crate) value: QueryValue,
}

/// The name of a query parameter as text.
#[derive(Debug)]
pub(crate) enum NameText {
    /// The same in every callback, decoded.
    Constant(Box<str>),
    /// With replacers, as the profile has it.
    Filled(Box<str>),
}

/// The value of a query parameter.
#[derive(Debug)]
pub(crate) enum QueryValue {
    /// No `=`.
    None,
    /// Percent-encoded where it is literal, values filled in percent-encoded.
    Plain(Part),
    /// Encrypted as a whole; the literal parts are decoded.
    Sealed(Part),
    /// The parameter's name is filled in too, and decides.
    ByName {
        /// If it is not encrypted.
        plain: Part,
        /// If it is.
        sealed: Part,
    },
}

impl QueryPart {
    pub(crate) fn compile(program: &mut ProgramWriter, text: &str, sealing: &Sealing<'_>) -> QueryPart {
        if text.bytes().all(|byte| byte == b'&') {
            let name = program.template_part(text, Grammar::Names, as_it_is);
            return QueryPart { name, name_text: NameText::Constant("".into()), value: QueryValue::None };
        }
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let name_text = match constant(name) {
            Some(name) => NameText::Constant(decoded(&name).into()),
            None => NameText::Filled(name.into()),
        };
        // A question mark at the start of a name is dropped by readers that take it for the start of the query.
        let name = program.template_part(name, Grammar::Names, |text, out| {
            let mut encoded = String::new();
            url::encode_literal_query(text, &mut encoded);
            out.push_str(&encoded.replace('?', "%3F"));
        });
        let is_filled = value.is_some_and(has_names) && matches!(sealing, Sealing::On(..));
        let value = match (&name_text, value) {
            (_, None) => QueryValue::None,
            (NameText::Filled(_), Some(value)) if is_filled => {
                QueryValue::ByName { plain: plain(program, value), sealed: sealed(program, value) }
            }
            (NameText::Constant(name), Some(value))
                if is_filled && sealing.within(name).cipher().is_some() =>
            {
                QueryValue::Sealed(sealed(program, value))
            }
            (_, Some(value)) => QueryValue::Plain(plain(program, value)),
        };
        QueryPart { name, name_text, value }
    }

    /// The parts of name and value.
    pub(crate) fn templates(&self) -> impl Iterator<Item = Part> {
        let value = match self.value {
            QueryValue::None => None,
            QueryValue::Plain(part) | QueryValue::Sealed(part) => Some(part),
            // Both forms have the same replacers.
            QueryValue::ByName { plain, .. } => Some(plain),
        };
        std::iter::once(self.name).chain(value)
    }

    /// Appends the parameter, filled. `scratch` holds an encrypted value until it is percent-encoded.
    pub(crate) fn fill(
        &self,
        out: &mut impl Bytes,
        scratch: &mut Vec<u8>,
        selection: &Selection,
        fill: &mut Fill<'_, '_>,
    ) -> Result<(), Error> {
        let name_start = out.size();
        fill.template(out, self.name, Escape::Percent)?;
        let (template, is_sealed) = match self.value {
            QueryValue::None => return Ok(()),
            QueryValue::Plain(template) => (template, false),
            QueryValue::Sealed(template) => (template, true),
            QueryValue::ByName { plain, sealed } => {
                let filled = out.bytes().get(name_start..).ok_or_else(|| bug("a name was taken away"))?;
                let compare = |name: &str| name.bytes().cmp(decoded_bytes(filled));
                match selection.takes_member_that(compare) {
                    true => (sealed, true),
                    false => (plain, false),
                }
            }
        };
        fill.literal(out, b"=")?;
        if !is_sealed {
            return fill.template(out, template, Escape::Percent);
        }
        fill.seal_now(scratch, template)?;
        fill.renderer.capped(out, scratch.len(), |out| push_query(out, scratch))
    }
}

/// The constant names of a query that has filled ones too, sorted; none of every other query.
pub(super) fn names_beside_filled(parts: &[QueryPart]) -> Box<[Box<str>]> {
    if parts.iter().all(|part| part.constant_name().is_some()) {
        return Box::default();
    }
    let constant = parts.iter().filter(|part| !part.is_empty()).filter_map(QueryPart::constant_name);
    let mut names: Vec<Box<str>> = constant.map(Box::from).collect();
    names.sort_unstable();
    names.dedup();
    names.into()
}

/// What is between the `&` of a query. Where nothing is between several, they are one piece, so that a query of
/// nothing but `&` is a single one.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(query);
    std::iter::from_fn(move || {
        let text = rest?;
        let empty = text.bytes().take_while(|byte| *byte == b'&').count();
        let (part, after) = match empty.checked_sub(1) {
            None => text.split_once('&').map_or((text, None), |(part, after)| (part, Some(after))),
            Some(_) if empty == text.len() => (text, None),
            Some(between) => (text.get(..between)?, text.get(empty..)),
        };
        rest = after;
        Some(part)
    })
}

/// Whether the percent-encoded bytes of every literal part are UTF-8. A character may not be split by a replacer.
pub(crate) fn is_utf8(query: &str) -> bool {
    let is_literal_utf8 = |text: &str| form::decode(text.as_bytes()).is_some();
    !query.contains('%')
        || with_template(query, Grammar::Names, |template| template.texts().all(is_literal_utf8))
}

/// The parameters of a query whose values have replacers: each one's name, as the literal pieces around its own replacers,
/// decoded. A name without replacers is one piece.
pub(crate) fn filled_parameters(query: &str) -> impl Iterator<Item = Vec<String>> {
    let filled =
        parameters(query).filter_map(|part| part.split_once('=')).filter(|(_, value)| has_names(value));
    filled.filter_map(|(name, _)| {
        with_template(name, Grammar::Names, |name| {
            name.pieces().into_iter().map(|piece| form::decode(piece.as_bytes())).collect()
        })
    })
}

/// The names of a query's parameters, decoded; `None` for one that has replacers. Where nothing is between two `&` is no
/// parameter.
pub(crate) fn names(query: Option<&str>) -> impl Iterator<Item = Option<String>> {
    let parts = query.into_iter().flat_map(parameters).filter(|part| part.bytes().any(|byte| byte != b'&'));
    parts
        .map(|part| part.split_once('=').map_or(part, |(name, _)| name))
        .map(|name| if has_names(name) { None } else { form::decode(name.as_bytes()) })
}

impl QueryPart {
    /// The name, decoded, if it is the same in every callback.
    pub(crate) fn constant_name(&self) -> Option<&str> {
        match &self.name_text {
            NameText::Constant(name) => Some(name),
            NameText::Filled(_) => None,
        }
    }

    /// The value, decoded, if it is the same in every callback.
    pub(crate) fn constant_value(&self, program: &Program) -> Option<String> {
        match &self.value {
            QueryValue::None => Some(String::new()),
            QueryValue::Plain(template) => form::decode(program.part(*template).constant()?.as_bytes()),
            QueryValue::Sealed(_) | QueryValue::ByName { .. } => None,
        }
    }

    /// Whether there is nothing between the two `&`; readers skip that.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.value, QueryValue::None) && self.constant_name() == Some("")
    }
}

/// What a received parameter belongs to.
#[derive(Clone, Default)]
struct Assigned<'q> {
    /// Whether the template has a constant name like it.
    is_known: bool,
    /// The part of the template.
    part: Option<&'q QueryPart>,
    /// Whether an earlier parameter has the same name.
    is_repeated: bool,
    /// The index of the next parameter of the same name; the first of all is next to none.
    next: Option<NonZeroUsize>,
}

/// Opens the received parameters by the parts of the template; a JSON object of them is appended to `out`, in which a
/// name that occurs several times has an array.
///
/// Constant names decide which part a parameter belongs to; of several parts of one name, the first received belongs to
/// the first. What is left belongs, in its order, to the parts whose names are filled; where such a part has a constant
/// value, only that value does. The rest passes and is noted as unknown: whoever links to a URL may add `utm_source=1`. But
/// what `enc.params` names is opened, wherever it is: nobody sends it readable.
///
/// # Errors
/// [`Error::RepeatedParameter`]. What is absent is noted in `opening`.
pub(crate) fn open(
    out: &mut WipedText,
    received: &[(String, String)],
    template: (&[QueryPart], &Program),
    selection: &Selection,
    allowed: &Allowed,
    opening: &mut Opening<'_>,
) -> Result<(), Error> {
    let root = Pointer::Root;
    let assigned = assign(received, template, selection, allowed, opening)?;
    let mut object = ObjectWriter::new(out);
    let open_one =
        |out: &mut WipedText, name: &str, text: &str, part: Option<&QueryPart>, opening: &mut Opening<'_>| {
            match part {
                Some(part) if part.seals(name, selection) => opening.text(out, text, root.member(name)),
                Some(_) => push_string(out, text),
                None => {
                    opening.note_unknown(out);
                    match selection.names_member(name) {
                        true => opening.text(out, text, root.member(name)),
                        false => push_string(out, text),
                    }
                }
            }
        };
    for ((name, text), own) in received.iter().zip(&assigned).filter(|(_, own)| !own.is_repeated) {
        let Some(mut next) = own.next else {
            opening.member(&mut object, name, |opening, out| open_one(out, name, text, own.part, opening));
            continue;
        };
        let mut array = ArrayWriter::new(object.member(name));
        opening.element(array.element(), |opening, out| open_one(out, name, text, own.part, opening));
        while let Some(((_, text), own)) = received.get(next.get()).zip(assigned.get(next.get())) {
            opening.element(array.element(), |opening, out| open_one(out, name, text, own.part, opening));
            match own.next {
                Some(later) => next = later,
                None => break,
            }
        }
        array.finish();
    }
    object.finish();
    Ok(())
}

/// The received parameters of one name.
struct Group<'r> {
    name: &'r str,
    /// Name and index of each, in the received order.
    alike: &'r [(&'r str, usize)],
    /// How many parts of the template have this name, and whether one of them is encrypted.
    parts: usize,
    is_encrypted: bool,
}

impl<'r> Group<'r> {
    /// Sorted by name.
    fn all(sent: &'r [(&'r str, usize)]) -> Vec<Group<'r>> {
        let group = |alike: &'r [(&'r str, usize)]| {
            let (name, _) = alike.first()?;
            Some(Group { name, alike, parts: 0, is_encrypted: false })
        };
        sent.chunk_by(|(a, _), (b, _)| a == b).filter_map(group).collect()
    }
}

/// Which part each received parameter belongs to.
fn assign<'q>(
    received: &[(String, String)],
    (parts, program): (&'q [QueryPart], &Program),
    selection: &Selection,
    allowed: &Allowed,
    opening: &mut Opening<'_>,
) -> Result<Vec<Assigned<'q>>, Error> {
    let mut sent: Vec<(&str, usize)> =
        received.iter().enumerate().map(|(index, (name, _))| (name.as_str(), index)).collect();
    sent.sort_unstable();
    let mut groups = Group::all(&sent);
    let mut assigned = vec![Assigned::default(); received.len()];
    let find = |groups: &[Group<'_>], name: &str| groups.binary_search_by(|group| group.name.cmp(name)).ok();
    let found: Vec<Option<usize>> = parts.iter().map(|part| find(&groups, part.constant_name()?)).collect();
    for (part, found) in parts.iter().zip(&found).filter(|(part, _)| !part.is_empty()) {
        let Some(group) = found.and_then(|found| groups.get_mut(found)) else { continue };
        let own = group.alike.get(group.parts).and_then(|(_, index)| assigned.get_mut(*index));
        own.into_iter().for_each(|own| own.part = Some(part));
        group.parts = group.parts.saturating_add(1);
        group.is_encrypted |= part.seals(group.name, selection);
    }
    let filled = || parts.iter().filter(|part| part.constant_name().is_none());
    let filled_count = filled().count();
    let most = |group: &Group<'_>| if group.parts > 0 { group.parts } else { filled_count.max(1) };
    let too_many = groups.iter().filter_map(|group| Some(group.alike.get(most(group))?.1)).min();
    if let Some((name, _)) = too_many.and_then(|index| received.get(index)) {
        let name = Pointer::Root.member(name).to_parameter();
        return Err(Error::RepeatedParameter { name, code: ErrorCode::MalformedForm });
    }
    for group in &groups {
        for (count, (_, index)) in group.alike.iter().enumerate() {
            let Some(own) = assigned.get_mut(*index) else { return Err(bug("a parameter was not received")) };
            own.is_known = group.parts > 0;
            own.is_repeated = count > 0;
            let next = group.alike.get(count.saturating_add(1));
            own.next = next.and_then(|(_, next)| NonZeroUsize::new(*next));
        }
    }
    let mut next_filled = filled();
    for (own, (_, text)) in assigned.iter_mut().zip(received).filter(|(own, _)| !own.is_known) {
        own.part = next_filled.next().filter(|part| part.may_have(text, program));
    }
    let filled_received = filled_count.saturating_sub(next_filled.count());
    let found = found.into_iter().map(|found| found.and_then(|found| groups.get(found)));
    note_absent(parts.iter().zip(found), filled_received, selection, allowed, opening);
    Ok(assigned)
}

/// Notes what is missing, in the order of the template. Of several parts of one name, and of those whose names are filled,
/// nobody can tell which one is; so all must be there where one is encrypted.
fn note_absent<'a>(
    parts: impl Iterator<Item = (&'a QueryPart, Option<&'a Group<'a>>)> + Clone,
    filled_received: usize,
    selection: &Selection,
    allowed: &Allowed,
    opening: &mut Opening<'_>,
) {
    let may_be_encrypted = parts.clone().any(|(part, _)| matches!(part.value, QueryValue::ByName { .. }));
    let mut filled: usize = 0;
    for (part, group) in parts {
        let (name, is_absent) = match &part.name_text {
            NameText::Constant(name) => match group {
                Some(group) => (name, group.is_encrypted && group.alike.len() < group.parts),
                None => (name, part.seals(name, selection) && !allowed.is_absence_allowed_for(name)),
            },
            NameText::Filled(name) => {
                filled = filled.saturating_add(1);
                let is_absent = may_be_encrypted && filled > filled_received;
                (name, is_absent && !allowed.is_absence_allowed_for(name))
            }
        };
        if is_absent {
            opening.note_missing(Pointer::Root.member(name));
        }
    }
}

impl QueryPart {
    /// Whether the parameter can have this value: any but another one than a constant.
    fn may_have(&self, text: &str, program: &Program) -> bool {
        self.constant_value(program).is_none_or(|constant| constant == text)
    }

    /// Whether the profile encrypts this parameter, whose name was received.
    fn seals(&self, name: &str, selection: &Selection) -> bool {
        match self.value {
            QueryValue::Sealed(_) => true,
            QueryValue::ByName { .. } => selection.takes_member(name),
            QueryValue::None | QueryValue::Plain(_) => false,
        }
    }
}

/// A value that stays readable.
fn plain(program: &mut ProgramWriter, value: &str) -> Part {
    program.template_part(value, Grammar::Names, url::encode_literal_query)
}

/// A value that is encrypted as a whole: literal text is decoded.
fn sealed(program: &mut ProgramWriter, value: &str) -> Part {
    program.template_part(value, Grammar::Names, |text, out| out.push_str(&decoded(text)))
}

/// The text of a literal part of the profile's own query.
fn decoded(text: &str) -> String {
    let decoded = form::decode(text.as_bytes());
    debug_assert!(decoded.is_some(), "the rules refuse a query whose bytes are not UTF-8");
    decoded.unwrap_or_else(|| text.to_owned())
}

/// A query's name or value as forms are decoded: `+` is a blank, `%XX` a byte. A receiver reads it the same way, so
/// whether a name is one of `enc.params` is decided by this reading. Nothing is copied.
pub(super) fn decoded_bytes(text: &[u8]) -> impl Iterator<Item = u8> {
    text.split(|byte| *byte == b'+').enumerate().flat_map(|(index, piece)| {
        let blank = (index > 0).then_some(b' ');
        blank.into_iter().chain(percent_decode(piece))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_as_forms_are() {
        for (text, name) in [
            ("", ""),
            ("a", "a"),
            ("a+b", "a b"),
            ("+a++b+", " a  b "),
            ("a%20b", "a b"),
            ("a%2Bb%2b", "a+b+"),
            ("a%+20", "a% 20"),
            ("%C3%A9", "é"),
            ("100%", "100%"),
        ] {
            assert_eq!(decoded(text), name, "{text}");
        }
    }

    #[test]
    fn a_run_of_empty_parameters_is_one_piece() {
        let cases: [(&str, &[&str]); 11] = [
            ("", &[""]),
            ("a", &["a"]),
            ("&", &["&"]),
            ("&&&", &["&&&"]),
            ("a&", &["a", ""]),
            ("&a", &["", "a"]),
            ("a&b", &["a", "b"]),
            ("a&&b", &["a", "", "b"]),
            ("a&&&&b", &["a", "&&", "b"]),
            ("&&a&&", &["&", "a", "&"]),
            ("a=1&&&b=&c", &["a=1", "&", "b=", "c"]),
        ];
        for (query, expected) in cases {
            assert_eq!(parameters(query).collect::<Vec<_>>(), expected, "{query}");
            assert_eq!(parameters(query).collect::<Vec<_>>().join("&"), query);
            let empty = |part: &&str| {
                QueryPart::compile(&mut ProgramWriter::default(), part, &Sealing::Off).is_empty()
            };
            assert_eq!(
                parameters(query).filter(|part| !empty(part)).collect::<Vec<_>>(),
                query.split('&').filter(|part| !part.is_empty()).collect::<Vec<_>>()
            );
        }
    }
}
