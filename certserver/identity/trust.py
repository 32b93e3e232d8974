"""The issuers of user-authentication X.509s that a municipality trusts. An operator adds them by hand; nothing that a
card or a terminal sends ever can."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID
from sqlalchemy import Connection, bindparam, delete, insert, select

from certserver.errors import ConfigurationError
from certserver.identity.x509 import MALFORMED, Anchor, anchor_of, extensions_of
from certserver.ports import unix
from certserver.storage.identity import trust_anchors
from certserver.storage.statements import Query

MAX_ISSUER_FILE = 65_536
"""Bytes of an issuer's file that are looked at."""

_MIN_KEY_BITS = 2048

_ANCHORS = Query(
    select(trust_anchors.c.x509)
    .where(trust_anchors.c.municipality == bindparam("of_municipality"))
    .order_by(trust_anchors.c.key_id)
)


@dataclass(frozen=True, slots=True)
class AddedAnchor:
    """What an operator compares with what the issuer published: name, SHA-256 of the DER (32 bytes), last instant."""

    name: str
    fingerprint: bytes
    not_after: datetime


def add_anchor(connection: Connection, municipality: str, file: bytes, now: datetime) -> AddedAnchor:
    """Trusts an issuer from its PEM or DER; one with a key that is trusted already takes the former one's place. Raises
    `ConfigurationError` when the file is no issuer's X.509."""
    issuer = _load(file)
    anchor = anchor_of(issuer.public_bytes(Encoding.DER))
    name = issuer.subject.rfc4514_string()
    known = (trust_anchors.c.municipality == municipality, trust_anchors.c.key_id == anchor.key_id)
    connection.execute(delete(trust_anchors).where(*known))
    connection.execute(
        insert(trust_anchors).values(
            municipality=municipality,
            key_id=anchor.key_id,
            name=name,
            x509=issuer.public_bytes(Encoding.DER),
            added_at=unix(now),
        )
    )
    return AddedAnchor(name, issuer.fingerprint(SHA256()), issuer.not_valid_after_utc)


def read_anchors(connection: Connection, municipality: str) -> tuple[Anchor, ...]:
    """All issuers that the municipality trusts."""
    return tuple(anchor_of(der) for (der,) in _ANCHORS.all(connection, {"of_municipality": municipality}))


def _load(file: bytes) -> x509.Certificate:
    if len(file) > MAX_ISSUER_FILE:
        raise ConfigurationError(f"an issuer's X.509 has at most {MAX_ISSUER_FILE} bytes")
    try:
        is_pem = file.lstrip().startswith(b"-----BEGIN")
        issuer = x509.load_pem_x509_certificate(file) if is_pem else x509.load_der_x509_certificate(file)
        extensions = extensions_of(issuer.extensions)
        key = issuer.public_key()
        if issuer.subject == issuer.issuer:
            issuer.verify_directly_issued_by(issuer)
    except MALFORMED as error:
        raise ConfigurationError("this file is no X.509 in PEM or DER") from error
    constraints = extensions.get(ExtensionOID.BASIC_CONSTRAINTS)
    usage = extensions.get(ExtensionOID.KEY_USAGE)
    if not (isinstance(constraints, x509.BasicConstraints) and constraints.ca):
        raise ConfigurationError("this X.509 is not an issuer's: it does not say that it is a CA")
    if not (isinstance(usage, x509.KeyUsage) and usage.key_cert_sign and usage.crl_sign):
        raise ConfigurationError("this X.509 is not an issuer's: its key may not sign X.509s and CRLs")
    if not (isinstance(key, RSAPublicKey) and key.key_size >= _MIN_KEY_BITS):
        raise ConfigurationError(f"an issuer's key is RSA with {_MIN_KEY_BITS} bits or more")
    return issuer
