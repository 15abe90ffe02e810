//! What a `content-type` value says about a body.

/// The three ways in which a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyType<'t> {
    /// `application/json`
    Json,
    /// `multipart/form-data`
    Multipart {
        /// The `boundary` parameter, without its quotes.
        boundary: Option<&'t str>,
    },
    /// `application/x-www-form-urlencoded`
    Form,
}

/// RFC 2046 §5.1.1.
pub(crate) const LONGEST_BOUNDARY: usize = 70;

impl<'t> BodyType<'t> {
    /// The same kind, with a boundary still to be found.
    pub(crate) fn without_boundary<'o>(self) -> BodyType<'o> {
        match self {
            BodyType::Json => BodyType::Json,
            BodyType::Form => BodyType::Form,
            BodyType::Multipart { .. } => BodyType::Multipart { boundary: None },
        }
    }

    /// The type of a `content-type` value; `None` for other media types.
    pub(crate) fn of(content_type: &'t str) -> Option<BodyType<'t>> {
        let (media_type, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        let is = |known: &str| media_type.trim().eq_ignore_ascii_case(known);
        if is("application/json") {
            return Some(BodyType::Json);
        }
        if is("application/x-www-form-urlencoded") {
            return Some(BodyType::Form);
        }
        is("multipart/form-data").then(|| BodyType::Multipart { boundary: boundary_of(parameters) })
    }
}

/// `bchars` of RFC 2046 §5.1.1; a space must not be the last.
pub(crate) fn is_boundary(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    !text.is_empty() && text.len() <= LONGEST_BOUNDARY && !text.ends_with(' ') && text.bytes().all(is_allowed)
}

fn boundary_of(parameters: &str) -> Option<&str> {
    let value = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim())
    })?;
    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    Some(value).filter(|value| !value.is_empty())
}
