//! Profiles in SQLite, all of them loaded at the start: parsing is the expensive part, a callback the cheap one.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use callback_profile::{Profile, Secrets, StoredProfile};
use rusqlite::Connection;

type Failure = Box<dyn Error + Send + Sync>;

/// Shared between requests in an `Arc`, and so is each profile: none is parsed twice.
pub struct Store {
    database: Mutex<Connection>,
    profiles: RwLock<HashMap<String, Arc<StoredProfile>>>,
}

impl Store {
    /// Opens the file and parses every profile in it. One that is refused ends the start, with its id and the reasons.
    pub fn open(file: &Path) -> Result<Store, Failure> {
        let database = Connection::open(file)?;
        // The payload holds key and IV: a real service encrypts this column.
        database.execute(
            "CREATE TABLE IF NOT EXISTS profiles (id INTEGER PRIMARY KEY AUTOINCREMENT, payload TEXT NOT NULL)",
            (),
        )?;
        let mut profiles = HashMap::new();
        let mut select = database.prepare("SELECT id, payload FROM profiles")?;
        let mut rows = select.query(())?;
        while let Some(row) = rows.next()? {
            let (id, payload): (i64, String) = (row.get(0)?, row.get(1)?);
            profiles.insert(id.to_string(), stored(id, &payload)?);
        }
        drop(rows);
        drop(select);
        Ok(Store { database: Mutex::new(database), profiles: RwLock::new(profiles) })
    }

    /// Keeps a new profile; returns its id. It writes to the disk: not a call for a thread that serves requests.
    pub fn add(&self, profile: &Profile) -> Result<String, Failure> {
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        let payload = profile.to_json(Secrets::Shown);
        database.execute("INSERT INTO profiles (payload) VALUES (?1)", [&payload])?;
        let id = database.last_insert_rowid();
        let stored = stored(id, &payload)?;
        self.profiles.write().unwrap_or_else(PoisonError::into_inner).insert(id.to_string(), stored);
        Ok(id.to_string())
    }

    /// The profile of this id.
    pub fn get(&self, id: &str) -> Option<Arc<StoredProfile>> {
        self.profiles.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// How many profiles there are.
    pub fn count(&self) -> usize {
        self.profiles.read().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// A row as a stored profile: the create payload with its id and status.
fn stored(id: i64, payload: &str) -> Result<Arc<StoredProfile>, Failure> {
    let members = payload.strip_prefix('{').ok_or("a payload must be an object")?;
    let stored = StoredProfile::parse(format!(r#"{{"profile_id":"{id}","status":1,{members}"#));
    Ok(Arc::new(stored.map_err(|report| format!("profile {id}: {report:#}"))?))
}
