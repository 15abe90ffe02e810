//! The GHASH kernel against `polyval`.

use callback_profile_ghash::{BLOCK_LEN, GHash};

/// Two blocks are the key and the last block, a byte says where the rest is cut in two.
pub fn ghash_kernel(data: &[u8]) {
    let Some((h, data)) = data.split_first_chunk::<BLOCK_LEN>() else { return };
    let Some((last, data)) = data.split_first_chunk::<BLOCK_LEN>() else { return };
    let Some((at, text)) = data.split_first() else { return };
    let last = u128::from_be_bytes(*last);
    let (kernel, reference) = (GHash::new(*h), GHash::portable(*h));
    let (first, second) = text.split_at(usize::from(*at) % (text.len() + 1));
    let hash = kernel.hash(first, second, last);
    assert_eq!(hash, reference.hash(first, second, last));
    // The last block is added as it is, before it is multiplied: what differs there differs in the hash, unless H is 0.
    let is_zero = *h == [0; BLOCK_LEN];
    assert_eq!(kernel.hash(first, second, last ^ 1) == hash, is_zero);
    // Cut at the end of a block, it is the same message.
    let whole = first.len() - first.len() % BLOCK_LEN;
    let (first, second) = text.split_at(whole);
    assert_eq!(kernel.hash(first, second, last), kernel.hash(b"", text, last));
}
