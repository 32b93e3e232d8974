"""What page composition needs of the municipality's key: signatures over one page's content and over the form bundle
that it names, nothing else."""

from collections.abc import Hashable
from typing import Protocol


class PageSigner(Hashable, Protocol):
    """The municipality's key as the seal code on the back uses it."""

    @property
    def key_id(self) -> bytes:
        """First 8 bytes of the SHA-256 of the raw public key."""
        ...

    def sign_page(self, deflated: bytes) -> bytes:
        """The 64-byte Ed25519 signature over `koufu.evidence.sealcode.signed_bytes(deflated)`."""
        ...

    def sign_bundle(self, evidence: bytes) -> bytes:
        """The 64-byte Ed25519 signature over the bytes of a form bundle."""
        ...
