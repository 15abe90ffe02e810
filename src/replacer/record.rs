//! The data that replacers look values up in.

use super::Path;
use crate::Error;
use crate::json::{Cursor, Document, JsonError, JsonProblem, Kind, Nodes, Value};
use crate::limits::Limits;

/// A JSON object that replacers look values up in, read once and borrowed from its text.
///
/// ```
/// use callback_profile::Record;
/// let record = Record::parse(r#"{"first_name": "John"}"#).unwrap();
/// assert!(Record::parse("[]").is_err());
/// # let _ = record;
/// ```
#[derive(Debug)]
pub struct Record<'a> {
    document: Document<'a>,
}

impl<'a> Record<'a> {
    /// Reads a record of at most 1 MiB.
    ///
    /// Errors: [`Error::Record`] for what is not a JSON object within the [`Limits`].
    pub fn parse<T: AsRef<[u8]> + ?Sized>(json: &'a T) -> Result<Record<'a>, Error> {
        Record::parse_with(json, &Limits::default())
    }

    /// Reads a record within `limits` (`record_bytes`, `depth`, `nodes`).
    pub fn parse_with<T: AsRef<[u8]> + ?Sized>(json: &'a T, limits: &Limits) -> Result<Record<'a>, Error> {
        Record::parse_in(json.as_ref(), limits, Nodes::default())
    }

    /// Reads a record in memory that was used before.
    pub(crate) fn parse_in(text: &'a [u8], limits: &Limits, nodes: Nodes) -> Result<Record<'a>, Error> {
        let document = Document::read_in(text, limits.record_bytes, limits, nodes).map_err(Error::Record)?;
        if document.root().kind() != Kind::Object {
            let error = JsonError::at(text, document.root().offset(), JsonProblem::NotAnObject);
            return Err(Error::Record(error));
        }
        Ok(Record { document })
    }

    /// The memory, for the next record.
    pub(crate) fn into_nodes(self) -> Nodes {
        self.document.into_nodes()
    }

    /// The value that a replacer of this path stands for; `None` if it is missing or null.
    ///
    /// A whole name that exists as a key wins over the path reading, even when its value is null.
    ///
    /// `cursor` remembers where the last name was found.
    pub(crate) fn find(&self, path: &Path, cursor: &mut Cursor) -> Option<Value<'_>> {
        let found = self.document.member(&path.name(), cursor).or_else(|| {
            let steps = path.steps();
            steps
                .iter()
                .try_fold(self.document.root(), |value, step| step.follow(value))
                .filter(|_| !steps.is_empty())
        });
        found.filter(|value| value.kind() != Kind::Null)
    }
}
