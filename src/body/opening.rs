//! One opening of a received body: where decrypted text goes, and everything that is wrong, collected.
//!
//! A value is opened where the template says that an encrypted string is. What is absent or readable there is noted and
//! reported when everything was seen, so that one error names all parameters concerned.
//!
//! A partial opening gives the rest instead. What did not open is listed by its name and the code of the reason, and is not
//! among the values: a member is left out, an element of an array is null, so that the others keep their places. The text that
//! was received is never shown as if it were a value. Nothing becomes more authentic by it: the rest is as it would be in a
//! body that opens as a whole, and a sender who can forge it can also make single parameters fail. \[N\]

use super::FailedParameter;
use super::marks::Marks;
use super::shape::{ObjectShape, Shape};
use crate::Error;
use crate::bug::bug;
use crate::cipher::Cipher;
use crate::json::{ArrayWriter, Kind, ObjectWriter, Output, Step, Value, push_string};
use crate::report::{ErrorCode, Pointer};
use crate::selection::Selection;
use crate::wiped::{WipedBytes, WipedText};

/// What a caller allows in the place of an encrypted string.
#[derive(Clone)]
pub(crate) struct Allowed {
    /// Where a whole `<name>` may be an object or array of encrypted strings.
    pub(crate) structures: Selection,
    /// Which names may be absent, or null.
    pub(crate) absent: Selection,
}

impl Allowed {
    pub(crate) fn within(&self, member: &str) -> Allowed {
        Allowed { structures: self.structures.within(member), absent: self.absent.within(member) }
    }

    /// Whether the parameter of this name may be absent.
    pub(crate) fn is_absence_allowed_for(&self, name: &str) -> bool {
        self.absent.within(name).takes_value()
    }

    fn is_absence_allowed(&self) -> bool {
        self.absent.takes_value()
    }

    /// Whether a dotted name may be absent: it, or what it is below. How its dots are read makes no difference.
    pub(crate) fn is_absence_of_dotted_allowed(&self, name: &str) -> bool {
        let above = name.match_indices('.').filter_map(|(dot, _)| name.get(..dot));
        above.chain([name]).any(|name| self.absent.takes_member(name))
    }
}

/// What the selected values are.
#[derive(Clone, Copy)]
pub(crate) enum Values<'o> {
    /// Nothing is encrypted.
    Readable,
    /// Texts that this cipher opens, one by one.
    Encrypted(&'o Cipher),
    /// Parameters of a sealed callback: opened already, with their types.
    Sealed,
}

/// One opening.
pub(crate) struct Opening<'o> {
    values: Values<'o>,
    /// How many names an error lists.
    listed: usize,
    missing: Vec<String>,
    not_encrypted: Vec<String>,
    /// The first value that could not be decrypted, or a defect.
    failed: Option<Error>,
    /// Of a partial opening: what did not open, so far.
    partial: Option<Vec<FailedParameter>>,
    decrypted: Marks,
    unknown: Marks,
    /// The value that is being opened, in memory that the next one uses again.
    plaintext: WipedBytes,
}

impl<'o> Opening<'o> {
    /// `listed` is how many names an error lists at most.
    pub(crate) fn new(values: Values<'o>, listed: usize) -> Opening<'o> {
        Opening {
            values,
            listed: listed.max(1),
            missing: Vec::new(),
            not_encrypted: Vec::new(),
            failed: None,
            partial: None,
            decrypted: Marks::default(),
            unknown: Marks::default(),
            plaintext: WipedBytes::default(),
        }
    }

    /// The same, which lists what does not open.
    pub(crate) fn partial(mut self) -> Opening<'o> {
        self.partial = Some(Vec::new());
        self
    }

    /// Takes what a partial opening lists, so that `finish` gives the rest. As many as an error may list are an error: who
    /// sends that cannot make the list long.
    pub(crate) fn take_failed(&mut self) -> Vec<FailedParameter> {
        let failed = self.partial.take().unwrap_or_default();
        if failed.is_empty() || failed.len() >= self.listed {
            return Vec::new();
        }
        (self.missing, self.not_encrypted, self.failed) = (Vec::new(), Vec::new(), None);
        failed
    }

    /// Lists a parameter in a partial opening.
    fn list(&mut self, pointer: Pointer<'_>, code: ErrorCode) {
        let Some(failed) = self.partial.as_mut().filter(|failed| failed.len() < self.listed) else { return };
        let name = pointer.to_parameter();
        if !failed.iter().any(|known| known.name == name) {
            failed.push(FailedParameter { name, code });
        }
    }

