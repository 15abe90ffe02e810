"""AES-GCM and AES-CFB below the text rules: raw key bytes, other IV lengths, associated data, no encoding.

For published test vectors and interoperability with other implementations, not for services: nothing here prevents
the use of an IV twice, and CFB does not detect a changed text.
"""

from ._native import cfb_decrypt, cfb_encrypt, gcm_open, gcm_seal

__all__ = ["cfb_decrypt", "cfb_encrypt", "gcm_open", "gcm_seal"]
