//! The surface table: the names under which each language has each job. The catalogue prints it, and each binding has a
//! test that compares its column with what it really exports, both ways.
//!
//! A name is in one row, an accessor in the row of its object. Of Rust and C++, types are listed with their functions, constants
//! and fields, and not the variants of enums, whose names have lists of their own in the catalogue.

/// A job, and the names that do it on each surface, separated by white space. A surface without the job has none.
pub(crate) struct Row {
    pub(crate) job: &'static str,
    rust: &'static str,
    c: &'static str,
    cpp: &'static str,
    python: &'static str,
    node: &'static str,
    /// Without the `cbp` in front.
    command: &'static str,
}

impl Row {
    /// The surfaces and their names.
    pub(crate) fn columns(&self) -> [(&'static str, Vec<String>); 6] {
        let names = |names: &str| names.split_ascii_whitespace().map(str::to_owned).collect();
        let commands = self.command.split_ascii_whitespace().map(|name| format!("cbp {name}")).collect();
        [
            ("rust", names(self.rust)),
            ("c", names(self.c)),
            ("cpp", names(self.cpp)),
            ("python", names(self.python)),
            ("node", names(self.node)),
            ("command", commands),
        ]
    }
}

const NONE: Row = Row { job: "", rust: "", c: "", cpp: "", python: "", node: "", command: "" };

pub(crate) const SURFACE: &[Row] = &[
    Row {
        job: "check a payload and make a profile",
        rust: "Profile Profile::parse Profile::parse_with",
        c: "cbp_profile_parse cbp_profile_free",
        cpp: "Profile Profile::get Profile::parse",
        python: "Profile Profile.parse",
        node: "Profile Profile.parse",
        command: "validate",
    },
    Row {
        job: "check a payload and make nothing",
        rust: "Profile::check Profile::check_with",
        c: "cbp_profile_check",
        cpp: "Profile::check",
        python: "Profile.check",
        node: "Profile.check",
        ..NONE
    },
    Row {
        job: "check a whole create request and make a profile",
        rust: "Request Request.headers Request.payload Request.sid Request::parse",
        c: "cbp_request_parse",
        cpp: "Request Request.headers Request.payload Request.sid Request::parse",
        python: "parse_request",
        node: "parseRequest",
        ..NONE
    },
    Row {
        job: "change a profile",
        rust: "Profile::patch",
        c: "cbp_profile_patch",
        cpp: "Profile::patch",
        python: "Profile.patch",
        node: "Profile.patch",
        command: "patch",
    },
    Row {
        job: "read a profile",
        rust: "Profile::body Profile::channel Profile::events Profile::headers Profile::method \
            Profile::options Profile::replacers Profile::response_message Profile::title Profile::url \
            Profile::url_without_credentials Header Header::name Header::value",
        c: "cbp_profile_body cbp_profile_channel cbp_profile_event cbp_profile_event_count \
            cbp_profile_has_events cbp_profile_header_count cbp_profile_header_name \
            cbp_profile_header_value cbp_profile_method cbp_profile_options cbp_profile_replacer_count \
            cbp_profile_replacer_field cbp_profile_replacer_label cbp_profile_response_message \
            cbp_profile_title cbp_profile_url",
        cpp: "Headers Profile::body Profile::channel Profile::events Profile::headers Profile::method Profile::replacers \
            Profile::response_message Profile::title Profile::url",
        python: "Profile.body Profile.channel Profile.events Profile.headers Profile.method \
            Profile.replacers Profile.response_message Profile.title Profile.url",
        node: "Profile.body Profile.channel Profile.events Profile.headers Profile.method \
            Profile.replacers Profile.responseMessage Profile.title Profile.url",
        ..NONE
    },
    Row {
        job: "read what a profile encrypts",
        rust: "Profile::encryption Encryption Encryption::algorithm Encryption::cipher \
            Encryption::encrypted_params",
        c: "cbp_profile_algorithm cbp_profile_cipher cbp_profile_encrypted_param \
            cbp_profile_encrypted_param_count cbp_profile_encrypts_all",
        cpp: "Profile::algorithm Profile::encrypted_params Profile::encrypts_all",
        python: "Profile.algorithm Profile.encrypted_params",
        node: "Profile.algorithm Profile.encryptedParams",
        ..NONE
    },
    Row {
        job: "write a profile as a create payload",
        rust: "Profile::to_json Secrets Secrets::ALL Secrets::from_name Secrets::name",
        c: "cbp_profile_to_json",
        cpp: "Profile::to_json Secrets",
        python: "Profile.to_dict Profile.to_json types.SecretsName",
        node: "Profile.toJSON Profile.toJson",
        ..NONE
    },
    Row {
        job: "fields that a profile needs",
        rust: "Profile::fields ProfileField ProfileField.field ProfileField.places",
        c: "cbp_fields_count cbp_fields_free cbp_fields_name cbp_fields_place cbp_fields_place_count \
            cbp_profile_fields",
        cpp: "Profile::fields ProfileField ProfileField.field ProfileField.places",
        python: "Profile.fields ProfileField ProfileField.field ProfileField.places",
        node: "Profile.fields",
        command: "fields",
    },
    Row {
        job: "what is risky in a profile",
        rust: "Profile::advisories Advisory Advisory.code Advisory.pointer Advisory::message AdvisoryCode \
            AdvisoryCode::ALL AdvisoryCode::from_name AdvisoryCode::name AdvisoryCode::text",
        c: "cbp_profile_advisories cbp_profile_advisory_count cbp_profile_advisory_message \
            cbp_profile_advisory_name cbp_profile_advisory_pointer",
        cpp: "Advisory Advisory.code Advisory.message Advisory.pointer Profile::advisories",
        python: "Profile.advisories Advisory Advisory.code Advisory.message Advisory.pointer \
            types.AdvisoryCode",
        node: "Profile.advisories",
        ..NONE
    },
    Row {
        job: "read a stored profile",
        rust: "StoredProfile StoredProfile::body_type StoredProfile::created_at \
            StoredProfile::dynamic_variables StoredProfile::into_profile StoredProfile::modified_at \
            StoredProfile::parse StoredProfile::parse_with StoredProfile::profile \
            StoredProfile::profile_id StoredProfile::status Status Status::ALL Status::from_name \
            Status::name Status::number",
        c: "cbp_stored_profile_body_type cbp_stored_profile_created_at \
            cbp_stored_profile_dynamic_variables cbp_stored_profile_free cbp_stored_profile_modified_at \
            cbp_stored_profile_parse cbp_stored_profile_profile cbp_stored_profile_profile_id \
            cbp_stored_profile_status cbp_stored_profile_take",
        cpp: "Status StoredProfile StoredProfile::body_type StoredProfile::created_at StoredProfile::dynamic_variables \
            StoredProfile::get StoredProfile::into_profile StoredProfile::modified_at StoredProfile::parse \
            StoredProfile::profile_id StoredProfile::status",
        python: "StoredProfile StoredProfile.body_type StoredProfile.created_at \
            StoredProfile.dynamic_variables StoredProfile.modified_at StoredProfile.parse \
            StoredProfile.profile StoredProfile.profile_id StoredProfile.status Status Status.ACTIVE \
            Status.AUTO_DISABLED Status.DISABLED",
        node: "StoredProfile StoredProfile.bodyType StoredProfile.createdAt StoredProfile.dynamicVariables \
            StoredProfile.modifiedAt StoredProfile.parse StoredProfile.profile StoredProfile.profileId \
            StoredProfile.status StoredProfile.toJSON",
        ..NONE
    },
    Row {
        job: "settings of a parse",
        rust: "ParseOptions ParseOptions.limits ParseOptions.policy ParseOptions.wire_format Policy \
            Policy::ALL Policy::from_name Policy::name",
        c: "cbp_parse_options_encoding cbp_parse_options_free cbp_parse_options_new \
            cbp_parse_options_policy cbp_parse_options_reading cbp_parse_options_set_policy \
            cbp_parse_options_set_wire_format cbp_parse_options_tag",
        cpp: "ParseOptions ParseOptions.limits ParseOptions.policy ParseOptions.wire_format Policy",
        python: "types.PolicyName types.JsonInput",
        ..NONE
    },
    Row {
        job: "limits",
        rust: "Limits Limits.depth Limits.header_name_bytes Limits.header_value_bytes Limits.headers \
            Limits.headers_bytes Limits.nodes Limits.output_bytes Limits.payload_bytes \
            Limits.received_bytes Limits.record_bytes Limits.replacers Limits.url_bytes Limits.violations \
            Limits::FIELDS LimitField LimitField::about LimitField::get LimitField::name LimitField::set",
        c: "cbp_parse_options_limit cbp_parse_options_set_limit",
        cpp: "Limit",
        python: "Limits Limits.depth Limits.header_name_bytes Limits.header_value_bytes Limits.headers \
            Limits.headers_bytes Limits.nodes Limits.output_bytes Limits.payload_bytes \
            Limits.received_bytes Limits.record_bytes Limits.replacers Limits.url_bytes Limits.violations",
        ..NONE
    },
    Row {
        job: "methods and channels",
        rust: "Method Method::ALL Method::from_name Method::has_body Method::name Channel Channel::ALL \
            Channel::from_name Channel::name",
        c: "cbp_method_name cbp_channel_name",
        cpp: "Channel Method name(Channel) name(Method)",
        python: "types.ChannelName types.MethodName",
        ..NONE
    },
    Row {
        job: "make a chatbot's answer",
        rust: "Profile::message Profile::message_with Message Message.missing Message.text MessageOptions \
            MessageOptions.missing MessageOptions.pairs",
        c: "cbp_profile_message cbp_message_free cbp_message_missing cbp_message_missing_count \
            cbp_message_text",
        cpp: "Message Message::get Message::missing Message::text Profile::message",
        python: "Profile.message Message Message.missing Message.text",
        node: "Profile.message",
        command: "message",
    },
    Row {
        job: "make an outgoing request",
        rust: "Profile::callback Profile::callback_with CallbackOptions CallbackOptions.boundary \
            CallbackOptions.missing CallbackOptions.surrogates",
        c: "cbp_profile_callback",
        cpp: "Profile::callback",
        python: "Profile.callback",
        node: "Profile.callback",
        command: "callback",
    },
    Row {
        job: "make many outgoing requests",
        rust: "Profile::callback_into CallbackBuffer CallbackBuffer::body CallbackBuffer::header \
            CallbackBuffer::header_count CallbackBuffer::headers CallbackBuffer::method \
            CallbackBuffer::missing CallbackBuffer::to_http CallbackBuffer::url",
        c: "cbp_profile_callback_into cbp_callback_new",
        cpp: "Profile::callback_into",
        python: "Profile.callbacks",
        node: "Profile.callbacks Profile.callbacksAsync",
        ..NONE
    },
    Row {
        job: "read an outgoing request",
        rust: "Callback Callback.body Callback.headers Callback.method Callback.missing Callback.url \
            Callback::to_http",
        c: "cbp_callback_body cbp_callback_free cbp_callback_header_count cbp_callback_header_name \
            cbp_callback_header_value cbp_callback_method cbp_callback_missing cbp_callback_missing_count \
            cbp_callback_to_http cbp_callback_url",
        cpp: "Callback Callback::body Callback::body_view Callback::get Callback::headers Callback::method \
            Callback::method_name Callback::missing Callback::to_http Callback::url Callback::url_view",
        python: "Callback Callback.body Callback.headers Callback.method Callback.missing Callback.url",
        ..NONE
    },
    Row {
        job: "the record, and what a missing value becomes",
        rust: "Record Record::parse Record::parse_with Missing Missing::from_name Missing::name \
            Missing::ALL RecordOptions RecordOptions.limits RecordOptions.surrogates Surrogates \
            json::Surrogates json::Surrogates::ALL json::Surrogates::from_name json::Surrogates::name",
        cpp: "Missing Surrogates",
        python: "types.MissingName types.SurrogatesName",
        ..NONE
    },
    Row {
        job: "settings of a call",
        c: "cbp_call_options_free cbp_call_options_new cbp_call_options_set_boundary \
            cbp_call_options_set_content_type cbp_call_options_set_missing cbp_call_options_set_pairs \
            cbp_call_options_allow_all_absent cbp_call_options_allow_all_structures \
            cbp_call_options_set_absent cbp_call_options_set_structures cbp_call_options_set_surrogates",
        cpp: "CallOptions CallOptions.absent CallOptions.boundary CallOptions.content_type CallOptions.missing \
            CallOptions.pairs CallOptions.structures CallOptions.surrogates Parameters Parameters::all \
            Parameters::is_all Parameters::names",
        python: "types.ParameterNames",
        ..NONE
    },
    Row {
        job: "open a received callback",
        rust: "Profile::open Profile::open_with OpenOptions OpenOptions.content_type Opened \
            Profile::is_json_body Opened::into_json Opened::json OpenOptions.absent OpenOptions.structures Opened::decrypted \
            Opened::unknown Parameters",
        c: "cbp_profile_open cbp_opened_decrypted cbp_opened_decrypted_count cbp_opened_free \
            cbp_opened_json cbp_opened_unknown cbp_opened_unknown_count cbp_profile_open_details",
        cpp: "Opened Opened::decrypted Opened::get Opened::json_view Opened::unknown Profile::open Profile::open_details",
        python: "Profile.open Profile.open_json OpenedDetails OpenedDetails.decrypted \
            OpenedDetails.unknown OpenedDetails.values Profile.open_details",
        node: "Profile.open Profile.openJson Profile.openDetails",
        command: "open",
    },
    Row {
        job: "explain why texts or a received callback do not open",
        rust: "Profile::diagnose diagnosis::DiagnoseOptions diagnosis::DiagnoseOptions.also \
            diagnosis::DiagnoseOptions.body diagnosis::DiagnoseOptions.content_type \
            diagnosis::DiagnoseOptions.expected diagnosis::DiagnoseOptions.parameter \
            diagnosis::DiagnoseOptions.show diagnosis::Diagnosis diagnosis::Diagnosis::excluded \
            diagnosis::Diagnosis::findings diagnosis::Diagnosis::is_found \
            diagnosis::Diagnosis::judged_bytes diagnosis::Diagnosis::to_json diagnosis::Finding \
            diagnosis::Finding::at_receiver diagnosis::Finding::at_sender diagnosis::Finding::cause \
            diagnosis::Finding::chance diagnosis::Finding::detail diagnosis::Finding::grade \
            diagnosis::Finding::settings diagnosis::Finding::value diagnosis::Settings \
            diagnosis::Settings::algorithm diagnosis::Settings::apply diagnosis::Settings::iv \
            diagnosis::Settings::key diagnosis::Settings::profile diagnosis::Settings::to_json \
            diagnosis::Settings::wire_format \
            diagnosis::Cause diagnosis::Cause::at_receiver diagnosis::Cause::at_sender \
            diagnosis::Grade diagnosis::MAX_TEXTS diagnosis::MAX_TEXT_LEN",
        c: "cbp_diagnose cbp_diagnose_options_free cbp_diagnose_options_new cbp_diagnose_options_set_also \
            cbp_diagnose_options_set_body cbp_diagnose_options_set_content_type \
            cbp_diagnose_options_set_expected cbp_diagnose_options_set_parameter \
            cbp_diagnose_options_set_show cbp_diagnosis_excluded cbp_diagnosis_excluded_count \
            cbp_diagnosis_finding_at_receiver cbp_diagnosis_finding_at_sender cbp_diagnosis_finding_cause \
            cbp_diagnosis_finding_chance cbp_diagnosis_finding_count cbp_diagnosis_finding_detail \
            cbp_diagnosis_finding_grade cbp_diagnosis_finding_settings cbp_diagnosis_finding_value \
            cbp_diagnosis_free cbp_diagnosis_is_found cbp_diagnosis_judged_bytes cbp_diagnosis_to_json",
        cpp: "DiagnoseOptions DiagnoseOptions.also DiagnoseOptions.body DiagnoseOptions.content_type \
            DiagnoseOptions.expected DiagnoseOptions.parameter DiagnoseOptions.show Diagnosis \
            Diagnosis::excluded Diagnosis::findings Diagnosis::get Diagnosis::is_found \
            Diagnosis::judged_bytes Diagnosis::to_json Finding Finding.at_receiver Finding.at_sender \
            Finding.cause Finding.chance Finding.detail Finding.grade Finding.settings Finding.value \
            Profile::diagnose",
        ..NONE
    },
    Row {
        job: "open many received callbacks",
        python: "Profile.open_many",
        node: "Profile.openMany Profile.openManyAsync",
        ..NONE
    },
    Row {
        job: "make a cipher",
        rust: "cipher::Cipher cipher::Cipher::new cipher::Cipher::with_key \
            cipher::Cipher::with_wire_format cipher::Key cipher::Key::new cipher::Iv cipher::Iv::new \
            cipher::KeyError",
        c: "cbp_cipher_free cbp_cipher_new cbp_cipher_new_with",
        cpp: "Cipher Cipher::create Cipher::get",
        python: "Cipher",
        node: "Cipher",
        ..NONE
    },
    Row {
        job: "encrypt a value",
        rust: "cipher::Cipher::encrypt cipher::Cipher::encrypt_into cipher::Cipher::encrypted_len \
            cipher::MAX_PLAINTEXT_LEN",
        c: "cbp_cipher_encrypt cbp_cipher_encrypted_len",
        cpp: "Cipher::encrypt Cipher::encrypted_len",
        python: "Cipher.encrypt",
        node: "Cipher.encrypt",
        command: "encrypt",
    },
    Row {
        job: "encrypt many values",
        rust: "cipher::Cipher::encrypt_all",
        c: "cbp_cipher_encrypt_all",
        cpp: "Cipher::encrypt_all",
        ..NONE
    },
    Row {
        job: "decrypt a value to bytes",
        rust: "cipher::Cipher::decrypt cipher::Cipher::decrypt_into cipher::Cipher::decrypted_len_max",
        c: "cbp_cipher_decrypt cbp_cipher_decrypted_len_max",
        cpp: "Cipher::decrypt Cipher::decrypted_len_max",
        python: "Cipher.decrypt types.Bytes",
        node: "Cipher.decrypt",
        ..NONE
    },
    Row {
        job: "decrypt a value to text",
        rust: "cipher::Cipher::decrypt_text",
        c: "cbp_cipher_decrypt_text",
        cpp: "Cipher::decrypt_text",
        python: "Cipher.decrypt_text",
        node: "Cipher.decryptText",
        command: "decrypt",
    },
    Row {
        job: "read a cipher",
        rust: "cipher::Cipher::algorithm cipher::Cipher::wire_format",
        c: "cbp_cipher_algorithm cbp_cipher_encoding cbp_cipher_reading cbp_cipher_tag",
        cpp: "Cipher::algorithm Cipher::wire_format",
        python: "Cipher.algorithm",
        node: "Cipher.algorithm Cipher.toJSON",
        ..NONE
    },
    Row {
        job: "algorithms",
        rust: "cipher::Algorithm cipher::Algorithm::ALL cipher::Algorithm::from_name \
            cipher::Algorithm::is_authenticated cipher::Algorithm::is_gcm cipher::Algorithm::key_len \
            cipher::Algorithm::name cipher::IV_LEN cipher::TAG_LEN",
        c: "cbp_algorithm_from_name cbp_algorithm_is_authenticated cbp_algorithm_key_len \
            cbp_algorithm_name cbp_iv_len cbp_tag_len",
        cpp: "Algorithm algorithm_of name(Algorithm)",
        python: "types.AlgorithmName",
        ..NONE
    },
    Row {
        job: "wire format",
        rust: "cipher::Encoding cipher::Encoding::ALL cipher::Encoding::from_name cipher::Encoding::name \
            cipher::Reading cipher::Reading::ALL cipher::Reading::from_name cipher::Reading::name \
            cipher::TagPlacement cipher::TagPlacement::ALL cipher::TagPlacement::from_name \
            cipher::TagPlacement::name cipher::WireFormat cipher::WireFormat.encoding \
            cipher::WireFormat.reading cipher::WireFormat.tag cipher::WireFormat::with_encoding \
            cipher::WireFormat::with_reading cipher::WireFormat::with_tag",
        cpp: "Encoding Reading Tag WireFormat WireFormat.encoding WireFormat.reading WireFormat.tag",
        python: "types.EncodingName types.ReadingName types.TagName",
        ..NONE
    },
    Row {
        job: "raw keys and any IV, for test vectors",
        rust: "cipher::hazmat::PreparedCfb cipher::hazmat::PreparedCfb::encrypt_all \
            cipher::hazmat::PreparedCfb::new cipher::hazmat::PreparedGcm cipher::hazmat::PreparedGcm::new \
            cipher::hazmat::PreparedGcm::seal cipher::hazmat::cfb_decrypt cipher::hazmat::cfb_encrypt \
            cipher::hazmat::gcm_open cipher::hazmat::gcm_seal",
        python: "hazmat.cfb_decrypt hazmat.cfb_encrypt hazmat.gcm_open hazmat.gcm_seal",
        node: "hazmat.cfbDecrypt hazmat.cfbEncrypt hazmat.gcmOpen hazmat.gcmSeal",
        ..NONE
    },
    Row {
        job: "make a response envelope",
        rust: "Envelope Envelope::created Envelope::deleted Envelope::fetched Envelope::not_found \
            Envelope::refused Envelope::updated",
        c: "cbp_envelope_created cbp_envelope_deleted cbp_envelope_fetched cbp_envelope_free \
            cbp_envelope_not_found cbp_envelope_refused cbp_envelope_updated",
        cpp: "Envelope Envelope::created Envelope::deleted Envelope::fetched Envelope::get Envelope::not_found \
            Envelope::refused Envelope::updated",
        python: "Envelope Envelope.created Envelope.deleted Envelope.fetched Envelope.not_found \
            Envelope.refused Envelope.updated",
        node: "Envelope Envelope.created Envelope.deleted Envelope.fetched Envelope.notFound \
            Envelope.refused Envelope.updated",
        ..NONE
    },
    Row {
        job: "read a response envelope",
        rust: "Envelope::code Envelope::data Envelope::error Envelope::message Envelope::parse \
            Envelope::status",
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
    Row { job: "names that are not in a set", rust: "UnknownName UnknownName::allowed", ..NONE },
    Row {
        job: "verdict on an address",
        rust: "AddressVerdict AddressVerdict::ALL AddressVerdict::from_name AddressVerdict::is_public \
            AddressVerdict::name AddressVerdict::of AddressVerdict::of_text",
        c: "cbp_address_verdict cbp_address_verdict_name cbp_address_verdict_of_bytes",
        cpp: "AddressVerdict address_verdict name(AddressVerdict)",
        python: "address_verdict types.AddressVerdictName",
        node: "addressVerdict",
        ..NONE
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
            json::Value::get json::Value::is_empty json::Value::kind json::Value::len json::Value::members \
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
    Row {
        job: "memory",
        c: "cbp_bytes_data cbp_bytes_free cbp_bytes_len cbp_texts_count cbp_texts_free cbp_texts_get \
            cbp_texts_new cbp_error_free cbp_wipe",
        cpp: "Secret Secret::data Secret::empty Secret::resize Secret::room Secret::size Secret::view Secret::with_room",
        ..NONE
    },
    Row { job: "help in the shell", command: "completions man", ..NONE },
];
