//! Stored profiles.

use std::rc::Rc;

use callback_profile::StoredProfile;
use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};

use crate::failure::Failure;
use crate::reply::{Answer, Reply};
use crate::request::Arguments;
use crate::settings::Settings;
use crate::state::{Object, handle, keep, object};

pub(super) fn call(name: &str, of: Arguments<'_>) -> Option<Answer> {
    Some(match name {
        "parseStored" => parse(of),
        "parseStoredList" => parse_list(of),
        "stored.profile" => profile(of),
        "stored.describe" => describe(of),
        _ => return None,
    })
}

pub(super) fn stored_of(number: u64) -> Result<Rc<StoredProfile>, Failure> {
    match object(number)? {
        Object::Stored(stored) => Ok(stored),
        _ => Err(Failure::internal()),
    }
}

fn parse(of: Arguments<'_>) -> Answer {
    let stored = StoredProfile::parse_with(of.text(1)?, &Settings(of.get(2)).for_parse()?)?;
    handle(Object::Stored(Rc::new(stored)))
}

fn parse_list(of: Arguments<'_>) -> Answer {
    let list = StoredProfile::parse_list_with(of.text(1)?, &Settings(of.get(2)).for_parse()?)?;
    let mut text = String::new();
    let mut array = ArrayWriter::new(&mut text);
    for item in list {
        let mut object = ObjectWriter::new(array.element());
        match item {
            Ok(stored) => {
                let number = keep(Object::Stored(Rc::new(stored)))?;
                object.member("handle").append(&number.to_string());
            }
            Err(report) => object.member("failure").append(Failure::from(report).json()),
        }
        object.finish();
    }
    array.finish();
    Ok(Reply::Json(text))
}

fn profile(of: Arguments<'_>) -> Answer {
    handle(Object::Profile(Rc::new(stored_of(of.number(1)?)?.profile().clone())))
}

fn describe(of: Arguments<'_>) -> Answer {
    let stored = stored_of(of.number(1)?)?;
    let mut text = String::new();
    let mut object = ObjectWriter::new(&mut text);
    let members = [
        ("profileId", stored.profile_id()),
        ("createdAt", stored.created_at()),
        ("modifiedAt", stored.modified_at()),
        ("bodyType", stored.body_type()),
        ("dynamicVariables", stored.dynamic_variables()),
    ];
    for (name, value) in members {
        if let Some(value) = value {
            push_string(object.member(name), value);
        }
    }
    if let Some(status) = stored.status() {
        object.member("status").append(&status.number().to_string());
    }
    object.finish();
    Ok(Reply::Json(text))
}
