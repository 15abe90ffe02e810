//! Opens received bodies as users do, and says what was read.
//!
//! A line of input is a case: the profile's payload, the received content type and the received body, separated by tabs;
//! the last two are hexadecimal, and a content type that was not received is `-`. An empty line asks for the answers to
//! the cases before it, a line each: the opened JSON, or `!` and the refusal.

use std::io::{self, BufRead, Write};

use callback_profile::{OpenOptions, Profile};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut answers = String::new();
    for line in io::stdin().lock().lines() {
        match line?.as_str() {
            "" => io::stdout().write_all(std::mem::take(&mut answers).as_bytes())?,
            case => answers.extend([&answer(case)?, "\n"]),
        }
    }
    Ok(())
}

fn answer(case: &str) -> Result<String, Failure> {
    let mut columns = case.split('\t');
    let mut column = || columns.next().ok_or("a case has three columns");
    let (payload, content_type, body) = (column()?, column()?, column()?);
    let profile = Profile::parse(payload)?;
    let content_type = match content_type {
        "-" => None,
        hex => Some(String::from_utf8(bytes(hex)?)?),
    };
    let mut options = OpenOptions::default();
    options.content_type = content_type.as_deref();
    Ok(match profile.open_with(bytes(body)?, &options) {
        Ok(opened) => opened.into_json(),
        Err(error) => format!("!{error}"),
    })
}

fn bytes(hex: &str) -> Result<Vec<u8>, Failure> {
    let digits = hex.as_bytes().chunks(2).map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?));
    digits.collect()
}
