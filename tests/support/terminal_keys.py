"""Keys of terminals that enrol or renew, and what they ask for them."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID


def new_key() -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


def request_of(name: str, key: EllipticCurvePrivateKey, *extensions: x509.ExtensionType) -> bytes:
    """A PKCS#10 request (DER) under one common name."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)
