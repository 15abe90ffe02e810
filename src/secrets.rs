//! Whether output shows key and IV.

use crate::names::named_values;

/// Whether key and IV are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Secrets {
    /// Masked by asterisks. The default.
    #[default]
    Masked,
    /// As the platform documents it: in clear.
    Shown,
}

named_values!(Secrets { Masked = "masked", Shown = "shown" });
