//! One value of an opened callback, for callers that want it without a JSON library.

use super::opened::Opened;
use crate::json::{Document, Kind};
use crate::wiped::WipedText;

/// One value of an opened callback. Its text is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenedValue {
    kind: Kind,
    text: WipedText,
}

impl Opened {
    /// One value: of the parameter of this name, or what a JSON Pointer (RFC 6901) leads to if it begins with `/`; a name
    /// that begins with `/` is reached by its pointer, `/~1a`. `None` if there is no such value.
    ///
    /// Each call reads the JSON text again. Who wants many values reads [`json`](Self::json) once.
    ///
    /// ```
    /// use callback_profile::{Profile, json::Kind};
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>", "tags": ["new"]},
    ///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}}"#).unwrap();
    /// let opened = profile.open(r#"{"to": "hJd6TmNuQBhndbDl5w==", "tags": ["new"]}"#).unwrap();
    /// assert_eq!(opened.get("to").unwrap().text(), "+919876543210");
    /// assert_eq!(opened.get("/tags/0").unwrap().text(), "new");
    /// let tags = opened.get("tags").unwrap();
    /// assert_eq!((tags.kind(), tags.text()), (Kind::Array, r#"["new"]"#));
    /// assert!(opened.get("from").is_none());
    /// ```
    pub fn get(&self, name: &str) -> Option<OpenedValue> {
        let document = Document::read_own(self.json().as_bytes());
        debug_assert!(document.is_ok(), "what was opened is written as JSON");
        let document = document.ok()?;
        let root = document.root();
        let value = if name.starts_with('/') { root.pointer(name) } else { root.get(name) }?;
        let mut text = WipedText::default();
        match value.as_str() {
            Some(string) => crate::json::Output::append(&mut text, string),
            None => value.write_compact(&mut text),
        }
        Some(OpenedValue { kind: value.kind(), text })
    }
}

impl OpenedValue {
    /// What the value is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// A string's text, unescaped; the compact JSON text of every other value.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }
}

/// Shows kind and size only.
impl std::fmt::Debug for OpenedValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenedValue").field("kind", &self.kind).field("bytes", &self.text().len()).finish()
    }
}
