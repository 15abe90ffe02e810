//! What a profile serves.

/// What a profile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Channel {
    /// Every channel but SMS: WhatsApp, e-mail, chatbots and so on.
    #[default]
    Default,
    /// SMS.
    Sms,
}

/// The event of the sms channel.
pub(crate) const SMS_EVENT: &str = "SMS-sent";

/// The documents' own misspelling, which is read as the default channel.
pub(crate) const MISSPELT_DEFAULT: &str = "Defatul - No Channel Selected";

impl Channel {
    /// Both channels.
    pub const ALL: &'static [Channel] = &[Channel::Sms, Channel::Default];

    /// `sms` or `Default - No Channel Selected`.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Default => "Default - No Channel Selected",
            Channel::Sms => "sms",
        }
    }
}
