//! From a payload that obeys the rules to a profile: everything copied, split, encrypted or prepared, once.

use super::encryption::Encryption;
use super::headers::Headers;
use super::options::ParseOptions;
use super::profile::{Parts, Profile};
use super::rules::{Checked, CheckedDocumented, CheckedEnc, CheckedSealed};
use super::sealed_encryption::{AnyEncryption, SealedEncryption};
use crate::Error;
use crate::body;
use crate::body::sealing::Sealing;
use crate::body::target::UrlTemplate;
use crate::bug::bug;
use crate::cipher::{SealingKey, WireFormat};
use crate::json::Value;
use crate::replacer::{Grammar, ProgramWriter, as_it_is};

/// Compiles a payload. It fails only where the rules accepted what they should not have: with [`Error::Internal`].
pub(super) fn compile(mut checked: Checked<'_>, options: &ParseOptions) -> Result<Profile, Error> {
    let enc = match &checked.enc {
        None => None,
        Some(CheckedEnc::Documented(enc)) => {
            Some(AnyEncryption::Documented(encryption(enc, options.wire_format)?))
        }
        Some(CheckedEnc::Sealed(enc)) => Some(AnyEncryption::Sealed(Box::new(sealed_encryption(enc)?))),
    };
    // In the order in which a callback is written.
    let mut program = ProgramWriter::default();
    let headers = match &checked.headers {
        Some(source) => Headers::of(&mut program, source.object())?,
        None => Headers::default(),
    };
    let sealing = match &enc {
        Some(AnyEncryption::Documented(enc)) => Sealing::of(enc.cipher(), enc.selection()),
        // A sealed callback is encrypted as a whole, after its values were filled in.
        Some(AnyEncryption::Sealed(_)) | None => Sealing::Off,
    };
    let object = checked.body.as_ref().map(|source| source.object());
    let url = UrlTemplate::compile(&mut program, checked.url.raw, &checked.url.parts, &sealing)?;
    let compile_body = |object| body::compile(&mut program, object, headers.content_type(), &sealing);
    let body = object.map(compile_body).transpose()?;
    let advisories = std::mem::take(&mut checked.advisories);
    let message = checked
        .message
        .map(|text| (text.into(), program.template_part(text, Grammar::NamesAndPairs, as_it_is)));
    let parts = Parts {
        program: program.finish()?,
        title: checked.title.into(),
        method: checked.method,
        url,
        body,
        message,
        headers,
        enc,
        channel: checked.channel,
        events: checked.events.as_ref().map(|events| events.to_list()),
    };
    Ok(Profile::of_parts(parts, advisories, *options))
}

fn encryption(enc: &CheckedDocumented<'_>, wire_format: WireFormat) -> Result<Encryption, Error> {
    let params = enc.params.map(|(_, value)| names(value));
    Encryption::new(enc.algorithm, enc.key, enc.iv, params, wire_format)
        .map_err(|_| bug("a checked key and IV make a cipher"))
}

fn sealed_encryption(enc: &CheckedSealed<'_>) -> Result<SealedEncryption, Error> {
    let params = enc.params.map(|(_, value)| names(value));
    let key = SealingKey::parse(enc.key).ok_or_else(|| bug("a checked key is one"))?;
    Ok(SealedEncryption::new(enc.kid, key, params))
}

/// The names of `params`: a list, or one name.
fn names(value: Value<'_>) -> Vec<String> {
    match value.as_str() {
        Some(name) => vec![name.to_owned()],
        None => value.elements().filter_map(Value::as_str).map(str::to_owned).collect(),
    }
}
