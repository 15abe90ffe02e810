//! A whole HTTP request as text (RFC 9112), with CR LF or, as editors leave it, LF at the ends of its lines.

use std::borrow::Cow;

use super::request::{MOST_OF_A_HEAD, Received, at_most_one};

/// Method and target of the first line.
pub(super) struct Start<'i> {
    method: &'i str,
    target: &'i str,
}

/// The first line, if it is a request's: `POST /path HTTP/1.1`.
pub(super) fn start(bytes: &[u8]) -> Option<Start<'_>> {
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    let line = str::from_utf8(line).ok()?;
    let mut parts = line.strip_suffix('\r').unwrap_or(line).split(' ');
    let (method, target, version) = (parts.next()?, parts.next()?, parts.next()?);
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_start = is_method && !target.is_empty() && version.starts_with("HTTP/") && parts.next().is_none();
    is_start.then_some(Start { method, target })
}

/// The request, whose first line was read.
pub(super) fn read<'i>(bytes: &'i [u8], Start { method, target }: Start<'i>) -> Result<Received<'i>, String> {
    let mut received = Received {
        method: Some(Cow::Borrowed(method)),
        target: Some(Cow::Borrowed(target)),
        ..Received::default()
    };
    let mut rest = bytes;
    let mut is_first = true;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (line, after) = match end {
            Some(end) => {
                (rest.get(..end).unwrap_or_default(), rest.get(end.saturating_add(1)..).unwrap_or_default())
            }
            None => (rest, Default::default()),
        };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        rest = after;
        if line.is_empty() {
            break;
        }
        if bytes.len().saturating_sub(rest.len()) > MOST_OF_A_HEAD {
            return Err(format!("a head of at most {MOST_OF_A_HEAD} bytes"));
        }
        if !std::mem::take(&mut is_first) {
            let line = str::from_utf8(line).map_err(|_| "headers in UTF-8".to_owned())?;
            let (name, value) =
                line.split_once(':').ok_or("a colon in every header, and an empty line after them")?;
            received.headers.push((Cow::Borrowed(name), Cow::Borrowed(value.trim_matches([' ', '\t']))));
        }
    }
    for name in ["content-type", "content-length"] {
        at_most_one(&received, name)?;
    }
    if received.header("transfer-encoding").is_some() {
        return Err(
            "a body as a server reads it, and not one in the pieces of a transfer-encoding".to_owned()
        );
    }
    received.body = Cow::Borrowed(without_added_line_break(rest, received.header("content-length")));
    Ok(received)
}

/// The body, without the line break at the end that an editor added, if its length says so.
fn without_added_line_break<'b>(body: &'b [u8], length: Option<&str>) -> &'b [u8] {
    let Some(length) = length.and_then(|length| length.parse().ok()) else { return body };
    match body.split_at_checked(length) {
        Some((own, b"\n" | b"\r\n")) => own,
        _ => body,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn a_request_is_split_at_its_empty_line() {
        for line_break in ["\r\n", "\n"] {
            let text = "POST /sms?a=1 HTTP/1.1|Host: example.com|Content-Type:\tapplication/json |Content-Length: 7||{\"a\":1}";
            let text = text.replace('|', line_break);
            for added in ["", "\n", "\r\n"] {
                let whole = format!("{text}{added}");
                let received = read(whole.as_bytes()).unwrap();
                assert_eq!(
                    (received.method.as_deref(), received.target.as_deref()),
                    (Some("POST"), Some("/sms?a=1"))
                );
                assert_eq!(received.header("content-TYPE"), Some("application/json"));
                assert_eq!(&*received.body, b"{\"a\":1}");
            }
            // Another length is nobody's line break.
            let longer = format!("{text}\n\n");
            assert_eq!(&*read(longer.as_bytes()).unwrap().body, b"{\"a\":1}\n\n");
        }
        let get = read(b"GET /?q=1 HTTP/2\nHost: e").unwrap();
        assert_eq!((get.target.as_deref(), get.body.len()), (Some("/?q=1"), 0));
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        let long = format!("A: {}\n\n", "x".repeat(70_000));
        for head in [
            "Content-Type: a/b\ncontent-type: c/d\n\n",
            "Content-Length: 1\nContent-Length: 2\n\n",
            "Transfer-Encoding: chunked\n\n",
            "no colon\n\n",
            long.as_str(),
        ] {
            let text = format!("POST / HTTP/1.1\n{head}");
            assert!(read(text.as_bytes()).is_err(), "{}", head.len());
        }
    }

    #[test]
    fn everything_else_is_a_bare_body() {
        for body in [
            "",
            "{}",
            "a=1&b=2",
            "POST /x HTTP",
            "post / HTTP/1.1",
            "GET / x HTTP/1.1",
            "--b\r\n",
            "https://e.com/?a=1",
        ] {
            let received = read(body.as_bytes()).unwrap();
            assert!(received.is_bare() && &*received.body == body.as_bytes(), "{body}");
        }
    }
}
