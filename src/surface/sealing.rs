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
        python: "Signer Signer.sign Signer.sign_callback",
        node: "Signer Signer.sign Signer.signCallback",
        command: "sign",
        ..NONE
    },
    Row {
        job: "verify a signature",
        rust: "seal::Verifier seal::Verifier::new seal::Verifier::verify seal::Verified seal::Verified.id \
            seal::Verified.timestamp seal::DEFAULT_TOLERANCE",
        python: "Verifier Verifier.verify Verified Verified.id Verified.timestamp SignatureError \
            types.HeadersInput",
        node: "Verifier Verifier.verify SignatureError",
        command: "verify",
        ..NONE
    },
    Row {
        job: "the key id of a sealed profile",
        rust: "Profile::sealed_encryption SealedEncryption SealedEncryption::encrypted_params \
            SealedEncryption::kid",
        python: "Profile.kid",
        node: "Profile.kid",
        ..NONE
    },
    Row {
        job: "make a sealed callback",
        rust: "CallbackOptions.bare_token CallbackOptions.id CallbackOptions.issued_at \
            CallbackOptions.profile_id CallbackOptions.random Callback.is_sealed CallbackBuffer::is_sealed",
        python: "Callback.id Callback.is_sealed Callback.issued_at",
        ..NONE
    },
    Row {
        job: "open a sealed callback",
        rust: "OpenOptions.expected Opened::sealed SealedMessage SealedMessage.id SealedMessage.issued_at \
            SealedMessage.kid SealedMessage.profile_id seal::Expected seal::Expected.freshness \
            seal::Expected.method seal::Expected.profile_id seal::Expected.url seal::Freshness",
        python: "Expected Expected.method Expected.now Expected.profile_id Expected.tolerance \
            Expected.url OpenedDetails.sealed SealedMessage SealedMessage.id SealedMessage.issued_at \
            SealedMessage.kid SealedMessage.profile_id",
        ..NONE
    },
    Row {
        job: "verify a received request, then open it",
        rust: "Profile::receive Received Received.opened Received.verified ReceivedRequest \
            ReceivedRequest.body ReceivedRequest.headers ReceivedRequest.target",
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
        rust: "keygen_sealed seal::SigningSecret::generate seal::SIGNING_SECRET_RANDOM_LEN",
        python: "keygen_sealed keygen_signing",
        node: "keygenSealed keygenSigning",
        ..NONE
    },
];
