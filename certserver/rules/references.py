"""References to persons and damages that are good in one session only: they tell nothing and name nobody elsewhere."""

from hashlib import sha256

from koufu.evidence.codec import Writer

_REFERENCE_BYTES = 8


def member_reference(session_nonce: bytes, resident_id: str) -> str:
    """The reference of a member of the household in the session of this nonce, 16 characters. The register's key is
    random, so the reference does not lead back to it."""
    return _reference("koufu/member/1", session_nonce, resident_id)


def koseki_reference(session_nonce: bytes, person_id: str) -> str:
    """As `member_reference`, of a person of the koseki."""
    return _reference("koufu/koseki-person/1", session_nonce, person_id)


def damage_reference(session_nonce: bytes, damage_id: str) -> str:
    """As `member_reference`, of an assessment of damage."""
    return _reference("koufu/damage/1", session_nonce, damage_id)


def _reference(domain: str, session_nonce: bytes, key: str) -> str:
    writer = Writer(domain)
    writer.raw(session_nonce)
    writer.text(key)
    return sha256(writer.done()).digest()[:_REFERENCE_BYTES].hex()
