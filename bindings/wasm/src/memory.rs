//! Memory that JavaScript writes requests to and reads replies from. Each piece is on record: an address that was not given, a wrong
//! length and a second release are refused, not followed.

use std::cell::RefCell;
use std::collections::HashMap;

use zeroize::Zeroizing;

thread_local! {
    /// The pieces that JavaScript has, by their addresses.
    static GIVEN: RefCell<HashMap<usize, Zeroizing<Vec<u8>>>> = RefCell::default();
}

/// Memory for a request of so many bytes; 0 if there is none.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(len: usize) -> usize {
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(len.max(1)).is_err() {
        return 0;
    }
    bytes.resize(len.max(1), 0);
    let address = bytes.as_ptr().addr();
    GIVEN.with_borrow_mut(|given| given.insert(address, Zeroizing::new(bytes)));
    address
}

/// Wipes and frees what [`alloc`] or [`call`](crate::call) gave; 1 if it did.
#[unsafe(no_mangle)]
pub extern "C" fn release(address: usize) -> u32 {
    GIVEN.with_borrow_mut(|given| u32::from(given.remove(&address).is_some()))
}

/// The request that was written to this address.
pub(crate) fn take(address: usize, len: usize) -> Option<Zeroizing<Vec<u8>>> {
    GIVEN.with_borrow_mut(|given| match given.get(&address) {
        Some(bytes) if bytes.len() == len.max(1) => given.remove(&address),
        _ => None,
    })
}

/// Hands a reply over; returns its address.
pub(crate) fn give(reply: Zeroizing<Vec<u8>>) -> usize {
    let address = reply.as_ptr().addr();
    GIVEN.with_borrow_mut(|given| given.insert(address, reply));
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_given_is_taken() {
        let address = alloc(3);
        assert!(take(address, 4).is_none() && take(address.wrapping_add(1), 3).is_none());
        assert_eq!(take(address, 3).map(|bytes| bytes.len()), Some(3));
        assert!(take(address, 3).is_none());
        let other = alloc(0);
        assert_eq!((release(other), release(other), release(0)), (1, 0, 0));
        assert_eq!(alloc(usize::MAX), 0);
    }
}
