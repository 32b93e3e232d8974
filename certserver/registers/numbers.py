"""Individual numbers and resident-record codes at rest: encrypted by the server's secret, each bound to municipality
and resident, so that a ciphertext opens nowhere else. They are opened only for a document that shows them (I11)."""

from certserver.ports import Entropy
from certserver.registers.snapshot import ResidentNumbers
from certserver.signing.secrets import Vault, subkey

ClosedNumbers = tuple[bytes | None, bytes | None]
"""Individual number and resident-record code as they are stored."""

NO_NUMBERS: ClosedNumbers = (None, None)

_USE = "numbers in the register"


class NumberVault:
    """Closes and opens the numbers of residents."""

    def __init__(self, secret: bytes, entropy: Entropy) -> None:
        self._vault = Vault(subkey(secret, _USE), entropy)

    def close(self, municipality: str, resident_id: str, numbers: ResidentNumbers) -> ClosedNumbers:
        """The numbers as they are stored."""
        return (
            self._close(numbers.individual_number, _about("individual-number", municipality, resident_id)),
            self._close(numbers.resident_code, _about("resident-code", municipality, resident_id)),
        )

    def open(self, municipality: str, resident_id: str, closed: ClosedNumbers) -> ResidentNumbers:
        """The numbers of a resident. Raises `StorageError` when a stored value belongs to somebody else, was changed,
        or the secret is another."""
        individual_number, resident_code = closed
        return ResidentNumbers(
            self._open(individual_number, _about("individual-number", municipality, resident_id)),
            self._open(resident_code, _about("resident-code", municipality, resident_id)),
        )

    def _close(self, plain: str | None, about: bytes) -> bytes | None:
        return None if plain is None else self._vault.close(plain.encode(), about)

    def _open(self, closed: bytes | None, about: bytes) -> str | None:
        return None if closed is None else self._vault.open(closed, about).decode()


def _about(what: str, municipality: str, resident_id: str) -> bytes:
    # Only the last part may hold a slash: no two residents share one.
    return f"{what}/{municipality}/{resident_id}".encode()
