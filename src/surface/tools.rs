//! The rows of what stands beside profiles: comparisons, keys, addresses, the generated files, JSON, memory.

use super::row::{NONE, Row};

pub(super) const TOOLS: &[Row] = &[
    Row {
        job: "what changed between two profiles",
        rust: "Profile::diff Profile::diff_with Change Change.after Change.before Change.effect \
            Change.pointer ChangeEffect ChangeEffect::ALL ChangeEffect::from_name ChangeEffect::name \
            ChangeEffect::text",
        command: "diff",
        ..NONE
    },
    Row {
        job: "new keys",
        rust: "keygen",
        c: "cbp_keygen",
        cpp: "keygen(Algorithm)",
        python: "keygen",
        node: "keygen",
        command: "keygen",
    },
    Row { job: "names that are not in a set", rust: "UnknownName UnknownName::allowed", ..NONE },
    Row {
        job: "verdict on an address",
        rust: "AddressVerdict AddressVerdict::ALL AddressVerdict::from_name AddressVerdict::is_public \
            AddressVerdict::name AddressVerdict::of AddressVerdict::of_text HostVerdict HostVerdict::name \
            HostVerdict::of",
        c: "cbp_address_verdict cbp_address_verdict_name cbp_address_verdict_of_bytes cbp_address_verdict_of_sockaddr",
        cpp: "AddressVerdict address_verdict address_verdict_of_bytes address_verdict_of_sockaddr name(AddressVerdict)",
        python: "address_verdict types.AddressVerdictName",
        node: "addressVerdict",
        command: "address",
    },
    Row {
        job: "JSON Schema of a payload",
        rust: "schema",
        c: "cbp_schema",
        cpp: "schema",
        python: "schema",
        node: "schema",
        command: "schema",
    },
    Row {
        job: "this catalogue",
        rust: "catalogue",
        c: "cbp_catalogue",
        cpp: "catalogue",
        python: "catalogue",
        node: "catalogue",
        command: "catalogue",
    },
    Row {
        job: "read and write JSON",
        rust: "json::ArrayWriter json::ArrayWriter::element json::ArrayWriter::finish \
            json::ArrayWriter::new json::Document json::Document::read json::Document::root json::Elements \
            json::JsonError json::JsonError::column json::JsonError::line json::JsonError::offset \
            json::JsonError::problem json::JsonProblem json::Kind json::Members json::ObjectWriter \
            json::ObjectWriter::finish json::ObjectWriter::member json::ObjectWriter::new json::Output \
            json::Value json::Value::as_str json::Value::as_u64 json::Value::element json::Value::elements \
            json::Value::get json::Value::is_empty json::Value::kind json::Value::len json::Value::members json::Value::pointer json::Value::step \
            json::Value::number_text json::Value::offset json::Value::to_compact \
            json::Value::write_compact json::push_string",
        ..NONE
    },
    Row {
        job: "versions",
        rust: "VERSION",
        c: "cbp_abi_version cbp_version",
        cpp: "version abi_version abi_matches",
        python: "__version__",
        node: "version",
        ..NONE
    },
    Row { job: "what runs the core", node: "backend", ..NONE },
    Row {
        job: "memory",
        c: "cbp_bytes_data cbp_bytes_free cbp_bytes_len cbp_texts_count cbp_texts_free cbp_texts_get \
            cbp_texts_new cbp_error_free cbp_str_copy cbp_wipe",
        cpp: "Secret Secret::data Secret::empty Secret::resize Secret::room Secret::size Secret::view Secret::with_room",
        ..NONE
    },
    Row { job: "help in the shell", command: "completions man", ..NONE },
];
