//! What WebAssembly exports: room for a request, its answer, and giving room back.
#![allow(unsafe_code)] // pointers are all that WebAssembly can hand over

use super::answer;

/// Room for `length` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn take(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Gives back what [`take`] or [`ask`] handed out.
///
/// # Safety
/// `start` and `length` must be what one of them gave, not yet given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn give_back(start: *mut u8, length: usize) {
    // SAFETY: promised by the caller.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length)) });
}

/// Answers the request in `length` bytes at `start`, which [`take`] gave: place of the block in the upper half, its
/// length in the lower.
///
/// # Safety
/// `start` and `length` must be what [`take`] gave, with a request written there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ask(start: *mut u8, length: usize) -> u64 {
    // SAFETY: promised by the caller.
    let request = unsafe { std::slice::from_raw_parts(start, length) };
    let block = answer(&String::from_utf8_lossy(request)).block().into_boxed_slice();
    let length = block.len();
    let place = Box::into_raw(block).cast::<u8>();
    ((place as usize as u64) << 32) | length as u64
}
