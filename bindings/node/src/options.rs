//! Settings, from plain objects whose types JavaScript has checked.

use std::collections::HashMap;
use std::str::FromStr;

use callback_profile::cipher::{Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::seal::{DEFAULT_TOLERANCE, Expected, Freshness};
use callback_profile::{
    CallbackOptions, Limits, MessageOptions, Method, Missing, OpenOptions, Parameters, ParseOptions, Policy,
    Profile, RecordOptions, Secrets, Surrogates, UnknownName,
};
use napi::bindgen_prelude::Either;
use napi_derive::napi;

use crate::failure::Failure;

/// The settings of a parse; an absent one has its default.
#[napi(object, object_to_js = false)]
#[derive(Default)]
pub struct ParseSettings {
    pub policy: Option<String>,
    pub encoding: Option<String>,
    pub tag: Option<String>,
    pub reading: Option<String>,
    pub refuse_sealed: Option<bool>,
    pub refuse_v1: Option<bool>,
    pub signed: Option<bool>,
    /// By their names in the core; an absent one has its default.
    pub limits: Option<HashMap<String, f64>>,
}

/// The settings of messages and callbacks.
#[napi(object, object_to_js = false)]
#[derive(Clone, Default)]
pub struct RenderSettings {
    pub missing: Option<String>,
    pub pairs: Option<bool>,
    pub boundary: Option<String>,
    pub surrogates: Option<String>,
}

/// What a sealed callback needs beside its key.
#[napi(object, object_to_js = false)]
#[derive(Clone, Default)]
pub struct SealSettings {
    /// 32 bytes in hex.
    pub random: String,
    pub issued_at: f64,
    pub id: String,
    pub profile_id: Option<String>,
    pub bare_token: Option<bool>,
}

/// The settings of opening.
#[napi(object, object_to_js = false)]
#[derive(Clone, Default)]
pub struct OpenSettings {
    pub content_type: Option<String>,
    pub structures: Option<Either<bool, Vec<String>>>,
    pub absent: Option<Either<bool, Vec<String>>>,
    pub expected: Option<ExpectedSettings>,
    pub partial: Option<bool>,
}

/// What is expected of a sealed callback; what is absent is not checked.
#[napi(object, object_to_js = false)]
#[derive(Clone)]
pub struct ExpectedSettings {
    pub now: f64,
    pub tolerance: Option<f64>,
    pub method: Option<String>,
    pub url: Option<String>,
    pub profile_id: Option<String>,
}

/// The names that each option has.
#[napi(object, object_from_js = false)]
pub struct OptionNames {
    pub policy: Vec<&'static str>,
    pub encoding: Vec<&'static str>,
    pub tag: Vec<&'static str>,
    pub reading: Vec<&'static str>,
    pub missing: Vec<&'static str>,
    pub surrogates: Vec<&'static str>,
    pub secrets: Vec<&'static str>,
    pub limits: Vec<&'static str>,
    pub method: Vec<&'static str>,
    /// How far the time of sending may be from now, in seconds, unless the caller says otherwise.
    pub default_tolerance: f64,
}

/// The names that each option has, for the checks in JavaScript.
#[napi(catch_unwind)]
pub fn option_names() -> OptionNames {
    OptionNames {
        policy: Policy::ALL.iter().map(|value| value.name()).collect(),
        encoding: Encoding::ALL.iter().map(|value| value.name()).collect(),
        tag: TagPlacement::ALL.iter().map(|value| value.name()).collect(),
        reading: Reading::ALL.iter().map(|value| value.name()).collect(),
        missing: Missing::ALL.iter().map(|value| value.name()).collect(),
        surrogates: Surrogates::ALL.iter().map(|value| value.name()).collect(),
        secrets: Secrets::ALL.iter().map(|value| value.name()).collect(),
        limits: Limits::FIELDS.iter().map(|field| field.name()).collect(),
        method: Method::ALL.iter().map(|value| value.name()).collect(),
        default_tolerance: DEFAULT_TOLERANCE as f64,
    }
}

impl ParseSettings {
    pub(crate) fn read(settings: Option<ParseSettings>) -> Result<ParseOptions, Failure> {
        let settings = settings.unwrap_or_default();
        let mut options = ParseOptions::default();
        options.policy = named("policy", settings.policy.as_deref())?;
        options.wire_format = wire_format(&settings)?;
        options.refuse_sealed = settings.refuse_sealed.unwrap_or_default();
        options.refuse_v1 = settings.refuse_v1.unwrap_or_default();
        options.signed = settings.signed.unwrap_or_default();
        for (name, number) in settings.limits.into_iter().flatten() {
            let field = Limits::FIELDS.iter().find(|field| field.name() == name);
            let field = field.ok_or_else(|| Failure::argument("limits has no limit of this name"))?;
            // The cast saturates; JavaScript has checked that it is a whole number from 0.
            field.set(&mut options.limits, number as usize);
        }
        Ok(options)
    }
}

impl RenderSettings {
    pub(crate) fn for_callback(&self) -> Result<CallbackOptions<'_>, Failure> {
        let mut options = CallbackOptions::default();
        options.missing = named("missing", self.missing.as_deref())?;
        options.surrogates = named("surrogates", self.surrogates.as_deref())?;
        options.boundary = self.boundary.as_deref();
        Ok(options)
    }

    pub(crate) fn for_message(&self) -> Result<MessageOptions, Failure> {
        let mut options = MessageOptions::default();
        options.missing = named("missing", self.missing.as_deref())?;
        options.pairs = self.pairs.unwrap_or_default();
        Ok(options)
    }

    pub(crate) fn for_record(&self, profile: &Profile) -> Result<RecordOptions, Failure> {
        let mut options = RecordOptions::from(profile.options().limits);
        options.surrogates = named("surrogates", self.surrogates.as_deref())?;
        Ok(options)
    }
}

