//! What handles stand for.

use std::cell::RefCell;
use std::rc::Rc;

use callback_profile::cipher::Cipher;
use callback_profile::seal::{Signer, Verifier};
use callback_profile::{KeyRing, Profile, StoredProfile};

use crate::answer::{Answer, Failure};

/// An object that JavaScript has a handle of.
#[derive(Clone)]
pub(crate) enum Object {
    Profile(Rc<Profile>),
    Stored(Rc<StoredProfile>),
    /// The profile within a stored profile.
    ProfileOf(Rc<StoredProfile>),
    Cipher(Rc<Cipher>),
    KeyRing(Rc<RefCell<KeyRing>>),
    Signer(Rc<Signer>),
    Verifier(Rc<Verifier>),
}

#[derive(Default)]
struct Objects {
    /// By their handles; `None` where one was freed.
    all: Vec<Option<Object>>,
    free: Vec<u32>,
}

thread_local! {
    static OBJECTS: RefCell<Objects> = RefCell::default();
}

/// Frees the object of a handle that JavaScript has no more. A handle that was freed before is nothing to it.
#[unsafe(no_mangle)]
pub extern "C" fn free(handle: u32) {
    // Dropped after the borrow: dropping a large object takes its time, and calls nothing of ours.
    let freed = OBJECTS.with_borrow_mut(|objects| {
        let freed = objects.all.get_mut(handle as usize)?.take()?;
        objects.free.push(handle);
        Some(freed)
    });
    drop(freed);
}

impl Object {
    /// The answer with a new handle of it.
    pub(crate) fn answer(self) -> Answer {
        Answer::Number(self.handle())
    }

    /// A new handle of it.
    pub(crate) fn handle(self) -> u32 {
        OBJECTS.with_borrow_mut(|objects| match objects.free.pop() {
            Some(handle) => {
                if let Some(slot) = objects.all.get_mut(handle as usize) {
                    *slot = Some(self);
                }
                handle
            }
            None => {
                objects.all.push(Some(self));
                u32::try_from(objects.all.len().saturating_sub(1)).unwrap_or(u32::MAX)
            }
        })
    }
}

impl From<Profile> for Object {
    fn from(profile: Profile) -> Object {
        Object::Profile(Rc::new(profile))
    }
}

fn object(handle: u32) -> Result<Object, Failure> {
    let found = OBJECTS.with_borrow(|objects| objects.all.get(handle as usize).cloned().flatten());
    found.ok_or_else(Failure::internal)
}

/// A profile, of its own or within a stored profile.
pub(crate) struct AnyProfile(Object);

impl AnyProfile {
    pub(crate) fn get(&self) -> Result<&Profile, Failure> {
        match &self.0 {
            Object::Profile(profile) => Ok(profile),
            Object::ProfileOf(stored) => Ok(stored.profile()),
            _ => Err(Failure::internal()),
        }
    }
}

pub(crate) fn profile(handle: u32) -> Result<AnyProfile, Failure> {
    object(handle).map(AnyProfile)
}

macro_rules! of_kind {
    ($($name:ident: $kind:ident of $type:ty)*) => {$(
        pub(crate) fn $name(handle: u32) -> Result<Rc<$type>, Failure> {
            match object(handle)? {
                Object::$kind(object) => Ok(object),
                _ => Err(Failure::internal()),
            }
        }
    )*};
}

of_kind! {
    stored: Stored of StoredProfile
    cipher: Cipher of Cipher
    key_ring: KeyRing of RefCell<KeyRing>
    signer: Signer of Signer
    verifier: Verifier of Verifier
}
