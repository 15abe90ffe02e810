//! The rows of profiles.

use super::row::{NONE, Row};

pub(super) const PROFILES: &[Row] = &[
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
        command: "request",
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
            Profile::url_without_credentials Profile::constant_url Header Header::name Header::value",
        c: "cbp_profile_body cbp_profile_channel cbp_profile_event cbp_profile_event_count \
            cbp_profile_has_events cbp_profile_header_count cbp_profile_header_name \
            cbp_profile_header_value cbp_profile_method cbp_profile_options cbp_profile_replacer_count \
            cbp_profile_replacer_field cbp_profile_replacer_label cbp_profile_response_message \
            cbp_profile_title cbp_profile_url cbp_profile_constant_url",
        cpp: "Headers Profile::constant_url Profile::body Profile::channel Profile::events Profile::headers Profile::method Profile::options Profile::replacers \
            Profile::response_message Profile::title Profile::url",
        python: "Profile.body Profile.channel Profile.events Profile.headers Profile.method \
            Profile.replacers Profile.response_message Profile.title Profile.url \
            Profile.url_without_credentials Profile.constant_url",
        node: "Profile.body Profile.channel Profile.events Profile.headers Profile.method \
            Profile.replacers Profile.responseMessage Profile.title Profile.url \
            Profile.urlWithoutCredentials Profile.constantUrl",
        ..NONE
    },
    Row {
        job: "read what a profile encrypts",
        rust: "Profile::encryption Encryption Encryption::algorithm Encryption::cipher \
            Encryption::encrypted_params",
        c: "cbp_profile_algorithm cbp_profile_cipher cbp_profile_encrypted_param \
            cbp_profile_encrypted_param_count cbp_profile_encrypts_all",
        cpp: "Profile::algorithm Profile::cipher Profile::encrypted_params Profile::encrypts_all",
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
        cpp: "Advisory Advisory.code Advisory.message Advisory.pointer Profile::advisories StoredProfile::advisories",
        python: "Profile.advisories Advisory Advisory.code Advisory.message Advisory.pointer \
            types.AdvisoryCode",
        node: "Profile.advisories",
        ..NONE
    },
    Row {
        job: "read a stored profile",
        rust: "StoredProfile StoredProfile::body_type StoredProfile::created_at \
            StoredProfile::dynamic_variables StoredProfile::into_profile StoredProfile::modified_at \
            StoredProfile::parse StoredProfile::parse_list StoredProfile::parse_list_with \
            StoredProfile::parse_with StoredProfile::profile StoredProfile::profile_id StoredProfile::status Status Status::ALL Status::from_name \
            Status::name Status::number",
        c: "cbp_stored_profile_body_type cbp_stored_profile_created_at \
            cbp_stored_profile_dynamic_variables cbp_stored_profile_free cbp_stored_profile_modified_at \
            cbp_stored_profile_parse cbp_stored_profile_profile cbp_stored_profile_profile_id \
            cbp_stored_profile_status cbp_stored_profile_take cbp_stored_profiles_count cbp_stored_profiles_free \
            cbp_stored_profiles_parse cbp_stored_profiles_take",
        cpp: "Status StoredProfile StoredProfile::body_type StoredProfile::created_at StoredProfile::dynamic_variables \
            StoredProfile::get StoredProfile::into_profile StoredProfile::modified_at StoredProfile::parse \
            StoredProfile::parse_list StoredProfile::profile_id StoredProfile::status",
        python: "StoredProfile StoredProfile.body_type StoredProfile.created_at \
            StoredProfile.dynamic_variables StoredProfile.modified_at StoredProfile.parse \
            StoredProfile.parse_list StoredProfile.profile StoredProfile.profile_id StoredProfile.status StoredProfile.to_dict StoredProfile.to_json Status Status.ACTIVE \
            Status.AUTO_DISABLED Status.DISABLED",
        node: "StoredProfile StoredProfile.bodyType StoredProfile.createdAt StoredProfile.dynamicVariables \
            StoredProfile.modifiedAt StoredProfile.parse StoredProfile.parseList StoredProfile.profile \
            StoredProfile.profileId StoredProfile.status StoredProfile.toJSON",
        ..NONE
    },
    Row {
        job: "settings of a parse",
        rust: "ParseOptions ParseOptions.limits ParseOptions.policy ParseOptions.refuse_sealed ParseOptions.refuse_v1 \
            ParseOptions.signed ParseOptions.wire_format ParseOptions::with_limits ParseOptions::with_policy \
            ParseOptions::with_refuse_sealed ParseOptions::with_refuse_v1 ParseOptions::with_signed \
            ParseOptions::with_wire_format Policy \
            Policy::ALL Policy::from_name Policy::name",
        c: "cbp_parse_options_encoding cbp_parse_options_free cbp_parse_options_new \
            cbp_parse_options_policy cbp_parse_options_reading cbp_parse_options_refuse_sealed \
            cbp_parse_options_refuse_v1 cbp_parse_options_set_policy cbp_parse_options_set_refuse_sealed \
            cbp_parse_options_set_refuse_v1 cbp_parse_options_set_signed cbp_parse_options_set_wire_format \
            cbp_parse_options_signed cbp_parse_options_tag",
        cpp: "ParseOptions ParseOptions.is_signed ParseOptions.limits ParseOptions.policy ParseOptions.refuse_sealed \
            ParseOptions.refuse_v1 ParseOptions.wire_format Policy",
        python: "types.PolicyName types.JsonInput",
        ..NONE
    },
    Row {
        job: "limits",
        rust: "Limits Limits.depth Limits.header_name_bytes Limits.header_value_bytes Limits.headers \
            Limits.headers_bytes Limits.nodes Limits.output_bytes Limits.payload_bytes \
            Limits.received_bytes Limits.record_bytes Limits.replacers Limits.url_bytes Limits.violations \
            Limits::with_depth Limits::with_header_name_bytes Limits::with_header_value_bytes \
            Limits::with_headers Limits::with_headers_bytes Limits::with_nodes Limits::with_output_bytes \
            Limits::with_payload_bytes Limits::with_received_bytes Limits::with_record_bytes \
            Limits::with_replacers Limits::with_url_bytes Limits::with_violations \
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
];
