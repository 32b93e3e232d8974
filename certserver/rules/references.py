"""References to household members that are good in one session only: they tell nothing and name nobody elsewhere."""

from hashlib import sha256

from koufu.evidence.codec import Writer

_REFERENCE_BYTES = 8


def member_reference(session_nonce: bytes, resident_id: str) -> str:
    """The reference of a member in the session of this nonce, 16 characters. The register's key is random, so the
    reference does not lead back to it."""
    writer = Writer("koufu/member/1")
    writer.raw(session_nonce)
    writer.text(resident_id)
    return sha256(writer.done()).digest()[:_REFERENCE_BYTES].hex()