    /// The values that were decrypted and those that the template does not have, or what was wrong: absent names before
    /// readable values before values that could not be decrypted.
    pub(crate) fn finish(self) -> Result<(Marks, Marks), Error> {
        if !self.missing.is_empty() {
            return Err(Error::MissingParameters(self.missing));
        }
        if !self.not_encrypted.is_empty() {
            return Err(match self.values {
                Values::Sealed => Error::UnexpectedValues(self.not_encrypted),
                Values::Readable | Values::Encrypted(_) => Error::NotEncrypted(self.not_encrypted),
            });
        }
        match self.failed {
            Some(error) => Err(error),
            None => Ok((self.decrypted, self.unknown)),
        }
    }

    /// Notes that the value which is written next has a name that the template does not have.
    pub(crate) fn note_unknown(&mut self, out: &WipedText) {
        self.unknown.push(out.size());
    }

    /// Whether no more absent names are listed.
    pub(crate) fn is_full_of_missing(&self) -> bool {
        self.missing.len() >= self.listed
    }

    /// Notes that an encrypted name is absent; a query's template can have it several times.
    pub(crate) fn note_missing(&mut self, pointer: Pointer<'_>) {
        if !self.is_full_of_missing() {
            let name = pointer.to_parameter();
            if !self.missing.contains(&name) {
                self.missing.push(name);
                self.list(pointer, ErrorCode::MissingParameter);
            }
        }
    }

    /// Notes that an encrypted name holds something else.
    pub(crate) fn note_not_encrypted(&mut self, pointer: Pointer<'_>) {
        self.list(pointer, ErrorCode::NotEncrypted);
        if self.not_encrypted.len() < self.listed {
            self.not_encrypted.push(pointer.to_parameter());
        }
    }

    /// Appends an encrypted text, decrypted, as a JSON string.
    pub(crate) fn text(&mut self, out: &mut WipedText, text: &str, pointer: Pointer<'_>) {
        if self.failed.is_some() && self.partial.is_none() {
            return;
        }
        let Values::Encrypted(cipher) = self.values else {
            self.partial = None;
            self.failed = Some(bug("a profile without encryption has no encrypted parameter"));
            return;
        };
        match cipher.decrypt_text_in(text, &mut self.plaintext) {
            Ok(plaintext) => {
                self.decrypted.push(out.size());
                push_string(out, plaintext);
            }
            Err(error) => {
                self.list(pointer, error.code());
                self.failed.get_or_insert_with(|| Error::Parameter(pointer.to_parameter(), error));
            }
        }
    }

    /// Appends a received value, opened by the shape of its place.
    pub(crate) fn value(
        &mut self,
        out: &mut WipedText,
        value: Value<'_>,
        shape: &Shape,
        allowed: &Allowed,
        pointer: Pointer<'_>,
    ) {
        match shape {
            Shape::Plain => value.write_compact(out),
            Shape::Text(kind) => self.constant(out, value, *kind, pointer),
            Shape::Whole => self.whole(out, value, allowed, pointer),
            Shape::Inside(selection) => self.inside(out, value, selection, allowed, pointer),
            Shape::Same(kind) if value.kind() == *kind && value.is_empty() => value.write_compact(out),
            Shape::Object(object) if value.kind() == Kind::Object => {
                self.object(out, value, object, allowed, pointer)
            }
            Shape::Array(elements, selection) if value.kind() == Kind::Array => {
                self.array(out, value, elements, selection, allowed, pointer);
            }
            Shape::Same(_) | Shape::Object(_) | Shape::Array(..) => {
                if !self.note_other(shape, allowed, pointer) {
                    value.write_compact(out);
                }
            }
        }
    }

    /// Notes what is wrong with another value where the template has a container or null. Returns whether anything is: then
    /// the value is not shown.
    pub(crate) fn note_other(&mut self, shape: &Shape, allowed: &Allowed, pointer: Pointer<'_>) -> bool {
        let noted = self.noted();
        if !matches!(shape, Shape::Same(_)) {
            self.require(shape, allowed, pointer);
        }
        // What is in it may be absent, but no other value may be there instead.
        if shape.is_selected() {
            self.note_not_encrypted(pointer);
        }
        self.noted() > noted
    }

    fn noted(&self) -> usize {
        self.missing.len().saturating_add(self.not_encrypted.len())
    }

