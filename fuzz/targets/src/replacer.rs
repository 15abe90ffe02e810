//! Rendering: bounded, never scanned again, and text without replacers stays as it is.

use callback_profile::{Error, Limits, MessageOptions, Missing, ParseOptions, Profile, Record};
use serde_json::{Value, json};

use crate::input::split;

const OUTPUT_BYTES: usize = 4096;

/// A template, a zero byte, a record.
pub fn replacer(data: &[u8]) {
    let (template, record) = split(data);
    let Ok(template) = std::str::from_utf8(template) else { return };
    let payload = json!({"title": "replacer", "http_method": "GET", "url": "https://example.com/", "response_message": template});
    let mut limits = Limits::default();
    limits.output_bytes = OUTPUT_BYTES;
    let mut options = ParseOptions::default();
    options.limits = limits;
    let Ok(profile) = Profile::parse_with(payload.to_string(), &options) else { return };

    // Values of one length lead to results of one length, whatever is in them: nothing that was filled in is read again.
    let names: Vec<&str> = profile.replacers().iter().map(|(_, field)| *field).collect();
    let lengths = ["<a><b>", "{\"a\":\"", "plain!"].map(|value| {
        let record: Value = names.iter().map(|name| (name.to_string(), json!(value))).collect();
        render(&profile, &record.to_string(), Missing::Empty).map(|text| text.len())
    });
    assert!(lengths[0] == lengths[1] && lengths[1] == lengths[2], "{lengths:?}");

    if !template.contains("{") && !template.contains('<') && template.len() <= OUTPUT_BYTES {
        assert_eq!(render(&profile, "{}", Missing::Empty).as_deref(), Some(template));
    }
    // Kept replacers are the template again.
    if template.len() <= OUTPUT_BYTES {
        assert_eq!(render(&profile, "{}", Missing::Keep).as_deref(), Some(template));
    }
    if let Ok(record) = std::str::from_utf8(record) {
        for missing in [Missing::Empty, Missing::Keep, Missing::Error] {
            render(&profile, record, missing);
        }
    }
}

fn render(profile: &Profile, record: &str, missing: Missing) -> Option<String> {
    let record = Record::parse(record).ok()?;
    let mut options = MessageOptions::default();
    options.missing = missing;
    match profile.message_with(&record, &options) {
        Ok(message) => {
            assert!(message.text.len() <= OUTPUT_BYTES, "{} bytes", message.text.len());
            Some(message.text)
        }
        Err(Error::OutputTooLarge(_) | Error::MissingValues(_)) => None,
        Err(other) => panic!("{other:?}"),
    }
}
