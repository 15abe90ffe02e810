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

Payloads, records and received bodies are dicts or JSON text (str, bytes, bytearray, memoryview). Failures are
CallbackProfileError and its subclasses: the class follows the call that failed, and each has a stable code. Arguments
of a wrong type raise TypeError. The library opens no socket and no file, and reads no clock and no random number: the
same input gives the same bytes.
"""

from ._errors import (
    ArgumentError,
    CallbackProfileError,
    DecryptionError,
    ProfileError,
    ReplacerError,
)
from ._native import (
    Callback,
    Cipher,
    Envelope,
    Message,
    Profile,
    StoredProfile,
    __version__,
    address_verdict,
    catalogue,
    parse_request,
    schema,
)
from .types import Advisory, Limits, OpenedDetails, ProfileField, Status, Violation

__all__ = [
    "Advisory",
    "ArgumentError",
    "Callback",
    "CallbackProfileError",
    "Cipher",
    "DecryptionError",
    "Envelope",
    "Limits",
    "Message",
    "OpenedDetails",
    "Profile",
    "ProfileError",
    "ProfileField",
    "ReplacerError",
    "Status",
    "StoredProfile",
    "Violation",
    "__version__",
    "address_verdict",
    "catalogue",
    "parse_request",
    "schema",
]
