//! The JSON Schema (draft 2020-12) of the payload's structural rules, made from the same tables as the checks.
//!
//! What the schema refuses, [`Profile::parse`](crate::Profile::parse) refuses with the same messages. The core refuses
//! more: what needs parsing (URLs, header names, JSON within strings, key lengths by algorithm) is beyond a schema.
//! It compiles in Ajv's strict mode, so there are no union types: an `if` separates a member's two forms. Where an
//! `if` fails, Ajv adds an error with the keyword `if` to the branch's own; the core reports the branch's alone.

use crate::cipher::{Algorithm, IV_LEN};
use crate::limits::Limits;
use crate::profile::{
    Channel, KEY_PATTERN, KID_PATTERN, MAX_KID_LEN, MISSPELT_DEFAULT, Method, SEALED_ALGORITHMS,
    SEALING_KEY_PATTERN, SMS_EVENT, TITLE_PATTERN,
};

/// The JSON Schema of a create payload, pretty-printed, for the default limits and the documented policy.
///
/// ```
/// assert!(callback_profile::schema().contains("https://json-schema.org/draft/2020-12/schema"));
/// ```
pub fn schema() -> String {
    let limits = Limits::default();
    let methods = list(Method::ALL.iter().map(|method| method.name()));
    let body_methods =
        list(Method::ALL.iter().filter(|method| method.has_body()).map(|method| method.name()));
    let algorithms = list(Algorithm::ALL.iter().map(|algorithm| algorithm.name()));
    let sealed_algorithms = list(SEALED_ALGORITHMS.iter().copied());
    let channels = list(Channel::ALL.iter().map(|channel| channel.name()).chain([MISSPELT_DEFAULT]));
    let (sms, url_bytes, headers, value_bytes) =
        (Channel::Sms.name(), limits.url_bytes, limits.headers, limits.header_value_bytes);
    format!(
        r##"{{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Callback profile",
  "description": "The structural rules of a create payload. The library refuses more: see its documentation.",
  "type": "object",
  "allOf": [
    {{
      "required": ["title", "http_method", "url"],
      "properties": {{ "title": {{}}, "http_method": {{}}, "url": {{}} }}
    }},
    {{
      "if": {{
        "type": "object",
        "required": ["http_method"],
        "properties": {{ "http_method": {{ "enum": {body_methods} }} }}
      }},
      "then": {{ "type": "object", "required": ["body"], "properties": {{ "body": {{}} }} }}
    }},
    {{
      "if": {{
        "type": "object",
        "required": ["channel"],
        "properties": {{ "channel": {{ "const": "{sms}" }} }}
      }},
      "then": {{ "type": "object", "required": ["events"], "properties": {{ "events": {{}} }} }}
    }}
  ],
  "properties": {{
    "title": {{ "type": "string", "minLength": 3, "pattern": "{TITLE_PATTERN}" }},
    "http_method": {{ "type": "string", "enum": {methods} }},
    "url": {{ "type": "string", "maxLength": {url_bytes} }},
    "body": {{ "if": {{ "type": "string" }}, "else": {{ "type": "object" }} }},
    "response_message": {{ "type": "string" }},
    "headers": {{
      "if": {{ "type": "string" }},
      "else": {{
        "type": "object",
        "maxProperties": {headers},
        "additionalProperties": {{ "type": "string", "maxLength": {value_bytes} }}
      }}
    }},
    "enc": {{
      "if": {{ "type": "object", "required": ["version"], "properties": {{ "version": {{}} }} }},
      "then": {{ "$ref": "#/$defs/versioned" }},
      "else": {{ "$ref": "#/$defs/documented" }}
    }},
    "channel": {{ "type": "string", "enum": {channels} }}
  }},
  "if": {{
    "type": "object",
    "required": ["channel"],
    "properties": {{ "channel": {{ "const": "{sms}" }} }}
  }},
  "then": {{ "type": "object", "properties": {{ "events": {{ "$ref": "#/$defs/sms_events" }} }} }},
  "else": {{ "$ref": "#/$defs/default_channel" }},
  "$defs": {{
    "versioned": {{
      "type": "object",
      "properties": {{ "version": {{ "enum": [2] }} }},
      "if": {{ "type": "object", "properties": {{ "version": {{ "enum": [2] }} }} }},
      "then": {{ "$ref": "#/$defs/sealed" }}
    }},
    "sealed": {{
      "type": "object",
      "required": ["kid", "key"],
      "properties": {{
        "algo": {{ "type": "string", "enum": {sealed_algorithms} }},
        "kid": {{ "type": "string", "maxLength": {MAX_KID_LEN}, "pattern": "{KID_PATTERN}" }},
        "key": {{ "type": "string", "pattern": "{SEALING_KEY_PATTERN}" }},
        "params": {{ "$ref": "#/$defs/params" }},
        "Params": {{ "$ref": "#/$defs/params" }}
      }}
    }},
    "documented": {{
      "type": "object",
      "required": ["algo", "key", "IV"],
      "properties": {{
        "algo": {{ "type": "string", "enum": {algorithms} }},
        "key": {{ "type": "string", "pattern": "{KEY_PATTERN}" }},
        "IV": {{ "type": "string", "maxLength": {IV_LEN}, "minLength": {IV_LEN}, "pattern": "{KEY_PATTERN}" }},
        "params": {{ "$ref": "#/$defs/params" }},
        "Params": {{ "$ref": "#/$defs/params" }}
      }}
    }},
    "params": {{
      "if": {{ "type": "string" }},
      "then": {{ "type": "string", "minLength": 1 }},
      "else": {{ "type": "array", "minItems": 1, "items": {{ "type": "string", "minLength": 1 }} }}
    }},
    "sms_events": {{
      "if": {{ "type": "string" }},
      "else": {{
        "type": "array",
        "maxItems": 1,
        "minItems": 1,
        "items": {{ "type": "string", "enum": ["{SMS_EVENT}"] }}
      }}
    }},
    "default_channel": {{
      "if": {{ "type": "object", "properties": {{ "channel": {{ "enum": {channels} }} }} }},
      "then": {{ "type": "object", "properties": {{ "events": {{ "$ref": "#/$defs/default_events" }} }} }}
    }},
    "default_events": {{
      "if": {{ "type": "string" }},
      "then": {{ "type": "string", "minLength": 1 }},
      "else": {{ "type": ["array", "null"], "items": {{ "type": "string", "minLength": 1 }} }}
    }}
  }}
}}
"##
    )
}

/// A JSON array of names that need no escaping.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", quoted.join(", "))
}
