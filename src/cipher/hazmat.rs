//! GCM and CFB below the text rules: raw key bytes, other IV lengths, associated data, no encoding.
//!
//! For published test vectors and for talking to other implementations, **not for services**: nothing here
//! keeps an IV from being used twice, and CFB notices no change of its text. The code is the one that
//! [`Cipher`](super::Cipher) uses: [`PreparedGcm`] and [`PreparedCfb`] are what a cipher prepares of key and IV, the
//! functions prepare it for one call.

use std::ops::Range;

use super::block::Aes;
use super::cfb::{Cfb, Value};
use super::gcm::Gcm;
use super::{CipherError, KeyError, TAG_LEN};

/// Encrypts with AES-GCM and returns the ciphertext followed by the 16-byte tag (NIST SP 800-38D, 7.1).
///
/// The key has 16, 24 or 32 bytes and so chooses the AES; the IV has at least one byte. An IV of 12 bytes is
/// the usual nonce, any other length is hashed.
///
/// # Errors
/// [`CipherError::InvalidKey`] and [`CipherError::InvalidIv`] for other lengths, [`CipherError::TooLong`] for more than
/// 2^36 - 32 bytes of plaintext.
///
/// ```
/// use callback_profile::cipher::hazmat;
///
/// let sealed = hazmat::gcm_seal(&[1; 16], &[2; 12], b"header", b"value").unwrap();
/// assert_eq!(hazmat::gcm_open(&[1; 16], &[2; 12], b"header", &sealed).unwrap(), b"value");
/// ```
pub fn gcm_seal(
    key: &[u8],
    iv: &[u8],
    associated_data: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, CipherError> {
    let mut sealed = vec![0; plaintext.len().saturating_add(TAG_LEN)];
    PreparedGcm::new(key, iv)?.seal(associated_data, plaintext, &mut sealed)?;
    Ok(sealed)
}

/// Checks and decrypts what [`gcm_seal`] returned (NIST SP 800-38D, 7.2). The tag has exactly 16 bytes.
///
/// # Errors
/// [`CipherError::InvalidKey`] and [`CipherError::InvalidIv`] as for [`gcm_seal`]; [`CipherError::AuthFailed`] for
/// everything that is not the sealed text of this key, IV and associated data.
pub fn gcm_open(
    key: &[u8],
    iv: &[u8],
    associated_data: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, CipherError> {
    let gcm = PreparedGcm::new(key, iv)?.0;
    let (ciphertext, tag) = sealed.split_last_chunk::<TAG_LEN>().ok_or(CipherError::AuthFailed)?;
    let mut plaintext = ciphertext.to_vec();
    gcm.open(associated_data, &mut plaintext, tag)?;
    Ok(plaintext)
}

/// Encrypts with AES-CFB, 128-bit feedback, no padding (NIST SP 800-38A, 6.3): as many bytes as the plaintext.
///
/// The key has 16, 24 or 32 bytes and so chooses the AES; the IV has exactly 16 bytes.
///
/// # Errors
/// [`CipherError::InvalidKey`] and [`CipherError::InvalidIv`] for other lengths.
///
/// ```
/// use callback_profile::cipher::hazmat;
///
/// let encrypted = hazmat::cfb_encrypt(&[1; 32], &[2; 16], b"value").unwrap();
/// assert_eq!(hazmat::cfb_decrypt(&[1; 32], &[2; 16], &encrypted).unwrap(), b"value");
/// ```
pub fn cfb_encrypt(key: &[u8], iv: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, CipherError> {
    let cfb = PreparedCfb::new(key, iv)?.0;
    let mut bytes = plaintext.to_vec();
    cfb.encrypt(&mut bytes);
    Ok(bytes)
}

/// Decrypts what [`cfb_encrypt`] returned. A wrong key or a changed text gives other bytes, not an error.
///
/// # Errors
/// [`CipherError::InvalidKey`] and [`CipherError::InvalidIv`] as for [`cfb_encrypt`].
pub fn cfb_decrypt(key: &[u8], iv: &[u8], ciphertext: &[u8]) -> Result<Vec<u8>, CipherError> {
    let cfb = PreparedCfb::new(key, iv)?.0;
    let mut bytes = ciphertext.to_vec();
    cfb.decrypt(&mut bytes);
    Ok(bytes)
}

/// AES-GCM for one key and one IV, with all that depends on them alone computed once.
pub struct PreparedGcm(Gcm);

impl PreparedGcm {
    /// Prepares a key of 16, 24 or 32 bytes and an IV of at least one.
    ///
    /// # Errors
    /// [`CipherError::InvalidKey`] and [`CipherError::InvalidIv`] for other lengths.
    pub fn new(key: &[u8], iv: &[u8]) -> Result<PreparedGcm, CipherError> {
        let aes = Aes::new(key).ok_or(CipherError::InvalidKey(KeyError::NotAnAesKey))?;
        if iv.is_empty() {
            return Err(CipherError::InvalidIv(KeyError::Empty));
        }
        Ok(PreparedGcm(Gcm::new(aes, iv)))
    }

    /// Writes the ciphertext and its 16-byte tag to the front of `out`.
    ///
    /// # Errors
    /// [`CipherError::BufferTooSmall`] and [`CipherError::TooLong`]; nothing is then written.
    ///
    /// ```
    /// use callback_profile::cipher::hazmat::{PreparedGcm, gcm_seal};
    ///
    /// let (gcm, mut sealed) = (PreparedGcm::new(&[1; 16], &[2; 16]).unwrap(), [0; 21]);
    /// gcm.seal(b"", b"value", &mut sealed).unwrap();
    /// assert_eq!(gcm_seal(&[1; 16], &[2; 16], b"", b"value").unwrap(), sealed);
    /// ```
    pub fn seal(&self, associated_data: &[u8], plaintext: &[u8], out: &mut [u8]) -> Result<(), CipherError> {
        let needed = plaintext.len().saturating_add(TAG_LEN);
        let out = out.get_mut(..needed).and_then(|out| out.split_last_chunk_mut::<TAG_LEN>());
        let (ciphertext, tag) = out.ok_or(CipherError::BufferTooSmall { needed })?;
        *tag = self.0.seal(associated_data, plaintext, ciphertext)?;
        Ok(())
    }
}

/// AES-CFB with 128-bit feedback for one key and one IV.
pub struct PreparedCfb(Cfb);

impl PreparedCfb {
    /// Prepares a key of 16, 24 or 32 bytes and an IV of 16.
    ///
    /// # Errors
    /// [`CipherError::InvalidKey`] and [`CipherError::InvalidIv`] for other lengths.
    pub fn new(key: &[u8], iv: &[u8]) -> Result<PreparedCfb, CipherError> {
        let aes = Aes::new(key).ok_or(CipherError::InvalidKey(KeyError::NotAnAesKey))?;
        let iv = iv
            .try_into()
            .map_err(|_| CipherError::InvalidIv(KeyError::Length { expected: super::IV_LEN }))?;
        Ok(PreparedCfb(Cfb::new(aes, iv)))
    }

    /// Encrypts many values side by side, in place: each is a range of `data`, and no two overlap. Sorts the ranges,
    /// the longest first.
    ///
    /// # Errors
    /// [`CipherError::BufferTooSmall`] for a range that is not within `data`; nothing is then written.
    ///
    /// ```
    /// use callback_profile::cipher::hazmat::{PreparedCfb, cfb_encrypt};
    ///
    /// let mut data = *b"one and two";
    /// PreparedCfb::new(&[1; 16], &[2; 16]).unwrap().encrypt_all(&mut data, &mut [0..3, 8..11]).unwrap();
    /// assert_eq!(data[..3], cfb_encrypt(&[1; 16], &[2; 16], b"one").unwrap());
    /// assert_eq!(data[8..], cfb_encrypt(&[1; 16], &[2; 16], b"two").unwrap());
    /// ```
    pub fn encrypt_all(&self, data: &mut [u8], values: &mut [Range<usize>]) -> Result<(), CipherError> {
        if let Some(value) = values.iter().find(|value| data.get(value.start..value.end).is_none()) {
            return Err(CipherError::BufferTooSmall { needed: value.start.max(value.end) });
        }
        self.0.encrypt_batch(data, values);
        Ok(())
    }
}

impl Value for Range<usize> {
    fn start(&self) -> usize {
        self.start
    }

    fn len(&self) -> usize {
        ExactSizeIterator::len(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::Numbers;
    use super::*;
    use aes_gcm::aead::consts::{U1, U8, U11, U12, U13, U16, U32, U60, U128};
    use aes_gcm::aead::{Aead, KeyInit, Payload, array::ArraySize};
    use aes_gcm::{AesGcm, aes::Aes192};

    fn same_as_aes_gcm<N: ArraySize>(numbers: &mut Numbers) {
        let (key, iv) = (numbers.bytes(24), numbers.bytes(N::USIZE));
        let reference = AesGcm::<Aes192, N>::new_from_slice(&key).unwrap();
        let nonce = aes_gcm::Nonce::<N>::try_from(iv.as_slice()).unwrap();
        for (aad, length) in [(0, 0), (0, 50), (1, 0), (16, 16), (17, 300), (100, 3000)] {
            let (aad, plaintext) = (numbers.bytes(aad), numbers.bytes(length));
            let sealed = gcm_seal(&key, &iv, &aad, &plaintext).unwrap();
            assert_eq!(sealed, reference.encrypt(&nonce, Payload { msg: &plaintext, aad: &aad }).unwrap());
            assert_eq!(gcm_open(&key, &iv, &aad, &sealed), Ok(plaintext));
            let mut other = aad.clone();
            other.push(0);
            assert_eq!(gcm_open(&key, &iv, &other, &sealed), Err(CipherError::AuthFailed));
        }
    }

    #[test]
    fn every_kind_of_iv_and_associated_data_equal_the_reference() {
        let mut numbers = Numbers::new(3);
        same_as_aes_gcm::<U1>(&mut numbers);
        same_as_aes_gcm::<U8>(&mut numbers);
        same_as_aes_gcm::<U11>(&mut numbers);
        same_as_aes_gcm::<U12>(&mut numbers);
        same_as_aes_gcm::<U13>(&mut numbers);
        same_as_aes_gcm::<U16>(&mut numbers);
        same_as_aes_gcm::<U32>(&mut numbers);
        same_as_aes_gcm::<U60>(&mut numbers);
        same_as_aes_gcm::<U128>(&mut numbers);
    }

    #[test]
    fn values_side_by_side_are_the_values_alone() {
        let mut numbers = Numbers::new(5);
        for values in 0..40 {
            let (key, iv) = (numbers.bytes(32), numbers.bytes(16));
            let mut all = numbers.bytes_below(9);
            let mut ranges = Vec::new();
            for _ in 0..values {
                let value = numbers.bytes_below(100);
                ranges.push(all.len()..all.len() + value.len());
                all.extend(value);
                all.extend(numbers.bytes_below(9));
            }
            let mut expected = all.clone();
            for range in ranges.clone() {
                expected[range.clone()].copy_from_slice(&cfb_encrypt(&key, &iv, &all[range]).unwrap());
            }
            PreparedCfb::new(&key, &iv).unwrap().encrypt_all(&mut all, &mut ranges).unwrap();
            assert_eq!(all, expected, "{values} values");
        }
    }

    #[test]
    fn ranges_outside_of_the_data_are_refused() {
        let cfb = PreparedCfb::new(&[1; 16], &[2; 16]).unwrap();
        #[allow(clippy::reversed_empty_ranges)] // that is what is refused
        for (range, needed) in [(0..6, 6), (6..7, 7), (6..6, 6), (3..2, 3)] {
            let mut data = [7; 5];
            let refused = Err(CipherError::BufferTooSmall { needed });
            assert_eq!(cfb.encrypt_all(&mut data, &mut [0..5, range]), refused);
            assert_eq!(data, [7; 5]);
        }
        assert_eq!(cfb.encrypt_all(&mut [7; 5], &mut [0..0, 5..5]), Ok(()));
    }

    #[test]
    fn lengths_are_checked() {
        let key = CipherError::InvalidKey(KeyError::NotAnAesKey);
        for length in (0..40).filter(|length| ![16, 24, 32].contains(length)) {
            let bytes = vec![0; length];
            assert_eq!(gcm_seal(&bytes, &[0; 12], b"", b""), Err(key));
            assert_eq!(gcm_open(&bytes, &[0; 12], b"", &[0; 16]), Err(key));
            assert_eq!(cfb_encrypt(&bytes, &[0; 16], b""), Err(key));
            assert_eq!(cfb_decrypt(&bytes, &[0; 16], b""), Err(key));
        }
        let empty = CipherError::InvalidIv(KeyError::Empty);
        assert_eq!(gcm_seal(&[0; 16], b"", b"", b""), Err(empty));
        assert_eq!(gcm_open(&[0; 16], b"", b"", &[0; 16]), Err(empty));
        for length in (0..40).filter(|length| *length != 16) {
            let iv = CipherError::InvalidIv(KeyError::Length { expected: 16 });
            assert_eq!(cfb_encrypt(&[0; 16], &vec![0; length], b""), Err(iv));
            assert_eq!(cfb_decrypt(&[0; 16], &vec![0; length], b""), Err(iv));
        }
        for length in 0..16 {
            let short = vec![0; length];
            assert_eq!(gcm_open(&[0; 16], &[0; 12], b"", &short), Err(CipherError::AuthFailed));
        }
    }
}
