//! Records from whatever serialises.

use serde_core::ser::Serialize;

use super::not_json::NotJson;
use super::writer::Writer;
use crate::error::Error;
use crate::replacer::{RecordBuf, RecordOptions};
use crate::wiped::WipedText;

#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl RecordBuf {
    /// A record from a value of any type that serialises as a JSON object: a struct, a map, a `serde_json::Value`. Its text is
    /// written to memory that is wiped.
    ///
    /// What JSON has not is refused with its place: NaN and infinities, bytes, names of members that are not texts. Integers of
    /// all sizes are written with all their digits.
    ///
    /// # Errors
    /// [`Error::NotJson`], and [`Error::Record`] if it is not an object within the limits or has a name twice.
    ///
    /// ```
    /// use callback_profile::{ErrorCode, Profile, RecordBuf};
    /// #[derive(serde::Serialize)]
    /// struct Delivery { recipient: String, price: f64 }
    ///
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>", "price": "<price>"}}"#)?;
    /// let record = RecordBuf::from_serialize(&Delivery { recipient: "+919876543210".into(), price: 0.25 })?;
    /// let callback = profile.callback(&record)?;
    /// assert_eq!(callback.body.as_deref(), Some(r#"{"to":"+919876543210","price":0.25}"#));
    ///
    /// let error = RecordBuf::from_serialize(&Delivery { recipient: String::new(), price: f64::NAN }).unwrap_err();
    /// assert_eq!(error.to_string(), "the record must be JSON: NaN or an infinity at /price");
    /// assert_eq!(error.code(), ErrorCode::InvalidJson);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_serialize(value: &(impl Serialize + ?Sized)) -> Result<RecordBuf, Error> {
        RecordBuf::from_serialize_with(value, &RecordOptions::default())
    }

    /// The same within these limits.
    ///
    /// # Errors
    /// As [`from_serialize`](Self::from_serialize).
    pub fn from_serialize_with(
        value: &(impl Serialize + ?Sized),
        options: &RecordOptions,
    ) -> Result<RecordBuf, Error> {
        let mut text = WipedText::default();
        value.serialize(Writer::new(&mut text, &options.limits)).map_err(NotJson::into_error)?;
        RecordBuf::parse_with(text.as_str(), options)
    }
}
