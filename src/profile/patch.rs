//! Changing a profile: only the members that a patch holds. \[D\]

use zeroize::Zeroizing;

use super::payload::MEMBERS;
use super::profile::Profile;
use super::rules::Shape;
use crate::json::{Document, Kind, push_string};
use crate::report::{ErrorCode, Pointer, Report, Rule, Violations};
use crate::secrets::Secrets;

/// What only a payload must have: null cannot clear them.
const MANDATORY: [&str; 3] = ["title", "http_method", "url"];

impl Profile {
    /// The profile with a patch applied: members that are present change, null clears an optional one, and the
    /// whole is checked again with the settings of this profile.
    ///
    /// Errors: a [`Report`] with every violation of the patched whole; an empty patch and a changed channel are
    /// violations too.
    ///
    /// ```
    /// # use callback_profile::Profile;
    /// let old = r#"{"title": "old", "http_method": "GET", "url": "https://example.com/"}"#;
    /// let profile = Profile::parse(old).unwrap();
    /// let patched = profile.patch(r#"{"title": "new"}"#).unwrap();
    /// assert_eq!((patched.title(), patched.url()), ("new", "https://example.com/"));
    /// assert!(profile.patch(r#"{"http_method": "POST"}"#).is_err(), "POST needs a body");
    /// ```
    pub fn patch(&self, json: impl AsRef<[u8]>) -> Result<Profile, Report> {
        self.patched(json.as_ref()).map_err(|violations| violations.into_refusal(ErrorCode::InvalidPatch))
    }

    fn patched(&self, json: &[u8]) -> Result<Profile, Violations> {
        let options = self.options();
        let mut violations = Violations::new(options.limits.violations);
        let document = match Document::read(json, &options.limits) {
            Ok(document) => document,
            Err(error) => {
                violations.add_json(&error);
                return Err(violations);
            }
        };
        let patch = document.root();
        if patch.kind() != Kind::Object {
            violations.add(Pointer::Root, Rule::type_is("object"));
            return Err(violations);
        }
        if patch.is_empty() {
            violations.add(Pointer::Root, Rule::at_least_properties(1));
            return Err(violations);
        }
        let merged = self.merged(patch, json.len());
        let document = Document::read_at_most(&merged, usize::MAX, &options.limits).map_err(|error| {
            violations.add_json(&error);
            violations
        })?;
        Profile::of_payload(document.root(), Shape::Patched(self.channel()), options)
    }

    /// The payload that the patched profile would have been created with.
    ///
    /// `patch_len` is the length of the patch's text; compact text is no longer than what it was read from.
    fn merged(&self, patch: crate::json::Value<'_>, patch_len: usize) -> Zeroizing<Vec<u8>> {
        let own = self.members(Secrets::Shown);
        // Exact room, so that growing leaves no copies of a key.
        let own_len = own.iter().map(|(_, json)| json.len()).fold(0, usize::saturating_add);
        let room = own_len.saturating_add(patch_len).saturating_add(512);
        let mut out = Zeroizing::new(Vec::with_capacity(room));
        out.push(b'{');
        let mut first = true;
        let mut name_to = |out: &mut Vec<u8>, name: &str| {
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            push_string(out, name);
            out.push(b':');
        };
        for name in MEMBERS {
            match patch.get(name) {
                Some(value) if value.kind() == Kind::Null && !MANDATORY.contains(&name) => {}
                Some(value) => {
                    name_to(&mut out, name);
                    value.write_compact(&mut *out);
                }
                None => {
                    if let Some((_, json)) = own.iter().find(|(own_name, _)| *own_name == name) {
                        name_to(&mut out, name);
                        out.extend_from_slice(json);
                    }
                }
            }
        }
        for (name, value) in patch.members().filter(|(name, _)| !MEMBERS.contains(name)) {
            name_to(&mut out, name);
            value.write_compact(&mut *out);
        }
        out.push(b'}');
        out
    }
}
