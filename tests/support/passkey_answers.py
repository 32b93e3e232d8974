"""Answers that look like an authenticator's as far as somebody without one can make them."""

import json
from base64 import urlsafe_b64encode


def encoded(content: bytes) -> str:
    """Base64url without padding, as browsers send it."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def answer(client_data: bytes, **response: object) -> str:
    """The answer of a sign-in around this client data."""
    told = {
        "clientDataJSON": encoded(client_data),
        "authenticatorData": encoded(bytes(37)),
        "signature": encoded(bytes(70)),
        **response,
    }
    return json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": told})


def client_data(challenge: object = "AAAA") -> bytes:
    """Client data of a sign-in that say they answer this challenge."""
    told = {"type": "webauthn.get", "challenge": challenge, "origin": "http://localhost"}
    return json.dumps(told).encode()


UNREADABLE = {
    "client-data-no-utf-8": answer(b"\xff\xfe{"),
    "client-data-no-object": answer(b"[]"),
    "challenge-no-base64": answer(client_data("a")),
    "challenge-no-text": answer(client_data(5)),
    "user-handle-no-base64": answer(client_data(), userHandle="a"),
    "nested": "[" * 5_000,
    "nested-client-data": answer(b"[" * 8_000),
    "number-too-long": "9" * 5_000,
}
"""Answers that cannot be read to their end, by what is wrong with them."""

READABLE = answer(client_data())
"""An answer that can be read, and is nobody's."""
