//! Where a callback goes, for programs that connect by themselves instead of giving the URL to an HTTP client.

use cbp::Destination;

use crate::callback::cbp_callback;
use crate::guard;
use crate::text::cbp_str;

/// What to resolve: a name in lower case, an IPv4 address in four decimal numbers, or an IPv6 address without brackets. Check
/// every address that it leads to (cbp_address_verdict_of_sockaddr()), and connect to one that you checked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_host(callback: *const cbp_callback) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| Some(cbp_str::of(&destination(callback)?.host)))
    }
}

/// The port: that of the URL, else 443 or 80; 0 if `callback` is NULL or empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_port(callback: *const cbp_callback) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, 0, |callback| Some(destination(callback)?.port.into())) }
}

/// Whether the scheme is https and not http.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_is_https(callback: *const cbp_callback) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, false, |callback| Some(destination(callback)?.is_https)) }
}

/// The value of the header `host`: the host, an IPv6 address in brackets, and the port unless it is the scheme's own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_authority(callback: *const cbp_callback) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| Some(cbp_str::of(&destination(callback)?.authority)))
    }
}

/// Path and query, from the first `/`: the target of the request line. This view and those of host and authority are valid until
/// `callback` is filled again or freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_target(callback: *const cbp_callback) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| Some(cbp_str::of(&destination(callback)?.target)))
    }
}

fn destination(callback: &cbp_callback) -> Option<&Destination> {
    callback.destination.get_or_init(|| callback.buffer.destination()).as_ref()
}
