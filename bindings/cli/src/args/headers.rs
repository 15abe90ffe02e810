//! Headers that are given beside a message, or instead of its own.

use crate::failure::Failure;
use crate::received::Received;

/// The headers of a received request.
#[derive(clap::Args)]
pub(crate) struct HeaderArgs {
    /// A header, instead of the message's own of that name: 'name: value'
    #[arg(long = "header", value_name = "HEADER")]
    headers: Vec<String>,
}

impl HeaderArgs {
    /// The given headers, then the message's own of other names.
    pub(crate) fn with<'h>(&'h self, received: &'h Received<'_>) -> Result<Vec<(&'h str, &'h str)>, Failure> {
        let mut headers = Vec::with_capacity(self.headers.len().saturating_add(received.headers.len()));
        for text in &self.headers {
            headers.push(header(text)?);
        }
        let given = headers.len();
        for (name, value) in &received.headers {
            let is_given = |(known, _): &(&str, &str)| known.eq_ignore_ascii_case(name);
            if !headers.iter().take(given).any(is_given) {
                headers.push((&**name, &**value));
            }
        }
        Ok(headers)
    }
}

/// Name and value of a header: `name: value`.
pub(crate) fn header(text: &str) -> Result<(&str, &str), Failure> {
    match text.split_once(':') {
        Some((name, value)) => Ok((name.trim(), value.trim_matches([' ', '\t']))),
        None => Err(Failure::Usage("a header needs a colon: 'name: value'".to_owned())),
    }
}
