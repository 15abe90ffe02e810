//! What the platform returns: a profile with its id, its status and its dates, in the shapes of create and get. \[D\]

use super::options::ParseOptions;
use super::parse::read;
use super::profile::Profile;
use super::rules::Shape;
use super::status::Status;
use crate::json::{Kind, Value};
use crate::report::{ErrorCode, Pointer, Report, Rule, Violations};

/// A profile as the platform stores it. A clone shares the profile and copies the id, the dates and the dynamic variables.
/// `Debug` shows the id, the status and what the profile's own shows.
#[derive(Clone)]
pub struct StoredProfile {
    profile: Profile,
    profile_id: Option<String>,
    status: Option<Status>,
    created_at: Option<String>,
    modified_at: Option<String>,
    body_type: Option<String>,
    dynamic_variables: Option<String>,
}

impl std::fmt::Debug for StoredProfile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredProfile")
            .field("profile_id", &self.profile_id)
            .field("status", &self.status)
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

impl StoredProfile {
    /// Parses a stored profile, or a whole envelope that holds one in `data`.
    ///
    /// `headers`, `events` and `body` may be JSON strings or values, the method may be in lower case, a null member is
    /// an absent one, and the id is `profile_id` or `profileId`. A create payload is accepted too: it has no id.
    ///
    /// # Errors
    /// A [`Report`] with the code [`ErrorCode::InvalidStoredProfile`] and every violation; a masked key is one.
    ///
    /// ```
    /// use callback_profile::StoredProfile;
    /// let stored = StoredProfile::parse(r#"{"profile_id": "stage_1", "title": "bot", "http_method": "get",
    ///     "url": "https://example.com/", "headers": "{}", "events": "[\"\"]", "status": 1, "enc": null}"#).unwrap();
    /// assert_eq!(stored.profile_id(), Some("stage_1"));
    /// ```
    pub fn parse(json: impl AsRef<[u8]>) -> Result<StoredProfile, Report> {
        StoredProfile::parse_with(json, &ParseOptions::default())
    }

    /// Parses by the rules and limits of `options`.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn parse_with(json: impl AsRef<[u8]>, options: &ParseOptions) -> Result<StoredProfile, Report> {
        parse(json.as_ref(), options).map_err(into_report)
    }

    /// Parses a list of stored profiles, or a whole envelope that holds one in `data`, as [`Envelope::listed`] does. The result
    /// has an item for each: the stored profile, or why it is refused, with pointers from the profile on.
    ///
    /// # Errors
    /// A [`Report`] with the code [`ErrorCode::InvalidStoredProfile`] if the text is no JSON, or no list.
    ///
    /// [`Envelope::listed`]: crate::Envelope::listed
    ///
    /// ```
    /// use callback_profile::StoredProfile;
    /// let list = StoredProfile::parse_list(r#"[{"profile_id": "stage_1", "title": "bot", "http_method": "get",
    ///     "url": "https://example.com/"}, {"title": "a"}]"#).unwrap();
    /// assert_eq!(list[0].as_ref().unwrap().profile_id(), Some("stage_1"));
    /// assert_eq!(list[1].as_ref().unwrap_err().message(), "body must have required property 'http_method'");
    /// ```
    pub fn parse_list(json: impl AsRef<[u8]>) -> Result<Vec<Result<StoredProfile, Report>>, Report> {
        StoredProfile::parse_list_with(json, &ParseOptions::default())
    }

    /// Parses a list by the rules and limits of `options`. The limits on size hold for the whole text: a long list needs higher
    /// ones.
    ///
    /// # Errors
    /// Those of [`parse_list`](Self::parse_list).
    pub fn parse_list_with(
        json: impl AsRef<[u8]>,
        options: &ParseOptions,
    ) -> Result<Vec<Result<StoredProfile, Report>>, Report> {
        parse_list(json.as_ref(), options).map_err(into_report)
    }

    /// The profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The profile, on its own.
    pub fn into_profile(self) -> Profile {
        self.profile
    }

    /// The platform's id for it.
    pub fn profile_id(&self) -> Option<&str> {
        self.profile_id.as_deref()
    }

    /// The status.
    pub fn status(&self) -> Option<Status> {
        self.status
    }

    /// When it was created, as the platform wrote it.
    pub fn created_at(&self) -> Option<&str> {
        self.created_at.as_deref()
    }

    /// When it was changed, as the platform wrote it.
    pub fn modified_at(&self) -> Option<&str> {
        self.modified_at.as_deref()
    }

    /// The platform's body type, as it wrote it.
    pub fn body_type(&self) -> Option<&str> {
        self.body_type.as_deref()
    }

    /// The platform's dynamic variables as compact JSON; their form is not documented.
    pub fn dynamic_variables(&self) -> Option<&str> {
        self.dynamic_variables.as_deref()
    }
}

/// As [`StoredProfile::parse`].
impl std::str::FromStr for StoredProfile {
    type Err = Report;

    fn from_str(json: &str) -> Result<StoredProfile, Report> {
        StoredProfile::parse(json)
    }
}

fn into_report(violations: Violations) -> Report {
    violations.into_report(ErrorCode::InvalidStoredProfile)
}

/// The `data` of an envelope, if `root` is one and holds data of this kind; else `root` itself.
fn data_of(root: Value<'_>, kind: Kind) -> Value<'_> {
    let is_envelope = root.get("code").is_some() && root.get("title").is_none();
    root.get("data").filter(|data| is_envelope && data.kind() == kind).unwrap_or(root)
}

fn parse(json: &[u8], options: &ParseOptions) -> Result<StoredProfile, Violations> {
    let document = read(json, options)?;
    of_data(data_of(document.root(), Kind::Object), options)
}

fn parse_list(json: &[u8], options: &ParseOptions) -> Result<Vec<Result<StoredProfile, Report>>, Violations> {
    let document = read(json, options)?;
    let data = data_of(document.root(), Kind::Array);
    if data.kind() != Kind::Array {
        let mut violations = Violations::new(options.limits.violations);
        violations.add(Pointer::Root, Rule::type_is("array"));
        return Err(violations);
    }
    Ok(data.elements().map(|item| of_data(item, options).map_err(into_report)).collect())
}

fn of_data(data: Value<'_>, options: &ParseOptions) -> Result<StoredProfile, Violations> {
    let mut violations = Violations::new(options.limits.violations);
    let profile = Profile::of_payload(data, Shape::Stored, options).map_err(|found| violations.append(found));
    if data.kind() != Kind::Object {
        return Err(violations);
    }
    let status = present(data, "status").and_then(|value| {
        let status = value.as_u64().and_then(Status::from_number);
        if status.is_none() {
            violations.add(Pointer::Root.member("status"), Rule::one_of(&["1", "2", "3"]));
        }
        status
    });
    let mut text = |name: &str| {
        let value = present(data, name)?;
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            violations.add(Pointer::Root.member(name), Rule::type_is("string"));
        }
        text
    };
    let profile_id = text("profile_id").or_else(|| text("profileId"));
    let (created_at, modified_at, body_type) = (text("created_at"), text("modified_at"), text("body_type"));
    let dynamic_variables = present(data, "dynamic_variables").map(Value::to_compact);
    match (profile, violations.none_since(0)) {
        (Ok(profile), Ok(())) => Ok(StoredProfile {
            profile,
            profile_id,
            status,
            created_at,
            modified_at,
            body_type,
            dynamic_variables,
        }),
        _ => Err(violations),
    }
}

/// A member that is there and not null.
fn present<'d>(object: Value<'d>, name: &str) -> Option<Value<'d>> {
    object.get(name).filter(|value| value.kind() != Kind::Null)
}
