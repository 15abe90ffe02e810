//! `cbp open`: a received callback, verified if that is asked for, and decrypted.

mod args;
mod details;
mod explain;
mod lines;
mod opener;
mod record;

use std::path::Path;

use callback_profile::{Limits, ReceivedRequest};

use crate::failure::{Failure, Fault};
use crate::input::{Input, at_most_one_stdin};
use crate::output::{self, BAD, End, HINT, note, printable};
use crate::received::{self, MOST_OF_A_HEAD};
pub(crate) use args::Args;
use details::details;
use opener::{Done, Opener, needs_message};

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    // With --key the one path is the body's.
    let path = args.body.as_deref().unwrap_or(&args.profile.path);
    let profile = args.body.as_ref().map(|_| args.profile.path.as_path());
    at_most_one_stdin(args.ring.paths().chain(profile).chain(args.verify.as_deref()).chain([path]))?;
    let opener = Opener::new(args)?;
    if args.many.ndjson {
        return lines::many(args, path, &opener);
    }
    match open(args, path, &opener)? {
        done if args.partial => {
            output::result(details(&done, true).as_bytes(), End::LineBreak)?;
            if done.opened.failed().is_empty() { Ok(()) } else { Err(Failure::Printed) }
        }
        done if args.details => Ok(output::result(details(&done, false).as_bytes(), End::LineBreak)?),
        done => {
            match &args.get {
                None => output::result(done.opened.json(), End::LineBreak)?,
                Some(name) => one_value(&done, name)?,
            }
            if let Some(key) = done.key {
                let how = if key.in_turn { ", found by trying" } else { "" };
                note(&format!("{HINT}key{HINT:#}: {}{how}\n", printable(&key.id)));
            }
            Ok(())
        }
    }
}

/// Prints one value; a name that was not received is named on standard error.
fn one_value(done: &Done, name: &str) -> Result<(), Failure> {
    match done.opened.get(name) {
        Some(value) => Ok(output::result(value.text(), End::LineBreak)?),
        None => {
            note(&format!("{BAD}error{BAD:#}: {} was not received\n", printable(name)));
            Err(Failure::Printed)
        }
    }
}

fn open(args: &Args, path: &Path, opener: &Opener) -> Result<Done, Failure> {
    let input = Input::read(path, Limits::default().received_bytes.saturating_add(MOST_OF_A_HEAD))?;
    let unreadable = |what: &str| Failure::Usage(format!("{}: expected {}", input.name, printable(what)));
    let received = received::read(&input.bytes).map_err(|what| unreadable(&what))?;
    let headers = args.headers.with(&received)?;
    let has_body = match opener.has_body() {
        Some(has_body) => has_body,
        None if received.target.is_some() => true, // both are there
        None => return Err(needs_message()),
    };
    let expected = args.expected.of(&opener.profiles, received.method.as_deref(), args.verify.is_some())?;
    let mut options = args.options();
    options.expected = expected;
    let own_type = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    options.content_type =
        args.content_type.as_deref().or(own_type.map(|(_, value)| *value).filter(|_| has_body));
    // Only JSON may end with a line break; of a form or a URL it is an editor's or `echo`'s. What is signed is taken as it is.
    let is_json = opener.profiles.iter().any(|profile| profile.is_json_body(options.content_type));
    let is_bare_line = received.target.is_none() && !is_json && args.verify.is_none();
    let sent = if is_bare_line { input.without_line_break() } else { received.sent(has_body) };
    let target = match &received.target {
        Some(target) => target,
        None if has_body => "",
        None => str::from_utf8(sent).map_err(|_| unreadable("a URL or query in UTF-8"))?,
    };
    // The raw body is signed, also that of a GET, which has none as a rule.
    let body: &[u8] = match &received.target {
        _ if has_body => sent,
        Some(_) => &received.body,
        None => b"",
    };
    let request = ReceivedRequest { headers: &headers, target, body };
    match opener.open(&request, args.expected.time(), &options) {
        Ok(done) => Ok(done),
        Err(error) => {
            let fault = match opener.only() {
                Some(profile) => explain::explained(profile, sent, &options, error, args.explain),
                None => Fault::from(error),
            };
            Err(fault.on(input).into())
        }
    }
}
