//! A core profile, shared without copying it.

use std::ops::Deref;
use std::sync::Arc;

use callback_profile::{Profile, StoredProfile};

/// A profile of its own, or the one within a stored profile.
#[derive(Clone)]
pub(crate) enum Shared {
    Own(Arc<Profile>),
    Stored(Arc<StoredProfile>),
}

impl Deref for Shared {
    type Target = Profile;

    fn deref(&self) -> &Profile {
        match self {
            Shared::Own(profile) => profile,
            Shared::Stored(stored) => stored.profile(),
        }
    }
}

impl From<Profile> for Shared {
    fn from(profile: Profile) -> Shared {
        Shared::Own(Arc::new(profile))
    }
}
