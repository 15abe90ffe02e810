//! The API's responses, as their exact text.

use std::rc::Rc;

use callback_profile::json::Value;
use callback_profile::{Envelope, StoredProfile};

use super::stored::stored_of;
use crate::failure::Failure;
use crate::reply::{Answer, Reply};
use crate::request::Arguments;
use crate::settings::secrets;
use crate::state::profile_of;

pub(super) fn call(name: &str, of: Arguments<'_>) -> Option<Answer> {
    Some(match name {
        "envelopeCreated" | "envelopeUpdated" => of_profile(name, of),
        "envelopeFetched" => fetched(of),
        "envelopeListed" => listed(of),
        "envelopeDeleted" => of.string(1).map(|id| Reply::Text(Envelope::deleted(id).to_json())),
        "envelopeNotFound" => of.string(1).map(|id| Reply::Text(Envelope::not_found(id).to_json())),
        "envelopeNotOpened" => {
            of.string(1).map(|text| Reply::Text(Envelope::not_opened(text.to_owned()).to_json()))
        }
        "envelopeParse" => parse(of),
        _ => return None,
    })
}

fn of_profile(name: &str, of: Arguments<'_>) -> Answer {
    let (profile, id, secrets) = (profile_of(of, 1)?, of.optional_string(2), secrets(of.optional_string(3))?);
    let envelope = match name {
        "envelopeCreated" => Envelope::created(&profile, id, secrets),
        _ => Envelope::updated(&profile, id, secrets),
    };
    Ok(Reply::Text(envelope.to_json()))
}

fn fetched(of: Arguments<'_>) -> Answer {
    let stored = stored_of(of.number(1)?)?;
    Ok(Reply::Text(Envelope::fetched(&stored, secrets(of.optional_string(2))?).to_json()))
}

fn listed(of: Arguments<'_>) -> Answer {
    let list = of.get(1).into_iter().flat_map(Value::elements);
    let stored = list.map(|value| stored_of(value.as_u64().ok_or_else(Failure::internal)?));
    let stored: Vec<Rc<StoredProfile>> = stored.collect::<Result<_, Failure>>()?;
    let secrets = secrets(of.optional_string(2))?;
    Ok(Reply::Text(Envelope::listed(stored.iter().map(|one| &**one), secrets).to_json()))
}

fn parse(of: Arguments<'_>) -> Answer {
    Ok(Reply::Text(Envelope::parse(of.text(1)?)?.to_json()))
}
