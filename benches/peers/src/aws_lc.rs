//! AES-GCM of aws-lc through its C API, which takes 16-byte IVs; the safe `aws-lc-rs` takes 12 bytes only.

use aws_lc_sys::{
    EVP_AEAD_CTX, EVP_AEAD_CTX_free, EVP_AEAD_CTX_new, EVP_AEAD_CTX_open, EVP_AEAD_CTX_seal,
    EVP_aead_aes_128_gcm, EVP_aead_aes_192_gcm, EVP_aead_aes_256_gcm,
};

pub const TAG_LEN: usize = 16;

pub struct Gcm(*mut EVP_AEAD_CTX);

impl Gcm {
    pub fn new(key: &[u8]) -> Gcm {
        // SAFETY: the key is as long as the algorithm wants it; the context is freed in `drop`.
        let context = unsafe {
            let algorithm = match key.len() {
                16 => EVP_aead_aes_128_gcm(),
                24 => EVP_aead_aes_192_gcm(),
                _ => EVP_aead_aes_256_gcm(),
            };
            EVP_AEAD_CTX_new(algorithm, key.as_ptr(), key.len(), TAG_LEN)
        };
        assert!(!context.is_null());
        Gcm(context)
    }

    /// Ciphertext and tag; `out` has room for both.
    pub fn seal_into(&self, iv: &[u8], plaintext: &[u8], out: &mut [u8]) {
        let mut length = 0;
        // SAFETY: all pointers come with the lengths of their slices.
        let done = unsafe {
            EVP_AEAD_CTX_seal(
                self.0,
                out.as_mut_ptr(),
                &mut length,
                out.len(),
                iv.as_ptr(),
                iv.len(),
                plaintext.as_ptr(),
                plaintext.len(),
                std::ptr::null(),
                0,
            )
        };
        assert!(done == 1 && length == plaintext.len() + TAG_LEN);
    }

    /// The plaintext of ciphertext and tag, in their place; `None` if the tag is another.
    pub fn open_in_place<'s>(&self, iv: &[u8], sealed: &'s mut [u8]) -> Option<&'s mut [u8]> {
        let mut length = 0;
        let start = sealed.as_mut_ptr();
        // SAFETY: all pointers come with the lengths of their slices. The output may be the input itself, as aead.h says; both
        // come of the same mutable pointer.
        let done = unsafe {
            EVP_AEAD_CTX_open(
                self.0,
                start,
                &mut length,
                sealed.len(),
                iv.as_ptr(),
                iv.len(),
                start,
                sealed.len(),
                std::ptr::null(),
                0,
            )
        };
        (done == 1).then(|| &mut sealed[..length])
    }
}

impl Drop for Gcm {
    fn drop(&mut self) {
        // SAFETY: made by `EVP_AEAD_CTX_new`, freed once.
        unsafe { EVP_AEAD_CTX_free(self.0) }
    }
}
