//! The feature `serde`: results as the JSON that the other surfaces write, records from any type, opened values into any type.
//!
//! [`results`] and [`sets`] say how results are serialised, [`value`] how JSON within them is. [`record`] makes a record of
//! whatever serialises, written by [`writer`] with the names of [`name`] or refused as [`not_json`]; [`opened`] reads an opened callback into a type, through [`reader`]. Errors name
//! the place and the type and drop the messages of other people's types, which quote values. serde_json is not used for
//! either: it writes NaN as null and names that are numbers as texts, keeps copies that nobody wipes, and quotes values.
//!
//! Keys have no form here: a profile is written by `Profile::to_json`, which asks whether they are shown.
//!
//! ```compile_fail,E0277
//! fn has_a_form<T: serde::Serialize>() {}
//! has_a_form::<callback_profile::Profile>();
//! ```
//! ```compile_fail,E0277
//! fn has_a_form<T: serde::Serialize>() {}
//! has_a_form::<callback_profile::StoredProfile>();
//! ```
//! ```compile_fail,E0277
//! fn has_a_form<T: serde::Serialize>() {}
//! has_a_form::<callback_profile::cipher::Cipher>();
//! ```
//! ```compile_fail,E0277
//! fn has_a_form<T: serde::Serialize>() {}
//! has_a_form::<callback_profile::seal::SigningSecret>();
//! ```
//! ```compile_fail,E0277
//! fn has_a_form<T: serde::Serialize>() {}
//! has_a_form::<callback_profile::Opened>();
//! ```
//! ```
//! fn has_a_form<T: serde::Serialize>() {}
//! has_a_form::<callback_profile::Report>();
//! ```

mod name;
mod not_json;
mod opened;
mod reader;
mod record;
mod results;
mod sets;
mod value;
mod writer;
