//! What a profile serves.

use crate::names::named_values;

/// What a profile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Channel {
    /// Every channel but SMS: WhatsApp, e-mail, chatbots and so on.
    #[default]
    Default,
    /// SMS.
    Sms,
}

named_values!(Channel { Sms = "sms", Default = "Default - No Channel Selected" });

/// The event of the sms channel.
pub(crate) const SMS_EVENT: &str = "SMS-sent";

/// The documents' own misspelling, which is read as the default channel.
pub(crate) const MISSPELT_DEFAULT: &str = "Defatul - No Channel Selected";
