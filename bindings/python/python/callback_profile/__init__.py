"""Callback profiles of messaging platforms: validated, rendered, encrypted, opened.

>>> from callback_profile import Profile
>>> profile = Profile.parse({"title": "bot", "http_method": "POST", "url": "https://example.com/sms",
...     "body": {"to": "<recipient>"}, "response_message": 'Thank you, {"name": "first_name"}',
...     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}})
>>> str(profile.message({"first_name": "John"}))
'Thank you, John'
>>> callback = profile.callback({"recipient": "+919876543210"})
>>> callback.body
'{"to":"hJd6TmNuQBhndbDl5w=="}'
>>> profile.open(callback.body)
{'to': '+919876543210'}

Payloads, records and received bodies are dicts or JSON text (str, bytes, bytearray, memoryview); records may also be
dataclasses and models, and default= takes what JSON does not have. Failures are CallbackProfileError and its
subclasses: the class follows the call that failed, and each has a stable code. Arguments of a wrong type raise
TypeError. The library opens no socket and no file. It reads the clock and the operating system's random numbers only
for sealed callbacks, signatures and new keys, where they can be given instead: with them, the same input gives the same
bytes.
"""

from ._errors import (
    ArgumentError,
    CallbackProfileError,
    DecryptionError,
    ProfileError,
    ReplacerError,
    SignatureError,
)
from ._native import (
    ArrowStruct,
    Callback,
    Cipher,
    Envelope,
    KeyRing,
    Message,
    Profile,
    Signer,
    StoredProfile,
    Verifier,
    __version__,
    address_verdict,
    catalogue,
    keygen,
    keygen_sealed,
    keygen_signing,
    parse_request,
    schema,
)
from .types import (
    Advisory,
    Destination,
    Expected,
    Limits,
    OpenedByKey,
    OpenedDetails,
    ProfileField,
    Received,
    ReceivedByKey,
    SealedMessage,
    Status,
    Verified,
    Violation,
)

__all__ = [
    "Advisory",
    "ArgumentError",
    "ArrowStruct",
    "Callback",
    "CallbackProfileError",
    "Cipher",
    "DecryptionError",
    "Destination",
    "Envelope",
    "Expected",
    "KeyRing",
    "Limits",
    "Message",
    "OpenedByKey",
    "OpenedDetails",
    "Profile",
    "ProfileError",
    "ProfileField",
    "Received",
    "ReceivedByKey",
    "ReplacerError",
    "SealedMessage",
    "SignatureError",
    "Signer",
    "Status",
    "StoredProfile",
    "Verified",
    "Verifier",
    "Violation",
    "__version__",
    "address_verdict",
    "catalogue",
    "keygen",
    "keygen_sealed",
    "keygen_signing",
    "parse_request",
    "schema",
]
