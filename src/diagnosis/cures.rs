//! What cures each cause, at the sender's and at the receiver's side.

use super::cause::Cause;

impl Cause {
    /// What the sender's program probably does, and what it should do.
    pub const fn at_sender(self) -> &'static str {
        self.cures().0
    }

    /// What the receiver can do.
    pub const fn at_receiver(self) -> &'static str {
        self.cures().1
    }

    const fn cures(self) -> (&'static str, &'static str) {
        match self {
            Cause::Opens => (
                "Nothing to change.",
                "Open it with this very profile. If your own program fails, compare its key, IV and decoding with the profile's.",
            ),
            Cause::LineBreaks => (
                "Write base64 on one line: PHP base64_encode, Python base64.b64encode (not encodebytes), Ruby strict_encode64 (not encode64), Java getEncoder (not getMimeEncoder), openssl base64 -A. In a form or query, percent-encode + as %2B.",
                "Remove blanks and line breaks before decoding. A blank may also be a lost +: find out which before you replace it.",
            ),
            Cause::SurroundingCharacters => (
                "Send the encoded text alone. In Python decode bytes to text first: str() of bytes gives b'…'. Write files without a byte order mark.",
                "Trim blanks, quotes and byte order marks before decoding.",
            ),
            Cause::PercentEncoded => (
                "Percent-encode a value once, and only in a query or form: PHP http_build_query, JavaScript URLSearchParams and Python urlencode do it already.",
                "Percent-decode once more before opening, or leave the decoding to the framework alone.",
            ),
            Cause::EscapedText => (
                "Give the plain text to the JSON or HTML writer: do not escape it before, and do not write JSON by hand.",
                "Parse the JSON or HTML before opening its values.",
            ),
            Cause::HexText => (
                "Write the encoding that the profile expects: base64 instead of bin2hex, hexdigest or toString('hex'). CryptoJS: ciphertext.toString(CryptoJS.enc.Base64).",
                "Set the wire format's encoding to the one that was sent.",
            ),
            Cause::DoubleEncoding => (
                "Encode once. PHP openssl_encrypt without OPENSSL_RAW_DATA returns base64 already; append the tag to raw bytes before encoding.",
                "Decode twice before opening, until the sender is changed.",
            ),
            Cause::Pieces => (
                "Join raw bytes, then encode once: base64(ciphertext || tag). The IV is the profile's and is not sent.",
                "Decode the parts, put ciphertext and tag together and open that.",
            ),
            Cause::CaseLost => (
                "Do not lower-case or upper-case encoded text. Check database collations, header names and URL normalisation.",
                "Nothing can be recovered: base64 distinguishes case. Ask for the text again.",
            ),
            Cause::CutShort => (
                "Send the whole text. Check column widths, length limits of SMS and log lines.",
                "Nothing can be recovered. Ask for the text again, and check where it was stored or copied.",
            ),
            Cause::RawBytes => (
                "Encode the encrypted bytes (base64_encode, Base64.getEncoder, Buffer.toString('base64')) instead of making text of them: new String(bytes) and .decode('latin-1') lose them.",
                "Nothing can be recovered where characters were replaced. Ask for encoded text.",
            ),
            Cause::ForeignContainer => (
                "Use the raw cipher with the profile's key and IV: PHP openssl_encrypt, Java Cipher, Node createCipheriv, CryptoJS with WordArrays for key and iv and no passphrase – not a container with a format of its own.",
                "Open it with the library whose format it is; this profile's key does not fit.",
            ),
            Cause::NotEncrypted => (
                "Encrypt this parameter. Check that its name is spelled as in enc.params.",
                "Treat the value as unprotected: anybody can have written it.",
            ),
            Cause::OnlyBase64 => (
                "Encrypt before encoding: base64 alone is no encryption.",
                "Treat the value as unprotected: anybody can have written it.",
            ),
            Cause::EmptyNotEncrypted => (
                "Encrypt empty values too: under GCM the empty value is a text of a tag alone.",
                "Allow the parameter to be absent, or ask the sender to encrypt empty values.",
            ),
            Cause::EncryptedTwice => (
                "Encrypt once: check for a middleware or a client that encrypts as well.",
                "Open the value once more, until the sender is changed.",
            ),
            Cause::Cfb8 => (
                "CFB needs 128-bit segments: pycryptodome AES.new(key, AES.MODE_CFB, iv, segment_size=128), .NET FeedbackSize = 128, PHP and OpenSSL 'aes-…-cfb' instead of 'aes-…-cfb8', Java AES/CFB/NoPadding instead of AES/CFB8/NoPadding.",
                "Nothing to set: ask the sender for CFB with 128-bit segments.",
            ),
            Cause::CfbSegment => (
                "CFB needs 128-bit segments: pycryptodome segment_size=128, .NET FeedbackSize = 128, Java AES/CFB/NoPadding.",
                "Nothing to set: ask the sender for CFB with 128-bit segments.",
            ),
            Cause::Cfb1 => (
                "Use 'aes-…-cfb' instead of 'aes-…-cfb1' (PHP openssl_encrypt, Node createCipheriv, Ruby OpenSSL::Cipher).",
                "Nothing to set: ask the sender for CFB with 128-bit segments.",
            ),
            Cause::Ofb => (
                "Use CFB instead of OFB: 'aes-…-cfb', Java AES/CFB/NoPadding, CryptoJS mode: CryptoJS.mode.CFB.",
                "Nothing to set: ask the sender for the profile's algorithm.",
            ),
            Cause::Ctr => (
                "Use the profile's algorithm instead of CTR: 'aes-…-gcm' or 'aes-…-cfb'; Go cipher.NewCFBEncrypter or cipher.NewGCM instead of cipher.NewCTR.",
                "Nothing to set: ask the sender for the profile's algorithm.",
            ),
            Cause::Cbc => (
                "Use the profile's algorithm instead of CBC, which is the default of PHP examples, CryptoJS, .NET and Java's AES/CBC/PKCS5Padding.",
                "Nothing to set: ask the sender for the profile's algorithm.",
            ),
            Cause::Ecb => (
                "Use the profile's algorithm instead of ECB, which is what Java's Cipher.getInstance(\"AES\") and MySQL's AES_ENCRYPT mean.",
                "Nothing to set: ask the sender for the profile's algorithm. ECB hides little.",
            ),
            Cause::SentGcm => (
                "Encrypt with the profile's CFB, or have the profile changed to GCM.",
                "Change enc.algo of the profile to the GCM that is sent, with a new key: one key in two modes weakens both.",
            ),
            Cause::SentCfb => (
                "Encrypt with the profile's GCM and append its 16-byte tag, or have the profile changed to CFB.",
                "Change enc.algo of the profile to the CFB that is sent, with a new key: one key in two modes weakens both.",
            ),
            Cause::TagFirst => (
                "Put the tag where the profile's wire format has it: by default behind the ciphertext.",
                "Set the wire format's tag placement to the one that is sent.",
            ),
            Cause::TagMissing => (
                "Append the 16-byte tag: PHP openssl_encrypt's $tag, Node cipher.getAuthTag(), Ruby cipher.auth_tag, pycryptodome encrypt_and_digest. Java and Go append it themselves.",
                "Nothing to set: without the tag nobody can tell whether the text was changed.",
            ),
            Cause::TagShort => (
                "Use the whole tag of 16 bytes: PHP tag_length 16, Node authTagLength 16, pycryptodome mac_len=16, Java GCMParameterSpec(128, iv). If it is whole, the end of the text is lost on the way.",
                "Check column widths and copied text first: a text that was cut looks the same.",
            ),
            Cause::TagRepeated => (
                "Append the tag once: Java's doFinal and Go's Seal append it themselves.",
                "Remove the last 16 bytes before opening, until the sender is changed.",
            ),
            Cause::TagWrong => (
                "Encrypt without associated data (no updateAAD, setAAD, auth_data), and append the tag of this very value, fetched after the last update.",
                "Do not use the value: the tag does not fit what this profile reads.",
            ),
            Cause::IvInText => (
                "Use the profile's IV and do not send it.",
                "Take the IV from the text and open the rest with the key of the profile, until the sender is changed.",
            ),
            Cause::IvCut => (
                "Use all 16 bytes of the profile's IV. GCM takes them as they are: Java GCMParameterSpec(128, iv), Node and PHP accept 16 bytes, Go cipher.NewGCMWithNonceSize(block, 16).",
                "Nothing to set: ask the sender for the whole IV.",
            ),
            Cause::IvOther => (
                "Use the ASCII bytes of the profile's IV as they are: not decoded, not zeros, not the key.",
                "Compare the IV at both sides.",
            ),
            Cause::IvUnknown => (
                "Use the profile's IV instead of a random one, or one that is left over from another call.",
                "Compare the IV at both sides. The beginning of the value cannot be recovered without the sender's IV.",
            ),
            Cause::KeyIvSwapped => (
                "Swap the arguments: CryptoJS and openssl take key, then IV; check the order in your own helper.",
                "Compare key and IV at both sides; perhaps the profile was stored with them swapped.",
            ),
            Cause::KeyLength => (
                "Name the key size of the profile: PHP pads a short key for 'aes-256-…' with NUL bytes and cuts a long one for 'aes-128-…' without a warning.",
                "Check enc.algo of the profile against the key size that the sender uses.",
            ),
            Cause::KeyHex => (
                "Use the ASCII bytes of the key: neither hex2bin(key), Buffer.from(key, 'hex') nor bin2hex(key).",
                "Store the key in the profile as the sender uses it, if it is letters and digits.",
            ),
            Cause::KeyBase64 => (
                "Use the ASCII bytes of the key: neither base64_decode(key), Buffer.from(key, 'base64') nor base64 of the key.",
                "Store the key in the profile as the sender uses it, if it is letters and digits.",
            ),
            Cause::KeyUtf16 => (
                "Use the key's ASCII bytes: .NET Encoding.ASCII instead of Encoding.Unicode, Java StandardCharsets.US_ASCII.",
                "Nothing to set: ask the sender for the ASCII bytes.",
            ),
            Cause::KeyHashed => (
                "Use the ASCII bytes of the key without hashing them (no md5, sha1, sha256).",
                "Nothing to set, unless the hexadecimal hash is stored as the profile's key.",
            ),
            Cause::KeyCase => (
                "Use the key exactly as it is stored: upper and lower case differ.",
                "Compare the key at both sides, character by character.",
            ),
            Cause::KeyLineBreak => (
                "Trim the key that is read from a file or a variable: rtrim, strip, $(cat file).",
                "Compare the key's length at both sides.",
            ),
            Cause::OtherKey => (
                "Use the key of the current profile; the text was made with that of another or an older one.",
                "Open the text with the profile that its key belongs to, and change keys in steps.",
            ),
            Cause::OtherCharset => (
                "Encrypt the UTF-8 bytes of the value: .NET Encoding.UTF8, Java getBytes(StandardCharsets.UTF_8), PHP mb_convert_encoding(…, 'UTF-8').",
                "Take the decrypted bytes instead of text and convert them.",
            ),
            Cause::ByteOrderMark => (
                "Encrypt the value without a byte order mark: .NET new UTF8Encoding(false), no file read as it is.",
                "Remove U+FEFF from the opened value.",
            ),
            Cause::Padding => (
                "Encrypt without padding: GCM and CFB need none. .NET Padding = PaddingMode.None, CryptoJS padding: CryptoJS.pad.NoPadding, Java AES/CFB/NoPadding.",
                "Remove the padding from the opened value.",
            ),
            Cause::WrappedValue => (
                "Encrypt the value itself: not its JSON (json_encode, JSON.stringify), serialize(), gzip or base64, and without a line break at its end (echo -n).",
                "Unwrap the opened value.",
            ),
            Cause::BodyForm => (
                "Send the body in the form that the content type says: one JSON object, without a byte order mark, not as a string within JSON.",
                "Decode the body once more before opening it, or set the profile's content type to what is sent.",
            ),
            Cause::ParameterMissing => (
                "Send every parameter that the profile encrypts, under its exact name.",
                "Allow the parameter to be absent where that is meant, or correct the profile's body.",
            ),
            Cause::ParameterRenamed => (
                "Send the parameter under the exact name, case and depth of the profile's body.",
                "Correct the name in the profile's body, or unwrap the object before opening it.",
            ),
            Cause::SealedCarrier => (
                "Send one parameter named jwe, as a text, in the body or query that the profile's content type says, or the bare token as application/jose.",
                "Pass the raw body and its content type; for GET and DELETE the URL. Check that nothing on the way rewrites the body.",
            ),
            Cause::SealedToken => (
                "Write the compact form: five parts in base64url without padding, the second one empty, a nonce of 12 bytes and a tag of 16.",
                "Check that nothing on the way cuts, wraps or escapes the token.",
            ),
            Cause::SealedHeader => (
                "Write the protected header with alg dir, enc A256GCM, typ callback+jwt and kid, and nothing else.",
                "Nothing: no other header is accepted, since it could change what the token means.",
            ),
            Cause::SealedKeyId => (
                "Send the kid of the profile's key with the key itself.",
                "Add the profile with this kid to the key ring, or ask the sender which profile is used.",
            ),
            Cause::SealedKey => (
                "Use the key of this kid: the 32 bytes that its base64url holds. Give a new key a new kid.",
                "Compare the key with the sender's. If they are the same, something on the way changed the token.",
            ),
            Cause::SealedClaims => (
                "Write iat, jti, htm, htu and params with their types, pid if it is agreed, and nothing else.",
                "Nothing: what is not known may be a condition. Ask the sender to leave it out.",
            ),
            Cause::SealedTime => (
                "Set the clock by NTP, and seal a retry anew: the same jti, a new iat.",
                "Set the clock by NTP, and open callbacks when they arrive; archives are opened without a check of their age.",
            ),
            Cause::SealedMethod => (
                "Write the method that the request is sent with into htm.",
                "Expect the method that the request was received with.",
            ),
            Cause::SealedUrl => (
                "Write the URL that the request is sent to into htu, without query and fragment.",
                "Expect the public URL of the receiver, as the profile has it: not the one behind a proxy.",
            ),
            Cause::SealedProfile => (
                "Give the id of the profile when the callback is made.",
                "Expect the id that was agreed with the sender, or none.",
            ),
            Cause::SealedCopy => (
                "Repeat outside what was sealed, unchanged, or nothing.",
                "Something on the way changed the readable part. Use what was sealed alone.",
            ),
            Cause::SealedParameters => (
                "Make the callback with the profile that the receiver has.",
                "Compare the receiver's profile with the sender's; allow structures or absent names where they are meant.",
            ),
            Cause::Unknown => (
                "Compare key, IV, algorithm, mode, encoding and tag with the profile's, with one known value.",
                "Give a longer value, several texts, the expected value or an older profile.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_sentences_of_its_own_for_both_sides() {
        for cause in Cause::ALL {
            for sentence in [cause.at_sender(), cause.at_receiver()] {
                assert!(sentence.ends_with('.') && sentence.len() > 15, "{cause}: {sentence}");
                assert!(!sentence.contains("  ") && sentence.trim() == sentence, "{cause}");
            }
        }
    }
}
