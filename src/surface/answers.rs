//! The rows of envelopes, refusals and errors.

use super::row::{NONE, Row};

pub(super) const ANSWERS: &[Row] = &[
    Row {
        job: "make a response envelope",
        rust: "Envelope Envelope::created Envelope::deleted Envelope::fetched Envelope::listed Envelope::not_found \
            Envelope::not_opened Envelope::refused Envelope::updated",
        c: "cbp_envelope_created cbp_envelope_deleted cbp_envelope_fetched cbp_envelope_free cbp_envelope_listed \
            cbp_envelope_not_found cbp_envelope_not_opened cbp_envelope_refused cbp_envelope_updated",
        cpp: "Envelope Envelope::created Envelope::deleted Envelope::fetched Envelope::get Envelope::listed \
            Envelope::not_found Envelope::not_opened Envelope::refused Envelope::updated",
        python: "Envelope Envelope.created Envelope.deleted Envelope.fetched Envelope.listed Envelope.not_found \
            Envelope.not_opened Envelope.refused Envelope.updated",
        node: "Envelope Envelope.created Envelope.deleted Envelope.fetched Envelope.listed Envelope.notFound \
            Envelope.notOpened Envelope.refused Envelope.updated",
        ..NONE
    },
    Row {
        job: "read a response envelope",
        rust: "Envelope::code Envelope::data Envelope::error Envelope::message Envelope::parse \
            Envelope::parse_with Envelope::status",
        c: "cbp_envelope_code cbp_envelope_data cbp_envelope_error cbp_envelope_message cbp_envelope_parse \
            cbp_envelope_status",
        cpp: "Envelope::code Envelope::data Envelope::error Envelope::message Envelope::parse \
            Envelope::status",
        python: "Envelope.code Envelope.data Envelope.error Envelope.message Envelope.parse Envelope.status",
        node: "Envelope.parse",
        ..NONE
    },
    Row {
        job: "write a response envelope",
        rust: "Envelope::to_json",
        c: "cbp_envelope_to_json",
        cpp: "Envelope::to_json",
        python: "Envelope.to_dict Envelope.to_json",
        node: "Envelope.toJson Envelope.toString",
        ..NONE
    },
    Row {
        job: "what is refused, and why",
        rust: "Report Report::code Report::message Report::unlisted Report::violations Violation \
            Violation.context Violation.keyword Violation.message Violation.pointer Violation.position \
            Position Position.column Position.line Context Context::ALL Context::from_name Context::name \
            Report::class RuleParams RuleParams::to_json Violation.params",
        c: "cbp_error_column cbp_error_line cbp_error_pointer cbp_error_unlisted \
            cbp_error_violation_context cbp_error_violation_count cbp_error_violation_keyword \
            cbp_error_violation_message cbp_error_violation_pointer cbp_error_violation_params",
        cpp: "Error::pointer Error::position Error::unlisted Error::violations Violation Violation.context \
            Violation.keyword Violation.message Violation.params Violation.pointer",
        python: "ProfileError ProfileError.envelope ProfileError.unlisted ProfileError.violations \
            Violation Violation.context Violation.keyword Violation.message Violation.pointer \
            Violation.position types.ContextName Violation.params",
        node: "ProfileError ProfileError.envelope ProfileError.toJSON ProfileError.unlisted \
            ProfileError.violations",
        ..NONE
    },
    Row {
        job: "errors of a call",
        rust: "Error Error::code Error::parameter cipher::CipherError cipher::CipherError::class_of_decryption \
            cipher::CipherError::code Error::class Error::parameters ErrorClass ErrorClass::ALL ErrorClass::from_name \
            ErrorClass::name visible",
        c: "cbp_error_class cbp_error_code cbp_error_message cbp_error_missing cbp_error_missing_count \
            cbp_error_name cbp_error_parameter cbp_error_to_json cbp_error_parameter_at \
            cbp_error_parameter_count",
        cpp: "Error Error::code Error::error_class Error::get Error::message Error::missing Error::name Error::parameter \
            Error::parameters Error::to_json Exception Exception::code Exception::error Result Result::error Result::ok \
            Result::value Result::value_or_throw",
        python: "ArgumentError CallbackProfileError CallbackProfileError.code DecryptionError \
            DecryptionError.parameter ReplacerError ReplacerError.missing DecryptionError.parameters",
        node: "CallbackProfileError ReplacerError DecryptionError ArgumentError \
            CallbackProfileError.toJSON DecryptionError.parameter DecryptionError.parameters \
            DecryptionError.toJSON ReplacerError.missing ReplacerError.toJSON",
        ..NONE
    },
    Row {
        job: "error codes",
        rust: "ErrorCode ErrorCode::ALL ErrorCode::from_name ErrorCode::name ErrorCode::number \
            ErrorCode::text",
        c: "cbp_status_name cbp_status_text",
        python: "types.ErrorCode",
        ..NONE
    },
];
