//! The memory through which texts go in and out. What was in it is wiped after each call: it may have been a key or a plaintext.

use std::cell::RefCell;
use std::hint::black_box;

/// Memory of this size is kept for the next call.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for so many bytes of input; null if there is no memory for them.
#[unsafe(no_mangle)]
pub extern "C" fn input(bytes: u32) -> *mut u8 {
    INPUT.with_borrow_mut(|room| {
        let bytes = bytes as usize;
        if room.len() < bytes {
            *room = Vec::new();
            if room.try_reserve_exact(bytes).is_err() {
                return std::ptr::null_mut();
            }
            room.resize(bytes, 0);
        }
        room.as_mut_ptr()
    })
}

/// Where the texts of the last answer are.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|texts| texts.as_ptr())
}

/// Wipes the texts of the last answer, which have been read.
#[unsafe(no_mangle)]
pub extern "C" fn finish() {
    OUTPUT.with_borrow_mut(wiped);
}

/// Calls `work` with the input, which is wiped after that.
pub(crate) fn with_input<T>(work: impl FnOnce(&[u8]) -> T) -> T {
    INPUT.with_borrow_mut(|room| {
        let result = work(room);
        let used = frame_bytes(room).unwrap_or(room.len());
        if room.len() > KEPT_BYTES {
            wiped(room);
        } else if let Some(used) = room.get_mut(..used) {
            wipe(used);
        }
        result
    })
}

/// Writes texts where [`output`] points: their number and their lengths, each in four bytes, then the texts. `None` if there is no
/// memory for them.
pub(crate) fn write(texts: &[&[u8]]) -> Option<()> {
    let numbers = std::iter::once(texts.len()).chain(texts.iter().map(|text| text.len()));
    let head = texts.len().checked_add(1)?.checked_mul(4)?;
    let bytes = texts.iter().try_fold(head, |sum, text| sum.checked_add(text.len()))?;
    OUTPUT.with_borrow_mut(|out| {
        wiped(out);
        // At once: an allocator that moves the texts would leave the old ones behind.
        out.try_reserve_exact(bytes).ok()?;
        for number in numbers {
            out.extend_from_slice(&u32::try_from(number).ok()?.to_le_bytes());
        }
        texts.iter().for_each(|text| out.extend_from_slice(text));
        Some(())
    })
}

/// The length of a frame in bytes, numbers included; `None` if it is none.
fn frame_bytes(frame: &[u8]) -> Option<usize> {
    let (numbers, _) = frame.as_chunks::<4>();
    let (count, lengths) = numbers.split_first()?;
    let count = u32::from_le_bytes(*count) as usize;
    let head = count.checked_add(1)?.checked_mul(4)?;
    lengths
        .get(..count)?
        .iter()
        .try_fold(head, |sum, length| sum.checked_add(u32::from_le_bytes(*length) as usize))
}

/// Overwrites the bytes and forgets them; gives large memory back.
fn wiped(bytes: &mut Vec<u8>) {
    wipe(bytes);
    bytes.clear();
    if bytes.capacity() > KEPT_BYTES {
        *bytes = Vec::new();
    }
}

/// Overwrites bytes at the speed of `memset`.
pub(crate) fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    // The compiler may not leave out what somebody could look at.
    black_box(bytes);
}
