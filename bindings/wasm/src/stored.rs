//! Stored profiles.

use std::rc::Rc;

use callback_profile::StoredProfile;
use callback_profile::json::push_string;

use crate::answer::{Answer, Failure, object, push_number};
use crate::arguments::call;
use crate::objects::{self, Object};

/// Parses a stored profile.
#[unsafe(no_mangle)]
pub extern "C" fn parse_stored() -> i32 {
    call(|arguments, settings| {
        let stored = StoredProfile::parse_with(arguments.bytes()?, &settings.for_parse()?)?;
        Ok(Object::Stored(Rc::new(stored)).answer())
    })
}

/// Parses a list of stored profiles: for each, the text of its handle or of its failure.
#[unsafe(no_mangle)]
pub extern "C" fn parse_stored_list() -> i32 {
    call(|arguments, settings| {
        let list = StoredProfile::parse_list_with(arguments.bytes()?, &settings.for_parse()?)?;
        Ok(Answer::Texts(
            list.into_iter()
                .map(|item| match item {
                    Ok(stored) => Object::Stored(Rc::new(stored)).handle().to_string().into_bytes(),
                    Err(report) => Failure::from(report).into_json().into_bytes(),
                })
                .collect(),
        ))
    })
}

/// The handle of its profile, which is not copied.
#[unsafe(no_mangle)]
pub extern "C" fn stored_profile(stored: u32) -> i32 {
    call(|_, _| Ok(Object::ProfileOf(objects::stored(stored)?).answer()))
}

/// What the platform adds to it.
#[unsafe(no_mangle)]
pub extern "C" fn stored_describe(stored: u32) -> i32 {
    call(|_, _| {
        let stored = objects::stored(stored)?;
        Ok(Answer::text(object(|object| {
            let texts = [
                ("profileId", stored.profile_id()),
                ("createdAt", stored.created_at()),
                ("modifiedAt", stored.modified_at()),
                ("bodyType", stored.body_type()),
                ("dynamicVariables", stored.dynamic_variables()),
            ];
            for (name, text) in texts {
                if let Some(text) = text {
                    push_string(object.member(name), text);
                }
            }
            if let Some(status) = stored.status() {
                push_number(object.member("status"), status.number());
            }
        })))
    })
}
