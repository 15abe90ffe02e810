//! Settings that several commands share. Their names are the library's own.

use callback_profile::cipher::{Algorithm, Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::{Method, Missing, ParseOptions, Policy, RecordOptions, Surrogates};
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Which rules apply.
#[derive(clap::Args)]
pub(crate) struct RulesArgs {
    /// Which rules apply: the platform's documented ones, or also those that refuse what is risky
    #[arg(long, value_name = "POLICY", default_value = Policy::default().name(), value_parser = policy())]
    policy: Policy,
}

/// What is refused beyond that, or also.
#[derive(clap::Args)]
pub(crate) struct RefusalArgs {
    /// Refuse sealed profiles, which are an extension of the platform's documents
    #[arg(long)]
    refuse_sealed: bool,
    /// Refuse the documented enc: for those who have moved to sealed profiles
    #[arg(long)]
    refuse_v1: bool,
    /// The callbacks will be signed: refuse headers that signing adds, advise where a signature covers no parameter
    #[arg(long)]
    signed: bool,
}

/// How encrypted values are written and read.
#[derive(clap::Args)]
pub(crate) struct WireArgs {
    /// The encoding of encrypted values
    #[arg(long, value_name = "ENCODING", default_value = Encoding::default().name(), value_parser = encoding())]
    encoding: Encoding,
    /// Where the tag of AES-GCM is: after the ciphertext or before it
    #[arg(long, value_name = "TAG", default_value = TagPlacement::default().name(), value_parser = tag())]
    tag: TagPlacement,
    /// How strictly encrypted values are read
    #[arg(long, value_name = "READING", default_value = Reading::default().name(), value_parser = reading())]
    reading: Reading,
}

/// How a record is read.
#[derive(clap::Args)]
pub(crate) struct RecordArgs {
    /// What replaces a value that the record lacks: nothing, the replacer itself, an error, or JSON null for a whole <name>
    #[arg(long, value_name = "MISSING", default_value = Missing::default().name(), value_parser = missing())]
    pub(crate) missing: Missing,
    /// What becomes of half an emoji (a lone surrogate) in the record: an error, or U+FFFD
    #[arg(long, value_name = "SURROGATES", default_value = Surrogates::default().name(), value_parser = surrogates())]
    surrogates: Surrogates,
}

impl RulesArgs {
    pub(crate) fn options(&self) -> ParseOptions {
        let mut options = ParseOptions::default();
        options.policy = self.policy;
        options
    }
}

impl RefusalArgs {
    /// The settings with these refusals.
    pub(crate) fn apply(&self, options: ParseOptions) -> ParseOptions {
        let mut options = options;
        options.refuse_sealed = self.refuse_sealed;
        options.refuse_v1 = self.refuse_v1;
        options.signed = self.signed;
        options
    }
}

impl RecordArgs {
    pub(crate) fn options(&self) -> RecordOptions {
        let mut options = RecordOptions::default();
        options.surrogates = self.surrogates;
        options
    }
}

impl WireArgs {
    pub(crate) fn format(&self) -> WireFormat {
        WireFormat::default().with_encoding(self.encoding).with_tag(self.tag).with_reading(self.reading)
    }
}

fn policy() -> impl TypedValueParser<Value = Policy> {
    named(Policy::ALL.iter().map(|policy| policy.name()).collect(), Policy::from_name)
}

fn missing() -> impl TypedValueParser<Value = Missing> {
    named(Missing::ALL.iter().map(|missing| missing.name()).collect(), Missing::from_name)
}

fn surrogates() -> impl TypedValueParser<Value = Surrogates> {
    named(Surrogates::ALL.iter().map(|surrogates| surrogates.name()).collect(), Surrogates::from_name)
}

/// The name of a method.
pub(super) fn method() -> impl TypedValueParser<Value = Method> {
    named(Method::ALL.iter().map(|method| method.name()).collect(), Method::from_name)
}

/// The name of an algorithm.
pub(crate) fn algorithm() -> impl TypedValueParser<Value = Algorithm> {
    named(Algorithm::ALL.iter().map(|algorithm| algorithm.name()).collect(), Algorithm::from_name)
}

fn encoding() -> impl TypedValueParser<Value = Encoding> {
    named(Encoding::ALL.iter().map(|encoding| encoding.name()).collect(), Encoding::from_name)
}

fn tag() -> impl TypedValueParser<Value = TagPlacement> {
    named(TagPlacement::ALL.iter().map(|tag| tag.name()).collect(), TagPlacement::from_name)
}

fn reading() -> impl TypedValueParser<Value = Reading> {
    named(Reading::ALL.iter().map(|reading| reading.name()).collect(), Reading::from_name)
}

/// Parses the name of a setting; clap lists the names in help, errors and completions.
fn named<T: Clone + Send + Sync + 'static>(
    names: Vec<&'static str>,
    from_name: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(move |name| from_name(&name).ok_or("not one of the names"))
}
