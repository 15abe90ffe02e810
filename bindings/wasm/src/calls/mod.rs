//! The calls, by name: those of the native addon of the npm package, whose typings are `bindings/node/index.d.ts`.

mod envelope;
mod hazmat;
mod keys;
mod opening;
mod profile;
mod signing;
mod stored;
mod tables;

use std::rc::Rc;

use callback_profile::Profile;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::reply::{self, Reply};
use crate::request::{self, Arguments};
use crate::state::{self, Object};

type Answer = Result<Reply, Failure>;

/// The reply to a request.
pub(crate) fn answer(request: &[u8]) -> Zeroizing<Vec<u8>> {
    reply::bytes(parsed(request))
}

fn parsed(request: &[u8]) -> Answer {
    let (text, bytes) = request::split(request).ok_or_else(Failure::internal)?;
    let document = request::read(text).ok_or_else(Failure::internal)?;
    let arguments = Arguments { list: document.root(), bytes };
    let name = arguments.string(0)?;
    let groups = [
        profile::call,
        opening::call,
        stored::call,
        envelope::call,
        signing::call,
        keys::call,
        hazmat::call,
        tables::call,
    ];
    groups.iter().find_map(|call| call(name, arguments)).unwrap_or_else(|| Err(Failure::internal()))
}

/// The profile that an argument stands for: one of its own, or that of a stored one.
fn profile_of(arguments: Arguments<'_>, at: usize) -> Result<Rc<Profile>, Failure> {
    match state::object(arguments.number(at)?)? {
        Object::Profile(profile) => Ok(profile),
        _ => Err(Failure::internal()),
    }
}
