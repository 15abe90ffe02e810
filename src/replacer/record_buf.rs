//! A record that owns its text, and what the calls that fill replacers take as a record.

use std::ops::Deref;
use std::str::FromStr;
use std::sync::Arc;

use super::record::{Record, RecordOptions};
use crate::Error;

/// Longest text of an owned record in bytes: the range of the offsets in it.
const LONGEST_TEXT: usize = i32::MAX as usize;

/// A record that owns its text: for tasks and threads (`'static`, `Send`, `Sync`). Its memory is wiped when the last clone is
/// dropped; a clone is cheap and shares it. Everything that takes a [`Record`] takes this too.
///
/// ```
/// use callback_profile::{Profile, RecordBuf};
/// let profile = Profile::parse(r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/",
///     "response_message": "Thank you, <first_name>"}"#)?;
/// let record = RecordBuf::parse(String::from(r#"{"first_name": "John"}"#))?;
/// let message = std::thread::spawn(move || profile.message(&record)).join().unwrap()?;
/// assert_eq!(message.text, "Thank you, John");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RecordBuf(Arc<Record<'static>>);

impl RecordBuf {
    /// Reads a record of at most 1 MiB. The text that is given is copied: wiping that is the caller's.
    ///
    /// # Errors
    /// As [`Record::parse`].
    pub fn parse(json: impl AsRef<[u8]>) -> Result<RecordBuf, Error> {
        RecordBuf::parse_with(json, &RecordOptions::default())
    }

    /// Reads a record by these settings, of less than 2 GiB whatever they say.
    ///
    /// # Errors
    /// As [`Record::parse`].
    pub fn parse_with(json: impl AsRef<[u8]>, options: &RecordOptions) -> Result<RecordBuf, Error> {
        let mut options = *options;
        options.limits.record_bytes = options.limits.record_bytes.min(LONGEST_TEXT);
        let record = Record::parse_with(json.as_ref(), &options)?;
        Ok(RecordBuf(Arc::new(record.into_owned())))
    }
}

impl Deref for RecordBuf {
    type Target = Record<'static>;

    fn deref(&self) -> &Record<'static> {
        &self.0
    }
}

/// As [`RecordBuf::parse`].
impl FromStr for RecordBuf {
    type Err = Error;

    fn from_str(json: &str) -> Result<RecordBuf, Error> {
        RecordBuf::parse(json)
    }
}

/// As that of [`Record`].
impl std::fmt::Debug for RecordBuf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

/// What a callback or a message can be filled from: a [`Record`] or [`RecordBuf`], which was read, or its JSON text, which is
/// read by the call within the profile's limits. Nothing else implements it.
pub trait AsRecord: source::Source {}

impl<T: source::Source + ?Sized> AsRecord for T {}

pub(crate) mod source {
    //! What [`AsRecord`](super::AsRecord) gives, which only this crate can ask for.

    use super::{Record, RecordBuf};
    use crate::json::Text;

    /// A record that was read, or its text.
    pub enum RecordSource<'r> {
        Record(&'r Record<'r>),
        Text(Text<'r>),
    }

    impl RecordSource<'_> {
        /// Bytes of the record's text.
        pub(crate) fn text_len(&self) -> usize {
            match self {
                RecordSource::Record(record) => record.text_len(),
                RecordSource::Text(text) => text.as_bytes().len(),
            }
        }
    }

    pub trait Source {
        fn source(&self) -> RecordSource<'_>;
    }

    impl Source for Record<'_> {
        fn source(&self) -> RecordSource<'_> {
            RecordSource::Record(self)
        }
    }

    impl Source for RecordBuf {
        fn source(&self) -> RecordSource<'_> {
            RecordSource::Record(self)
        }
    }

    impl<T: Source + ?Sized> Source for &T {
        fn source(&self) -> RecordSource<'_> {
            (**self).source()
        }
    }

    /// Texts.
    macro_rules! texts {
        ($($given:ty: $kind:ident),+) => {
            $(impl Source for $given {
                fn source(&self) -> RecordSource<'_> {
                    RecordSource::Text(Text::$kind(self.as_ref()))
                }
            })+
        };
    }

    texts!(str: Str, String: Str, [u8]: Bytes, Vec<u8>: Bytes);

    impl<const N: usize> Source for [u8; N] {
        fn source(&self) -> RecordSource<'_> {
            RecordSource::Text(Text::Bytes(self))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::name_of;
    use super::*;
    use crate::Surrogates;
    use crate::json::Cursor;

    #[test]
    fn an_owned_record_has_the_values_of_a_borrowed_one() {
        // Escaped and plain names and strings, numbers, a long object and a long array, whose elements are found by lists.
        let many: Vec<String> = (0..100).map(|n| format!(r#""k{n}":"v\u00e9{n}""#)).collect();
        let array: Vec<String> = (0..100).map(|n| format!("[{n}]")).collect();
        let text = format!(
            r#"{{"a":"plain","\u0062":"esc\"aped","n":-1.50e2,"t":true,"o":{{{}}},"l":[{}],"e":"","é":"é"}}"#,
            many.join(","),
            array.join(",")
        );
        let (borrowed, owned) = (Record::parse(&text).unwrap(), RecordBuf::parse(&text).unwrap());
        drop(text.clone());
        let names =
            ["a", "b", "n", "t", "o.k7", "o.k99", "l[0][0]", "l[99][0]", "l[100]", "e", "é", "x", "o", "l"];
        for name in names {
            let of = |record: &Record<'_>| {
                record.find(&name_of(name), &mut Cursor::default()).map(|value| value.to_compact())
            };
            assert_eq!(of(&owned), of(&borrowed), "{name}");
        }
        assert_eq!(format!("{owned:?}"), format!("{borrowed:?}"));
        assert_eq!(format!("{owned:?}"), "Record { members: 8, nodes: 417 }");
    }

    #[test]
    fn what_is_refused_borrowed_is_refused_owned() {
        for text in ["[]", "{", r#"{"a":1,"a":2}"#, r#"{"a":"\ud83d"}"#] {
            assert_eq!(RecordBuf::parse(text).unwrap_err(), Record::parse(text).unwrap_err());
            assert_eq!(text.parse::<RecordBuf>().unwrap_err(), Record::parse(text).unwrap_err());
        }
        let options = RecordOptions::default().with_surrogates(Surrogates::Replace);
        assert!(RecordBuf::parse_with(r#"{"a":"\ud83d"}"#, &options).is_ok());
        let long = RecordOptions::from(crate::Limits::default().with_record_bytes(usize::MAX));
        assert!(RecordBuf::parse_with("{}", &long).is_ok());
    }

    #[test]
    fn it_can_be_sent_to_tasks_and_shared() {
        fn is_static<T: Send + Sync + Clone + 'static>(_: &T) {}
        is_static(&RecordBuf::parse("{}").unwrap());
    }
}
