//! An opened callback.

use crate::body::FailedParameter;
use crate::body::marks::Marks;
use crate::wiped::WipedText;

/// An opened callback. Its text is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    json: WipedText,
    decrypted: Marks,
    unknown: Marks,
    failed: Vec<FailedParameter>,
    /// Boxed: where it is absent, moving it would copy whatever the stack held before.
    sealed: Option<Box<SealedMessage>>,
}

impl Opened {
    pub(super) fn new(
        json: WipedText,
        decrypted: Marks,
        unknown: Marks,
        sealed: Option<SealedMessage>,
    ) -> Opened {
        Opened { json, decrypted, unknown, failed: Vec::new(), sealed: sealed.map(Box::new) }
    }

    pub(super) fn with_failed(mut self, failed: Vec<FailedParameter>) -> Opened {
        self.failed = failed;
        self
    }

    /// What the sender said about a sealed callback; `None` of the documented format.
    pub fn sealed(&self) -> Option<&SealedMessage> {
        self.sealed.as_deref()
    }

    /// The parameters as a compact JSON object, in the received order. Decrypted values are strings; so are all values
    /// of forms and queries, but for arrays and objects in fields. A name that a query repeats has an array.
    pub fn json(&self) -> &str {
        self.json.as_str()
    }

    /// The same, owned, and the caller's to wipe.
    pub fn into_json(self) -> String {
        self.json.into_string()
    }

    /// What was decrypted (`to`, `contacts[0].name`), in the received order. Everything else in the JSON is as readable
    /// and as forgeable as it was received. A name ends after 256 characters and is as it was sent: show it through
    /// [`visible`](crate::visible) where people or logs see it.
    pub fn decrypted(&self) -> impl ExactSizeIterator<Item = String> {
        self.decrypted.names(self.json()).into_iter()
    }

    /// What did not open, of [`OpenOptions::partial`](crate::OpenOptions); else nothing. It is not among the parameters: a
    /// member is absent, an element of an array is null. Names are as those of [`decrypted`](Self::decrypted).
    ///
    /// ```
    /// use callback_profile::{ErrorCode, OpenOptions, Profile};
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>", "id": "<id>"},
    ///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
    /// let options = OpenOptions::default().with_partial(true);
    /// let opened = profile.open_with(r#"{"to":"hJd6TmNuQBhndbDl5w==","id":7}"#, &options).unwrap();
    /// assert_eq!(opened.json(), r#"{"to":"+919876543210"}"#);
    /// assert_eq!((opened.failed()[0].name.as_str(), opened.failed()[0].code), ("id", ErrorCode::NotEncrypted));
    /// ```
    pub fn failed(&self) -> &[FailedParameter] {
        &self.failed
    }

    /// What the profile's template does not have, in the received order. A name is as those of [`decrypted`](Self::decrypted).
    pub fn unknown(&self) -> impl ExactSizeIterator<Item = String> {
        self.unknown.names(self.json()).into_iter()
    }
}

/// Shows sizes only.
impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("bytes", &self.json().len())
            .field("decrypted", &self.decrypted.len())
            .field("unknown", &self.unknown.len())
            .finish()
    }
}

/// What the sender of a sealed callback said about it, authentic as the parameters are.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedMessage {
    /// The id of the key.
    pub kid: String,
    /// The id of the message, the same for each retry. Keep it, with the key's id, for at least twice the tolerance, in the
    /// transaction of the effect.
    pub id: String,
    /// The time of sending in seconds since 1970.
    pub issued_at: u64,
    /// The id of the profile, if the sender gave one.
    pub profile_id: Option<String>,
}
