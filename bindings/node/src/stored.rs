//! The handle of a stored profile.

use std::sync::Arc;

use callback_profile::StoredProfile;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::ParseSettings;
use crate::profile::ProfileHandle;
use crate::shared::Shared;

/// A stored profile.
#[napi(js_name = "StoredHandle")]
pub struct StoredHandle {
    pub(crate) stored: Arc<StoredProfile>,
}

/// What the platform adds to a stored profile.
#[napi(object, object_from_js = false)]
pub struct StoredDescription {
    pub profile_id: Option<String>,
    pub status: Option<u32>,
    pub created_at: Option<String>,
    pub modified_at: Option<String>,
    pub body_type: Option<String>,
    /// JSON text.
    pub dynamic_variables: Option<String>,
}

/// Parses a stored profile.
#[napi(catch_unwind)]
pub fn parse_stored(text: Text, settings: Option<ParseSettings>) -> Outcome<StoredHandle> {
    outcome(ParseSettings::read(settings).and_then(|options| {
        let stored = StoredProfile::parse_with(owned(text), &options)?;
        Ok(StoredHandle { stored: Arc::new(stored) })
    }))
}

/// Parses a list of stored profiles: an outcome for each.
#[napi(catch_unwind)]
pub fn parse_stored_list(text: Text, settings: Option<ParseSettings>) -> Outcome<Vec<Outcome<StoredHandle>>> {
    outcome(ParseSettings::read(settings).and_then(|options| {
        let handle = |stored| StoredHandle { stored: Arc::new(stored) };
        let list = StoredProfile::parse_list_with(owned(text), &options)?;
        Ok(list.into_iter().map(|item| outcome(item.map(handle))).collect())
    }))
}

#[napi]
impl StoredHandle {
    /// The handle of its profile, which is not copied.
    #[napi(catch_unwind)]
    pub fn profile(&self) -> ProfileHandle {
        ProfileHandle::new(Shared::Stored(Arc::clone(&self.stored)))
    }

    /// What the platform adds to it.
    #[napi(catch_unwind)]
    pub fn describe(&self) -> StoredDescription {
        let text = |text: Option<&str>| text.map(str::to_owned);
        StoredDescription {
            profile_id: text(self.stored.profile_id()),
            status: self.stored.status().map(|status| status.number().into()),
            created_at: text(self.stored.created_at()),
            modified_at: text(self.stored.modified_at()),
            body_type: text(self.stored.body_type()),
            dynamic_variables: text(self.stored.dynamic_variables()),
        }
    }
}
