"""Trust lists for tests."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.signing.municipal import CentreKey
from certserver.signing.signers import SoftSigner
from koufu.evidence.trustlist import ListedKey, Period, Signatory, TrustList

CENTRE = CentreKey(SoftSigner(Ed25519PrivateKey.from_private_bytes(bytes(range(64, 96)))))
"""The issuance centre of tests."""


def a_signatory(municipality: str = "992011", key: bytes = bytes(32)) -> Signatory:
    """見本市 under this code, with one key that is in force at any time."""
    return Signatory(
        municipality=municipality,
        name="見本市",
        name_kana="みほんし",
        name_en="Mihon City",
        prefecture="見本県",
        prefecture_en="Mihon Prefecture",
        keys=(ListedKey(key, Period(0)),),
    )


def a_trust_list(*signatories: Signatory, number: int = 1, issued_at: int = 0, expires_at: int = 2**40) -> TrustList:
    """A list of these."""
    return TrustList(number, issued_at, expires_at, signatories)
