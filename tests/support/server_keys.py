"""Fresh keys for tests."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.signing.municipal import MunicipalKey
from certserver.signing.signers import SoftSigner


def a_key() -> MunicipalKey:
    """A new municipal key."""
    return MunicipalKey(SoftSigner(Ed25519PrivateKey.generate()))
