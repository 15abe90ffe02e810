//! Where callbacks go, and which IP addresses are not public.

use callback_profile::json::push_string;
use callback_profile::{AddressVerdict, Destination};

use crate::answer::{Answer, object, push_number};
use crate::arguments::call;

/// The verdict on an IP address, which may have a zone; none if it is not an IP address.
#[unsafe(no_mangle)]
pub extern "C" fn address_verdict() -> i32 {
    call(|arguments, _| {
        Ok(Answer::optional(AddressVerdict::of_text(arguments.text()?).map(AddressVerdict::name)))
    })
}

/// Where a callback of this URL goes; none if no callback has such a URL.
#[unsafe(no_mangle)]
pub extern "C" fn destination() -> i32 {
    call(|arguments, _| {
        Ok(Answer::optional(Destination::of(arguments.text()?).map(|of| {
            object(|object| {
                object.member("isHttps").push_str(if of.is_https { "true" } else { "false" });
                push_string(object.member("host"), &of.host);
                push_number(object.member("port"), of.port);
                push_string(object.member("authority"), &of.authority);
                push_string(object.member("target"), &of.target);
            })
        })))
    })
}
