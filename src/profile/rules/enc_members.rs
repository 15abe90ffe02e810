//! The members of `enc`, and the rules that both versions have.

use super::context::Check;
use crate::json::{Kind, Value};
use crate::profile::encryption::MASK;
use crate::report::{Pointer, Refused, Rule};

/// The members of either version, found by name.
#[derive(Default)]
pub(super) struct Members<'d> {
    pub(super) version: Option<Value<'d>>,
    pub(super) kid: Option<Value<'d>>,
    pub(super) algo: Option<Value<'d>>,
    pub(super) key: Option<Value<'d>>,
    pub(super) iv: Option<Value<'d>>,
    pub(super) params: Option<(&'d str, Value<'d>)>,
    pub(super) unknown: Vec<&'d str>,
}

impl<'d> Members<'d> {
    pub(super) fn of(object: Value<'d>, pointer: Pointer<'_>, check: &mut Check<'_>) -> Members<'d> {
        let mut members = Members::default();
        let has_version = object.get("version").is_some();
        for (name, value) in object.members() {
            match name {
                "version" => members.version = Some(value),
                "kid" if has_version => members.kid = Some(value),
                "algo" => members.algo = Some(value),
                "key" => members.key = Some(value),
                "IV" => members.iv = Some(value),
                "params" | "Params" if members.params.is_none() => members.params = Some((name, value)),
                "params" | "Params" => {
                    check
                        .violations
                        .add(pointer, Rule::new("params", "must NOT have both params and Params"));
                }
                _ => members.unknown.push(name),
            }
        }
        members
    }
}

/// Refuses a text that was masked; length and pattern would say less than this.
pub(super) fn check_masked(text: &str, pointer: Pointer<'_>, check: &mut Check<'_>) -> Result<(), Refused> {
    if text == MASK {
        let rule = Rule::new("masked", "must NOT be masked: the text itself is needed");
        return Err(check.violations.add_first(pointer, rule));
    }
    Ok(())
}

/// At least one name, since an empty list would encrypt nothing without anyone noticing.
pub(super) fn check_params(value: Value<'_>, pointer: Pointer<'_>, check: &mut Check<'_>) {
    let rule = match value.kind() {
        Kind::String => return check_param(value, pointer, check),
        Kind::Array if value.is_empty() => Rule::at_least_items(1),
        Kind::Array => {
            for (index, element) in value.elements().enumerate() {
                check_param(element, pointer.element(index), check);
            }
            return;
        }
        _ => Rule::type_is("array"),
    };
    check.violations.add(pointer, rule);
}

fn check_param(value: Value<'_>, pointer: Pointer<'_>, check: &mut Check<'_>) {
    if let Ok("") = check.string(value, pointer) {
        check.violations.add(pointer, Rule::at_least_characters(1));
    }
}
