"""The keys that come from the server's one storage secret, one for each use, and what they encrypt. None of them ever
leaves the process."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from certserver.errors import StorageError
from certserver.ports import Entropy

KEY_BYTES = 32
NONCE_BYTES = 12


def subkey(secret: bytes, use: str) -> bytes:
    """32 bytes for one use of the storage secret (HKDF-Expand, SHA-256)."""
    return HKDFExpand(hashes.SHA256(), KEY_BYTES, f"koufu/{use}/1".encode()).derive(secret)


class Vault:
    """Encrypts small values at rest with AES-256-GCM; the nonce stands before the ciphertext."""

    def __init__(self, key: bytes, entropy: Entropy) -> None:
        self._cipher = AESGCM(key)
        self._entropy = entropy

    def close(self, plain: bytes, about: bytes) -> bytes:
        """Encrypts. `about` says what the value belongs to; it opens nowhere else."""
        nonce = self._entropy(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, about)

    def open(self, closed: bytes, about: bytes) -> bytes:
        """Decrypts. Raises `StorageError` when the value was changed or belongs to something else."""
        try:
            return self._cipher.decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], about)
        except (InvalidTag, ValueError) as error:
            raise StorageError("a stored value does not open: it was changed or moved, or the secret is new") from error