    /// Notes every encrypted name of a shape as absent, unless it may be.
    pub(crate) fn require(&mut self, shape: &Shape, allowed: &Allowed, pointer: Pointer<'_>) {
        if allowed.is_absence_allowed() {
            return;
        }
        match shape {
            // What dotted names lead to is required once for the whole body: see `inside`.
            Shape::Plain | Shape::Inside(_) => {}
            Shape::Text(_) | Shape::Whole | Shape::Same(_) => self.note_missing(pointer),
            Shape::Object(object) => {
                for (name, shape) in object.members() {
                    self.require(shape, &allowed.within(name), pointer.member(name));
                }
            }
            Shape::Array(elements, _) => {
                for (index, shape) in elements.iter().enumerate() {
                    self.require(shape, allowed, pointer.element(index));
                }
            }
        }
    }

    /// A constant of the template, or a text with replacers.
    fn constant(&mut self, out: &mut WipedText, value: Value<'_>, kind: Kind, pointer: Pointer<'_>) {
        let is_boolean = |kind| matches!(kind, Kind::True | Kind::False);
        let is_of_kind = value.kind() == kind || is_boolean(value.kind()) && is_boolean(kind);
        match self.values {
            Values::Sealed if !is_of_kind => self.note_not_encrypted(pointer),
            _ => self.scalar(out, value, pointer),
        }
    }

    /// A value that is no container: an encrypted string, or what was sealed.
    fn scalar(&mut self, out: &mut WipedText, value: Value<'_>, pointer: Pointer<'_>) {
        let is_scalar = !matches!(value.kind(), Kind::Object | Kind::Array | Kind::Null);
        match (value.as_str(), self.values) {
            (_, Values::Sealed) if is_scalar => {
                self.decrypted.push(out.size());
                value.write_compact(out);
            }
            (Some(text), Values::Readable | Values::Encrypted(_)) => self.text(out, text, pointer),
            _ => self.note_not_encrypted(pointer),
        }
    }

    fn whole(&mut self, out: &mut WipedText, value: Value<'_>, allowed: &Allowed, pointer: Pointer<'_>) {
        match value.kind() {
            Kind::Object | Kind::Array if allowed.structures.takes_value() => {
                self.structure(out, value, pointer)
            }
            Kind::Null if allowed.is_absence_allowed() => out.append("null"),
            _ => self.scalar(out, value, pointer),
        }
    }

    /// A structure of encrypted strings; null and empty containers are what encryption leaves as it is.
    fn structure(&mut self, out: &mut WipedText, value: Value<'_>, pointer: Pointer<'_>) {
        match value.kind() {
            Kind::Object | Kind::Array => {
                self.children(out, value, |opening, out, step, child| match step {
                    Step::Member(name) => opening.structure(out, child, pointer.member(name)),
                    Step::Element(index) => opening.structure(out, child, pointer.element(index)),
                });
            }
            Kind::Null => out.append("null"),
            _ => self.scalar(out, value, pointer),
        }
    }

    /// Writes a member by `open`, or nothing if that writes no value.
    pub(crate) fn member(
        &mut self,
        object: &mut ObjectWriter<'_, WipedText>,
        name: &str,
        open: impl FnOnce(&mut Self, &mut WipedText),
    ) {
        let unknown = self.unknown.len();
        if !object.member_if_written(name, |out| open(self, out)) {
            self.unknown.shorten(unknown);
        }
    }

    /// Writes an element by `open`, or null if that writes no value.
    pub(crate) fn element(&mut self, out: &mut WipedText, open: impl FnOnce(&mut Self, &mut WipedText)) {
        let (unknown, place) = (self.unknown.len(), out.size());
        open(self, out);
        if out.size() == place {
            self.unknown.shorten(unknown);
            out.append("null");
        }
    }

