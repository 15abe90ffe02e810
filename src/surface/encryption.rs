//! The rows of encryption.

use super::row::{NONE, Row};

pub(super) const ENCRYPTION: &[Row] = &[
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
];
