//! The rows of signatures, sealed callbacks and key rings.

use super::row::{NONE, Row};

pub(super) const SEALING: &[Row] = &[
    Row {
        job: "sign a callback",
        rust: "Callback::sign CallbackBuffer::sign RequestParts RequestParts.body RequestParts.header_names \
            RequestParts.is_sealed RequestParts.url RequestParts::sign Coverage seal::Signer seal::Signer::new seal::Signer::sign \
            seal::SigningSecret seal::SigningSecret::parse seal::Signature seal::Signature.id \
            seal::Signature.signature seal::Signature.timestamp seal::Signature::headers seal::ID_HEADER \
            seal::SIGNATURE_HEADER seal::TIMESTAMP_HEADER seal::MAX_SECRETS",
        c: "cbp_callback_sign cbp_signature_free cbp_signature_header_count cbp_signature_header_name \
            cbp_signature_header_value cbp_signer_free cbp_signer_new cbp_signer_sign",
        cpp: "Callback::sign Coverage Signature Signature::get Signature::headers Signature::headers_view Signer Signer::create \
            Signer::get Signer::sign",
        python: "Signer Signer.sign Signer.sign_callback",
        node: "Signer Signer.sign Signer.signCallback",
        command: "sign",
    },
    Row {
        job: "verify a signature",
        rust: "seal::Verifier seal::Verifier::new seal::Verifier::verify seal::Verified seal::Verified.id \
            seal::Verified.timestamp seal::DEFAULT_TOLERANCE",
        c: "cbp_verifier_free cbp_verifier_new cbp_verifier_verify",
        cpp: "Verified Verified.id Verified.timestamp Verifier Verifier::create Verifier::get \
            Verifier::verify",
        python: "Verifier Verifier.verify Verified Verified.id Verified.timestamp SignatureError \
            types.HeadersInput",
        node: "Verifier Verifier.verify SignatureError",
        command: "verify",
    },
    Row {
        job: "the key id of a sealed profile",
        rust: "Profile::sealed_encryption SealedEncryption SealedEncryption::encrypted_params \
            SealedEncryption::kid",
        c: "cbp_profile_kid",
        cpp: "Profile::kid",
        python: "Profile.kid",
        node: "Profile.kid",
        ..NONE
    },
    Row {
        job: "make a sealed callback",
        rust: "CallbackOptions.bare_token CallbackOptions.id CallbackOptions.issued_at \
            CallbackOptions.profile_id CallbackOptions.random Callback.is_sealed CallbackBuffer::is_sealed \
            CallbackOptions::with_bare_token CallbackOptions::with_id CallbackOptions::with_issued_at \
            CallbackOptions::with_profile_id CallbackOptions::with_random",
        c: "cbp_call_options_set_bare_token cbp_call_options_set_id cbp_call_options_set_issued_at \
            cbp_call_options_set_profile_id cbp_call_options_set_random cbp_callback_is_sealed",
        cpp: "CallOptions.bare_token CallOptions.id CallOptions.issued_at CallOptions.profile_id \
            CallOptions.random Callback::is_sealed Random",
        python: "Callback.id Callback.is_sealed Callback.issued_at",
        ..NONE
    },
    Row {
        job: "open a sealed callback",
        rust: "OpenOptions.expected OpenOptions::with_expected Opened::sealed SealedMessage SealedMessage.id SealedMessage.issued_at \
            SealedMessage.kid SealedMessage.profile_id seal::Expected seal::Expected.freshness \
            seal::Expected.method seal::Expected.profile_id seal::Expected.url seal::Freshness",
        c: "cbp_call_options_set_expected cbp_diagnose_options_set_sealed cbp_opened_is_sealed \
            cbp_opened_sealed_id cbp_opened_sealed_issued_at cbp_opened_sealed_kid \
            cbp_opened_sealed_profile_id",
        cpp: "CallOptions.expected DiagnoseOptions.sealed Expected Expected.freshness Expected.method \
            Expected.profile_id Expected.url Freshness Freshness::is_checked Freshness::not_checked \
            Freshness::now Freshness::tolerance Freshness::within Opened::sealed SealedMessage \
            SealedMessage.id SealedMessage.issued_at SealedMessage.kid SealedMessage.profile_id",
        python: "Expected Expected.method Expected.now Expected.profile_id Expected.tolerance \
            Expected.url OpenedDetails.sealed SealedMessage SealedMessage.id SealedMessage.issued_at \
            SealedMessage.kid SealedMessage.profile_id",
        ..NONE
    },
    Row {
        job: "verify a received request, then open it",
        rust: "Profile::receive Received Received.opened Received.verified ReceivedRequest \
            ReceivedRequest.body ReceivedRequest.headers ReceivedRequest.target",
        c: "cbp_profile_receive cbp_received_free cbp_received_id cbp_received_in_turn \
            cbp_received_key_id cbp_received_opened cbp_received_timestamp cbp_received_version",
        cpp: "Profile::receive Received Received::get Received::id Received::in_turn Received::key_id \
            Received::opened Received::timestamp Received::version ReceivedRequest ReceivedRequest.body \
            ReceivedRequest.headers ReceivedRequest.target",
        python: "Profile.receive Received Received.decrypted Received.id Received.sealed \
            Received.timestamp Received.unknown Received.values",
        node: "Profile.receive",
        ..NONE
    },
    Row {
        job: "several profiles by key id",
        rust: "KeyRing KeyRing::add KeyRing::by_header KeyRing::by_query KeyRing::ids KeyRing::open \
            KeyRing::receive KeyRing::refuse_v1 KeyRing::remove KeyRing::try_in_turn OpenedByKey \
            OpenedByKey.id OpenedByKey.in_turn OpenedByKey.opened OpenedByKey.version ReceivedByKey \
            ReceivedByKey.opened ReceivedByKey.verified",
        c: "cbp_key_ring_add cbp_key_ring_by_header cbp_key_ring_by_query cbp_key_ring_count \
            cbp_key_ring_free cbp_key_ring_id cbp_key_ring_open cbp_key_ring_receive cbp_key_ring_remove \
            cbp_key_ring_set_refuse_v1 cbp_key_ring_set_try_in_turn",
        cpp: "KeyRing KeyRing::add KeyRing::by_header KeyRing::by_query KeyRing::get KeyRing::ids \
            KeyRing::open KeyRing::receive KeyRing::refuse_v1 KeyRing::remove KeyRing::try_in_turn",
        python: "KeyRing KeyRing.add KeyRing.by_header KeyRing.by_query KeyRing.ids KeyRing.open \
            KeyRing.receive KeyRing.remove OpenedByKey OpenedByKey.decrypted OpenedByKey.id \
            OpenedByKey.in_turn OpenedByKey.sealed OpenedByKey.unknown OpenedByKey.values \
            OpenedByKey.version ReceivedByKey ReceivedByKey.decrypted ReceivedByKey.id \
            ReceivedByKey.in_turn ReceivedByKey.key_id ReceivedByKey.sealed ReceivedByKey.timestamp \
            ReceivedByKey.unknown ReceivedByKey.values ReceivedByKey.version",
        node: "KeyRing KeyRing.add KeyRing.byHeader KeyRing.byQuery KeyRing.ids KeyRing.open \
            KeyRing.receive KeyRing.remove",
        ..NONE
    },
    Row {
        job: "new sealing keys and signing secrets",
        rust: "keygen_sealed seal::SigningSecret::generate seal::SIGNING_SECRET_RANDOM_LEN seal::new_key_id \
            seal::KEY_ID_RANDOM_LEN seal::new_message_id seal::MESSAGE_ID_RANDOM_LEN",
        c: "cbp_keygen_sealed cbp_keygen_signing",
        cpp: "keygen_sealed keygen_signing",
        python: "keygen_sealed keygen_signing",
        node: "keygenSealed keygenSigning",
        ..NONE
    },
];
