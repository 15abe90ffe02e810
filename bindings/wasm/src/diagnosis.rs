//! Why texts or a received callback do not open.

use callback_profile::Profile;
use callback_profile::diagnosis::DiagnoseOptions;
use callback_profile::json::Value;

use crate::answer::{Answer, Failure};
use crate::objects::{self, AnyProfile};
use crate::profile::with;

/// The diagnosis of the texts as JSON text, or of the body, the first of them, where the setting `isBody` says so. The setting `also`
/// has the handles of other profiles.
#[unsafe(no_mangle)]
pub extern "C" fn diagnose(profile: u32) -> i32 {
    with(profile, |profile, arguments, settings| {
        let body = if settings.flag("isBody") { Some(arguments.bytes()?) } else { None };
        let texts = arguments.texts()?;
        let expected: Vec<&str> =
            settings.get("expect").into_iter().flat_map(Value::elements).filter_map(Value::as_str).collect();
        let handle = |value: Value<'_>| value.as_u64().and_then(|handle| u32::try_from(handle).ok());
        let handles = settings.get("also").into_iter().flat_map(Value::elements);
        let also: Vec<AnyProfile> = handles
            .map(|value| handle(value).ok_or_else(Failure::internal).and_then(objects::profile))
            .collect::<Result<_, _>>()?;
        let also: Vec<&Profile> = also.iter().map(AnyProfile::get).collect::<Result<_, _>>()?;
        let mut options = DiagnoseOptions::default();
        options.expected = &expected;
        options.also = &also;
        options.parameter = settings.text("parameter");
        options.body = body;
        options.content_type = settings.text("contentType");
        options.show = settings.flag("show");
        options.sealed = settings.expected("sealed")?;
        Ok(Answer::text(profile.diagnose(&texts, &options).to_json()))
    })
}
