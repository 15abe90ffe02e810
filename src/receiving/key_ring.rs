//! Several profiles, each under the id of its key: how keys are changed without losing a callback.

use super::request::ReceivedRequest;
use crate::Error;
use crate::callback::{OpenOptions, Opened};
use crate::profile::Profile;

/// Most keys that are tried in turn. Trying more would help whoever sends texts that fit several keys.
const MAX_TURNS: usize = 4;

/// Profiles by the ids of their keys. A clone copies the ids and shares the profiles. A received callback is opened by exactly the profile that its id names.
///
/// A profile of the documented format carries its id as a constant header or a constant parameter of its query; nothing
/// protects that id, but under another key than its own a callback does not open. In a sealed profile the id is `kid`.
///
/// ```
/// use callback_profile::{KeyRing, OpenOptions, Profile, ReceivedRequest};
/// let profile = |id: &str, key: &str| Profile::parse(format!(r#"{{"title": "sms", "http_method": "POST",
///     "url": "https://example.com/sms", "body": {{"to": "<to>"}}, "headers": {{"x-key-id": "{id}"}},
///     "enc": {{"algo": "AES-128-CFB", "key": "{key}", "IV": "POabcdefghijklLY"}}}}"#)).unwrap();
/// let mut ring = KeyRing::by_header("x-key-id");
/// ring.add("2026-01", profile("2026-01", "K1abcdefghijkl2P")).unwrap();
/// ring.add("2026-02", profile("2026-02", "otherkeyotherkey")).unwrap();
///
/// let headers = [("X-Key-Id", "2026-01")];
/// let request = ReceivedRequest { headers: &headers, target: "/sms", body: br#"{"to":"hJd6TmNuQBhndbDl5w=="}"# };
/// let opened = ring.open(&request, &OpenOptions::default()).unwrap();
/// assert_eq!((opened.id.as_str(), opened.opened.json()), ("2026-01", r#"{"to":"+919876543210"}"#));
/// ```
#[derive(Debug, Clone)]
pub struct KeyRing {
    place: IdPlace,
    /// None twice.
    profiles: Vec<(String, Profile)>,
    in_turn: bool,
    refuse_v1: bool,
}

/// Where a callback of the documented format names its key.
#[derive(Debug, Clone)]
enum IdPlace {
    Header(String),
    Query(String),
}

/// A callback that a key ring opened.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedByKey {
    /// The id of the key.
    pub id: String,
    /// 1: the documented format. 2: sealed.
    pub version: u8,
    /// Whether the callback named no key, and the one that it was opened with was found by trying.
    pub in_turn: bool,
    /// The parameters.
    pub opened: Opened,
}

impl KeyRing {
    /// An empty ring; callbacks of the documented format name their key in the header of this name.
    pub fn by_header(name: &str) -> KeyRing {
        KeyRing::new(IdPlace::Header(name.to_owned()))
    }

    /// An empty ring; callbacks of the documented format name their key in the query's parameter of this name.
    pub fn by_query(name: &str) -> KeyRing {
        KeyRing::new(IdPlace::Query(name.to_owned()))
    }

    fn new(place: IdPlace) -> KeyRing {
        KeyRing { place, profiles: Vec::new(), in_turn: false, refuse_v1: false }
    }

    /// Adds a profile under the id of its key.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] if the id is taken, if it is not the `kid` of a sealed profile, or if a profile of the
    /// documented format does not send it as a constant header or parameter.
    pub fn add(&mut self, id: &str, profile: Profile) -> Result<(), Error> {
        if self.profiles.iter().any(|(known, _)| known == id) {
            return Err(Error::InvalidArgument("each key of a ring must have an id of its own"));
        }
        match profile.sealed_encryption() {
            Some(sealed) if sealed.kid() != id => {
                return Err(Error::InvalidArgument("the id of a sealed profile must be its kid"));
            }
            None if !self.place.is_sent_by(id, &profile) => {
                return Err(Error::InvalidArgument(
                    "the profile must send its id as a constant header or parameter of the ring's name",
                ));
            }
            _ => {}
        }
        self.profiles.push((id.to_owned(), profile));
        Ok(())
    }

    /// Takes the profile of this id out of the ring; `None` if there is none.
    pub fn remove(&mut self, id: &str) -> Option<Profile> {
        let index = self.profiles.iter().position(|(known, _)| known == id)?;
        Some(self.profiles.remove(index).1)
    }