impl OpenSettings {
    pub(crate) fn for_open(&self) -> Result<OpenOptions<'_>, Failure> {
        let mut options = OpenOptions::default();
        options.content_type = self.content_type.as_deref();
        options.structures = parameters(self.structures.as_ref());
        options.absent = parameters(self.absent.as_ref());
        options.partial = self.partial.unwrap_or(false);
        options.expected = self.expected.as_ref().map(ExpectedSettings::expected).transpose()?;
        Ok(options)
    }
}

impl ExpectedSettings {
    pub(crate) fn expected(&self) -> Result<Expected<'_>, Failure> {
        let unknown = || Failure::argument("expected.method is no method");
        let method = |name: &String| Method::from_name(name).ok_or_else(unknown);
        Ok(Expected {
            freshness: match self.tolerance {
                None => Freshness::NotChecked,
                Some(tolerance) => {
                    Freshness::Within { now: seconds(self.now), tolerance: seconds(tolerance) }
                }
            },
            method: self.method.as_ref().map(method).transpose()?,
            url: self.url.as_deref(),
            profile_id: self.profile_id.as_deref(),
        })
    }
}

impl SealSettings {
    pub(crate) fn random(&self) -> Result<[u8; 32], Failure> {
        let mut random = [0; 32];
        let (digits, _) = self.random.as_bytes().as_chunks::<2>();
        for (byte, digits) in random.iter_mut().zip(digits) {
            let digits = std::str::from_utf8(digits).map_err(|_| Failure::internal())?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| Failure::internal())?;
        }
        if self.random.len() == 64 { Ok(random) } else { Err(Failure::internal()) }
    }

    /// The options of a callback with these, and with the bytes of [`random`](Self::random).
    pub(crate) fn apply<'o>(&'o self, options: &mut CallbackOptions<'o>, random: &'o [u8; 32]) {
        options.random = Some(random);
        options.issued_at = Some(seconds(self.issued_at));
        options.id = Some(&self.id);
        options.profile_id = self.profile_id.as_deref();
        options.bare_token = self.bare_token.unwrap_or_default();
    }
}

/// Whole seconds. The cast saturates; JavaScript has checked that they are a whole number from 0.
pub(crate) fn seconds(number: f64) -> u64 {
    number as u64
}

fn parameters(setting: Option<&Either<bool, Vec<String>>>) -> Parameters<'_> {
    match setting {
        Some(Either::A(true)) => Parameters::All,
        Some(Either::B(names)) => Parameters::Names(names),
        Some(Either::A(false)) | None => Parameters::None,
    }
}

pub(crate) fn wire_format(settings: &ParseSettings) -> Result<WireFormat, Failure> {
    Ok(WireFormat::default()
        .with_encoding(named::<Encoding>("encoding", settings.encoding.as_deref())?)
        .with_tag(named::<TagPlacement>("tag", settings.tag.as_deref())?)
        .with_reading(named::<Reading>("reading", settings.reading.as_deref())?))
}

pub(crate) fn secrets(name: Option<&str>) -> Result<Secrets, Failure> {
    named("secrets", name)
}

fn named<T: Default + FromStr<Err = UnknownName>>(option: &str, name: Option<&str>) -> Result<T, Failure> {
    let unknown = |error| Failure::argument(format!("{option} {error}"));
    name.map_or_else(|| Ok(T::default()), |name| name.parse().map_err(unknown))
}
