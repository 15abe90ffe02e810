//! Filling a template from a record.

use std::collections::BTreeSet;

use super::program::{Instruction, Instructions, Pair};
use super::{Escape, Record};
use crate::Error;
use crate::bug::bug;
use crate::json::{Cursor, Kind, Name, Output, Value, push_string};
use crate::names::named_values;
use crate::wiped::WipedText;

/// What is written for a value that the record lacks, or that is null there.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Missing {
    /// The empty string.
    #[default]
    Empty,
    /// The replacer itself, as it was written.
    Keep,
    /// Nothing: the call fails with an error that lists all missing names.
    Error,
    /// JSON null for a string of a JSON body that is one whole `<name>`, even where it is encrypted; elsewhere the empty
    /// string.
    Null,
}

named_values!(Missing { Empty = "empty", Keep = "keep", Error = "error", Null = "null" });

/// One rendering: the record, what to do about missing names, and the cap on the output.
pub(crate) struct Renderer<'r> {
    record: &'r Record<'r>,
    missing: Missing,
    limit: usize,
    names: Vec<String>,
    /// The same names, to know them again; made for the first one.
    noted: Option<BTreeSet<String>>,
    cursor: Cursor,
}

impl<'r> Renderer<'r> {
    /// `limit` is the longest output in bytes, counted from the start of the buffer that is appended to.
    pub(crate) fn new(record: &'r Record<'r>, missing: Missing, limit: usize) -> Renderer<'r> {
        Renderer { record, missing, limit, names: Vec::new(), noted: None, cursor: Cursor::default() }
    }

    /// Appends the template, filled; its literal parts are written as they are. With `pairs`, a pair stays a pair
    /// and only its value is replaced.
    ///
    /// What is read is one text: up to the next end, so a value that is encrypted is read from what it is within.
    pub(crate) fn push(
        &mut self,
        out: &mut impl Output,
        template: &mut Instructions<'_>,
        escape: Escape,
        pairs: bool,
    ) -> Result<(), Error> {
        for instruction in template {
            match instruction {
                Instruction::Text(text) => self.capped(out, text.len(), |out| out.append(text))?,
                Instruction::Name(name) => self.push_name(out, &name, escape)?,
                Instruction::Pair(pieces) if pairs => self.push_pair(out, &pieces.pair())?,
                Instruction::Pair(pieces) => self.push_field(out, &pieces.pair(), escape)?,
                Instruction::Sealed | Instruction::Whole(..) | Instruction::Unknown => {
                    return Err(bug("a text has no such instruction"));
                }
            }
        }
        Ok(())
    }

    /// Appends the value of a pair's field.
    fn push_field(&mut self, out: &mut impl Output, pair: &Pair<'_>, escape: Escape) -> Result<(), Error> {
        match self.find(&pair.field) {
            Some(value) => self.push_value(out, value, escape)?,
            None if self.missing == Missing::Keep => {
                for part in [pair.before_value, pair.value, pair.after_value] {
                    self.capped(out, part.len(), |out| escape.push(out, part))?;
                }
            }
            None => {}
        }
        Ok(())
    }

    /// Appends the value of `<name>`.
    pub(crate) fn push_name(
        &mut self,
        out: &mut impl Output,
        name: &Name<'_>,
        escape: Escape,
    ) -> Result<(), Error> {
        match self.find(name) {
            Some(value) => self.push_value(out, value, escape),
            None => self.push_missing(out, name.text(), escape),
        }
    }

    /// Appends what is written for a missing `<name>`.
    pub(crate) fn push_missing(
        &self,
        out: &mut impl Output,
        name: &str,
        escape: Escape,
    ) -> Result<(), Error> {
        if self.missing != Missing::Keep {
            return Ok(());
        }
        self.capped(out, name.len().saturating_add(2), |out| {
            escape.push(out, "<");
            escape.push(out, name);
            escape.push(out, ">");
        })
    }

    fn push_pair(&mut self, out: &mut impl Output, pair: &Pair<'_>) -> Result<(), Error> {
        let found = self.find(&pair.field);
        self.capped(out, pair.before_value.len(), |out| out.append(pair.before_value))?;
        match found {
            Some(value) => {
                let mut text = String::new();
                self.push_value(&mut text, value, Escape::None)?;
                self.capped(out, text.len(), |out| push_string(out, &text))?;
            }
            None if self.missing == Missing::Keep => {
                self.capped(out, pair.value.len(), |out| out.append(pair.value))?;
            }
            None => self.capped(out, 2, |out| push_string(out, ""))?,
        }
        self.capped(out, pair.after_value.len(), |out| out.append(pair.after_value))
    }

    /// What is done about missing names.
    pub(crate) fn missing(&self) -> Missing {
        self.missing
    }

    /// The value of a name; a missing one is noted.
    #[inline]
    pub(crate) fn find(&mut self, name: &Name<'_>) -> Option<Value<'r>> {
        let found = self.record.find(name, &mut self.cursor);
        if found.is_none() {
            self.note(name.text());
        }
        found
    }

    #[cold]
    fn note(&mut self, name: &str) {
        if self.noted.get_or_insert_default().insert(name.to_owned()) {
            self.names.push(name.to_owned());
        }
    }

    /// Appends a value's text: strings as they are, numbers and booleans as JSON text, objects and arrays as compact
    /// JSON; null is empty.
    pub(crate) fn push_value(
        &self,
        out: &mut impl Output,
        value: Value<'r>,
        escape: Escape,
    ) -> Result<(), Error> {
        let text = match (value.as_str().or_else(|| value.number_text()), value.kind()) {
            (Some(text), _) => text,
            (None, Kind::Null) => return Ok(()),
            (None, Kind::True) => "true",
            (None, Kind::False) => "false",
            (None, _) => return self.push_container(out, value, escape),
        };
        self.capped(out, text.len(), |out| escape.push(out, text))
    }

    fn push_container(&self, out: &mut impl Output, value: Value<'r>, escape: Escape) -> Result<(), Error> {
        // The compact text is no longer than the text it was read from, which the record's limit bounds. It may be part of
        // an encrypted value.
        let mut compact = WipedText::default();
        value.write_compact(&mut compact);
        self.capped(out, compact.as_str().len(), |out| escape.push(out, compact.as_str()))
    }

    /// Appends by `push` what is at least `len` bytes long, unless the output would pass the cap: checked before
    /// anything is appended, and again for what escaping added; the output is then of no use.
    pub(crate) fn capped<O: Output>(
        &self,
        out: &mut O,
        len: usize,
        push: impl FnOnce(&mut O),
    ) -> Result<(), Error> {
        let before = out.size();
        if before.saturating_add(len) > self.limit {
            return Err(Error::OutputTooLarge(self.limit));
        }
        push(out);
        if out.size() > self.limit {
            return Err(Error::OutputTooLarge(self.limit));
        }
        Ok(())
    }

    /// The names that were missing, in the order of their first use, or the error that was asked for.
    pub(crate) fn finish(self) -> Result<Vec<String>, Error> {
        if self.missing == Missing::Error && !self.names.is_empty() {
            return Err(Error::MissingValues(self.names));
        }
        Ok(self.names)
    }
}
