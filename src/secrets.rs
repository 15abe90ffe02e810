//! Whether output shows key and IV.

/// Whether key and IV are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Secrets {
    /// Masked by asterisks. The default.
    #[default]
    Masked,
    /// As the platform documents it: in clear.
    Shown,
}
