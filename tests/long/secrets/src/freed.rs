//! An allocator that looks for secrets in every block before it gives it back.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Grown blocks move, always: the worst case for copies that are left behind.
pub struct Looking;

static LOOKS: AtomicBool = AtomicBool::new(false);
static BLOCKS: AtomicUsize = AtomicUsize::new(0);
static FOUND: AtomicUsize = AtomicUsize::new(0);
/// Up to this many secrets, none of them on the heap.
static SECRETS: Mutex<[[u8; 16]; 8]> = Mutex::new([[0; 16]; 8]);

// SAFETY: all memory is the system allocator's; blocks are only read, within their layout, before they are freed. A
// block may hold bytes that were never written: they are read as volatile bytes, which is what a later reader of the
// heap does.
unsafe impl GlobalAlloc for Looking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those that the system allocator wants. Zeroed, so that what lay there
        // before is not found again.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if LOOKS.load(Ordering::Relaxed) {
            // SAFETY: the block is the caller's, zeroed when it was made, of this size, and nobody else uses it any
            // more.
            let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            BLOCKS.fetch_add(1, Ordering::Relaxed);
            if let Ok(secrets) = SECRETS.try_lock() {
                let holds = |secret: &&[u8; 16]| {
                    **secret != [0; 16] && bytes.windows(16).any(|window| window == *secret)
                };
                FOUND.fetch_add(secrets.iter().filter(holds).count(), Ordering::Relaxed);
            }
        }
        // SAFETY: as for `alloc`.
        unsafe { System.dealloc(block, layout) }
    }
}

/// What was seen while some work was done.
pub struct Seen {
    pub blocks: usize,
    pub found: usize,
}

/// Does the work and looks at all that is freed meanwhile. For one thread at a time.
pub fn look(secrets: &[[u8; 16]], work: impl FnOnce()) -> Seen {
    let mut slots = [[0; 16]; 8];
    assert!(secrets.len() <= slots.len());
    slots.iter_mut().zip(secrets).for_each(|(slot, secret)| *slot = *secret);
    *SECRETS.lock().expect("one thread") = slots;
    let before = (BLOCKS.load(Ordering::Relaxed), FOUND.load(Ordering::Relaxed));
    LOOKS.store(true, Ordering::Relaxed);
    work();
    LOOKS.store(false, Ordering::Relaxed);
    Seen {
        blocks: BLOCKS.load(Ordering::Relaxed) - before.0,
        found: FOUND.load(Ordering::Relaxed) - before.1,
    }
}
