//! Several profiles by the ids of their keys.

use std::cell::RefCell;
use std::rc::Rc;

use callback_profile::KeyRing;

use crate::answer::{Answer, object, strings};
use crate::arguments::call;
use crate::details;
use crate::objects::{self, Object};
use crate::settings::Opening;
use crate::signing::with_request;

/// An empty ring, by a header or by a parameter of the query.
#[unsafe(no_mangle)]
pub extern "C" fn new_key_ring() -> i32 {
    call(|arguments, settings| {
        let name = arguments.text()?;
        let mut ring =
            if settings.flag("isHeader") { KeyRing::by_header(name) } else { KeyRing::by_query(name) };
        ring.try_in_turn(settings.flag("tryInTurn"));
        ring.refuse_v1(settings.flag("refuseV1"));
        Ok(Object::KeyRing(Rc::new(RefCell::new(ring))).answer())
    })
}

/// Adds a profile.
#[unsafe(no_mangle)]
pub extern "C" fn key_ring_add(ring: u32, profile: u32) -> i32 {
    call(|arguments, _| {
        let profile = objects::profile(profile)?.get()?.clone();
        objects::key_ring(ring)?.borrow_mut().add(arguments.text()?, profile)?;
        Ok(Answer::nothing())
    })
}

/// Takes a profile out.
#[unsafe(no_mangle)]
pub extern "C" fn key_ring_remove(ring: u32) -> i32 {
    call(|arguments, _| {
        let removed = objects::key_ring(ring)?.borrow_mut().remove(arguments.text()?);
        Ok(removed.map_or(Answer::None, |profile| Object::from(profile).answer()))
    })
}

/// The ids.
#[unsafe(no_mangle)]
pub extern "C" fn key_ring_ids(ring: u32) -> i32 {
    call(|_, _| Ok(Answer::text(strings(objects::key_ring(ring)?.borrow().ids()))))
}

/// Opens a received request: the values, then which key opened it and what is known about it.
#[unsafe(no_mangle)]
pub extern "C" fn key_ring_open(ring: u32) -> i32 {
    call(|arguments, settings| {
        let opening = Opening::of(settings);
        let options = settings.for_open(&opening)?;
        let ring = objects::key_ring(ring)?;
        let opened = with_request(arguments, |request| Ok(ring.borrow().open(request, &options)?))?;
        let rest = object(|object| details::push_by_key(object, &opened));
        Ok(Answer::Texts(vec![opened.opened.into_json().into_bytes(), rest.into_bytes()]))
    })
}

/// Verifies, then opens.
#[unsafe(no_mangle)]
pub extern "C" fn key_ring_receive(ring: u32, verifier: u32) -> i32 {
    call(|arguments, settings| {
        let (now, tolerance) = settings.time()?;
        let opening = Opening::of(settings);
        let options = settings.for_open(&opening)?;
        let (ring, verifier) = (objects::key_ring(ring)?, objects::verifier(verifier)?);
        let received = with_request(arguments, |request| {
            Ok(ring.borrow().receive(&verifier, request, now, tolerance, &options)?)
        })?;
        let rest = object(|object| {
            details::push_verified(object, &received.verified);
            details::push_by_key(object, &received.opened);
        });
        Ok(Answer::Texts(vec![received.opened.opened.into_json().into_bytes(), rest.into_bytes()]))
    })
}
