"""X.509s and lists of revoked ones as the two JPKI CAs make them, under O=JPKI-TEST. They name nobody: a holder is an
opaque number."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hardware.card.model import Usage

TEST_ORGANISATION = "JPKI-TEST"
CA_YEARS = 10


_UNIT = {Usage.USER_AUTH: "JPKI for user authentication", Usage.SIGNING: "JPKI for digital signature"}
_POLICY = {Usage.USER_AUTH: "1.2.392.200149.8.5.1.3.30", Usage.SIGNING: "1.2.392.200149.8.5.1.0.20"}


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when, in UTC."""

    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True, repr=False)
class KeyAndX509:
    """A private key and the X.509 of its public half."""

    key: RSAPrivateKey
    x509: x509.Certificate


@dataclass(frozen=True, slots=True)
class Revoked:
    """One line of a list of revoked X.509s."""

    serial: int
    since: datetime
    on_hold: bool = False
    """Suspended for the time being (RFC 5280, 5.3.1: certificateHold)."""


def make_ca(usage: Usage, key: RSAPrivateKey, serial: int, validity: Validity) -> KeyAndX509:
    """A CA of its own making. All generations of a usage share one name: only keys tell them apart."""
    name = x509.Name(
        (
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, TEST_ORGANISATION),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _UNIT[usage]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Test authority of koufu"),
        )
    )
    made = (
        _builder(name, name, key.public_key(), serial, validity)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    return KeyAndX509(key, made)


def make_leaf(
    usage: Usage, ca: KeyAndX509, key: RSAPublicKey, serial: int, holder: str, validity: Validity
) -> x509.Certificate:
    """The X.509 of a holder, an opaque number."""
    subject = x509.Name(
        (x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(NameOID.COMMON_NAME, holder))
    )
    signing = usage is Usage.SIGNING
    builder = (
        _builder(subject, ca.x509.subject, key, serial, validity)
        .add_extension(_key_usage(digital_signature=True, content_commitment=signing), critical=True)
        .add_extension(
            x509.CertificatePolicies((x509.PolicyInformation(x509.ObjectIdentifier(_POLICY[usage]), None),)),
            critical=False,
        )
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key()), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )
    if not signing:
        builder = builder.add_extension(x509.ExtendedKeyUsage((ExtendedKeyUsageOID.CLIENT_AUTH,)), critical=False)
    return builder.sign(ca.key, SHA256())


def make_crl(
    ca: KeyAndX509, revoked: tuple[Revoked, ...], number: int, issued_at: datetime, lifetime: timedelta
) -> x509.CertificateRevocationList:
    """A CA's list of revoked X.509s, fresh for that long."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ca.x509.subject)
        .last_update(issued_at)
        .next_update(issued_at + lifetime)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    for line in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(line.serial).revocation_date(line.since)
        if line.on_hold:
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.certificate_hold), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(ca.key, SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: RSAPublicKey, serial: int, validity: Validity
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(serial)
        .not_valid_before(validity.not_before)
        .not_valid_after(validity.not_after)
    )


def _key_usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
