"""Cards whose X.509 was not issued by the test hierarchy, and a card that notes what it is asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.persona import Persona
from hardware.card.virtual.x509s import KeyAndX509

VERIFY = 0x20


class NotingCard(VirtualCard):
    """Keeps the commands that came."""

    def __init__(self, persona: Persona, entropy: Callable[[int], bytes]) -> None:
        super().__init__(persona, entropy)
        self.asked: list[bytes] = []

    def answer(self, apdu: bytes) -> bytes:
        self.asked.append(apdu)
        return super().answer(apdu)

    @property
    def pins(self) -> list[bytes]:
        """Commands that carry a PIN; asking for the tries left carries none."""
        return [apdu for apdu in self.asked if apdu[1] == VERIFY and len(apdu) > 4]


def issued_by(organisations: Sequence[str], persona: Persona) -> Persona:
    """The same card, its user-authentication X.509 issued by a CA of these organisations."""
    assert persona.user_auth is not None
    leaf, key = persona.user_auth.x509, persona.user_auth.key
    named = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, each) for each in organisations]
    made = (
        x509.CertificateBuilder()
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), *named]))
        .subject_name(leaf.subject)
        .public_key(key.public_key())
        .serial_number(leaf.serial_number)
        .not_valid_before(leaf.not_valid_before_utc)
        .not_valid_after(leaf.not_valid_after_utc + timedelta(days=1))
        .sign(key, SHA256())
    )
    return replace(persona, user_auth=KeyAndX509(key, made))
