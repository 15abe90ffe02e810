//! Every cap of the library, named, with its unit.
//!
//! The defaults are generous for real profiles and small enough that hostile input costs little. A caller
//! changes single ones:
//!
//! ```
//! let limits = callback_profile::Limits::default().with_payload_bytes(16 * 1024);
//! assert_eq!(limits.depth, 32);
//! ```

/// The one list of limits: the fields, their defaults and [`Limits::FIELDS`] are made from it.
macro_rules! limits {
    ($($(#[doc = $about:literal])+ $name:ident, $with:ident = $default:expr;)+) => {
        /// How much input is read and how much output is made. All lengths are bytes of UTF-8 unless said otherwise.
        /// `Debug` shows those that are not the default.
        ///
        /// ```
        /// use callback_profile::{Limits, ParseOptions};
        /// let options = ParseOptions::default().with_limits(Limits::default().with_depth(16).with_headers(8));
        /// assert_eq!(format!("{:?}", options.limits), "Limits { depth: 16, headers: 8, .. }");
        /// ```
        #[non_exhaustive]
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $about])+ pub $name: usize,)+
        }

        impl Limits {
            $(
                #[doc = concat!("The same limits with this [`", stringify!($name), "`](Self::", stringify!($name), ").")]
                #[must_use]
                pub const fn $with(mut self, $name: usize) -> Limits {
                    self.$name = $name;
                    self
                }
            )+

            /// Every limit, for code that goes through them by name.
            ///
            /// ```
            /// use callback_profile::Limits;
            ///
            /// let mut limits = Limits::default();
            /// let field = Limits::FIELDS.iter().find(|field| field.name() == "depth").unwrap();
            /// field.set(&mut limits, 16);
            /// assert_eq!((limits.depth, field.get(&Limits::default())), (16, 32));
            /// ```
            pub const FIELDS: &'static [LimitField] = &[$(LimitField {
                name: stringify!($name),
                about: concat!($($about),+),
                get: |limits| limits.$name,
                set: |limits, value| limits.$name = value,
            }),+];
        }

        impl Default for Limits {
            fn default() -> Self {
                Limits { $($name: $default),+ }
            }
        }
    };
}

limits! {
    /// Longest payload, patch, stored profile or envelope. 256 KiB.
    payload_bytes, with_payload_bytes = 256 * 1024;
    /// Longest record. 1 MiB.
    record_bytes, with_record_bytes = 1024 * 1024;
    /// Longest received callback body or query. 4 MiB: the largest output, encrypted and encoded, fits.
    received_bytes, with_received_bytes = 4 * 1024 * 1024;
    /// Deepest nesting of arrays and objects. 32. Values above 128 are read as 128, so that walking a document needs
    /// little stack.
    depth, with_depth = 32;
    /// Most JSON values in one document, the root included. 10,000.
    nodes, with_nodes = 10_000;
    /// Most violations that a report lists. 64.
    violations, with_violations = 64;
    /// Longest URL as sent. 2,048.
    url_bytes, with_url_bytes = 2_048;
    /// Most headers. 64.
    headers, with_headers = 64;
    /// Longest header name. 128.
    header_name_bytes, with_header_name_bytes = 128;
    /// Longest header value, as sent and after rendering. 4,096.
    header_value_bytes, with_header_value_bytes = 4_096;
    /// All header names and values together, as sent and after rendering. 16 KiB.
    headers_bytes, with_headers_bytes = 16 * 1024;
    /// Most replacers in one profile, all members together. 1,024.
    replacers, with_replacers = 1_024;
    /// Longest message, URL or body that is made, encryption and encoding included; checked before each value is
    /// appended. 1 MiB.
    output_bytes, with_output_bytes = 1024 * 1024;
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (mut shown, default) = (f.debug_struct("Limits"), Limits::default());
        for field in Limits::FIELDS.iter().filter(|field| field.get(self) != field.get(&default)) {
            shown.field(field.name, &field.get(self));
        }
        shown.finish_non_exhaustive()
    }
}

/// One of the [`Limits`], as data.
#[derive(Debug, Clone, Copy)]
pub struct LimitField {
    name: &'static str,
    about: &'static str,
    get: fn(&Limits) -> usize,
    set: fn(&mut Limits, usize),
}

impl LimitField {
    /// The field's name, such as `payload_bytes`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it limits and its default, in the words of the field's documentation.
    pub fn about(&self) -> &'static str {
        self.about.trim_start()
    }

    /// The limit's value among these.
    pub fn get(&self, limits: &Limits) -> usize {
        (self.get)(limits)
    }

    /// Changes this one of the limits.
    pub fn set(&self, limits: &mut Limits, value: usize) {
        (self.set)(limits, value);
    }
}

/// The deepest nesting that [`Limits::depth`] can allow.
pub(crate) const DEPTH_CEILING: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_all_the_limits_each_once() {
        let mut limits = Limits::default();
        for (number, field) in Limits::FIELDS.iter().enumerate() {
            field.set(&mut limits, number + 1);
        }
        for (number, field) in Limits::FIELDS.iter().enumerate() {
            assert_eq!(field.get(&limits), number + 1, "{}", field.name());
            assert!(field.about().ends_with('.') && !field.about().contains("  "), "{:?}", field.about());
            assert!(format!("{limits:?}").contains(&format!(" {}: {}", field.name(), number + 1)));
        }
        assert_eq!(Limits::FIELDS.len(), 13);
        assert_eq!(size_of::<Limits>(), Limits::FIELDS.len() * size_of::<usize>());
    }
}
