//! `channel`: `sms`, or the documented name of every other. \[D\]

use super::context::Check;
use crate::json::Value;
use crate::profile::channel::{Channel, MISSPELT_DEFAULT};
use crate::report::{Pointer, Refused, Rule};

pub(super) fn check(
    value: Value<'_>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<Channel, Refused> {
    let channel = match check.string(value, pointer) {
        Ok(MISSPELT_DEFAULT) => Some(Channel::Default),
        Ok(name) => Channel::from_name(name),
        Err(_) => None,
    };
    let channel = channel.ok_or_else(|| check.violations.add(pointer, Rule::one_of(Channel::NAMES)))?;
    if check.fixed_channel().is_some_and(|fixed| channel != fixed) {
        // The channel itself is a known one, so the events are still checked by its rules.
        check.violations.add(pointer, Rule::new("immutable", "must NOT be changed"));
    }
    Ok(channel)
}
