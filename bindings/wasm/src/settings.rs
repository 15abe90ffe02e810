//! Settings, from objects whose types JavaScript has checked.

use std::str::FromStr;

use callback_profile::cipher::{Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::json::Value;
use callback_profile::seal::{Expected, Freshness};
use callback_profile::{
    CallbackOptions, Limits, MessageOptions, Method, OpenOptions, Parameters, ParseOptions, Profile,
    RecordOptions, Secrets, UnknownName,
};

use crate::failure::Failure;
use crate::request::{is_true, member, strings};

/// An object with settings; none has its defaults.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'r>(pub(crate) Option<Value<'r>>);

/// The names that a setting may list, owned while options refer to them.
#[derive(Default)]
pub(crate) struct Names {
    structures: Option<Vec<String>>,
    absent: Option<Vec<String>>,
}

impl<'r> Settings<'r> {
    fn get(self, name: &str) -> Option<Value<'r>> {
        member(self.0?, name)
    }

    pub(crate) fn text(self, name: &str) -> Option<&'r str> {
        self.get(name).and_then(Value::as_str)
    }

    pub(crate) fn flag(self, name: &str) -> bool {
        self.get(name).is_some_and(is_true)
    }

    pub(crate) fn number(self, name: &str) -> Option<u64> {
        self.get(name).and_then(Value::as_u64)
    }

    fn named<T: Default + FromStr<Err = UnknownName>>(self, name: &str) -> Result<T, Failure> {
        named(name, self.text(name))
    }

    pub(crate) fn wire_format(self) -> Result<WireFormat, Failure> {
        Ok(WireFormat::default()
            .with_encoding(self.named::<Encoding>("encoding")?)
            .with_tag(self.named::<TagPlacement>("tag")?)
            .with_reading(self.named::<Reading>("reading")?))
    }

    pub(crate) fn for_parse(self) -> Result<ParseOptions, Failure> {
        let mut options = ParseOptions::default();
        options.policy = self.named("policy")?;
        options.wire_format = self.wire_format()?;
        options.refuse_sealed = self.flag("refuseSealed");
        options.refuse_v1 = self.flag("refuseV1");
        options.signed = self.flag("signed");
        for (name, value) in self.get("limits").into_iter().flat_map(Value::members) {
            let field = Limits::FIELDS.iter().find(|field| field.name() == name);
            let field = field.ok_or_else(|| Failure::argument("limits has no limit of this name"))?;
            // A number of JavaScript may be larger than a size of 32 bits.
            let number = value.as_u64().ok_or_else(Failure::internal)?;
            field.set(&mut options.limits, usize::try_from(number).unwrap_or(usize::MAX));
        }
        Ok(options)
    }

    pub(crate) fn for_callback(self) -> Result<CallbackOptions<'r>, Failure> {
        let mut options = CallbackOptions::default();
        options.missing = self.named("missing")?;
        options.surrogates = self.named("surrogates")?;
        options.boundary = self.text("boundary");
        Ok(options)
    }

    /// What a sealed callback needs beside its key, into options.
    pub(crate) fn apply_sealing(self, options: &mut CallbackOptions<'r>) {
        options.issued_at = self.number("issuedAt");
        options.id = self.text("id");
        options.profile_id = self.text("profileId");
        options.bare_token = self.flag("bareToken");
    }

    /// 32 bytes in hex.
    pub(crate) fn random(self) -> Result<[u8; 32], Failure> {
        let text = self.text("random").filter(|text| text.len() == 64).ok_or_else(Failure::internal)?;
        let mut random = [0; 32];
        let (digits, _) = text.as_bytes().as_chunks::<2>();
        for (byte, digits) in random.iter_mut().zip(digits) {
            let digits = str::from_utf8(digits).map_err(|_| Failure::internal())?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| Failure::internal())?;
        }
        Ok(random)
    }

    pub(crate) fn for_message(self) -> Result<MessageOptions, Failure> {
        let mut options = MessageOptions::default();
        options.missing = self.named("missing")?;
        options.pairs = self.flag("pairs");
        Ok(options)
    }

    pub(crate) fn for_record(self, profile: &Profile) -> Result<RecordOptions, Failure> {
        let mut options = RecordOptions::from(profile.options().limits);
        options.surrogates = self.named("surrogates")?;
        Ok(options)
    }

    pub(crate) fn names(self) -> Names {
        Names {
            structures: self.get("structures").and_then(strings_of),
            absent: self.get("absent").and_then(strings_of),
        }
    }

    pub(crate) fn for_open<'o>(self, names: &'o Names) -> Result<OpenOptions<'o>, Failure>
    where
        'r: 'o,
    {
        let mut options = OpenOptions::default();
        options.content_type = self.text("contentType");
        options.structures = parameters(self.flag("structures"), names.structures.as_deref());
        options.absent = parameters(self.flag("absent"), names.absent.as_deref());
        options.partial = self.flag("partial");
        options.expected = self.expected("expected")?;
        Ok(options)
    }

    /// What is expected of a sealed callback; what is absent is not checked.
    pub(crate) fn expected(self, name: &str) -> Result<Option<Expected<'r>>, Failure> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let of = Settings(Some(value));
        let unknown = || Failure::argument("expected.method is no method");
        Ok(Some(Expected {
            freshness: match of.number("tolerance") {
                None => Freshness::NotChecked,
                Some(tolerance) => {
                    Freshness::Within { now: of.number("now").ok_or_else(Failure::internal)?, tolerance }
                }
            },
            method: of.text("method").map(|name| Method::from_name(name).ok_or_else(unknown)).transpose()?,
            url: of.text("url"),
            profile_id: of.text("profileId"),
        }))
    }
}

pub(crate) fn secrets(name: Option<&str>) -> Result<Secrets, Failure> {
    named("secrets", name)
}

fn strings_of(value: Value<'_>) -> Option<Vec<String>> {
    (value.kind() == callback_profile::json::Kind::Array).then(|| strings(value)).flatten()
}

fn parameters(is_all: bool, names: Option<&[String]>) -> Parameters<'_> {
    match names {
        _ if is_all => Parameters::All,
        Some(names) => Parameters::Names(names),
        None => Parameters::None,
    }
}

fn named<T: Default + FromStr<Err = UnknownName>>(option: &str, name: Option<&str>) -> Result<T, Failure> {
    let unknown = |error: UnknownName| Failure::argument(&format!("{option} {error}"));
    name.map_or_else(|| Ok(T::default()), |name| name.parse().map_err(unknown))
}
