//! Signing: Standard Webhooks 1.0.0, with one secret or, while secrets are changed, with several.

use base64_simd::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::id::check_id;
use super::secret::SigningSecret;
use crate::Error;
use crate::bug::bug;

/// The header with the message's id.
pub const ID_HEADER: &str = "webhook-id";
/// The header with the time of sending in seconds since 1970.
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";
/// The header with the signatures.
pub const SIGNATURE_HEADER: &str = "webhook-signature";

/// Most secrets of a signer or verifier, and most signatures of a header that are compared.
pub const MAX_SECRETS: usize = 16;

/// The version of a signature by HMAC-SHA256.
pub(super) const VERSION: &str = "v1,";

/// The three headers of a signed message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: String,
    /// `webhook-signature`: one signature per secret, one space between.
    pub signature: String,
}

impl Signature {
    /// Names and values of the headers.
    pub fn headers(&self) -> [(&'static str, &str); 3] {
        [(ID_HEADER, &self.id), (TIMESTAMP_HEADER, &self.timestamp), (SIGNATURE_HEADER, &self.signature)]
    }
}

/// Signs the bodies of callbacks. See [`Callback::sign`](crate::Callback::sign) for a whole callback.
#[derive(Debug)]
pub struct Signer(Secrets);

impl Signer {
    /// A signer with these secrets, 1 to 16. Published verifiers take one secret, so while secrets are changed it is the
    /// sender that uses both.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] for none or more than 16.
    pub fn new(secrets: impl IntoIterator<Item = SigningSecret>) -> Result<Signer, Error> {
        Secrets::new(secrets).map(Signer)
    }

    /// The header of this name, in whatever case, that signing adds.
    pub(crate) fn header_named(name: &str) -> Option<&'static str> {
        [ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER]
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(name))
    }

    /// The headers of a message with this body: `id` is the same for each retry, `timestamp` the time of this one in
    /// seconds since 1970.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] if the id is not 1 to 128 characters of visible ASCII without a full stop.
    ///
    /// ```
    /// use callback_profile::seal::{Signer, SigningSecret};
    /// // The example of the standard's own libraries.
    /// let secret = SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    /// let signer = Signer::new([secret]).unwrap();
    /// let signature = signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, br#"{"test": 2432232314}"#).unwrap();
    /// assert_eq!(signature.signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    /// ```
    pub fn sign(&self, id: &str, timestamp: u64, body: &[u8]) -> Result<Signature, Error> {
        check_id(id)?;
        let timestamp = timestamp.to_string();
        let mut signature = String::new();
        for (index, mac) in self.0.macs(id, &timestamp, body).enumerate() {
            signature.push_str(if index > 0 { " " } else { "" });
            signature.push_str(VERSION);
            STANDARD.encode_append(mac?.finalize().into_bytes(), &mut signature);
        }
        Ok(Signature { id: id.to_owned(), timestamp, signature })
    }
}

/// 1 to 16 secrets.
#[derive(Debug)]
pub(super) struct Secrets(Vec<SigningSecret>);

impl Secrets {
    pub(super) fn new(secrets: impl IntoIterator<Item = SigningSecret>) -> Result<Secrets, Error> {
        let secrets: Vec<SigningSecret> = secrets.into_iter().take(MAX_SECRETS.saturating_add(1)).collect();
        match secrets.len() {
            1..=MAX_SECRETS => Ok(Secrets(secrets)),
            _ => Err(Error::InvalidArgument("there must be 1 to 16 signing secrets")),
        }
    }

    /// For each secret, the HMAC of id, timestamp and body.
    pub(super) fn macs<'s>(
        &'s self,
        id: &'s str,
        timestamp: &'s str,
        body: &'s [u8],
    ) -> impl Iterator<Item = Result<Hmac<Sha256>, Error>> + 's {
        self.0.iter().map(move |secret| {
            let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
            let mut mac = mac.map_err(|_| bug("HMAC takes keys of any length"))?;
            for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
                mac.update(part);
            }
            Ok(mac)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> SigningSecret {
        SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()
    }

    #[test]
    fn there_is_a_signature_for_each_secret() {
        let many = |count: usize| Signer::new((0..count).map(|_| secret()));
        assert!(many(0).is_err() && many(17).is_err());
        let signature = many(16).unwrap().sign("a", 0, b"").unwrap();
        assert_eq!(signature.signature.split(' ').count(), 16);
        assert_eq!(signature.headers().map(|(_, value)| value.len()), [1, 1, 16 * 48 - 1]);
        assert!(many(1).unwrap().sign("a.b", 0, b"").is_err());
    }
}
