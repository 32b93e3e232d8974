"""What page composition needs of the municipality's key: a signature over one page's content, nothing else."""

from typing import Protocol


class PageSigner(Protocol):
    """The municipality's key as the seal code on the back uses it."""

    @property
    def key_id(self) -> bytes:
        """First 8 bytes of the SHA-256 of the raw public key."""
        ...

    def sign_page(self, deflated: bytes) -> bytes:
        """The 64-byte Ed25519 signature over `koufu.evidence.sealcode.signed_bytes(deflated)`."""
        ...
