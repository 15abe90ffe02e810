"""AES-GCM and AES-CFB below the text rules: raw key bytes, other IV lengths, associated data, no encoding.

For published test vectors and for talking to other implementations, not for services: nothing here keeps an IV from
being used twice, and CFB notices no change of its text.
"""

from ._native import cfb_decrypt, cfb_encrypt, gcm_open, gcm_seal

__all__ = ["cfb_decrypt", "cfb_encrypt", "gcm_open", "gcm_seal"]
