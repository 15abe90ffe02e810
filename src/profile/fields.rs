//! The fields that a profile reads from a record.

use std::collections::BTreeMap;

use super::Profile;
use crate::bug::bug;
use crate::json::{Document, Kind, Value};
use crate::replacer::{Grammar, Instructions, with_template};
use crate::report::Pointer;

/// A field that a profile reads from a record: see [`Profile::fields`].
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileField {
    /// The name as the replacer has it: `first_name`, `entry[0].changes[0].value`.
    pub field: String,
    /// Where it is read: JSON Pointers into the create payload, each once, in order of first use. A body that was sent as
    /// a string is the object in it.
    pub places: Vec<String>,
}

impl Profile {
    /// Every field that callbacks and messages read from a record, in order of first use: URL, headers in their order,
    /// body, response message. The body of a GET or DELETE is not sent, so nothing is read for it.
    ///
    /// ```
    /// use callback_profile::Profile;
    /// let profile = Profile::parse(r#"{"title": "bot", "http_method": "POST", "url": "https://example.com/<id>",
    ///     "body": {"to": ["<recipient>", "<id>"]},
    ///     "response_message": "Thank you, {\"name\": \"first_name\"}"}"#).unwrap();
    /// let fields = profile.fields();
    /// let names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
    /// assert_eq!(names, ["id", "recipient", "first_name"]);
    /// assert_eq!(fields[0].places, ["/url", "/body/to/1"]);
    /// ```
    pub fn fields(&self) -> Vec<ProfileField> {
        let parts = self.parts();
        let mut fields = Fields::default();
        let root = Pointer::Root;
        let url = &parts.url;
        let program = &parts.program;
        fields.add(program.part(url.path), root.member("url"));
        for part in url.query.iter().flatten() {
            part.templates().for_each(|template| fields.add(program.part(template), root.member("url")));
        }
        let headers = root.member("headers");
        for header in self.headers() {
            fields.add(program.part(header.template), headers.member(header.name()));
        }
        if let Some(text) = self.body().filter(|_| self.method().has_body()) {
            match Document::read_own(text.as_bytes()) {
                Ok(document) => fields.add_all(document.root(), root.member("body")),
                Err(_) => drop(bug("a profile's body is not JSON")),
            }
        }
        if let Some((_, template)) = &parts.message {
            fields.add(program.part(*template), root.member("response_message"));
        }
        fields.into_list()
    }
}

/// The places of each name, with its number in the order of first use.
#[derive(Default)]
struct Fields(BTreeMap<String, (usize, Vec<String>)>);

impl Fields {
    /// Adds what a template reads.
    fn add(&mut self, template: Instructions<'_>, pointer: Pointer<'_>) {
        for name in template.fields() {
            let number = self.0.len();
            let (_, places) = self.0.entry(name.to_owned()).or_insert((number, Vec::new()));
            let pointer = pointer.to_string();
            // The templates of one pointer come one after the other, so the same one can only be the last.
            if places.last() != Some(&pointer) {
                places.push(pointer);
            }
        }
    }

    fn into_list(self) -> Vec<ProfileField> {
        let mut list: Vec<_> = self.0.into_iter().collect();
        list.sort_unstable_by_key(|(_, (number, _))| *number);
        list.into_iter().map(|(field, (_, places))| ProfileField { field, places }).collect()
    }

    /// Adds what the strings of a value read.
    fn add_all(&mut self, value: Value<'_>, pointer: Pointer<'_>) {
        match value.kind() {
            Kind::Object => {
                for (name, member) in value.members() {
                    self.add_all(member, pointer.member(name));
                }
            }
            Kind::Array => {
                for (index, element) in value.elements().enumerate() {
                    self.add_all(element, pointer.element(index));
                }
            }
            _ => {
                if let Some(text) = value.as_str() {
                    with_template(text, Grammar::Names, |template| self.add(template, pointer));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(payload: &str) -> Vec<(String, Vec<String>)> {
        let profile = Profile::parse(payload).unwrap();
        profile.fields().into_iter().map(|field| (field.field, field.places)).collect()
    }

    fn expected(fields: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        let owned = |places: &[&str]| places.iter().map(|place| (*place).to_owned()).collect();
        fields.iter().map(|(field, places)| ((*field).to_owned(), owned(places))).collect()
    }

    #[test]
    fn fields_are_in_order_of_first_use() {
        let payload = r#"{"title": "all", "response_message": "<d> {\"l\": \"c\"} {\"m\": \"m.n[0]\"} <d> \\<x>",
            "headers": {"X-B": "<h> <b>", "X-A": "<h><a.b[0][1]>"},
            "body": {"to": ["<c>", {"a/b": "-<d>-<c>-<d>", "x~": "<e>"}], "n": 1, "<not>": "\\<x>", "k": "\\\\<k>"},
            "url": "https://example.com/<a>/<b>?<n>=<v>&k=c&s=<a>", "http_method": "POST"}"#;
        assert_eq!(
            fields(payload),
            expected(&[
                ("a", &["/url"]),
                ("b", &["/url", "/headers/X-B"]),
                ("n", &["/url"]),
                ("v", &["/url"]),
                ("h", &["/headers/X-B", "/headers/X-A"]),
                ("a.b[0][1]", &["/headers/X-A"]),
                ("c", &["/body/to/0", "/body/to/1/a~1b", "/response_message"]),
                ("d", &["/body/to/1/a~1b", "/response_message"]),
                ("e", &["/body/to/1/x~0"]),
                ("k", &["/body/k"]),
                ("m.n[0]", &["/response_message"]),
            ])
        );
    }

    #[test]
    fn encrypted_parameters_and_bodies_that_are_forms_are_read_too() {
        for (kind, params) in [("application/json", ""), ("multipart/form-data", r#","params":["a","q"]"#)] {
            let payload = format!(
                r#"{{"title": "sealed", "http_method": "PUT", "url": "https://example.com/?q=<q>&<n>=<v>",
                "headers": "{{\"content-type\": \"{kind}\"}}", "body": "{{\"a\": \"<a>\", \"b\": [\"x<b>\"]}}",
                "enc": {{"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"{params}}}}}"#
            );
            let url: &[&str] = &["/url"];
            let all = [("q", url), ("n", url), ("v", url), ("a", &["/body/a"]), ("b", &["/body/b/0"])];
            assert_eq!(fields(&payload), expected(&all), "{kind}");
        }
    }

    #[test]
    fn what_is_not_sent_is_not_read() {
        let payload = |method: &str| {
            format!(
                r#"{{"title": "get", "http_method": "{method}", "url": "https://example.com/", "body": {{"a": "<a>"}}}}"#
            )
        };
        assert_eq!(fields(&payload("DELETE")), []);
        assert_eq!(fields(&payload("GET")), []);
        assert_eq!(fields(&payload("PUT")), expected(&[("a", &["/body/a"])]));
    }
}
