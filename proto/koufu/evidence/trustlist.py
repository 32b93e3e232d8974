"""The signed trust list: which keys speak for which municipality, from when until when, and which form bundles are its
own. Nothing else decides that, neither on a terminal nor at a recipient's."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.sizes import HASH_BYTES, KEY_ID_BYTES
from koufu.evidence.statement import SignedStatement, Statement

TRUST_DOMAIN = "koufu/trust/1"
KEY_BYTES = 32
MAX_SIGNATORIES = 2_000
"""There are 1,741 municipalities in Japan."""
MAX_KEYS = 64
"""Of one municipality: a new one each year lasts longer than paper is checked."""
MAX_BUNDLES = 512
"""Of one municipality."""
MAX_TRUST_LIST = 8 * 1024 * 1024
"""Bytes of a trust list that are looked at."""

_CODE_DIGITS = 6
_T = TypeVar("_T")


class RevocationReason(Enum):
    """Why a key speaks no more."""

    CEASED = "ceased"
    """The municipality gave it up; what it signed before stands."""
    LOST = "lost"
    """Nobody can sign with it any more, neither the municipality; what it signed before stands."""
    COMPROMISED = "compromised"
    """Somebody else may have signed with it, and may have written any date: nothing that it signed stands."""


class KeyStanding(Enum):
    """What a key counts for at the instant that stands in what it signed."""

    SPEAKS = "speaks"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Revocation:
    """From when on (Unix seconds), and why."""

    at: int
    reason: RevocationReason


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant until just before another (Unix seconds); `until` None: no end was set yet."""

    since: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A raw Ed25519 public key of 32 bytes, when it may sign, and whether it was revoked."""

    raw: bytes
    period: Period
    revocation: Revocation | None = None

    @property
    def key_id(self) -> bytes:
        """What seal codes and ledger call the key: 8 bytes."""
        return public_key_id(self.raw)

    def standing(self, at: int) -> KeyStanding:
        """What it counts for in something that says it was signed at `at` (Unix seconds)."""
        revoked = self.revocation
        if revoked is not None and (revoked.reason is RevocationReason.COMPROMISED or at >= revoked.at):
            return KeyStanding.REVOKED
        if at < self.period.since:
            return KeyStanding.NOT_YET_VALID
        if self.period.until is not None and at >= self.period.until:
            return KeyStanding.EXPIRED
        return KeyStanding.SPEAKS


@dataclass(frozen=True, slots=True)
class ListedBundle:
    """The SHA-256 of a form bundle, and when pages may name it."""

    bundle_hash: bytes
    period: Period


@dataclass(frozen=True, slots=True)
class Signatory:
    """A municipality that signs: code (6 digits), names (kana in hiragana), prefecture, keys and form bundles, those
    that ended too."""

    municipality: str
    name: str
    name_kana: str
    name_en: str
    prefecture: str
    prefecture_en: str
    keys: tuple[ListedKey, ...]
    bundles: tuple[ListedBundle, ...] = ()

    def key(self, key_id: bytes) -> ListedKey | None:
        """The key of this id, whatever it counts for; None when the municipality has none."""
        return next((key for key in self.keys if key.key_id == key_id), None)

    def signed(self, evidence: bytes, signature: bytes) -> ListedKey | None:
        """The municipality's key that signed these bytes, whatever it counts for, or None."""
        for key in self.keys:
            try:
                Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, evidence)
            except InvalidSignature:
                continue
            return key
        return None

    def bundle(self, bundle_hash: bytes) -> ListedBundle | None:
        """The form bundle of this hash, None when it is none of the municipality's."""
        return next((bundle for bundle in self.bundles if bundle.bundle_hash == bundle_hash), None)


@dataclass(frozen=True, slots=True)
class TrustList:
    """All signatories of one issuance centre, by code. `number` rises with every list, so that an old one can be told;
    it counts from `issued_at` until just before `expires_at` (Unix seconds)."""

    number: int
    issued_at: int
    expires_at: int
    signatories: tuple[Signatory, ...]

    def signatory(self, municipality: str) -> Signatory | None:
        """What the list says of a municipality, None when it says nothing."""
        return next((each for each in self.signatories if each.municipality == municipality), None)

    def to_bytes(self) -> bytes:
        """The bytes the issuance centre signs."""
        writer = Writer(TRUST_DOMAIN)
        writer.number(self.number)
        writer.number(self.issued_at)
        writer.number(self.expires_at)
        writer.number(len(self.signatories))
        for signatory in self.signatories:
            _write_signatory(writer, signatory)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "TrustList":
        """The list in these bytes, or `MalformedEvidence`. A municipality or a key that stands twice is malformed: one
        place alone says what a key counts for."""
        reader = Reader(TRUST_DOMAIN, evidence, limit=MAX_TRUST_LIST)
        number, issued_at, expires_at = reader.number(), reader.number(), reader.number()
        if number == 0 or issued_at >= expires_at:
            raise MalformedEvidence("a trust list has no number, or no time in which it counts")
        signatories = _several(reader, MAX_SIGNATORIES, _read_signatory)
        reader.finish()
        codes = [signatory.municipality for signatory in signatories]
        if codes != sorted(set(codes)):
            raise MalformedEvidence("the municipalities of a trust list stand twice or out of order")
        _require_unique([key.key_id for signatory in signatories for key in signatory.keys], "a key")
        return cls(number, issued_at, expires_at, signatories)


