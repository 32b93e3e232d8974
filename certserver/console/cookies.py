"""What the browser keeps: who is in, who only visits, in which language, and what was done last. Each cookie is the
server's alone, never read by a script, never sent from a page of anybody else's."""

import hmac
from binascii import Error, unhexlify
from collections.abc import Mapping

from starlette.responses import Response

SESSION = "__Host-koufu-session"
VISIT = "__Host-koufu-visit"
LANGUAGE = "__Host-koufu-language"
SAID = "__Host-koufu-said"
"""What the next page says, and no other: an address would say it again whenever it is opened."""

A_MINUTE_S = 60
A_YEAR_S = 31_536_000


def token_in(cookies: Mapping[str, str], name: str, length: int) -> bytes | None:
    """The random token in a cookie; None where there is none of that length."""
    try:
        token = unhexlify(cookies.get(name, ""))
    except (Error, ValueError):
        return None
    return token if len(token) == length else None


def keep(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Sets a cookie, until the browser is closed or for so long."""
    response.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="strict")


def drop(response: Response, name: str) -> None:
    """Takes a cookie away."""
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="strict")


def form_token(token: bytes) -> str:
    """What every form of a session or a visit holds: whoever does not know the cookie can't make it."""
    return hmac.digest(token, b"koufu/console-form/1", "sha256").hex()


def is_form_token(told: str, token: bytes) -> bool:
    """Whether a form holds it."""
    return hmac.compare_digest(told.encode(), form_token(token).encode())
