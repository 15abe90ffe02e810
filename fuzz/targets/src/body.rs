//! The body of a profile and the record that fills it, out of an input's bytes.

use crate::input::push_json;

/// Between members, and between the parts of a member: bytes that UTF-8 does not have, so that parts are any text.
const NEXT_MEMBER: u8 = 0xff;
const NEXT_PART: u8 = 0xfe;

/// Members of a body, of an array and of an object. Not more than ten, so that one digit tells names apart.
const MOST: usize = 10;

/// A body and the record that has its values, as JSON.
///
/// A member is a byte for its kind, its name, and its texts: a constant, a value of the record, a constant with a value
/// behind it, an array of values, or an object of names and values by turns.
pub struct Body {
    pub body: String,
    pub record: String,
}

impl Body {
    pub fn of(input: &[u8]) -> Body {
        let mut json = Json { body: Vec::from(b"{"), record: Vec::from(b"{"), values: 0 };
        for (index, member) in input.split(|byte| *byte == NEXT_MEMBER).take(MOST).enumerate() {
            if let [kind, parts @ ..] = member {
                json.member(index, *kind, parts);
            }
        }
        json.body.push(b'}');
        json.record.push(b'}');
        let text = |json| String::from_utf8(json).expect("made of texts");
        Body { body: text(json.body), record: text(json.record) }
    }
}

/// The two objects while they are written.
struct Json {
    body: Vec<u8>,
    record: Vec<u8>,
    /// In the record.
    values: usize,
}

impl Json {
    fn member(&mut self, index: usize, kind: u8, parts: &[u8]) {
        let mut parts = parts.split(|byte| *byte == NEXT_PART).map(text);
        self.name(index, parts.next().unwrap_or_default());
        match kind % 5 {
            0 => push_json(&mut self.body, &plain(parts.next().unwrap_or_default())),
            1 => self.filled("", parts.next().unwrap_or_default()),
            2 => {
                let constant = plain(parts.next().unwrap_or_default());
                self.filled(&constant, parts.next().unwrap_or_default());
            }
            3 => {
                self.body.push(b'[');
                for (index, value) in parts.take(MOST).enumerate() {
                    self.comma(index);
                    self.filled("", value);
                }
                self.body.push(b']');
            }
            _ => {
                self.body.push(b'{');
                for index in 0..MOST {
                    let Some(name) = parts.next() else { break };
                    self.name(index, name);
                    self.filled("", parts.next().unwrap_or_default());
                }
                self.body.push(b'}');
            }
        }
    }

    fn comma(&mut self, index: usize) {
        if index > 0 {
            self.body.push(b',');
        }
    }

    /// The name of a member, which its number makes the only one.
    fn name(&mut self, index: usize, name: &str) {
        if !self.body.ends_with(b"{") {
            self.body.push(b',');
        }
        push_json(&mut self.body, &format!("n{index}{}", plain(name)));
        self.body.push(b':');
    }

    /// A string of a constant and a replacer, and the replacer's value in the record.
    fn filled(&mut self, constant: &str, value: &str) {
        let name = format!("v{}", self.values);
        push_json(&mut self.body, &format!("{constant}<{name}>"));
        if self.values > 0 {
            self.record.push(b',');
        }
        push_json(&mut self.record, &name);
        self.record.push(b':');
        push_json(&mut self.record, value);
        self.values += 1;
    }
}

/// The bytes that are UTF-8, up to the first that is not.
fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// Text that holds no replacer, for names and constants.
fn plain(text: &str) -> String {
    let is_plain = |c: &char| !matches!(c, '<' | '>' | '{' | '}' | '[' | ']' | '\\') && !c.is_control();
    text.chars().filter(is_plain).take(30).collect()
}
