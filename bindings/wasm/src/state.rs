//! The objects that stay here between calls, by number. JavaScript gives a number back when its object is collected.

use std::cell::RefCell;
use std::rc::Rc;

use callback_profile::cipher::Cipher;
use callback_profile::seal::{Signer, Verifier};
use callback_profile::{KeyRing, Profile, StoredProfile};

use crate::failure::Failure;
use crate::reply::{Answer, Reply};
use crate::request::Arguments;

/// What a number stands for.
#[derive(Clone)]
pub(crate) enum Object {
    Profile(Rc<Profile>),
    Stored(Rc<StoredProfile>),
    Cipher(Rc<Cipher>),
    Ring(Rc<RefCell<KeyRing>>),
    Signer(Rc<Signer>),
    Verifier(Rc<Verifier>),
}

thread_local! {
    static OBJECTS: RefCell<Vec<Option<Object>>> = const { RefCell::new(Vec::new()) };
}

/// Keeps an object; its number.
pub(crate) fn keep(object: Object) -> Result<u32, Failure> {
    OBJECTS.with_borrow_mut(|objects| {
        let at = objects.iter().position(Option::is_none).unwrap_or(objects.len());
        match objects.get_mut(at) {
            Some(free) => *free = Some(object),
            None => objects.push(Some(object)),
        }
        u32::try_from(at).map_err(|_| Failure::internal())
    })
}

/// The reply with an object that is kept.
pub(crate) fn handle(object: Object) -> Answer {
    keep(object).map(Reply::Handle)
}

/// Forgets an object.
pub(crate) fn forget(number: u64) {
    OBJECTS.with_borrow_mut(|objects| {
        if let Some(object) = usize::try_from(number).ok().and_then(|at| objects.get_mut(at)) {
            *object = None;
        }
    });
}

/// The object with this number.
pub(crate) fn object(number: u64) -> Result<Object, Failure> {
    let at = usize::try_from(number).map_err(|_| Failure::internal())?;
    OBJECTS.with_borrow(|objects| objects.get(at).cloned().flatten()).ok_or_else(Failure::internal)
}

/// The profile that an argument stands for.
pub(crate) fn profile_of(arguments: Arguments<'_>, at: usize) -> Result<Rc<Profile>, Failure> {
    match object(arguments.number(at)?)? {
        Object::Profile(profile) => Ok(profile),
        _ => Err(Failure::internal()),
    }
}
