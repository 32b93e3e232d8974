"""The test CA hierarchy: one CA a usage and generation, what it issues and takes back. Nothing real trusts it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding

from hardware.card.model import Usage
from hardware.card.virtual.x509s import CA_YEARS, KeyAndX509, Revoked, Validity, make_ca, make_crl, make_leaf

KEY_BITS = 2048
PUBLIC_EXPONENT = 65537
SERIAL_BYTES = 8
HOLDER_BYTES = 10
CRL_LIFETIME = timedelta(hours=48)
YEAR = timedelta(days=365)

Entropy = Callable[[int], bytes]
"""That many random bytes."""

KeyMaker = Callable[[], RSAPrivateKey]


def new_key() -> RSAPrivateKey:
    """A new RSA-2048 key."""
    return generate_private_key(PUBLIC_EXPONENT, KEY_BITS)


@dataclass(slots=True, repr=False)
class Issuer:
    """One CA of one generation (counted from 1), and the X.509s it took back."""

    usage: Usage
    generation: int
    ca: KeyAndX509
    revoked: list[Revoked] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.usage.value}-{self.generation}"

    def crl(self, now: datetime, lifetime: timedelta = CRL_LIFETIME) -> bytes:
        """The DER of its list of revoked X.509s, fresh from now on for that long."""
        made = make_crl(self.ca, tuple(self.revoked), int(now.timestamp()), now, lifetime)
        return made.public_bytes(Encoding.DER)

    def revoke(self, leaf: x509.Certificate, since: datetime) -> None:
        """Takes an X.509 back; the next list says so."""
        self.revoked.append(Revoked(leaf.serial_number, since))

    def suspend(self, leaf: x509.Certificate, since: datetime) -> None:
        """Stops an X.509 for the time being (一時停止); the next list says so."""
        self.revoked.append(Revoked(leaf.serial_number, since, on_hold=True))


class Authority:
    """Both CAs in all their generations; the newest one issues."""

    def __init__(self, issuers: tuple[Issuer, ...], entropy: Entropy, key_maker: KeyMaker = new_key) -> None:
        self.issuers = issuers
        self.entropy = entropy
        self._key_maker = key_maker

    @classmethod
    def make(cls, now: datetime, entropy: Entropy, generations: int = 1, key_maker: KeyMaker = new_key) -> "Authority":
        """A new hierarchy whose CAs are valid from a year ago for ten years."""
        validity = Validity(now - YEAR, now + (CA_YEARS - 1) * YEAR)
        issuers = tuple(
            Issuer(usage, generation, make_ca(usage, key_maker(), new_serial(entropy), validity))
            for usage in Usage
            for generation in range(1, generations + 1)
        )
        return cls(issuers, entropy, key_maker)

    def issuer(self, usage: Usage, generation: int | None = None) -> Issuer:
        """The CA of that usage: the newest, or that generation. Raises `LookupError`."""
        found = [issuer for issuer in self.issuers if issuer.usage is usage and generation in (None, issuer.generation)]
        if not found:
            raise LookupError(f"there is no {usage.value} CA of generation {generation}")
        return max(found, key=lambda issuer: issuer.generation)

    def issue(self, usage: Usage, holder: str, validity: Validity, generation: int | None = None) -> KeyAndX509:
        """A new key and its X.509."""
        key = self._key_maker()
        ca = self.issuer(usage, generation).ca
        leaf = make_leaf(usage, ca, key.public_key(), new_serial(self.entropy), holder, validity)
        return KeyAndX509(key, leaf)

    def new_holder(self) -> str:
        """An opaque number for a holder."""
        return self.entropy(HOLDER_BYTES).hex().upper()


def new_serial(entropy: Entropy) -> int:
    """A random serial number above zero."""
    return int.from_bytes(entropy(SERIAL_BYTES), "big") | 1 << (8 * SERIAL_BYTES - 2)
