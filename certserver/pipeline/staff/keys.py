"""The keys under which what staff prove themselves by is kept."""

import hmac

from certserver.ports import Entropy
from certserver.signing.secrets import Vault, subkey
from koufu.evidence.codec import Writer


class StaffKeys:
    """Keys that come from the server's storage secret."""

    def __init__(self, secret: bytes, entropy: Entropy) -> None:
        self._vault = Vault(subkey(secret, "staff"), entropy)
        self._hashing = subkey(secret, "staff failures")

    def close_code_secret(self, municipality: str, mark: str, secret: bytes) -> bytes:
        """Encrypts the secret of one-time codes."""
        return self._vault.close(secret, _about("code", municipality, mark))

    def open_code_secret(self, municipality: str, mark: str, closed: bytes) -> bytes:
        """Decrypts it. Raises `StorageError` when it is not this person's."""
        return self._vault.open(closed, _about("code", municipality, mark))

    def close_x509(self, municipality: str, challenge_id: bytes, x509: bytes) -> bytes:
        """Encrypts what a terminal read from a card."""
        return self._vault.close(x509, _about("x509", municipality, challenge_id.hex()))

    def open_x509(self, municipality: str, challenge_id: bytes, closed: bytes) -> bytes:
        """Decrypts it."""
        return self._vault.open(closed, _about("x509", municipality, challenge_id.hex()))

    def person(self, municipality: str, mark: str) -> bytes:
        """32 bytes that stand for a mark as it was typed: it may be a password in the wrong field."""
        return self._whom("person", municipality, mark)

    def terminal(self, municipality: str, terminal: str) -> bytes:
        """32 bytes that stand for a terminal."""
        return self._whom("terminal", municipality, terminal)

    def _whom(self, what: str, municipality: str, who: str) -> bytes:
        writer = Writer("koufu/staff-failures/1")
        for text in (what, municipality, who):
            writer.text(text)
        return hmac.digest(self._hashing, writer.done(), "sha256")


def _about(what: str, municipality: str, of: str) -> bytes:
    return f"staff {municipality}/{of} {what}".encode()
