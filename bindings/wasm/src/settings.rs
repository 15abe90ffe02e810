//! Settings, whose types JavaScript has checked.

use std::str::FromStr;

use callback_profile::cipher::{Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::json::{Kind, Value};
use callback_profile::seal::{Expected, Freshness};
use callback_profile::{
    CallbackOptions, Limits, MessageOptions, Method, OpenOptions, Parameters, ParseOptions, Profile,
    RecordOptions, Secrets, UnknownName,
};

use crate::answer::Failure;
use crate::arguments::Settings;

impl Settings<'_> {
    pub(crate) fn for_parse(&self) -> Result<ParseOptions, Failure> {
        let mut options = ParseOptions::default();
        options.policy = self.named("policy")?;
        options.wire_format = self.wire_format()?;
        options.refuse_sealed = self.flag("refuseSealed");
        options.refuse_v1 = self.flag("refuseV1");
        options.signed = self.flag("signed");
        for (name, number) in self.get("limits").into_iter().flat_map(Value::members) {
            let field = Limits::FIELDS.iter().find(|field| field.name() == name);
            let field = field.ok_or_else(|| Failure::argument("limits has no limit of this name"))?;
            let number = number.as_u64().ok_or_else(Failure::internal)?;
            field.set(&mut options.limits, usize::try_from(number).unwrap_or(usize::MAX));
        }
        Ok(options)
    }

    pub(crate) fn wire_format(&self) -> Result<WireFormat, Failure> {
        Ok(WireFormat::default()
            .with_encoding(self.named::<Encoding>("encoding")?)
            .with_tag(self.named::<TagPlacement>("tag")?)
            .with_reading(self.named::<Reading>("reading")?))
    }

    pub(crate) fn for_message(&self) -> Result<MessageOptions, Failure> {
        let mut options = MessageOptions::default();
        options.missing = self.named("missing")?;
        options.pairs = self.flag("pairs");
        Ok(options)
    }

    pub(crate) fn for_record(&self, profile: &Profile) -> Result<RecordOptions, Failure> {
        let mut options = RecordOptions::from(profile.options().limits);
        options.surrogates = self.named("surrogates")?;
        Ok(options)
    }

    /// `random` is what [`random`](Self::random) gave.
    pub(crate) fn for_callback<'s>(
        &'s self,
        random: Option<&'s [u8; 32]>,
    ) -> Result<CallbackOptions<'s>, Failure> {
        let mut options = CallbackOptions::default();
        options.missing = self.named("missing")?;
        options.surrogates = self.named("surrogates")?;
        options.boundary = self.text("boundary");
        if random.is_some() {
            options.random = random;
            options.issued_at = self.number("issuedAt");
            options.id = self.text("id");
            options.profile_id = self.text("profileId");
            options.bare_token = self.flag("bareToken");
        }
        Ok(options)
    }

    /// The random bytes of a sealed callback.
    pub(crate) fn random(&self) -> Result<Option<[u8; 32]>, Failure> {
        let Some(hex) = self.text("random") else { return Ok(None) };
        let mut random = [0; 32];
        let (digits, _) = hex.as_bytes().as_chunks::<2>();
        for (byte, digits) in random.iter_mut().zip(digits) {
            let digits = std::str::from_utf8(digits).map_err(|_| Failure::internal())?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| Failure::internal())?;
        }
        if hex.len() == 64 { Ok(Some(random)) } else { Err(Failure::internal()) }
    }

    /// `names` is what [`Opening::of`] gave.
    pub(crate) fn for_open<'s>(&'s self, opening: &'s Opening) -> Result<OpenOptions<'s>, Failure> {
        let mut options = OpenOptions::default();
        options.content_type = self.text("contentType");
        options.structures = opening.structures.as_parameters();
        options.absent = opening.absent.as_parameters();
        options.expected = self.expected("expected")?;
        Ok(options)
    }

    /// What is expected of a sealed callback, by the name of the setting.
    pub(crate) fn expected(&self, name: &str) -> Result<Option<Expected<'_>>, Failure> {
        let Some(expected) = self.get(name) else { return Ok(None) };
        let text = |name| expected.get(name).and_then(Value::as_str);
        let seconds = |name| expected.get(name).and_then(Value::as_u64);
        let unknown = || Failure::argument("expected.method is no method");
        Ok(Some(Expected {
            freshness: match (seconds("tolerance"), seconds("now")) {
                (None, _) => Freshness::NotChecked,
                (Some(tolerance), Some(now)) => Freshness::Within { now, tolerance },
                (Some(_), None) => return Err(Failure::internal()),
            },
            method: text("method").map(|name| Method::from_name(name).ok_or_else(unknown)).transpose()?,
            url: text("url"),
            profile_id: text("profileId"),
        }))
    }

    /// Time and tolerance of a verification.
    pub(crate) fn time(&self) -> Result<(u64, u64), Failure> {
        self.number("now").zip(self.number("tolerance")).ok_or_else(Failure::internal)
    }

    pub(crate) fn secrets(&self) -> Result<Secrets, Failure> {
        self.named("secrets")
    }

    fn named<T: Default + FromStr<Err = UnknownName>>(&self, option: &str) -> Result<T, Failure> {
        let unknown = |error| Failure::argument(format!("{option} {error}"));
        self.text(option).map_or_else(|| Ok(T::default()), |name| name.parse().map_err(unknown))
    }
}

/// The names in the settings of opening, in the form that the core takes.
pub(crate) struct Opening {
    structures: Names,
    absent: Names,
}

enum Names {
    All,
    None,
    Listed(Vec<String>),
}

impl Opening {
    pub(crate) fn of(settings: &Settings<'_>) -> Opening {
        Opening {
            structures: Names::of(settings.get("structures")),
            absent: Names::of(settings.get("absent")),
        }
    }
}

impl Names {
    fn of(setting: Option<Value<'_>>) -> Names {
        match setting.map(|setting| (setting, setting.kind())) {
            Some((_, Kind::True)) => Names::All,
            Some((list, Kind::Array)) => {
                Names::Listed(list.elements().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            _ => Names::None,
        }
    }

    fn as_parameters(&self) -> Parameters<'_> {
        match self {
            Names::All => Parameters::All,
            Names::None => Parameters::None,
            Names::Listed(names) => Parameters::Names(names),
        }
    }
}
