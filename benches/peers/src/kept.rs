//! How many bytes are kept on the heap: an allocator that counts while it is asked to.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: Counting = Counting;
static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static KEPT: AtomicIsize = AtomicIsize::new(0);

struct Counting;

/// What `work` gives, and how many bytes of the heap it keeps, as glibc lays them out: 8 bytes before each block, and the
/// sum a multiple of 16.
pub fn kept<T>(work: impl FnOnce() -> T) -> (T, usize) {
    KEPT.store(0, Relaxed);
    IS_COUNTING.store(true, Relaxed);
    let made = work();
    IS_COUNTING.store(false, Relaxed);
    (made, usize::try_from(KEPT.load(Relaxed)).expect("more is kept than freed"))
}

fn count(layout: Layout, sign: isize) {
    if IS_COUNTING.load(Relaxed) {
        let block = (layout.size() + 8).next_multiple_of(16).max(32) as isize;
        KEPT.fetch_add(sign * block, Relaxed);
    }
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout, 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout, 1);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(layout, -1);
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(layout, -1);
        count(Layout::from_size_align(size, layout.align()).expect("the caller's"), 1);
        unsafe { System.realloc(block, layout, size) }
    }
}
