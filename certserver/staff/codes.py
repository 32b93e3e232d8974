"""One-time codes of staff: TOTP (RFC 6238), 6 digits, 30 seconds, SHA-1 as every authenticator knows it. A code counts
a step early or late, and never twice."""

from base64 import b32encode

import pyotp
from pyotp.utils import strings_equal

SECRET_BYTES = 20
DIGITS = 6
STEP_S = 30
NEVER = -1
"""The step before any code was taken."""

_ISSUER = "koufu"


def accepted_step(secret: bytes, code: str, now: int, last: int) -> int | None:
    """The time step of a code that counts now (Unix seconds), None for one that does not, or that is not younger than
    the step that was accepted last."""
    made = _totp(secret)
    current = now // STEP_S
    found = None
    for step in (current - 1, current, current + 1):
        # All three are compared, whichever it is.
        if strings_equal(made.generate_otp(step), code) and step > last:
            found = step
    return found


def code_at(secret: bytes, now: int) -> str:
    """The code of an instant."""
    return _totp(secret).generate_otp(now // STEP_S)


def provisioning_uri(secret: bytes, mark: str, municipality: str) -> str:
    """What an authenticator takes in: `otpauth://…`. It holds the secret."""
    return _totp(secret).provisioning_uri(name=f"{mark}@{municipality}", issuer_name=_ISSUER)


def _totp(secret: bytes) -> pyotp.TOTP:
    return pyotp.TOTP(b32encode(secret).decode(), digits=DIGITS, interval=STEP_S)
