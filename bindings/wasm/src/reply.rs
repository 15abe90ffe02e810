//! A reply: four bytes of length, a letter, and what the letter says.

use zeroize::Zeroizing;

use crate::failure::Failure;

/// What a call gives.
pub(crate) enum Reply {
    /// `u`: nothing, `undefined`.
    Nothing,
    /// `n`: null.
    Null,
    /// `t`: a text.
    Text(String),
    /// `b`: bytes.
    Bytes(Vec<u8>),
    /// `h`: the number of an object that stays here, in decimal digits.
    Handle(u32),
    /// `j`: JSON, whose members are those of the native addon's object. A handle within is `{"handle": number}`.
    Json(String),
}

/// What a call gives, or why it failed.
pub(crate) type Answer = Result<Reply, Failure>;

/// The bytes of a reply, or of a failure: `f`, and JSON.
pub(crate) fn bytes(result: Answer) -> Zeroizing<Vec<u8>> {
    match result {
        Ok(Reply::Nothing) => framed(b'u', b""),
        Ok(Reply::Null) => framed(b'n', b""),
        Ok(Reply::Text(text)) => framed(b't', Zeroizing::new(text).as_bytes()),
        Ok(Reply::Bytes(bytes)) => framed(b'b', &Zeroizing::new(bytes)),
        Ok(Reply::Handle(handle)) => framed(b'h', handle.to_string().as_bytes()),
        Ok(Reply::Json(text)) => framed(b'j', Zeroizing::new(text).as_bytes()),
        Err(failure) => framed(b'f', failure.json().as_bytes()),
    }
}

fn framed(letter: u8, content: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut reply = Zeroizing::new(Vec::with_capacity(content.len().saturating_add(5)));
    // WebAssembly has 32-bit addresses, so a length fits.
    reply.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    reply.push(letter);
    reply.extend_from_slice(content);
    reply
}
