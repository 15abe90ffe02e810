//! Where callbacks go, and which IP addresses are not public.

use callback_profile::AddressVerdict;
use napi_derive::napi;

/// The verdict on an IP address, which may have a zone; null if the text is not an IP address.
#[napi(catch_unwind)]
pub fn address_verdict(address: String) -> Option<&'static str> {
    AddressVerdict::of_text(&address).map(AddressVerdict::name)
}

/// Where a callback goes.
#[napi(object, object_from_js = false)]
pub struct Destination {
    pub is_https: bool,
    pub host: String,
    pub port: u16,
    pub authority: String,
    pub target: String,
}

/// Where a callback of this URL goes; null if no callback has such a URL.
#[napi(catch_unwind)]
pub fn destination(url: String) -> Option<Destination> {
    let of = callback_profile::Destination::of(&url)?;
    let callback_profile::Destination { is_https, host, port, authority, target, .. } = of;
    Some(Destination { is_https, host, port, authority, target })
}
