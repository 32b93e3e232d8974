"""What a terminal asks an X.509 for: a PKCS#10 request for a P-256 key under its own name, and nothing else. Whatever a
request wants beyond that is refused, never copied into what is signed."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from koufu.der import MALFORMED_DER

LONGEST = 2048
"""Bytes of a request: one for a P-256 key is a few hundred long."""


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """A name and a public key whose private key whoever asks has."""

    name: str
    public_key: EllipticCurvePublicKey


def read_request(der: bytes) -> KeyRequest | None:
    """What is asked for; None for anything that is not exactly one common name and a P-256 key that signed it."""
    try:
        request = x509.load_der_x509_csr(der)
        key, names = request.public_key(), list(request.subject)
        signed = isinstance(request.signature_hash_algorithm, SHA256) and request.is_signature_valid
        asks_more = len(list(request.extensions)) > 0 or len(list(request.attributes)) > 0
    except (*MALFORMED_DER, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.DuplicateExtension):
        return None
    if not signed or asks_more or not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        return None
    if len(names) != 1 or names[0].oid != NameOID.COMMON_NAME or not isinstance(names[0].value, str):
        return None
    return KeyRequest(names[0].value, key)


def key_hash(key: PublicKeyTypes) -> bytes:
    """32 bytes that stand for a public key."""
    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
