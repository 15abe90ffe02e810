//! The id of a message, the same for each retry.

/// Longest id in bytes.
const MAX_ID_LEN: usize = 128;

/// 1 to 128 characters of visible ASCII without a full stop, which separates the parts that are signed.
pub(crate) fn is_id(id: &str) -> bool {
    (1..=MAX_ID_LEN).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'.')
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids_are_visible_ascii_without_a_full_stop() {
        for id in ["a", "msg_p5jXN8AQM9LWM0D4loKWxJek", "!~", &"a".repeat(128)] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "a.b", "a b", "é", "a\n", "\u{7f}", &"a".repeat(129)] {
            assert!(!is_id(id), "{id}");
        }
    }
}
