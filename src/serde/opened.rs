//! Opened callbacks as values of any type.

use serde_core::de::DeserializeOwned;

use super::reader::{Reader, Unlike};
use crate::bug::bug;
use crate::callback::Opened;
use crate::error::Error;
use crate::json::Document;

#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Opened {
    /// The parameters as a value of any type that deserialises: a struct, a map, a `serde_json::Value`. Decrypted values are
    /// strings, and so are all values of forms and queries.
    ///
    /// An integer is never rounded: one that fits no integer type of the target is refused.
    ///
    /// # Errors
    /// [`Error::UnexpectedType`] with the place and what the type expects, never with a value.
    ///
    /// ```
    /// use callback_profile::{ErrorCode, Profile};
    /// #[derive(serde::Deserialize)]
    /// struct Delivery { to: String, status: u16 }
    ///
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>", "status": "<status>"},
    ///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}}"#)?;
    /// let delivery: Delivery = profile.open(r#"{"to":"hJd6TmNuQBhndbDl5w==","status":7}"#)?.deserialize()?;
    /// assert_eq!((delivery.to.as_str(), delivery.status), ("+919876543210", 7));
    ///
    /// let opened = profile.open(r#"{"to":"hJd6TmNuQBhndbDl5w==","status":"READ"}"#)?;
    /// let error = opened.deserialize::<Delivery>().err().unwrap();
    /// assert_eq!(error.to_string(), "the opened value at /status must be u16 and is a string");
    /// assert_eq!(error.code(), ErrorCode::UnexpectedType);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let document = Document::read_own(self.json().as_bytes());
        let document = document.map_err(|_| bug("opened parameters are not JSON"))?;
        T::deserialize(Reader(document.root())).map_err(Unlike::into_error)
    }
}
