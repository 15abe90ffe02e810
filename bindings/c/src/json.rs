//! Writes the two JSON texts that only this binding has: an error, and the list of advisories.

/// Appends `text` as a JSON string.
pub(crate) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\x1f' => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// Appends an array, its elements written by `push`.
pub(crate) fn push_array<T>(
    out: &mut String,
    elements: impl IntoIterator<Item = T>,
    mut push: impl FnMut(&mut String, T),
) {
    out.push('[');
    for (index, element) in elements.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push(out, element);
    }
    out.push(']');
}

/// Appends `,"name":` (without the comma at the start of an object) and a string or null.
pub(crate) fn push_member(out: &mut String, name: &str, text: Option<&str>) {
    push_name(out, name);
    match text {
        Some(text) => push_string(out, text),
        None => out.push_str("null"),
    }
}

/// Appends `,"name":`, without the comma at the start of an object.
pub(crate) fn push_name(out: &mut String, name: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    push_string(out, name);
    out.push(':');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_cannot_break_out() {
        let mut out = String::from("{");
        push_member(&mut out, "a", Some("\"\\\n\u{e9}\0"));
        push_member(&mut out, "b", None);
        assert_eq!(out, "{\"a\":\"\\\"\\\\\\u000a\u{e9}\\u0000\",\"b\":null");
    }
}
