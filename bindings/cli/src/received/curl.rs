//! A pasted `curl` line: what the request would carry. Nothing is executed, no file is read and nothing is sent.

use std::borrow::Cow;

use super::request::{Received, at_most_one};
use super::words;

/// Options of curl that take a value which does not matter here.
const WITH_VALUE: [&str; 20] = [
    "-o",
    "--output",
    "-u",
    "--user",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-m",
    "--max-time",
    "--connect-timeout",
    "-x",
    "--proxy",
    "--resolve",
    "--cacert",
    "-w",
];

/// Options without a value that do not matter here.
const WITHOUT_VALUE: [&str; 18] = [
    "-s",
    "--silent",
    "-S",
    "--show-error",
    "-i",
    "--include",
    "-v",
    "--verbose",
    "-k",
    "--insecure",
    "-L",
    "--location",
    "--compressed",
    "--globoff",
    "-f",
    "--fail",
    "--http1.1",
    "--http2",
];

/// Whether the text begins as such a line does.
pub(super) fn is_curl(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    text.strip_prefix(b"curl").is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_whitespace))
}

/// The request.
pub(super) fn read(bytes: &[u8]) -> Result<Received<'static>, String> {
    let line = str::from_utf8(bytes).map_err(|_| "a curl line in UTF-8".to_owned())?;
    let words =
        words::split(line).ok_or("one curl line whose quotes end, without what a shell would replace")?;
    let mut request = Request::default();
    let mut words = words.into_iter().skip(1);
    while let Some(word) = words.next() {
        let (option, attached) = option_of(&word);
        let mut value = || attached.clone().or_else(|| words.next()).ok_or(format!("a value after {option}"));
        match option.as_str() {
            "-X" | "--request" => request.method = Some(value()?),
            "-H" | "--header" => request.add_header(&value()?)?,
            "-d" | "--data" | "--data-ascii" => request.add_data(&value()?.replace(['\r', '\n'], ""))?,
            "--data-raw" => request.push(&value()?),
            "--data-binary" => request.add_data(&value()?)?,
            "--json" => {
                request.add_data(&value()?)?;
                request.default_type = "application/json";
            }
            "--url" => request.url = Some(value()?),
            "-G" | "--get" => request.is_get = true,
            known if WITH_VALUE.contains(&known) => drop(value()?),
            known if WITHOUT_VALUE.contains(&known) => {}
            flags if is_flags(flags) => {}
            unknown if unknown.starts_with('-') => {
                // A value may be attached to it, which is nobody's to see.
                let name = unknown.split('=').next().unwrap_or(unknown);
                let name: String = name.chars().take(if name.starts_with("--") { 40 } else { 2 }).collect();
                return Err(format!(
                    "options of curl that carry the request: {name} is not one that is read here"
                ));
            }
            _ => request.url = Some(word),
        }
    }
    request.finish()
}

/// A word's option, and the value that is attached to it: `-XPOST`; `--data=x` is none of curl's.
fn option_of(word: &str) -> (String, Option<String>) {
    let short = ["-X", "-H", "-d"].iter().chain(WITH_VALUE.iter().filter(|option| option.len() == 2));
    let attached = short.copied().find_map(|option| {
        let value = word.strip_prefix(option).filter(|value| !value.is_empty())?;
        Some((option.to_owned(), Some(value.to_owned())))
    });
    attached.unwrap_or_else(|| (word.to_owned(), None))
}

/// Whether these are several short options in one word, none of which takes a value: `-sSL`.
fn is_flags(word: &str) -> bool {
    let is_flag = |flag: char| {
        WITHOUT_VALUE.iter().any(|known| known.strip_prefix('-') == Some(flag.to_string().as_str()))
    };
    word.strip_prefix('-').is_some_and(|flags| flags.len() > 1 && flags.chars().all(is_flag))
}

#[derive(Default)]
struct Request {
    method: Option<String>,
    url: Option<String>,
    headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    data: Option<String>,
    /// The type that curl adds where no header gives one, if it is not a form's.
    default_type: &'static str,
    is_get: bool,
}

