"""What a virtual card carries: keys, X.509s, PINs, and the kind of trouble it stands for. Fictional holders only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from cryptography.hazmat.primitives.serialization import Encoding

from hardware.card.model import Usage
from hardware.card.virtual.authority import Authority
from hardware.card.virtual.x509s import KeyAndX509, Validity

PIN = "1234"
SIGNING_PIN = "ABC123"
NUMBER_PIN = "4321"
DAYS_VALID = 5 * 365

_A_DAY = timedelta(days=1)


class PersonaKind(Enum):
    """Which card it is, in one word of `koufu-card --kind`."""

    NORMAL = "normal"
    LOCKED = "locked"
    """The user-authentication PIN was wrong three times."""
    FACE_AUTH = "face-auth"
    """A face-authentication card: no PIN to try, no signing X.509."""
    EXPIRED = "expired"
    REVOKED = "revoked"
    CHILD = "child"
    """Of a person under 15: no signing X.509. The age is known to the server only."""
    ANDROID = "android"
    """A phone: another label, and its user-authentication X.509 only after the PIN."""
    FOREIGN = "foreign"
    """Any card without the JPKI applet."""


@dataclass(frozen=True, slots=True, repr=False)
class Persona:
    """The content of one card. `user_auth_ca` and `signing_ca` are the DER of the CAs' X.509s. `number` is the
    fictional individual number behind `number_pin`; empty on a card whose applet for it is not there."""

    kind: PersonaKind
    pin: str
    signing_pin: str
    user_auth: KeyAndX509 | None
    user_auth_ca: bytes
    signing: KeyAndX509 | None
    signing_ca: bytes
    number: str = ""
    number_pin: str = NUMBER_PIN

    @property
    def user_auth_x509(self) -> bytes:
        """The DER of the user-authentication X.509, or nothing."""
        return _der(self.user_auth)

    @property
    def signing_x509(self) -> bytes:
        """The DER of the signing X.509, or nothing."""
        return _der(self.signing)


def make_persona(
    authority: Authority,
    kind: PersonaKind,
    now: datetime,
    *,
    days_valid: int = DAYS_VALID,
    pin: str = PIN,
    signing_pin: str = SIGNING_PIN,
    generation: int | None = None,
) -> Persona:
    """A new card of that kind, its X.509s valid from yesterday for so many days; of a revoked one its CA is told."""
    if kind is PersonaKind.FOREIGN:
        return Persona(kind, pin, signing_pin, None, b"", None, b"")
    validity = Validity(now - _A_DAY, now + days_valid * _A_DAY)
    if kind is PersonaKind.EXPIRED:
        validity = Validity(now - 300 * _A_DAY, now - _A_DAY)
    user_auth_issuer = authority.issuer(Usage.USER_AUTH, generation)
    signing_issuer = authority.issuer(Usage.SIGNING, generation)
    user_auth = authority.issue(Usage.USER_AUTH, authority.new_holder(), validity, generation)
    signing = None
    if kind not in (PersonaKind.FACE_AUTH, PersonaKind.CHILD):
        signing = authority.issue(Usage.SIGNING, authority.new_holder(), validity, generation)
    if kind is PersonaKind.REVOKED:
        user_auth_issuer.revoke(user_auth.x509, now - _A_DAY / 2)
    return Persona(
        kind,
        pin,
        signing_pin,
        user_auth,
        user_auth_issuer.ca.x509.public_bytes(Encoding.DER),
        signing,
        signing_issuer.ca.x509.public_bytes(Encoding.DER),
    )


def _der(pair: KeyAndX509 | None) -> bytes:
    return b"" if pair is None else pair.x509.public_bytes(Encoding.DER)
