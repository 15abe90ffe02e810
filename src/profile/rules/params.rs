//! The names of `enc.params` against what they name: the body and the query.

use super::context::Check;
use super::enc::CheckedEnc;
use super::matched::Matched;
use crate::body::{ContentKind, query};
use crate::json::{Kind, Value};
use crate::replacer::is_whole_name;
use crate::report::{AdvisoryCode, Pointer, Rule};

/// Advises on names that match nothing. In a form, a dotted name may not reach into a whole `<name>`: a form cannot tell
/// the text `{"b":1}` from an object.
pub(super) fn check(
    enc: &CheckedEnc<'_>,
    query: Option<&str>,
    body: Option<Value<'_>>,
    check: &mut Check<'_>,
) {
    let Some((member, params)) = enc.params() else { return };
    let enc = Pointer::Root.member("enc");
    let pointer = enc.member(member);
    let names = Names(params);
    let body = body.filter(|_| check.sends_body);
    if let Some(body) =
        body.filter(|_| matches!(check.content_kind, ContentKind::Form | ContentKind::Multipart))
    {
        for (index, name) in names.iter().enumerate() {
            if reaches_into_whole_name(body, name) {
                let rule =
                    Rule::new("dotted_param", "must NOT reach into a replacer of a form or multipart body");
                check.violations.add(names.pointer(&pointer, index), rule);
            }
        }
    }
    if !check.notes() && !check.options.policy.refuses(AdvisoryCode::EncryptsNothing) {
        return; // the advisories below are neither wanted nor violations
    }
    let parameters = query.into_iter().flat_map(query::filled_parameters);
    let matched = Matched::of(names.iter(), parameters, body);
    if matched.is_empty() {
        let rule = Rule::new("encrypts_nothing", "must have a name that matches something in body or query");
        check.advise(AdvisoryCode::EncryptsNothing, pointer, rule);
        return;
    }
    for (index, name) in names.iter().enumerate() {
        if !matched.has(name) {
            check.note(AdvisoryCode::UnmatchedEncryptParam, names.pointer(&pointer, index));
        }
    }
}

/// The names of `enc.params` as they were sent: a list, or one name.
#[derive(Clone, Copy)]
struct Names<'d>(Value<'d>);

impl<'d> Names<'d> {
    fn iter(self) -> impl Iterator<Item = &'d str> {
        self.0.as_str().into_iter().chain(self.0.elements().filter_map(Value::as_str))
    }

    fn pointer<'p>(self, params: &'p Pointer<'p>, index: usize) -> Pointer<'p> {
        if self.0.kind() == Kind::Array { params.element(index) } else { *params }
    }
}

/// Whether a dotted name leads into a top-level `<name>`, in any of its readings.
fn reaches_into_whole_name(body: Value<'_>, name: &str) -> bool {
    let prefixes = name.match_indices('.').filter_map(|(dot, _)| name.get(..dot));
    prefixes.filter_map(|prefix| body.get(prefix)).any(|value| value.as_str().is_some_and(is_whole_name))
}
