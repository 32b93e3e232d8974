"""A version that does not exist is no reason to break: neither in a request, nor in an X.509."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from certserver.errors import ConfigurationError
from certserver.office.cards import x509_der
from certserver.signing.requests import read_request
from kiosk.actions.counter.x509_pin.card import holder_of
from koufu.der import MALFORMED_DER

KEY = ec.derive_private_key(7, ec.SECP256R1())
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kiosk-1")])
VERSIONS = (3, 4, 64, 127)


def a_request(version: int) -> bytes:
    der = x509.CertificateSigningRequestBuilder().subject_name(NAME).sign(KEY, SHA256()).public_bytes(Encoding.DER)
    return der.replace(b"\x02\x01\x00", bytes((2, 1, version)), 1)


def an_x509(version: int) -> bytes:
    whole = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
        .sign(KEY, SHA256())
    )
    return whole.public_bytes(Encoding.DER).replace(b"\xa0\x03\x02\x01\x02", bytes((0xA0, 3, 2, 1, version)), 1)


def test_what_is_changed_here_is_the_version_alone() -> None:
    assert read_request(a_request(0)) is not None
    assert holder_of(an_x509(2)) == "kiosk-1"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_that_does_not_exist_is_malformed_like_other_bytes(version: int) -> None:
    assert read_request(a_request(version)) is None
    assert holder_of(an_x509(version)) == ""
    with pytest.raises(ConfigurationError, match="is no X"):
        x509_der(an_x509(version))
    with pytest.raises(MALFORMED_DER):
        x509.load_der_x509_certificate(an_x509(version))
