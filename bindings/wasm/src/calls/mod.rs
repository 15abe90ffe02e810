//! The calls, by name: those of the native addon of the npm package, whose typings are `bindings/node/index.d.ts`.

#[cfg(feature = "whole")]
mod envelope;
#[cfg(feature = "whole")]
mod hazmat;
mod keys;
mod opening;
mod profile;
mod signing;
mod stored;
mod tables;

use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::reply::{self, Answer};
use crate::request::{self, Arguments};

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
        #[cfg(feature = "whole")]
        envelope::call,
        signing::call,
        keys::call,
        #[cfg(feature = "whole")]
        hazmat::call,
        tables::call,
    ];
    groups.iter().find_map(|call| call(name, arguments)).unwrap_or_else(|| Err(Failure::internal()))
}
