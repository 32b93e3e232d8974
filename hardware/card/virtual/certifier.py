"""A simulated issuer of X.509s over the test CAs: it knows what it issued for which key and case, and does nothing
twice. It is no certification authority of anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding

from hardware.card.model import Usage
from hardware.card.virtual.authority import Authority, Issuer, new_serial
from hardware.card.virtual.x509s import Validity, make_leaf
from hardware.card.writing.commands import MODULUS_BYTES, PUBLIC_EXPONENT
from hardware.card.writing.model import Case, Issued, Standing
from hardware.errors import IssuerRefused


@dataclass(frozen=True, slots=True, repr=False)
class CaseX509:
    """An X.509 that was issued in a case to a holder."""

    leaf: x509.Certificate
    case: str
    usage: Usage
    holder: str


class SimulatedCertifier:
    """An `X509Issuer`. `kept` is called with everything that was issued, after each issue and revocation and before
    anybody hears of it; `issued` is what was kept so. X.509s that its CAs signed otherwise are known too, without
    case."""

    def __init__(
        self,
        authority: Authority,
        now: Callable[[], datetime],
        validity: timedelta,
        kept: Callable[[tuple[CaseX509, ...]], None] = lambda _issued: None,
        issued: tuple[CaseX509, ...] = (),
    ) -> None:
        self._authority = authority
        self._now = now
        self._validity = validity
        self._kept = kept
        self._issued = {(entry.usage, _modulus(entry.leaf)): entry for entry in issued}

    def certify(self, case: Case, modulus: bytes) -> bytes:
        """The DER of an X.509 for that key; for the same key the same X.509."""
        if len(modulus) != MODULUS_BYTES or not modulus[0] & 0x80 or not modulus[-1] & 1:
            raise IssuerRefused("bad-key")
        number = int.from_bytes(modulus, "big")
        entry = self._issued.get((case.usage, number))
        if entry is None:
            ca, now = self._authority.issuer(case.usage).ca, self._now()
            key = RSAPublicNumbers(PUBLIC_EXPONENT, number).public_key()
            validity = Validity(now, now + self._validity)
            leaf = make_leaf(case.usage, ca, key, new_serial(self._authority.entropy), case.holder, validity)
            entry = self._issued[case.usage, number] = CaseX509(leaf, case.number, case.usage, case.holder)
            self._kept(tuple(self._issued.values()))
        if entry.case != case.number or entry.holder != case.holder:
            raise IssuerRefused("key-of-another-case")
        if self._told(entry.usage, entry.leaf, entry.case).standing is Standing.REVOKED:
            raise IssuerRefused("revoked-key")
        return entry.leaf.public_bytes(Encoding.DER)

    def of_key(self, usage: Usage, modulus: bytes) -> Issued | None:
        """What was issued for a key."""
        entry = self._issued.get((usage, int.from_bytes(modulus, "big")))
        return None if entry is None else self._told(entry.usage, entry.leaf, entry.case)

    def of_x509(self, usage: Usage, x509: bytes) -> Issued | None:
        """What is known of an X.509."""
        leaf = _leaf(x509)
        if leaf is None or self._signer(usage, leaf) is None:
            return None
        entry = self._issued.get((usage, _modulus(leaf)))
        return self._told(usage, leaf, entry.case if entry is not None and entry.leaf == leaf else "")

    def revoke(self, usage: Usage, x509: bytes) -> None:
        """Revokes an X.509 for good."""
        leaf = _leaf(x509)
        signer = None if leaf is None else self._signer(usage, leaf)
        if leaf is None or signer is None:
            raise IssuerRefused("not-issued-here")
        if not _is_revoked(signer, leaf):
            signer.revoke(leaf, self._now())
            self._kept(tuple(self._issued.values()))

    def counting(self, usage: Usage, holder: str) -> tuple[int, ...]:
        """The serial numbers that were issued here to a holder and are neither revoked nor expired, in order."""
        entries = (entry for entry in self._issued.values() if (entry.usage, entry.holder) == (usage, holder))
        return tuple(
            sorted(
                entry.leaf.serial_number
                for entry in entries
                if self._told(usage, entry.leaf, entry.case).standing is Standing.GOOD
            )
        )

    def _told(self, usage: Usage, leaf: x509.Certificate, case: str) -> Issued:
        signer = self._signer(usage, leaf)
        standing = Standing.UNKNOWN
        if signer is not None:
            expired = leaf.not_valid_after_utc < self._now()
            standing = Standing.EXPIRED if expired else Standing.GOOD
            standing = Standing.REVOKED if _is_revoked(signer, leaf) else standing
        return Issued(leaf.public_bytes(Encoding.DER), case, standing)

    def _signer(self, usage: Usage, leaf: x509.Certificate) -> Issuer | None:
        # All generations of a usage share one name: only the signature tells which it was.
        return next(
            (each for each in self._authority.issuers if each.usage is usage and _signed(each.ca.x509, leaf)), None
        )


def _modulus(leaf: x509.Certificate) -> int:
    key = leaf.public_key()
    return key.public_numbers().n if isinstance(key, RSAPublicKey) else 0


def _leaf(content: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(content)
    except ValueError:
        return None


def _signed(ca: x509.Certificate, leaf: x509.Certificate) -> bool:
    try:
        leaf.verify_directly_issued_by(ca)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True


def _is_revoked(issuer: Issuer, leaf: x509.Certificate) -> bool:
    return any(line.serial == leaf.serial_number and not line.on_hold for line in issuer.revoked)
