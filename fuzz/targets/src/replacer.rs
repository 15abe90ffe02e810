//! Rendering: bounded, never scanned again, and text without replacers stays as it is.

use std::sync::LazyLock;

use callback_profile::{Error, Limits, MessageOptions, Missing, ParseOptions, Profile, Record};

use crate::input::{push_json, split};

const OUTPUT_BYTES: usize = 4096;

static OPTIONS: LazyLock<ParseOptions> = LazyLock::new(|| {
    let mut limits = Limits::default();
    limits.output_bytes = OUTPUT_BYTES;
    let mut options = ParseOptions::default();
    options.limits = limits;
    options
});

/// A template, a zero byte, a record.
pub fn replacer(data: &[u8]) {
    let (template, record) = split(data);
    let Ok(template) = std::str::from_utf8(template) else { return };
    let mut payload = Vec::from(
        br#"{"title":"replacer","http_method":"GET","url":"https://example.com/","response_message":"#,
    );
    push_json(&mut payload, template);
    payload.push(b'}');
    let Ok(profile) = Profile::parse_with(payload, &OPTIONS) else { return };

    // Values of one length lead to results of one length, whatever is in them: nothing that was filled in is read again.
    let mut names: Vec<&str> = profile.replacers().iter().map(|(_, field)| *field).collect();
    names.sort_unstable();
    names.dedup();
    let lengths = ["<a><b>", "{\"a\":\"", "plain!"].map(|value| {
        let record = record_of(&names, value);
        let record = Record::parse(&record).expect("the record is valid");
        render(&profile, &record, Missing::Empty).map(|text| text.len())
    });
    assert!(lengths[0] == lengths[1] && lengths[1] == lengths[2], "{lengths:?}");

    if template.len() <= OUTPUT_BYTES {
        let empty = Record::parse("{}").expect("an object");
        if !template.contains(['{', '<']) {
            assert_eq!(render(&profile, &empty, Missing::Empty).as_deref(), Some(template));
        }
        // Kept replacers are the template again, but for escapes.
        if !template.contains('\\') {
            assert_eq!(render(&profile, &empty, Missing::Keep).as_deref(), Some(template));
        }
    }
    if let Ok(record) = Record::parse(record) {
        for missing in [Missing::Empty, Missing::Keep, Missing::Error] {
            render(&profile, &record, missing);
        }
    }
}

/// A record that has one value under all of these names.
fn record_of(names: &[&str], value: &str) -> Vec<u8> {
    let mut record = Vec::from(b"{");
    for name in names {
        if record.len() > 1 {
            record.push(b',');
        }
        push_json(&mut record, name);
        record.push(b':');
        push_json(&mut record, value);
    }
    record.push(b'}');
    record
}

fn render(profile: &Profile, record: &Record<'_>, missing: Missing) -> Option<String> {
    let mut options = MessageOptions::default();
    options.missing = missing;
    match profile.message_with(record, &options) {
        Ok(message) => {
            assert!(message.text.len() <= OUTPUT_BYTES, "{} bytes", message.text.len());
            Some(message.text)
        }
        Err(Error::OutputTooLarge(_) | Error::MissingValues(_)) => None,
        Err(other) => panic!("{other:?}"),
    }
}
