//! The chatbot's answer: `response_message` with its replacers filled.

use std::fmt;

use crate::Error;
use crate::json::{Nodes, Surrogates};
use crate::profile::Profile;
use crate::replacer::{AsRecord, Escape, Missing, Record, RecordOptions, RecordSource, Renderer};
use crate::setters::setters;

/// The settings of a message.
///
/// ```
/// use callback_profile::{MessageOptions, Missing};
/// let options = MessageOptions::default().with_missing(Missing::Keep).with_pairs(true);
/// assert!(options.pairs);
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MessageOptions {
    /// What is written for missing values.
    pub missing: Missing,
    /// Whether a pair stays a pair: `{"name": "John"}` instead of `John`. The value is then a JSON string.
    pub pairs: bool,
    /// What becomes of lone surrogates where the call is given a record's text. A [`Record`] was read by settings of its own.
    pub surrogates: Surrogates,
}

setters! { MessageOptions {
    with_missing = missing: Missing;
    with_pairs = pairs: bool;
    with_surrogates = surrogates: Surrogates;
}}

/// A rendered message. `Display` is its text; `Debug` shows its size and the missing names.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// The text; empty if the profile has no response message.
    pub text: String,
    /// The names that the record lacked, in the order of their first use.
    pub missing: Vec<String>,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("bytes", &self.text.len()).field("missing", &self.missing).finish()
    }
}

impl Profile {
    /// The response message, filled from the record; missing values are empty.
    ///
    /// # Errors
    /// [`Error::OutputTooLarge`]; [`Error::Record`] if the record is given as text.
    ///
    /// ```
    /// use callback_profile::{Profile, Record};
    /// let profile = Profile::parse(r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/",
    ///     "response_message": "Thank you, {\"name\": \"first_name\"}"}"#).unwrap();
    /// let record = Record::parse(r#"{"first_name": "John"}"#).unwrap();
    /// assert_eq!(profile.message(&record).unwrap().text, "Thank you, John");
    /// ```
    pub fn message(&self, record: &(impl AsRecord + ?Sized)) -> Result<Message, Error> {
        self.message_with(record, &MessageOptions::default())
    }

    /// The response message by these settings.
    ///
    /// # Errors
    /// Those of [`message`](Self::message), and [`Error::MissingValues`] if `options.missing` asks for it.
    pub fn message_with(
        &self,
        record: &(impl AsRecord + ?Sized),
        options: &MessageOptions,
    ) -> Result<Message, Error> {
        match record.source() {
            RecordSource::Record(record) => self.message_of(record, options),
            RecordSource::Text(text) => {
                let reading = RecordOptions { limits: self.options().limits, surrogates: options.surrogates };
                self.message_of(&Record::parse_in(text, &reading, Nodes::default())?, options)
            }
        }
    }

    fn message_of(&self, record: &Record<'_>, options: &MessageOptions) -> Result<Message, Error> {
        let Some((text, template)) = &self.parts().message else { return Ok(Message::default()) };
        let mut renderer = Renderer::new(record, options.missing, self.options().limits.output_bytes);
        let mut out = String::with_capacity(text.len().saturating_mul(2));
        renderer.push(&mut out, &mut self.parts().program.part(*template), Escape::None, options.pairs)?;
        let missing = renderer.finish()?;
        Ok(Message { text: out, missing })
    }
}
