//! The handle of a profile, and the calls on it.

use callback_profile::{Opened, Profile, Record};
use napi::bindgen_prelude::External;
use napi_derive::napi;

use crate::callback::Callbacks;
use crate::details::Details;
use crate::failure::{Failure, Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::{OpenSettings, ParseSettings, RenderSettings, secrets};
use crate::shared::Shared;

/// A profile; private to the JavaScript class `Profile`.
#[napi(js_name = "ProfileHandle")]
pub struct ProfileHandle {
    pub(crate) profile: Shared,
}

/// The parts of a profile; never a key or an IV.
#[napi(object, object_from_js = false)]
pub struct Description {
    pub title: String,
    pub method: String,
    pub url: String,
    /// With user name and password masked.
    pub url_without_credentials: String,
    /// Without query and fragment; absent if its path has replacers.
    pub constant_url: Option<String>,
    /// JSON text.
    pub body: Option<String>,
    pub response_message: Option<String>,
    pub headers: Vec<Vec<String>>,
    pub channel: String,
    pub events: Option<Vec<String>>,
    pub algorithm: Option<String>,
    pub encrypted_params: Option<Vec<String>>,
    pub kid: Option<String>,
    pub advisories: Vec<Advisory>,
    pub replacers: Vec<Vec<String>>,
}

/// Something accepted but risky or useless.
#[napi(object, object_from_js = false)]
pub struct Advisory {
    pub code: String,
    pub pointer: String,
    pub message: String,
}

/// A field that a profile reads from a record.
#[napi(object, object_from_js = false)]
pub struct Field {
    pub field: String,
    pub places: Vec<String>,
}

/// A rendered message.
#[napi(object, object_from_js = false)]
pub struct Message {
    pub text: String,
    pub missing: Vec<String>,
}

/// Parses a payload.
#[napi(catch_unwind)]
pub fn parse_profile(payload: Text, settings: Option<ParseSettings>) -> Outcome<ProfileHandle> {
    outcome(ParseSettings::read(settings).and_then(|options| {
        let profile = Profile::parse_with(owned(payload), &options)?;
        Ok(ProfileHandle::new(profile.into()))
    }))
}

/// Validates a payload and makes no profile.
#[napi(catch_unwind)]
pub fn check_profile(payload: Text, settings: Option<ParseSettings>) -> Outcome<()> {
    outcome(ParseSettings::read(settings).and_then(|options| {
        Profile::check_with(owned(payload), &options)?;
        Ok(())
    }))
}

impl ProfileHandle {
    pub(crate) fn new(profile: Shared) -> ProfileHandle {
        ProfileHandle { profile }
    }
}

#[napi]
impl ProfileHandle {
    /// The parts of the profile.
    #[napi(catch_unwind)]
    pub fn describe(&self) -> Description {
        let profile = &self.profile;
        let pair = |(name, value): (&str, &str)| vec![name.to_owned(), value.to_owned()];
        Description {
            title: profile.title().to_owned(),
            method: profile.method().name().to_owned(),
            url: profile.url().to_owned(),
            url_without_credentials: profile.url_without_credentials().into_owned(),
            constant_url: profile.constant_url().map(str::to_owned),
            body: profile.body().map(str::to_owned),
            response_message: profile.response_message().map(str::to_owned),
            headers: profile.headers().iter().map(|header| pair((header.name(), header.value()))).collect(),
            channel: profile.channel().name().to_owned(),
            events: profile.events().map(<[String]>::to_vec),
            algorithm: profile.encryption().map(|enc| enc.algorithm().name().to_owned()),
            encrypted_params: match profile.sealed_encryption() {
                Some(sealed) => sealed.encrypted_params(),
                None => profile.encryption().and_then(|enc| enc.encrypted_params()),
            }
            .map(<[String]>::to_vec),
            kid: profile.sealed_encryption().map(|sealed| sealed.kid().to_owned()),
            advisories: profile
                .advisories()
                .iter()
                .map(|advisory| Advisory {
                    code: advisory.code.name().to_owned(),
                    pointer: advisory.pointer.clone(),
                    message: advisory.message().to_owned(),
                })
                .collect(),
            replacers: profile.replacers().into_iter().map(pair).collect(),
        }
    }

    /// The profile as the text of a create payload.
    #[napi(catch_unwind)]
    pub fn to_json(&self, shown: Option<String>) -> Outcome<String> {
        outcome(secrets(shown.as_deref()).map(|secrets| self.profile.to_json(secrets)))
    }

    /// A new profile with the patch applied.
    #[napi(catch_unwind)]
    pub fn patch(&self, patch: Text) -> Outcome<ProfileHandle> {
        outcome(self.profile.patch(owned(patch)).map(|profile| ProfileHandle::new(profile.into())))
    }

    /// The chatbot's answer, filled from the record.
    #[napi(catch_unwind)]
    pub fn message(&self, record: Text, settings: Option<RenderSettings>) -> Outcome<Message> {
        outcome(self.filled_message(&owned(record), settings.unwrap_or_default()))
    }

    fn filled_message(&self, record: &[u8], settings: RenderSettings) -> Result<Message, Failure> {
        let record = Record::parse_with(record, &settings.for_record(&self.profile)?)?;
        let message = self.profile.message_with(&record, &settings.for_message()?)?;
        Ok(Message { text: message.text, missing: message.missing })
    }

    /// The first argument of `callback`, `callbackOfMembers` and `bodyOfMembers`.
    #[napi(catch_unwind, ts_return_type = "ExternalObject<unknown>")]
    pub fn for_callbacks(&self) -> External<Callbacks> {
        External::new(Callbacks::of(self.profile.clone()))
    }

    /// Whether its callbacks are sealed.
    #[napi(catch_unwind)]
    pub fn is_sealed(&self) -> bool {
        self.profile.sealed_encryption().is_some()
    }

    /// Whether its callbacks have a body.
    #[napi(catch_unwind)]
    pub fn has_body(&self) -> bool {
        self.profile.method().has_body()
    }

    /// The fields that it reads from a record.
    #[napi(catch_unwind)]
    pub fn fields(&self) -> Vec<Field> {
        let fields = self.profile.fields().into_iter();
        fields.map(|field| Field { field: field.field, places: field.places }).collect()
    }

    /// Whether a received body of this content type is JSON, so that its text can be made again of a parsed value.
    #[napi(catch_unwind)]
    pub fn is_json_body(&self, content_type: Option<String>) -> bool {
        self.profile.is_json_body(content_type.as_deref())
    }

    /// The parameters of a received callback, as JSON text.
    #[napi(catch_unwind)]
    pub fn open(&self, received: Text, settings: Option<OpenSettings>) -> Outcome<String> {
        let settings = settings.unwrap_or_default();
        outcome(open(&self.profile, &owned(received), &settings).map(Opened::into_json))
    }

    /// The same, with what was decrypted and what the profile does not know.
    #[napi(catch_unwind)]
    pub fn open_details(&self, received: Text, settings: Option<OpenSettings>) -> Outcome<Details> {
        let settings = settings.unwrap_or_default();
        outcome(open(&self.profile, &owned(received), &settings).map(Details::of))
    }
}

pub(crate) fn open(profile: &Profile, received: &[u8], settings: &OpenSettings) -> Result<Opened, Failure> {
    Ok(profile.open_with(received, &settings.for_open()?)?)
}
