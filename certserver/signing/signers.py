"""What the server wants of a place that keeps private keys: that it makes them, and signs with them. No private key is
ever handed out. Encrypted files and PKCS#11 tokens are such places."""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Signer(Protocol):
    """One Ed25519 key."""

    @property
    def raw_public_key(self) -> bytes:
        """The public half, 32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature over a message (RFC 8032, PureEdDSA), 64 bytes. Raises `SigningFault` when the place that
        keeps the key does not sign."""
        ...


class KeyStore(Protocol):
    """A place that keeps Ed25519 keys, found by their public halves. Used by several threads at once."""

    def make(self) -> Signer:
        """A new key, kept before it is given. Raises `ConfigurationError`."""
        ...

    def open(self, raw_public_key: bytes) -> Signer:
        """The key with this public half. Raises `ConfigurationError` with what to do when it is not kept here."""
        ...

    def close(self) -> None:
        """Lets the place go: its signers sign no more. A process that forks closes first, and opens anew in the
        child."""
        ...


class SoftSigner:
    """A key in the memory of this process."""

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self._raw_public_key = private_key.public_key().public_bytes_raw()

    @property
    def raw_public_key(self) -> bytes:
        """The public half, 32 bytes."""
        return self._raw_public_key

    def sign(self, message: bytes) -> bytes:
        """The signature over a message, 64 bytes."""
        return self._private_key.sign(message)
