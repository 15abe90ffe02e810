//! The class, and where its profile is kept.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use callback_profile::{ParseOptions, Secrets};
use pyo3::prelude::*;
use zeroize::Zeroizing;

/// A validated callback profile: having one proves that its payload obeys the rules.
///
/// Made by Profile.parse, StoredProfile.parse(...).profile or parse_request. It never changes, threads may share it,
/// and its repr shows neither URL nor headers nor key. Profiles are equal if their payloads mean the same, key and IV
/// included, and the settings of parsing were the same. It cannot be pickled: the error says what can.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Profile(Held);

/// On its own, or within the stored profile that it came with.
enum Held {
    Own(Box<callback_profile::Profile>),
    Stored(Arc<callback_profile::StoredProfile>),
}

impl Profile {
    pub(crate) fn of(profile: callback_profile::Profile) -> Profile {
        Profile(Held::Own(Box::new(profile)))
    }

    pub(crate) fn of_stored(stored: Arc<callback_profile::StoredProfile>) -> Profile {
        Profile(Held::Stored(stored))
    }

    pub(crate) fn core(&self) -> &callback_profile::Profile {
        match &self.0 {
            Held::Own(profile) => profile,
            Held::Stored(stored) => stored.profile(),
        }
    }

    pub(super) fn options(&self) -> &ParseOptions {
        self.core().options()
    }

    /// Whether the payloads mean the same, key and IV included, and were parsed with the same settings.
    pub(crate) fn is_same(&self, other: &Profile) -> bool {
        let payload = |profile: &Profile| Zeroizing::new(profile.core().to_json(Secrets::Shown));
        self.options() == other.options() && payload(self) == payload(other)
    }

    /// The same for equal profiles. Key and IV are not in it.
    pub(crate) fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.core().to_json(Secrets::Masked).hash(&mut hasher);
        hasher.finish()
    }

    pub(crate) fn repr(&self) -> String {
        let core = self.core();
        let (title, method) = (core.title(), core.method().name());
        let algorithm = core.encryption().map(|enc| format!("'{}'", enc.algorithm().name()));
        let algorithm = algorithm.as_deref().unwrap_or("None");
        let kid =
            core.sealed_encryption().map(|sealed| format!(", kid='{}'", sealed.kid())).unwrap_or_default();
        format!("Profile(title='{title}', method='{method}', algorithm={algorithm}{kid})")
    }
}