    /// Writes a received container, each child by `open`.
    fn children<'v>(
        &mut self,
        out: &mut WipedText,
        value: Value<'v>,
        open: impl Fn(&mut Self, &mut WipedText, Step<'v>, Value<'v>),
    ) {
        if value.kind() == Kind::Object {
            let mut object = ObjectWriter::new(out);
            for (name, child) in value.members() {
                self.member(&mut object, name, |opening, out| open(opening, out, Step::Member(name), child));
            }
            object.finish();
        } else {
            let mut array = ArrayWriter::new(out);
            for (index, child) in value.elements().enumerate() {
                self.element(array.element(), |opening, out| open(opening, out, Step::Element(index), child));
            }
            array.finish();
        }
    }

    /// Appends a received object, opened by the shape of the template's.
    pub(crate) fn object(
        &mut self,
        out: &mut WipedText,
        value: Value<'_>,
        object: &ObjectShape,
        allowed: &Allowed,
        pointer: Pointer<'_>,
    ) {
        let mut writer = ObjectWriter::new(out);
        let mut seen = Seen::new(object.len());
        let mut next = 0;
        for (name, child) in value.members() {
            let pointer = pointer.member(name);
            let found = object.find(name, next);
            if let Some((index, _)) = found {
                seen.note(index);
                next = index.saturating_add(1);
            }
            self.member(&mut writer, name, |opening, out| match found {
                Some((_, shape)) => opening.value(out, child, shape, &allowed.within(name), pointer),
                None => opening.unknown(
                    out,
                    child,
                    &object.selection_of_unknown(name),
                    &allowed.within(name),
                    pointer,
                ),
            });
        }
        writer.finish();
        if !seen.is_complete() {
            for (index, (name, shape)) in object.members().enumerate() {
                if !seen.has(index) {
                    self.require(shape, &allowed.within(name), pointer.member(name));
                }
            }
        }
    }

    fn array(
        &mut self,
        out: &mut WipedText,
        value: Value<'_>,
        elements: &[Shape],
        selection: &Selection,
        allowed: &Allowed,
        pointer: Pointer<'_>,
    ) {
        let mut writer = ArrayWriter::new(out);
        for (index, child) in value.elements().enumerate() {
            self.element(writer.element(), |opening, out| match elements.get(index) {
                Some(shape) => opening.value(out, child, shape, allowed, pointer.element(index)),
                None => opening.unknown(out, child, selection, allowed, pointer.element(index)),
            });
        }
        writer.finish();
        for (index, shape) in elements.iter().enumerate().skip(value.len()) {
            self.require(shape, allowed, pointer.element(index));
        }
    }

    /// What the template does not have: an encrypted string where everything is encrypted, else any value. Dotted names
    /// are opened where they lead, but nothing has to be there.
    pub(crate) fn unknown(
        &mut self,
        out: &mut WipedText,
        value: Value<'_>,
        selection: &Selection,
        allowed: &Allowed,
        pointer: Pointer<'_>,
    ) {
        self.note_unknown(out);
        match selection {
            Selection::Nothing => value.write_compact(out),
            // Whoever has the key wrote it, with the type that it has.
            Selection::All if matches!(self.values, Values::Sealed) => value.write_compact(out),
            Selection::All => self.scalar(out, value, pointer),
            Selection::Names(_) => self.inside(out, value, selection, allowed, pointer),
        }
    }

    /// A value in which dotted names lead to encrypted strings: in an object, or in every object of an array. Whether
    /// each name is there is another question, which `inside` answers.
    fn inside(
        &mut self,
        out: &mut WipedText,
        value: Value<'_>,
        selection: &Selection,
        allowed: &Allowed,
        pointer: Pointer<'_>,
    ) {
        match value.kind() {
            Kind::Object | Kind::Array => {
                self.children(out, value, |opening, out, step, child| match step {
                    Step::Element(index) => {
                        opening.inside(out, child, selection, allowed, pointer.element(index));
                    }
                    Step::Member(name) => {
                        let (pointer, allowed) = (pointer.member(name), allowed.within(name));
                        match selection.within(name) {
                            Selection::Nothing => child.write_compact(out),
                            Selection::All => opening.whole(out, child, &allowed, pointer),
                            deeper => opening.inside(out, child, &deeper, &allowed, pointer),
                        }
                    }
                });
            }
            _ => value.write_compact(out),
        }
    }
}

/// Which of an object's members were received.
struct Seen {
    few: u64,
    many: Vec<bool>,
    count: usize,
    len: usize,
}

impl Seen {
    fn new(len: usize) -> Seen {
        Seen { few: 0, many: if len > 64 { vec![false; len] } else { Vec::new() }, count: 0, len }
    }

    /// Notes a member; names occur once in an object, so no member is noted twice.
    fn note(&mut self, index: usize) {
        debug_assert!(index < self.len && !self.has(index), "a name occurs once in an object");
        self.count = self.count.saturating_add(1);
        match self.many.get_mut(index) {
            Some(seen) => *seen = true,
            None => self.few |= 1u64.wrapping_shl(u32::try_from(index).unwrap_or(u32::MAX)),
        }
    }

    fn has(&self, index: usize) -> bool {
        match self.many.get(index) {
            Some(seen) => *seen,
            None => self.few & 1u64.wrapping_shl(u32::try_from(index).unwrap_or(u32::MAX)) != 0,
        }
    }

    fn is_complete(&self) -> bool {
        self.count == self.len
    }
}
