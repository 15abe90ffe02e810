//! Many callbacks, a line each.

use std::path::Path;

use callback_profile::seal::Expected;
use callback_profile::{ErrorClass, ErrorCode, Limits, OpenOptions, ReceivedRequest};

use super::args::Args;
use super::details::details;
use super::opener::{Opener, needs_message};
use super::record;
use crate::failure::Failure;
use crate::memory::{self, Wiped};
use crate::stream::{self, LineFailure, Work};

/// A line that begins with a quote is a JSON string that holds the body, so that multipart bodies fit in a line.
pub(super) fn many(args: &Args, path: &Path, opener: &Opener) -> Result<(), Failure> {
    let limit = Limits::default().received_bytes;
    let too_long = LineFailure::new(ErrorClass::Decryption, ErrorCode::TooLong);
    let has_body = opener.has_body().ok_or_else(needs_message)?;
    let expected = args.expected.of(&opener.profiles, None, false)?;
    let mut options = args.options();
    options.content_type = args.content_type.as_deref();
    let worker = || OpenLines { args, opener, has_body, expected, options };
    stream::run(path, &args.many, limit, &too_long, worker)
}

struct OpenLines<'a> {
    args: &'a Args,
    opener: &'a Opener,
    has_body: bool,
    expected: Option<Expected<'a>>,
    options: OpenOptions<'a>,
}

impl Work for OpenLines<'_> {
    fn line(&mut self, line: &[u8], out: &mut Wiped) -> stream::Done {
        let document;
        let logged;
        let mut options = self.options;
        let body: &[u8] = if let Some(fields) = &self.args.field {
            document = record::read(line)?;
            logged = fields.of(&document)?;
            options.content_type = logged.content_type.or(options.content_type);
            &logged.body
        } else if line.first() == Some(&b'"') {
            let failed = || LineFailure::new(ErrorClass::Decryption, ErrorCode::InvalidJson);
            document = record::read(line)?;
            document.root().as_str().ok_or_else(failed)?.as_bytes()
        } else {
            line
        };
        // Each line by the clock of its own moment, since a stream may last.
        options.expected =
            self.expected.map(|expected| Expected { freshness: self.args.expected.freshness(), ..expected });
        let request = if self.has_body {
            ReceivedRequest { headers: &[], target: "", body }
        } else {
            let target = str::from_utf8(body);
            let malformed = |_| LineFailure::new(ErrorClass::Decryption, ErrorCode::MalformedForm);
            ReceivedRequest { headers: &[], target: target.map_err(malformed)?, body: b"" }
        };
        let done = self.opener.open(&request, (0, 0), &options)?;
        if self.args.details {
            memory::push(out, details(&done, false).as_bytes());
        } else {
            memory::push(out, done.opened.json().as_bytes());
        }
        Ok(())
    }
}
