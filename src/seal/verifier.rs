//! Verifying: Standard Webhooks 1.0.0.

use base64_simd::STANDARD;
use hmac::Mac;

use super::id::is_id;
use super::secret::SigningSecret;
use super::signer::{ID_HEADER, MAX_SECRETS, SIGNATURE_HEADER, Secrets, TIMESTAMP_HEADER, VERSION};
use crate::Error;

/// How far the time of sending may be from now, in seconds, both ways, unless the caller says otherwise.
pub const DEFAULT_TOLERANCE: u64 = 300;

/// Longest signature header in bytes: 16 signatures of `v1` take 783, and those of unknown versions may be longer.
const MAX_SIGNATURE_HEADER_LEN: usize = 4096;

/// Bytes of an HMAC-SHA256.
const MAC_LEN: usize = 32;

/// Checks the signatures of received callbacks.
#[derive(Debug)]
pub struct Verifier(Secrets);

/// Id and time of a message whose signature holds.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The id: the same for each retry of a message. Keep it, by secret or key id, for at least twice the tolerance and as long
    /// as the sender tries again, in the transaction of the effect; answer a message whose id is known with 2xx and without an
    /// effect.
    pub id: String,
    /// The time of sending in seconds since 1970.
    pub timestamp: u64,
}

impl Verifier {
    /// A verifier with these secrets, 1 to 16.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] for none or more than 16.
    pub fn new(secrets: impl IntoIterator<Item = SigningSecret>) -> Result<Verifier, Error> {
        Secrets::new(secrets).map(Verifier)
    }

    /// Checks the signature of a received message: its headers in any order, and its **raw** body, before any parsing.
    /// `now` is the time in seconds since 1970, `tolerance` how far the time of sending may be from it, both ways:
    /// [`DEFAULT_TOLERANCE`] as a rule.
    ///
    /// # Errors
    /// [`Error::SignatureRefused`] for everything that is wrong, [`Error::TimestampRefused`] only after a signature held.
    ///
    /// ```
    /// use callback_profile::seal::{Signer, SigningSecret, Verifier};
    /// let secret = || SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    /// let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
    /// let signature = signer.sign("msg_1", 1_800_000_000, b"{}").unwrap();
    /// let verified = verifier.verify(signature.headers(), b"{}", 1_800_000_010, 300).unwrap();
    /// assert_eq!((verified.id.as_str(), verified.timestamp), ("msg_1", 1_800_000_000));
    /// assert!(verifier.verify(signature.headers(), b"{ }", 1_800_000_010, 300).is_err());
    /// ```
    pub fn verify<'h>(
        &self,
        headers: impl IntoIterator<Item = (&'h str, &'h str)>,
        body: &[u8],
        now: u64,
        tolerance: u64,
    ) -> Result<Verified, Error> {
        let [id, timestamp, signatures] = signature_headers(headers).ok_or(Error::SignatureRefused)?;
        let seconds = seconds_of(timestamp).filter(|_| is_id(id)).ok_or(Error::SignatureRefused)?;
        // Those of unknown versions count as well: who sends more has more secrets than anybody.
        let is_short =
            signatures.len() <= MAX_SIGNATURE_HEADER_LEN && signatures.split(' ').count() <= MAX_SECRETS;
        if !is_short || !self.fits(id, timestamp, body, signatures)? {
            return Err(Error::SignatureRefused);
        }
        if seconds.abs_diff(now) > tolerance {
            return Err(Error::TimestampRefused);
        }
        Ok(Verified { id: id.to_owned(), timestamp: seconds })
    }

    /// Whether one of the signatures is that of one of the secrets. Every pair is compared, in constant time.
    fn fits(&self, id: &str, timestamp: &str, body: &[u8], signatures: &str) -> Result<bool, Error> {
        let received: Vec<[u8; MAC_LEN]> = signatures
            .split(' ')
            .filter_map(|signature| signature.strip_prefix(VERSION))
            .filter_map(|encoded| STANDARD.decode_to_vec(encoded).ok()?.try_into().ok())
            .collect();
        let mut fits = false;
        for mac in self.0.macs(id, timestamp, body) {
            let mac = mac?;
            for tag in &received {
                fits |= mac.clone().verify_slice(tag).is_ok();
            }
        }
        Ok(fits)
    }
}

