//! Which IP addresses are not public.

use callback_profile::AddressVerdict;
use napi_derive::napi;

/// The verdict on an IP address; null if the text is not an IP address.
#[napi(catch_unwind)]
pub fn address_verdict(address: String) -> Option<&'static str> {
    address.parse().ok().map(|address| AddressVerdict::of(address).name())
}