def public_key_id(raw: bytes) -> bytes:
    """The first 8 bytes of the SHA-256 of a raw public key."""
    return sha256(raw).digest()[:KEY_ID_BYTES]


def open_trust_list(evidence: bytes, signature: bytes, key: Ed25519PublicKey) -> TrustList:
    """The list, after its signature held. Raises `BadSignature` or `MalformedEvidence`. Whether it counts today is for
    the caller, who knows what day it is."""
    if len(evidence) > MAX_TRUST_LIST:
        raise MalformedEvidence(f"a trust list of {len(evidence)} bytes is over the limit of {MAX_TRUST_LIST}")
    try:
        key.verify(signature, evidence)
    except InvalidSignature as error:
        raise BadSignature("the issuance centre's key did not sign this trust list") from error
    return TrustList.from_bytes(evidence)


def open_statement_of(signatory: Signatory, signed: SignedStatement) -> Statement:
    """The statement, if a key of the municipality signed it that speaks at the instant it names. Raises `BadSignature`
    or `MalformedEvidence`."""
    key = signatory.signed(signed.evidence, signed.signature)
    if key is None:
        raise BadSignature("no key of the municipality signed this statement")
    statement = Statement.from_bytes(signed.evidence)
    standing = key.standing(statement.issued_at)
    if standing is not KeyStanding.SPEAKS:
        raise BadSignature(f"the key of this statement does not count: {standing.value}")
    return statement


def _write_signatory(writer: Writer, signatory: Signatory) -> None:
    writer.text(signatory.municipality)
    writer.text(signatory.name)
    writer.text(signatory.name_kana)
    writer.text(signatory.name_en)
    writer.text(signatory.prefecture)
    writer.text(signatory.prefecture_en)
    writer.number(len(signatory.keys))
    for key in signatory.keys:
        writer.raw(key.raw)
        _write_period(writer, key.period)
        writer.number(int(key.revocation is not None))
        if key.revocation is not None:
            writer.number(key.revocation.at)
            writer.text(key.revocation.reason.value)
    writer.number(len(signatory.bundles))
    for bundle in signatory.bundles:
        writer.raw(bundle.bundle_hash)
        _write_period(writer, bundle.period)


def _write_period(writer: Writer, period: Period) -> None:
    writer.number(period.since)
    writer.number(int(period.until is not None))
    if period.until is not None:
        writer.number(period.until)


def _read_signatory(reader: Reader) -> Signatory:
    code = reader.text(limit=_CODE_DIGITS)
    if len(code) != _CODE_DIGITS or not (code.isascii() and code.isdigit()):
        raise MalformedEvidence("a municipality of a trust list has no code of 6 digits")
    signatory = Signatory(
        municipality=code,
        name=reader.text(limit=256),
        name_kana=reader.text(limit=256),
        name_en=reader.text(limit=256),
        prefecture=reader.text(limit=256),
        prefecture_en=reader.text(limit=256),
        keys=_several(reader, MAX_KEYS, _read_key),
        bundles=_several(reader, MAX_BUNDLES, _read_bundle),
    )
    _require_unique([bundle.bundle_hash for bundle in signatory.bundles], "a form bundle")
    return signatory


def _read_key(reader: Reader) -> ListedKey:
    raw, period = reader.raw(exactly=KEY_BYTES), _read_period(reader)
    if not reader.number(limit=1):
        return ListedKey(raw, period)
    at = reader.number()
    try:
        reason = RevocationReason(reader.text(limit=16))
    except ValueError as error:
        raise MalformedEvidence("a key was revoked for a reason that there is not") from error
    return ListedKey(raw, period, Revocation(at, reason))


def _read_bundle(reader: Reader) -> ListedBundle:
    return ListedBundle(reader.raw(exactly=HASH_BYTES), _read_period(reader))


def _read_period(reader: Reader) -> Period:
    since = reader.number()
    until = reader.number() if reader.number(limit=1) else None
    if until is not None and until < since:
        raise MalformedEvidence("a period of a trust list ends before it begins")
    return Period(since, until)


def _several(reader: Reader, most: int, read: Callable[[Reader], _T]) -> tuple[_T, ...]:
    return tuple(read(reader) for _ in range(reader.number(limit=most)))


def _require_unique(values: list[bytes], what: str) -> None:
    if any(count > 1 for count in Counter(values).values()):
        raise MalformedEvidence(f"{what} stands twice in a trust list")