/// Id, timestamp and signatures; `None` if one of them is missing or there twice.
fn signature_headers<'h>(headers: impl IntoIterator<Item = (&'h str, &'h str)>) -> Option<[&'h str; 3]> {
    let mut found = [None; 3];
    for (name, value) in headers {
        let names = [ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER];
        let slot = names.iter().position(|known| known.eq_ignore_ascii_case(name));
        let Some(slot) = slot.and_then(|slot| found.get_mut(slot)) else { continue };
        if slot.replace(value).is_some() {
            return None;
        }
    }
    let [id, timestamp, signatures] = found;
    Some([id?, timestamp?, signatures?])
}

/// The seconds of `0` or of digits without a leading zero.
fn seconds_of(timestamp: &str) -> Option<u64> {
    let is_plain = timestamp.bytes().all(|byte| byte.is_ascii_digit())
        && (timestamp == "0" || !timestamp.starts_with('0'));
    is_plain.then(|| timestamp.parse().ok())?
}

#[cfg(test)]
#[allow(clippy::string_slice)] // a test may panic
mod tests {
    use super::*;
    use crate::seal::Signer;

    fn secret(text: &str) -> SigningSecret {
        SigningSecret::parse(&format!("whsec_{}", STANDARD.encode_to_string(text.repeat(24)))).unwrap()
    }

    #[test]
    fn a_timestamp_has_one_spelling() {
        assert_eq!(seconds_of("0"), Some(0));
        assert_eq!(seconds_of("18446744073709551615"), Some(u64::MAX));
        for text in ["", "00", "01", "+1", "-1", " 1", "1 ", "1.0", "1e3", "18446744073709551616", "١"] {
            assert_eq!(seconds_of(text), None, "{text:?}");
        }
    }

    #[test]
    fn one_of_the_signatures_must_be_that_of_one_of_the_secrets() {
        let signed = |secrets: &[&str]| {
            Signer::new(secrets.iter().map(|text| secret(text))).unwrap().sign("a", 100, b"body").unwrap()
        };
        let verify = |secrets: &[&str], signature: &str, now: u64| {
            let verifier = Verifier::new(secrets.iter().map(|text| secret(text))).unwrap();
            let headers = [
                ("Webhook-Id", "a"),
                ("x", "y"),
                ("WEBHOOK-TIMESTAMP", "100"),
                (SIGNATURE_HEADER, signature),
            ];
            verifier.verify(headers, b"body", now, 10)
        };
        let both = signed(&["1", "2"]).signature;
        for (secrets, signature) in [
            (&["1"][..], both.clone()),
            (&["2"], both.clone()),
            (&["3", "2"], both.clone()),
            (&["1"], format!("v1a,AAAA v2,x  {both} v1,")),
            (&["1"], format!("{}{both}", "v2,x ".repeat(14))),
        ] {
            assert_eq!(verify(secrets, &signature, 110).map(|verified| verified.timestamp), Ok(100));
            assert_eq!(verify(secrets, &signature, 90).map(|verified| verified.id), Ok("a".into()));
            assert_eq!(verify(secrets, &signature, 111), Err(Error::TimestampRefused));
            assert_eq!(verify(secrets, &signature, 89), Err(Error::TimestampRefused));
        }
        let one = signed(&["1"]).signature;
        for (secrets, signature) in [
            (&["3"][..], both.clone()),
            (&["1"], String::new()),
            (&["1"], one.replace("v1,", "v1a,")),
            (&["1"], one.replace("v1,", "V1,")),
            (&["1"], one.replace('=', "")),
            (&["1"], one[..one.len() - 4].to_owned()),
            (&["1"], format!("{}{one}", "v1,AAAA ".repeat(16))),
            (&["1"], format!("{one}{}", " v2,x".repeat(16))),
            (&["1"], format!("{one} v2,{}", "x".repeat(MAX_SIGNATURE_HEADER_LEN))),
        ] {
            assert_eq!(verify(secrets, &signature, 111), Err(Error::SignatureRefused), "{signature}");
        }
    }

    #[test]
    fn each_header_is_there_once() {
        let signer = Signer::new([secret("1")]).unwrap();
        let signature = signer.sign("a", 100, b"body").unwrap();
        let verifier = Verifier::new([secret("1")]).unwrap();
        let headers: Vec<(&str, &str)> = signature.headers().into();
        assert!(verifier.verify(headers.iter().copied(), b"body", 100, 0).is_ok());
        for index in 0..3 {
            let mut fewer = headers.clone();
            let removed = fewer.remove(index);
            assert_eq!(verifier.verify(fewer, b"body", 100, 0), Err(Error::SignatureRefused));
            let mut more = headers.clone();
            more.push(removed);
            assert_eq!(verifier.verify(more, b"body", 100, 0), Err(Error::SignatureRefused));
        }
    }
}
