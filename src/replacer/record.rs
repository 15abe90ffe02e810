//! The data that replacers look values up in.

use super::path::follow;
use crate::Error;
use crate::json::{Cursor, Document, JsonError, JsonProblem, Kind, Name, Nodes, Surrogates, Text, Value};
use crate::limits::Limits;
use crate::setters::setters;

/// A JSON object that replacers look values up in, read once and borrowed from its text.
///
/// ```
/// use callback_profile::Record;
/// let record = Record::parse(r#"{"first_name": "John"}"#).unwrap();
/// assert!(Record::parse("[]").is_err());
/// # let _ = record;
/// ```
pub struct Record<'a> {
    document: Document<'a>,
}

/// The settings of reading a record.
///
/// ```
/// use callback_profile::{Profile, Record, RecordOptions, Surrogates};
/// // An emoji that something cut in half on its way here.
/// let json = r#"{"text": "Thanks \ud83d"}"#;
/// assert!(Record::parse(json).is_err());
///
/// let options = RecordOptions::default().with_surrogates(Surrogates::Replace);
/// let record = Record::parse_with(json, &options).unwrap();
/// let profile = Profile::parse(r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/",
///     "response_message": "You said: <text>"}"#).unwrap();
/// assert_eq!(profile.message(&record).unwrap().text, "You said: Thanks \u{FFFD}");
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecordOptions {
    /// How much is read: `record_bytes`, `depth` and `nodes` count.
    pub limits: Limits,
    /// What becomes of lone surrogates.
    pub surrogates: Surrogates,
}

setters! { RecordOptions {
    with_limits = limits: Limits;
    with_surrogates = surrogates: Surrogates;
}}

/// These limits, and lone surrogates refused.
impl From<Limits> for RecordOptions {
    fn from(limits: Limits) -> RecordOptions {
        RecordOptions { limits, ..RecordOptions::default() }
    }
}

impl<'a> Record<'a> {
    /// Reads a record of at most 1 MiB.
    ///
    /// # Errors
    /// [`Error::Record`] for what is not a JSON object within the [`Limits`].
    pub fn parse<T: AsRef<[u8]> + ?Sized>(json: &'a T) -> Result<Record<'a>, Error> {
        Record::parse_with(json, &RecordOptions::default())
    }

    /// Reads a record by these settings.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_with<T: AsRef<[u8]> + ?Sized>(
        json: &'a T,
        options: &RecordOptions,
    ) -> Result<Record<'a>, Error> {
        Record::parse_in(Text::Bytes(json.as_ref()), options, Nodes::default())
    }

    /// Reads a record in memory that was used before.
    pub(crate) fn parse_in(
        text: Text<'a>,
        options: &RecordOptions,
        nodes: Nodes,
    ) -> Result<Record<'a>, Error> {
        let RecordOptions { limits, surrogates } = options;
        let document = Document::read_in(text, limits.record_bytes, limits, *surrogates, nodes);
        let document = document.map_err(Error::Record)?;
        if document.root().kind() != Kind::Object {
            let error = JsonError::at(text.as_bytes(), document.root().offset(), JsonProblem::NotAnObject);
            return Err(Error::Record(error));
        }
        Ok(Record { document })
    }

    /// The same record with its text inside. The text must be shorter than 2 GiB.
    pub(super) fn into_owned(self) -> Record<'static> {
        Record { document: self.document.into_owned() }
    }

    /// Bytes of its text.
    pub(crate) fn text_len(&self) -> usize {
        self.document.text_len()
    }

    /// The memory, for the next record.
    pub(crate) fn into_nodes(self) -> Nodes {
        self.document.into_nodes()
    }

    /// The value that a replacer of this name means; `None` if it is missing or null.
    ///
    /// A whole name that exists as a key wins over the path reading, even when its value is null. `cursor` remembers
    /// where the last name was found.
    #[inline]
    pub(super) fn find(&self, name: &Name<'_>, cursor: &mut Cursor) -> Option<Value<'_>> {
        let found = self.document.member(name, cursor);
        found.or_else(|| follow(self.document.root(), name.text())).filter(|value| value.kind() != Kind::Null)
    }
}

/// Shows how many members there are, and how many values and names in all; none of them.
impl std::fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record")
            .field("members", &self.document.root().len())
            .field("nodes", &self.document.node_count())
            .finish()
    }
}

/// A text as a name to look up.
#[cfg(test)]
pub(super) fn name_of(text: &str) -> Name<'_> {
    Name::new(text, crate::json::fingerprint(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_wins_over_its_path_reading() {
        let text = r#"{"a.b":1,"a":{"b":2,"c":3,"n":null},"m[0]":null,"m":[4,[5]],"parts[n]":6,"parts":[7]}"#;
        let record = Record::parse(text).unwrap();
        let found = |name: &str| {
            let value = record.find(&name_of(name), &mut Cursor::default());
            value.and_then(Value::as_u64)
        };
        for (name, value) in [
            ("a.b", Some(1)),
            ("a.c", Some(3)),
            ("a.n", None),
            ("m[0]", None),
            ("m[1][0]", Some(5)),
            ("parts[n]", Some(6)),
            ("parts[0]", Some(7)),
            ("b", None),
        ] {
            assert_eq!(found(name), value, "{name}");
        }
    }
}
