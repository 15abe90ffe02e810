//! The rows of messages and callbacks: made, opened, explained.

use super::row::{NONE, Row};

pub(super) const CALLBACKS: &[Row] = &[
    Row {
        job: "make a chatbot's answer",
        rust: "Profile::message Profile::message_with Message Message.missing Message.text MessageOptions \
            MessageOptions.missing MessageOptions.pairs MessageOptions.surrogates MessageOptions::with_missing \
            MessageOptions::with_pairs MessageOptions::with_surrogates",
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
            CallbackOptions.missing CallbackOptions.surrogates CallbackOptions::with_boundary \
            CallbackOptions::with_missing CallbackOptions::with_surrogates",
        c: "cbp_profile_callback",
        cpp: "Profile::callback",
        python: "Profile.callback",
        node: "Profile.callback",
        command: "callback",
    },
    Row {
        job: "make many outgoing requests",
        rust: "Profile::callback_into CallbackBuffer CallbackBuffer::body CallbackBuffer::body_bytes CallbackBuffer::header \
            CallbackBuffer::header_count CallbackBuffer::headers CallbackBuffer::method \
            CallbackBuffer::missing CallbackBuffer::to_http CallbackBuffer::url",
        c: "cbp_profile_callback_into cbp_callback_new",
        cpp: "Profile::callback_into",
        python: "Profile.callback_bodies Profile.callbacks",
        node: "Profile.callbackBodies Profile.callbackBodiesAsync Profile.callbacks Profile.callbacksAsync",
        ..NONE
    },
    Row {
        job: "read an outgoing request",
        rust: "Callback Callback.body Callback.headers Callback.method Callback.missing Callback.url \
            Callback::to_http",
        c: "cbp_callback_body cbp_callback_free cbp_callback_header_count cbp_callback_header_name \
            cbp_callback_header_value cbp_callback_method cbp_callback_missing cbp_callback_missing_count \
            cbp_callback_to_http cbp_callback_url",
        cpp: "Callback Callback::body Callback::body_view Callback::get Callback::headers \
            Callback::headers_view Callback::method Callback::method_name Callback::missing Callback::to_http Callback::url Callback::url_view",
        python: "Callback Callback.body Callback.headers Callback.method Callback.missing Callback.url",
        ..NONE
    },
    Row {
        job: "where an outgoing request goes",
        rust: "Destination Destination::of Callback::destination CallbackBuffer::destination Destination.authority Destination.host \
            Destination.is_https Destination.port Destination.target",
        c: "cbp_callback_authority cbp_callback_host cbp_callback_is_https cbp_callback_port cbp_callback_target",
        cpp: "Callback::destination Destination Destination.authority Destination.host Destination.is_https \
            Destination.port Destination.target",
        python: "Callback.destination Destination Destination.authority Destination.host Destination.is_https \
            Destination.port Destination.target",
        node: "destination",
        ..NONE
    },
    Row {
        job: "one value of an opened callback",
        rust: "Opened::get OpenedValue OpenedValue::kind OpenedValue::text",
        c: "cbp_opened_get",
        cpp: "Kind OpenedValue OpenedValue.kind OpenedValue.text",
        ..NONE
    },
    Row {
        job: "the record, and what a missing value becomes",
        rust: "Record Record::parse Record::parse_with Missing Missing::from_name Missing::name \
            Missing::ALL RecordOptions RecordOptions.limits RecordOptions.surrogates Surrogates \
            json::Surrogates json::Surrogates::ALL json::Surrogates::from_name json::Surrogates::name \
            AsRecord RecordBuf RecordBuf::parse RecordBuf::parse_with RecordOptions::with_limits \
            RecordOptions::with_surrogates",
        cpp: "Missing Surrogates",
        python: "types.MissingName types.RecordInput types.SurrogatesName",
        ..NONE
    },
    Row {
        job: "records from types of the language, opened values into them",
        rust: "RecordBuf::from_serialize RecordBuf::from_serialize_with Opened::deserialize",
        ..NONE
    },
    Row { job: "types of the language's HTTP libraries", rust: "http::header_pairs", ..NONE },
    Row {
        job: "settings of a call",
        c: "cbp_call_options_free cbp_call_options_new cbp_call_options_set_boundary \
            cbp_call_options_set_content_type cbp_call_options_set_missing cbp_call_options_set_pairs \
            cbp_call_options_allow_all_absent cbp_call_options_allow_all_structures \
            cbp_call_options_set_absent cbp_call_options_set_partial cbp_call_options_set_structures cbp_call_options_set_surrogates",
        cpp: "CallOptions CallOptions.absent CallOptions.boundary CallOptions.content_type CallOptions.missing \
            CallOptions.pairs CallOptions.partial CallOptions.structures CallOptions.surrogates Parameters Parameters::all \
            Parameters::is_all Parameters::names",
        python: "types.ParameterNames",
        ..NONE
    },
    Row {
        job: "open a received callback",
        rust: "Profile::open Profile::open_with OpenOptions OpenOptions.content_type Opened \
            Profile::is_json_body Opened::into_json Opened::json OpenOptions.absent OpenOptions.structures Opened::decrypted \
            Opened::unknown Parameters OpenOptions::with_absent OpenOptions::with_content_type \
            OpenOptions::with_structures OpenOptions.partial OpenOptions::with_partial Opened::failed \
            FailedParameter FailedParameter.code FailedParameter.name",
        c: "cbp_profile_open cbp_opened_decrypted cbp_opened_decrypted_count cbp_opened_free \
            cbp_opened_failed cbp_opened_failed_code cbp_opened_failed_count cbp_opened_json \
            cbp_opened_unknown cbp_opened_unknown_count cbp_profile_open_details",
        cpp: "Opened Opened::decrypted Opened::failed Opened::get Opened::json_view Opened::unknown Profile::open Profile::open_details",
        python: "Profile.open Profile.open_json OpenedDetails OpenedDetails.decrypted OpenedDetails.failed \
            OpenedDetails.unknown OpenedDetails.values Profile.open_details",
        node: "Profile.open Profile.openJson Profile.openDetails",
        command: "open",
    },
    Row {
        job: "explain why texts or a received callback do not open",
        rust: "Profile::diagnose diagnosis::DiagnoseOptions diagnosis::DiagnoseOptions.also \
            diagnosis::DiagnoseOptions.body diagnosis::DiagnoseOptions.content_type \
            diagnosis::DiagnoseOptions.expected diagnosis::DiagnoseOptions.parameter \
            diagnosis::DiagnoseOptions.sealed diagnosis::DiagnoseOptions.show \
            diagnosis::DiagnoseOptions::with_also diagnosis::DiagnoseOptions::with_body \
            diagnosis::DiagnoseOptions::with_content_type diagnosis::DiagnoseOptions::with_expected \
            diagnosis::DiagnoseOptions::with_parameter diagnosis::DiagnoseOptions::with_sealed \
            diagnosis::DiagnoseOptions::with_show diagnosis::Diagnosis diagnosis::Diagnosis::excluded \
            diagnosis::Diagnosis::findings diagnosis::Diagnosis::is_found \
            diagnosis::Diagnosis::judged_bytes diagnosis::Diagnosis::to_json diagnosis::Finding \
            diagnosis::Finding::at_receiver diagnosis::Finding::at_sender diagnosis::Finding::cause \
            diagnosis::Finding::chance diagnosis::Finding::detail diagnosis::Finding::grade \
            diagnosis::Finding::settings diagnosis::Finding::value diagnosis::Settings \
            diagnosis::Settings::algorithm diagnosis::Settings::apply diagnosis::Settings::iv \
            diagnosis::Settings::key diagnosis::Settings::profile diagnosis::Settings::to_json \
            diagnosis::Settings::wire_format \
            diagnosis::Cause diagnosis::Cause::ALL diagnosis::Cause::at_receiver \
            diagnosis::Cause::at_sender diagnosis::Cause::from_name diagnosis::Cause::name diagnosis::Grade \
            diagnosis::Grade::ALL diagnosis::Grade::from_name diagnosis::Grade::name diagnosis::MAX_PROFILES diagnosis::MAX_TEXTS diagnosis::MAX_TEXT_LEN",
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
        python: "Profile.diagnose types.CauseName types.Diagnosis types.Diagnosis.excluded types.Diagnosis.findings \
            types.Diagnosis.judged_bytes types.Finding types.Finding.at_receiver types.Finding.at_sender \
            types.Finding.cause types.Finding.chance types.Finding.detail types.Finding.grade types.Finding.settings \
            types.Finding.value types.FindingSettings types.FindingSettings.IV types.FindingSettings.algo \
            types.FindingSettings.encoding types.FindingSettings.key types.FindingSettings.profile \
            types.FindingSettings.reading types.FindingSettings.tag types.GradeName",
        node: "Profile.diagnose",
        command: "diagnose",
    },
    Row {
        job: "open many received callbacks",
        python: "Profile.open_iter Profile.open_json_many Profile.open_many",
        node: "Profile.openIter Profile.openJsonMany Profile.openJsonManyAsync Profile.openMany Profile.openManyAsync",
        ..NONE
    },
    Row {
        job: "columns of received callbacks or records, by Arrow",
        c: "cbp_call_options_set_columns cbp_call_options_set_keep_going cbp_call_options_set_threads \
            cbp_profile_callback_arrow cbp_profile_callback_arrow_stream cbp_profile_open_arrow \
            cbp_profile_open_arrow_stream",
        python: "ArrowStruct Profile.callback_arrow Profile.open_arrow",
        ..NONE
    },
];