impl Request {
    fn add_header(&mut self, header: &str) -> Result<(), String> {
        let (name, value) = header.split_once(':').ok_or("a colon in every header")?;
        self.headers.push((name.trim().to_owned().into(), value.trim().to_owned().into()));
        Ok(())
    }

    fn add_data(&mut self, data: &str) -> Result<(), String> {
        if data.starts_with('@') {
            return Err("the data itself in the curl line, and not the name of its file".to_owned());
        }
        self.push(data);
        Ok(())
    }

    /// Several pieces of data are one, joined as curl does.
    fn push(&mut self, data: &str) {
        match &mut self.data {
            Some(known) => known.extend(["&", data]),
            None => self.data = Some(data.to_owned()),
        }
    }

    fn finish(self) -> Result<Received<'static>, String> {
        let url = self.url.ok_or("a URL in the curl line")?;
        let mut received = Received { headers: self.headers, ..Received::default() };
        at_most_one(&received, "content-type")?;
        let (url, body) = match self.data {
            Some(data) if self.is_get => {
                let separator = if url.contains('?') { '&' } else { '?' };
                (format!("{url}{separator}{data}"), None)
            }
            data => (url, data),
        };
        if body.is_some() && received.header("content-type").is_none() {
            let default = if self.default_type.is_empty() {
                "application/x-www-form-urlencoded"
            } else {
                self.default_type
            };
            received.headers.push(("content-type".into(), default.into()));
        }
        let default = if body.is_some() { "POST" } else { "GET" };
        received.method = Some(self.method.unwrap_or_else(|| default.to_owned()).into());
        received.target = Some(url.into());
        received.body = body.unwrap_or_default().into_bytes().into();
        Ok(received)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn a_line_gives_its_request() {
        for (line, method, target, content_type, body) in [
            ("curl https://e.com/?q=1", "GET", "https://e.com/?q=1", None, ""),
            (
                "curl -XPOST 'https://e.com/' -H 'Content-Type: application/json' -d '{\"a\":\n1}'",
                "POST",
                "https://e.com/",
                Some("application/json"),
                "{\"a\":1}",
            ),
            (
                "curl --json '{}' --url https://e.com/ -sSL -uuser:secret --compressed",
                "POST",
                "https://e.com/",
                Some("application/json"),
                "{}",
            ),
            (
                "  curl -X PUT https://e.com/ \\\n -d a=1 --data-raw '@b' -o /dev/null",
                "PUT",
                "https://e.com/",
                Some("application/x-www-form-urlencoded"),
                "a=1&@b",
            ),
            ("curl -G 'https://e.com/?k=c' -d q=1 -d r=2", "GET", "https://e.com/?k=c&q=1&r=2", None, ""),
            (
                "curl --data-binary $'--b\\r\\nx' -H 'content-type: multipart/form-data; boundary=b' https://e.com/",
                "POST",
                "https://e.com/",
                Some("multipart/form-data; boundary=b"),
                "--b\r\nx",
            ),
        ] {
            let received = read(line.as_bytes()).unwrap();
            assert_eq!(
                (received.method.as_deref(), received.target.as_deref()),
                (Some(method), Some(target)),
                "{line}"
            );
            assert_eq!(received.header("content-type"), content_type, "{line}");
            assert_eq!(str::from_utf8(&received.body), Ok(body), "{line}");
        }
    }

    #[test]
    fn what_is_not_read_is_said() {
        for (line, expected) in [
            ("curl -d @body.json https://e.com/", "the data itself"),
            ("curl -d", "a value after -d"),
            ("curl -d x", "a URL"),
            ("curl -F a=b https://e.com/", "-F is not one"),
            ("curl -Tsecret https://e.com/", "-T is not one"),
            ("curl --upload=secret https://e.com/", "--upload is not one"),
            ("curl 'https://e.com/", "quotes end"),
            ("curl https://e.com/ -H 'content-type: a/b' -H 'Content-Type: c/d'", "one header"),
            ("curl https://e.com/ -H nothing", "a colon"),
        ] {
            let error = read(line.as_bytes()).unwrap_err();
            assert!(error.contains(expected) && !error.contains("secret"), "{line}: {error}");
        }
        assert!(read(b"curly=1").unwrap().is_bare());
    }
}
