//! Changing a profile: only the members that a patch holds. \[D\]

use super::encryption::MASK;
use super::members::{ENC_MEMBERS, write_enc_member};
use super::parse::read;
use super::payload::MEMBERS;
use super::profile::Profile;
use super::rules::Shape;
use super::sealed_encryption::AnyEncryption;
use crate::cipher::SEALING_KEY_PREFIX;
use crate::json::{Document, Kind, ObjectWriter, Output, Value};
use crate::report::{Advisory, AdvisoryCode, ErrorCode, Pointer, Report, Rule, Violations};
use crate::secrets::Secrets;
use crate::wiped::WipedText;

/// What every payload must have: null cannot clear them.
const MANDATORY: [&str; 3] = ["title", "http_method", "url"];

impl Profile {
    /// The profile with a patch applied: members that are present change, null clears an optional one, and the
    /// whole is checked again with the settings of this profile. Inside `enc`, too, what the patch does not name stays, and
    /// `"params": null` clears the names; `body` and `headers` are replaced whole.
    ///
    /// # Errors
    /// A [`Report`] with the code [`ErrorCode::InvalidPatch`] and every violation of the patched whole; an empty patch
    /// and a changed channel are violations too.
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
        self.patched(json.as_ref()).map_err(|violations| violations.into_report(ErrorCode::InvalidPatch))
    }

    fn patched(&self, json: &[u8]) -> Result<Profile, Violations> {
        let options = self.options();
        let document = read(json, options)?;
        let patch = document.root();
        let broken = if patch.kind() != Kind::Object {
            Some(Rule::type_is("object"))
        } else if patch.is_empty() {
            Some(Rule::at_least_properties(1))
        } else {
            None
        };
        if let Some(rule) = broken {
            let mut violations = Violations::new(options.limits.violations);
            violations.add(Pointer::Root, rule);
            return Err(violations);
        }
        let merged = self.merged(patch);
        // Of two texts within the limit the whole may be longer than the limit.
        let document = Document::read_at_most(merged.as_str().as_bytes(), usize::MAX, &options.limits)
            .map_err(|error| Violations::of_json(&error))?;
        let mut profile = Profile::of_payload(document.root(), Shape::Patched(self.channel()), options)?;
        if let (Some(old), Some(new)) = (self.sealed_encryption(), profile.sealed_encryption())
            && old.kid() == new.kid()
            && !old.has_key_of(new)
        {
            let mut violations = Violations::new(options.limits.violations);
            let rule = Rule::new("new_kid", "must be another one: a new key has a new id");
            violations.add(Pointer::Root.member("enc").member("kid"), rule);
            return Err(violations);
        }
        if let (Some(old), Some(new)) = (self.encryption(), profile.encryption())
            && old.algorithm().is_gcm() != new.algorithm().is_gcm()
            && old.has_key_of(new)
        {
            let pointer = Pointer::Root.member("enc").member("algo").to_string();
            profile.add_advisory(Advisory { code: AdvisoryCode::KeyReusedAcrossModes, pointer });
        }
        Ok(profile)
    }

    /// The payload that the patched profile would have been created with.
    fn merged(&self, patch: Value<'_>) -> WipedText {
        let mut json = WipedText::default();
        let mut object = ObjectWriter::new(&mut json);
        for name in MEMBERS {
            match patch.get(name) {
                Some(value) if value.kind() == Kind::Null && !MANDATORY.contains(&name) => {}
                Some(value) if name == "enc" && value.kind() == Kind::Object => {
                    self.write_patched_enc(object.member(name), value);
                }
                Some(value) => value.write_compact(object.member(name)),
                None => self.write_member(&mut object, name, Secrets::Shown),
            }
        }
        for (name, value) in patch.members().filter(|(name, _)| !MEMBERS.contains(name)) {
            value.write_compact(object.member(name));
        }
        object.finish();
        json
    }

    /// Writes the own enc with the members of a patch in their places, so that a new key drops no params; null clears
    /// params. A patch that names a version, or whose key is one of the other version, is a whole enc of its own.
    fn write_patched_enc(&self, out: &mut impl Output, patch: Value<'_>) {
        let has_sealing_key = |key: &str| key.starts_with(SEALING_KEY_PREFIX);
        let key = patch.get("key").and_then(Value::as_str);
        let is_of_other_version = |own: &AnyEncryption| {
            key.is_some_and(|key| {
                key != MASK && has_sealing_key(key) != matches!(own, AnyEncryption::Sealed(_))
            })
        };
        let own =
            self.any_encryption().filter(|own| patch.get("version").is_none() && !is_of_other_version(own));
        let Some(own) = own else {
            return patch.write_compact(out);
        };
        let mut object = ObjectWriter::new(out);
        for name in ENC_MEMBERS {
            let spellings: &[&str] = if name == "params" { &["params", "Params"] } else { &[name] };
            let given: Vec<_> = spellings.iter().filter_map(|name| Some((*name, patch.get(name)?))).collect();
            if given.is_empty() {
                write_enc_member(&mut object, own, name, Secrets::Shown);
            }
            let is_optional = name == "params" || name == "algo" && matches!(own, AnyEncryption::Sealed(_));
            // Both spellings stay, though one be null: the rules refuse them together.
            let is_both = given.len() > 1;
            for (spelling, value) in given {
                if is_both || !is_optional || value.kind() != Kind::Null {
                    value.write_compact(object.member(spelling));
                }
            }
        }
        for (name, value) in
            patch.members().filter(|(name, _)| !ENC_MEMBERS.contains(name) && *name != "Params")
        {
            value.write_compact(object.member(name));
        }
        object.finish();
    }
}
