//! Which IP addresses are not public.

use callback_profile::AddressVerdict;
use napi_derive::napi;

/// The verdict on an IP address, which may have a zone; null if the text is not an IP address.
#[napi(catch_unwind)]
pub fn address_verdict(address: String) -> Option<&'static str> {
    AddressVerdict::of_text(&address).map(AddressVerdict::name)
}
