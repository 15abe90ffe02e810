//! From a payload that obeys the rules to a profile: everything copied, cut, encrypted or prepared, once.

use super::encryption::Encryption;
use super::headers::Headers;
use super::matched::Matched;
use super::options::ParseOptions;
use super::profile::{Parts, Profile};
use super::rules::{Checked, CheckedEnc};
use crate::body;
use crate::body::sealing::Sealing;
use crate::body::target::UrlTemplate;
use crate::cipher::WireFormat;
use crate::json::{Kind, Value};
use crate::replacer::{Grammar, Template};
use crate::report::{Advisory, AdvisoryCode, Pointer, Violations};

/// Compiles a payload. The error cannot be: what was checked compiles.
pub(crate) fn compile(mut checked: Checked<'_>, options: &ParseOptions) -> Result<Profile, Violations> {
    let mut advisories = std::mem::take(&mut checked.advisories);
    match parts(&checked, options, &mut advisories) {
        Some(parts) => Ok(Profile::of_parts(parts, advisories, *options)),
        None => Err(Violations::new(1).or_unjudged()),
    }
}

fn parts(checked: &Checked<'_>, options: &ParseOptions, advisories: &mut Vec<Advisory>) -> Option<Parts> {
    let enc = match &checked.enc {
        Some(enc) => Some(encryption(enc, options.wire_format)?),
        None => None,
    };
    let headers = checked.headers.as_ref().map(|source| Headers::of(source.object())).unwrap_or_default();
    let sealing = enc.as_ref().map_or(Sealing::Off, |enc| Sealing::of(enc.cipher(), enc.selection()));
    let object = checked.body.as_ref().map(|source| source.object());
    let body = match object {
        Some(object) => Some(body::compile(object, headers.content_type(), &sealing).ok()?),
        None => None,
    };
    let url = UrlTemplate::compile(checked.url.raw, &checked.url.parts, &sealing);
    let sent = object.filter(|_| checked.method.has_body());
    if let Some(names) = enc.as_ref().and_then(|enc| enc.params()) {
        note_unmatched(names, &url, sent, checked.enc_member, advisories);
    }
    let message =
        checked.message.map(|text| (text.to_owned(), Template::compile(text, Grammar::NamesAndPairs)));
    Some(Parts {
        title: checked.title.to_owned(),
        method: checked.method,
        url,
        body,
        message,
        headers,
        enc,
        channel: checked.channel,
        events: checked.events.as_ref().map(|events| events.to_list()),
    })
}

fn encryption(enc: &CheckedEnc<'_>, wire_format: WireFormat) -> Option<Encryption> {
    let params = enc.params.map(|value| match value.as_str() {
        Some(name) => vec![name.to_owned()],
        None => value.elements().filter_map(Value::as_str).map(str::to_owned).collect(),
    });
    Encryption::of(enc.algorithm, enc.key, enc.iv, params, wire_format)
}

/// Advises on every name in enc.params that can never match.
fn note_unmatched(
    names: &[String],
    url: &UrlTemplate,
    body: Option<Value<'_>>,
    enc: Option<Value<'_>>,
    advisories: &mut Vec<Advisory>,
) {
    let spelling = if enc.is_some_and(|enc| enc.get("params").is_some()) { "params" } else { "Params" };
    let is_list = enc.and_then(|enc| enc.get(spelling)).is_some_and(|value| value.kind() == Kind::Array);
    let place = Pointer::Root;
    let place = place.member("enc");
    let place = place.member(spelling);
    let matched = Matched::of(names, url, body);
    for (index, name) in names.iter().enumerate() {
        if !matched.has(name) {
            let here = if is_list { place.element(index) } else { place };
            advisories
                .push(Advisory { code: AdvisoryCode::UnmatchedEncryptParam, pointer: here.to_string() });
        }
    }
}
