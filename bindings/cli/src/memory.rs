//! Memory for plaintext and keys that grows without leaving copies behind.

use zeroize::Zeroizing;

/// Bytes that are wiped when they are dropped, and when they move to a larger place.
pub(crate) type Wiped = Zeroizing<Vec<u8>>;

/// Appends bytes. A vector that grows by itself would leave its old bytes in freed memory.
pub(crate) fn push(out: &mut Wiped, bytes: &[u8]) {
    let needed = out.len().saturating_add(bytes.len());
    if needed > out.capacity() {
        let mut larger = Zeroizing::new(Vec::with_capacity(needed.max(out.capacity().saturating_mul(2))));
        larger.extend_from_slice(out);
        *out = larger;
    }
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_while_there_is_room() {
        let mut out = Wiped::default();
        let mut expected = Vec::new();
        for len in [0, 1, 10, 100, 3, 1_000] {
            push(&mut out, &vec![7; len]);
            expected.resize(expected.len() + len, 7);
            assert_eq!(*out, expected);
        }
        let (at, room) = (out.as_ptr(), out.capacity() - out.len());
        push(&mut out, &vec![8; room]);
        assert_eq!(out.as_ptr(), at);
    }
}
