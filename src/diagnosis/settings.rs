//! The change of wire format or profile under which a text opens.

use zeroize::Zeroizing;

use crate::cipher::{Algorithm, WireFormat};
use crate::json::{ObjectWriter, Output, push_string};
use crate::profile::{ParseOptions, Profile};
use crate::secrets::Secrets;
use crate::wiped::WipedText;

/// What has to change in the receiver's profile for a text to open. Key and IV are described and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    pub(super) wire_format: Option<WireFormat>,
    pub(super) algorithm: Option<Algorithm>,
    pub(super) key: Option<Changed>,
    pub(super) iv: Option<Changed>,
    pub(super) profile: Option<usize>,
}

/// A changed secret and what was done to it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) text: Zeroizing<String>,
    pub(super) detail: &'static str,
}

impl Settings {
    /// The wire format, if another is needed.
    pub fn wire_format(&self) -> Option<WireFormat> {
        self.wire_format
    }

    /// The algorithm, if another is needed.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm
    }

    /// What has to be done to the key, in words.
    pub fn key(&self) -> Option<&'static str> {
        self.key.as_ref().map(|changed| changed.detail)
    }

    /// What has to be done to the IV, in words.
    pub fn iv(&self) -> Option<&'static str> {
        self.iv.as_ref().map(|changed| changed.detail)
    }

    /// Which of [`DiagnoseOptions::also`](super::DiagnoseOptions::also) opens the text, counted from 0.
    pub fn profile(&self) -> Option<usize> {
        self.profile
    }

    /// The profile with these changes, which opens the text. `None` if the rules of profiles refuse it.
    pub fn apply(&self, profile: &Profile) -> Option<Profile> {
        let mut payload = WipedText::default();
        let mut options: ParseOptions = *profile.options();
        options.wire_format = self.wire_format.unwrap_or(options.wire_format);
        payload.append(&Zeroizing::new(profile.to_json(Secrets::Shown)));
        let changed = Profile::parse_with(payload.as_str(), &options).ok()?;
        let mut patch = WipedText::default();
        let mut object = ObjectWriter::new(&mut patch);
        let mut enc = ObjectWriter::new(object.member("enc"));
        let key = self.key.as_ref().map(|changed| changed.text.as_str());
        let iv = self.iv.as_ref().map(|changed| changed.text.as_str());
        for (name, value) in [("algo", self.algorithm.map(Algorithm::name)), ("key", key), ("IV", iv)] {
            if let Some(value) = value {
                push_string(enc.member(name), value);
            }
        }
        enc.finish();
        object.finish();
        changed.patch(patch.as_str()).ok()
    }

    /// The changes as compact JSON: those of `encoding`, `tag`, `reading`, `algo`, `key`, `IV` and `profile` that apply.
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json);
        json
    }

    pub(super) fn write(&self, out: &mut impl Output) {
        let mut object = ObjectWriter::new(out);
        let format = self.wire_format;
        for (name, value) in [
            ("encoding", format.map(|format| format.encoding.name())),
            ("tag", format.map(|format| format.tag.name())),
            ("reading", format.map(|format| format.reading.name())),
            ("algo", self.algorithm.map(Algorithm::name)),
            ("key", self.key()),
            ("IV", self.iv()),
        ] {
            if let Some(value) = value {
                push_string(object.member(name), value);
            }
        }
        if let Some(index) = self.profile {
            object.member("profile").append(&index.to_string());
        }
        object.finish();
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_json())
    }
}
