//! The rows of signatures, sealed callbacks and key rings.

use super::row::{NONE, Row};

pub(super) const SEALING: &[Row] = &[
    Row {
        job: "sign a callback",
        rust: "Callback::sign CallbackBuffer::sign Coverage seal::Signer seal::Signer::new seal::Signer::sign \
            seal::SigningSecret seal::SigningSecret::parse seal::Signature seal::Signature.id \
            seal::Signature.signature seal::Signature.timestamp seal::Signature::headers seal::ID_HEADER \
            seal::SIGNATURE_HEADER seal::TIMESTAMP_HEADER seal::MAX_SECRETS",
        command: "sign",
        ..NONE
    },
    Row {
        job: "verify a signature",
        rust: "seal::Verifier seal::Verifier::new seal::Verifier::verify seal::Verified seal::Verified.id \
            seal::Verified.timestamp seal::DEFAULT_TOLERANCE",
        command: "verify",
        ..NONE
    },
    Row {
        job: "the key id of a sealed profile",
        rust: "Profile::sealed_encryption SealedEncryption SealedEncryption::encrypted_params \
            SealedEncryption::kid",
        ..NONE
    },
    Row {
        job: "make a sealed callback",
        rust: "CallbackOptions.bare_token CallbackOptions.id CallbackOptions.issued_at \
            CallbackOptions.profile_id CallbackOptions.random Callback.is_sealed CallbackBuffer::is_sealed",
        ..NONE
    },
    Row {
        job: "open a sealed callback",
        rust: "OpenOptions.expected Opened::sealed SealedMessage SealedMessage.id SealedMessage.issued_at \
            SealedMessage.kid SealedMessage.profile_id seal::Expected seal::Expected.freshness \
            seal::Expected.method seal::Expected.profile_id seal::Expected.url seal::Freshness",
        ..NONE
    },
    Row {
        job: "verify a received request, then open it",
        rust: "Profile::receive Received Received.opened Received.verified ReceivedRequest \
            ReceivedRequest.body ReceivedRequest.headers ReceivedRequest.target",
        ..NONE
    },
    Row {
        job: "several profiles by key id",
        rust: "KeyRing KeyRing::add KeyRing::by_header KeyRing::by_query KeyRing::ids KeyRing::open \
            KeyRing::receive KeyRing::refuse_v1 KeyRing::remove KeyRing::try_in_turn OpenedByKey \
            OpenedByKey.id OpenedByKey.in_turn OpenedByKey.opened OpenedByKey.version ReceivedByKey \
            ReceivedByKey.opened ReceivedByKey.verified",
        ..NONE
    },
    Row {
        job: "new sealing keys and signing secrets",
        rust: "keygen_sealed seal::SigningSecret::generate seal::SIGNING_SECRET_RANDOM_LEN",
        ..NONE
    },
];