    /// The ids, in the order in which they were added.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = &str> {
        self.profiles.iter().map(|(id, _)| id.as_str())
    }

    /// Whether a callback without an id is tried with each key in turn: under GCM alone, with at most four keys, and never
    /// in a ring that holds a sealed profile. Off at first.
    pub fn try_in_turn(&mut self, on: bool) {
        self.in_turn = on;
    }

    /// Whether callbacks of the documented format are refused: for receivers whose senders all seal. Off at first.
    pub fn refuse_v1(&mut self, on: bool) {
        self.refuse_v1 = on;
    }

    /// Opens a received request by the profile whose key it names.
    ///
    /// # Errors
    /// [`Error::UnknownKey`] if it names none of the ring, or none at all; [`Error::CannotTellKey`] if it names none, keys
    /// are tried in turn, and nothing in it tells which one it was: under CFB a wrong key opens short values by chance.
    /// [`Error::Sealed`] if it is sealed and names none of the ring. Else those of
    /// [`Profile::open_with`](Profile::open_with).
    pub fn open(
        &self,
        request: &ReceivedRequest<'_>,
        options: &OpenOptions<'_>,
    ) -> Result<OpenedByKey, Error> {
        self.open_received(request, options, None)
    }

    pub(super) fn open_received(
        &self,
        request: &ReceivedRequest<'_>,
        options: &OpenOptions<'_>,
        message_id: Option<&str>,
    ) -> Result<OpenedByKey, Error> {
        let content_type = request.content_type(options);
        let options = OpenOptions { content_type: content_type.as_deref(), ..*options };
        let open = |id: &str, profile: &Profile, in_turn: bool| {
            let version = if profile.sealed_encryption().is_some() { 2 } else { 1 };
            if self.refuse_v1 && version == 1 {
                return Err(Error::UnknownKey);
            }
            let opened = profile.open_received(request.parameters(profile), &options, message_id)?;
            Ok(OpenedByKey { id: id.to_owned(), version, in_turn, opened })
        };
        let ids = self.place.ids(request);
        match ids.as_deref() {
            Some([id]) => {
                let (id, profile) = self.find(id).ok_or(Error::UnknownKey)?;
                return open(id, profile, false);
            }
            // Two readers could take two of them.
            Some([_, _, ..]) => return Err(Error::UnknownKey),
            Some([]) | None => {}
        }
        let mut sealed =
            self.profiles.iter().filter(|(_, profile)| profile.sealed_encryption().is_some()).peekable();
        if sealed.peek().is_some() {
            let kid = sealed.find_map(|(_, profile)| {
                profile.received_kid(request.parameters(profile), options.content_type)
            });
            let named = kid
                .and_then(|kid| self.find(&kid))
                .filter(|(_, profile)| profile.sealed_encryption().is_some());
            let (id, profile) = named.ok_or(Error::Sealed)?;
            return open(id, profile, false);
        }
        // A query that cannot be read may name a key.
        if ids.is_none() {
            return Err(Error::UnknownKey);
        }
        if !self.in_turn || self.refuse_v1 {
            return Err(Error::UnknownKey);
        }
        self.in_turn(open)
    }

    /// The first of a few keys that opens the callback.
    fn in_turn(
        &self,
        open: impl Fn(&str, &Profile, bool) -> Result<OpenedByKey, Error>,
    ) -> Result<OpenedByKey, Error> {
        let is_gcm = |profile: &Profile| profile.encryption().is_some_and(|enc| enc.algorithm().is_gcm());
        if !self.profiles.iter().all(|(_, profile)| is_gcm(profile)) {
            return Err(Error::CannotTellKey);
        }
        if self.profiles.len() > MAX_TURNS {
            return Err(Error::InvalidArgument("at most four keys can be tried in turn"));
        }
        let mut refusal = Error::UnknownKey;
        for (index, (id, profile)) in self.profiles.iter().enumerate() {
            match open(id, profile, true) {
                // Where nothing was decrypted, any key would do.
                Ok(opened) if opened.opened.decrypted().len() == 0 => return Err(Error::CannotTellKey),
                Ok(opened) => return Ok(opened),
                Err(error) if index == 0 => refusal = error,
                Err(_) => {}
            }
        }
        Err(refusal)
    }

    fn find(&self, id: &str) -> Option<(&str, &Profile)> {
        let found = self.profiles.iter().find(|(known, _)| known == id);
        found.map(|(id, profile)| (id.as_str(), profile))
    }
}

impl IdPlace {
    /// The ids that a request has in this place; `None` if it cannot be read.
    fn ids(&self, request: &ReceivedRequest<'_>) -> Option<Vec<String>> {
        match self {
            IdPlace::Header(name) => {
                Some(request.header(name).map(|value| value.trim_matches([' ', '\t']).to_owned()).collect())
            }
            IdPlace::Query(name) => request.query(name, MAX_PARAMETERS),
        }
    }

    /// Whether every callback of a profile has this id in this place.
    fn is_sent_by(&self, id: &str, profile: &Profile) -> bool {
        match self {
            IdPlace::Header(name) => {
                let header = profile.headers().iter().find(|header| header.name().eq_ignore_ascii_case(name));
                header.is_some_and(|header| header.is_always(id))
            }
            IdPlace::Query(name) => profile.has_constant_parameter(name, id),
        }
    }
}

/// Most parameters of a query that is searched for an id.
const MAX_PARAMETERS: usize = 10_000;
