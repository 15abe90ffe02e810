//! Why texts or a received callback do not open.

use callback_profile::Profile;
use callback_profile::diagnosis::DiagnoseOptions;
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::ExpectedSettings;
use crate::profile::ProfileHandle;

/// What is known beside the texts.
#[napi(object, object_to_js = false)]
pub struct DiagnoseSettings {
    pub expect: Option<Vec<String>>,
    pub parameter: Option<String>,
    pub content_type: Option<String>,
    pub show: Option<bool>,
    pub sealed: Option<ExpectedSettings>,
}

/// The diagnosis of the texts, or of the body in their place, as JSON text.
#[napi(catch_unwind)]
pub fn diagnose(
    profile: &ProfileHandle,
    texts: Vec<String>,
    body: Option<Text>,
    also: Vec<ClassInstance<'_, ProfileHandle>>,
    settings: DiagnoseSettings,
) -> Outcome<String> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let expected: Vec<&str> = settings.expect.iter().flatten().map(String::as_str).collect();
    let also: Vec<&Profile> = also.iter().map(|other| &*other.profile).collect();
    let body = body.map(owned);
    let mut options = DiagnoseOptions::default();
    options.expected = &expected;
    options.also = &also;
    options.parameter = settings.parameter.as_deref();
    options.body = body.as_deref();
    options.content_type = settings.content_type.as_deref();
    options.show = settings.show.unwrap_or_default();
    let sealed = settings.sealed.as_ref().map(ExpectedSettings::expected).transpose();
    outcome(sealed.map(|sealed| {
        options.sealed = sealed;
        profile.profile.diagnose(&texts, &options).to_json()
    }))
}
