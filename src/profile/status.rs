//! Whether the platform still sends the callbacks of a stored profile.

use crate::names::named_values;

/// Whether the platform still sends the callbacks of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// 1: it does.
    Active,
    /// 2: switched off by the platform after failures.
    AutoDisabled,
    /// 3: switched off.
    Disabled,
}

named_values!(Status { Active = "active", AutoDisabled = "auto_disabled", Disabled = "disabled" });

impl Status {
    /// 1, 2 or 3, as the platform writes it. \[D\]
    pub fn number(self) -> u8 {
        match self {
            Status::Active => 1,
            Status::AutoDisabled => 2,
            Status::Disabled => 3,
        }
    }

    pub(crate) fn from_number(number: u64) -> Option<Status> {
        Status::ALL.iter().copied().find(|status| u64::from(status.number()) == number)
    }
}
