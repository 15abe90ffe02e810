//! The HTTP method of a callback.

use crate::names::named_values;

/// The HTTP method of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// DELETE
    Delete,
}

named_values!(Method { Get = "GET", Post = "POST", Put = "PUT", Delete = "DELETE" });

impl Method {
    /// Whether callbacks of this method have a body: POST and PUT.
    pub fn has_body(self) -> bool {
        matches!(self, Method::Post | Method::Put)
    }
}
