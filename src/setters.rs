//! Setters of the settings, which are `#[non_exhaustive]` and so cannot be written as literals elsewhere.

/// Gives a type of settings a `with_` function for each field, so that they are made in one expression.
///
/// ```text
/// setters! { OpenOptions<'o> {
///     with_structures = structures: Parameters<'o>;
///     with_content_type = content_type ? &'o str;
/// }}
/// ```
///
/// After `:` comes the field's type. After `?` comes the type within the field's `Option`; the function takes both.
macro_rules! setters {
    ($set:ident $(<$life:lifetime>)? { $($name:ident = $field:ident $kind:tt $value:ty;)+ }) => {
        impl $(<$life>)? $set $(<$life>)? {
            $(setters!(@ $kind $name $field $value);)+
        }
    };
    (@ : $name:ident $field:ident $value:ty) => {
        #[doc = concat!("The same settings with this [`", stringify!($field), "`](Self::", stringify!($field), ").")]
        #[must_use]
        pub const fn $name(mut self, $field: $value) -> Self {
            self.$field = $field;
            self
        }
    };
    (@ ? $name:ident $field:ident $value:ty) => {
        #[doc = concat!("The same settings with this [`", stringify!($field), "`](Self::", stringify!($field), "), or with `None`.")]
        #[must_use]
        pub fn $name(mut self, $field: impl Into<Option<$value>>) -> Self {
            self.$field = $field.into();
            self
        }
    };
}

pub(crate) use setters;
