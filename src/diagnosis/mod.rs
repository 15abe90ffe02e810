//! Why a text does not open: hypotheses about what the sender did, tested one by one.
//!
//! **This is an oracle.** It says of any text how it could be decrypted, which is more than an opener may tell a stranger.
//! It is for the owner of the key, who asks because a callback does not open; [`Profile::open`] never uses it, and its
//! single error of GCM stays. Do not put a diagnosis into the answer to a request.
//!
//! # How it decides
//!
//! A tag of 16 bytes that verifies under a changed assumption *proves* it; under CFB at least 8 bytes of an expected value
//! do. Otherwise a hypothesis is *likely* if it decrypts to text, and the chance that random bytes would do so is told:
//! the hypotheses that were tried, times the probability that random bytes of this length are text. Several texts, or a
//! whole callback, need one cause that explains all of them, and their evidence multiplies. The look of a text alone is
//! the weakest evidence. Hypotheses of fewer deviations come first, and the search ends at the first proof.
//!
//! # How it is built
//!
//! `reading` turns texts into bytes in all ways in which people write them; `guess` lists what they make of key and IV;
//! `modes` has the modes that they use by mistake; `layout` takes IV, ciphertext and tag apart; `evidence` and `value`
//! examine what comes out, with `probability`; `search` combines them. `look` is what can be told without a key, `body` is about whole
//! callbacks, `cause` and `cures` are the catalogue. `sealed` tells
//! which rule a sealed callback breaks.
//!
//! Bounded: texts up to 4 KiB, a fixed number of hypotheses, no password-based key derivation.

mod body;
mod cause;
mod conclusion;
mod cures;
mod evidence;
mod finding;
mod guess;
mod layout;
mod look;
mod modes;
mod options;
mod probability;
mod reading;
mod received;
mod sealed;
mod search;
mod settings;
mod value;

pub use cause::{Cause, Grade};
pub use finding::{Diagnosis, Finding};
pub use options::{DiagnoseOptions, MAX_PROFILES, MAX_TEXT_LEN, MAX_TEXTS};
pub use settings::Settings;

use crate::profile::Profile;

impl Profile {
    /// Explains why texts that should be this profile's do not open, or that they do.
    ///
    /// For the owner of the key: read the [module documentation](self) before its answer goes anywhere.
    ///
    /// ```
    /// use callback_profile::diagnosis::{Cause, DiagnoseOptions, Grade};
    /// use callback_profile::Profile;
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<to>"},
    ///     "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
    /// let text = "QPVsjp1IZmbfEkloi3T+9gL8sDxcGK2790HNkj8=";
    /// let diagnosis = profile.diagnose(&[text], &DiagnoseOptions::default());
    /// let finding = &diagnosis.findings()[0];
    /// assert_eq!((finding.cause(), finding.grade()), (Cause::TagFirst, Grade::Proved));
    /// let changed = finding.settings().unwrap().apply(&profile).unwrap();
    /// assert_eq!(changed.encryption().unwrap().cipher().decrypt_text(text).unwrap(), "+919876543210");
    /// ```
    pub fn diagnose(&self, texts: &[&str], options: &DiagnoseOptions<'_>) -> Diagnosis {
        if let Some(sealed) = self.sealed_encryption() {
            return sealed::diagnose(self, sealed, texts, options);
        }
        match options.body {
            Some(received) => body::diagnose(self, received, options),
            None => conclusion::of_texts(self, texts, options),
        }
    }
}
