"""Checks a user-authentication X.509 and the answers of its key. Pure: it reads no clock and no table. Whatever bytes
come, it answers with a value and never raises."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtensionOID

from certserver.identity.policy import IdentityPolicy
from certserver.stages import Refused
from koufu.evidence.words import RefusalReason

MAX_X509 = 4096
"""Bytes of DER that are looked at. Cards hold about 1,500."""

MAX_SERIAL_BITS = 160
"""RFC 5280, 4.1.2.2."""

UNTRUSTED = Refused(RefusalReason.X509_UNTRUSTED)

MALFORMED = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    InvalidSignature,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
    # The library only warns of some malformed numbers; where warnings are errors, that is a refusal too.
    Warning,
)
"""What the library raises about bytes that are no good X.509, key or CRL."""

_VERSION_3 = bytes.fromhex("a003020102")

Extensions = Mapping[x509.ObjectIdentifier, x509.ExtensionType]

_UNDERSTOOD_CRITICAL = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.CERTIFICATE_POLICIES,
        ExtensionOID.CRL_DISTRIBUTION_POINTS,
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Anchor:
    """A trusted issuer. `key_id` is the SHA-256 of its public key; `key_identifier` is what its X.509s call the key."""

    key_id: bytes
    key_identifier: bytes
    x509: x509.Certificate

    def __repr__(self) -> str:
        return f"<Anchor {self.key_id.hex()[:16]}>"


@dataclass(frozen=True, slots=True, repr=False)
class TrustedX509:
    """An X.509 that a trusted issuer made for user authentication, whatever the time. Its validity is what it and its
    issuer have in common. `crl_scope` names the list that would revoke it, empty for the complete list."""

    issuer_key_id: bytes
    serial: bytes
    not_before: datetime
    not_after: datetime
    crl_scope: bytes

    def __repr__(self) -> str:
        return "<TrustedX509>"


@dataclass(frozen=True, slots=True, repr=False)
class ValidX509:
    """A trusted X.509 within its validity."""

    trusted: TrustedX509

    def __repr__(self) -> str:
        return "<ValidX509>"


def examine(der: bytes, anchors: tuple[Anchor, ...], policy: IdentityPolicy) -> TrustedX509 | Refused:
    """Whether a DER is a user-authentication X.509 of one of the anchors. Its issuer is found by key, because several
    generations share one name. Time is `validate`'s business."""
    if len(der) > MAX_X509 or not _has_positive_serial(der):
        return UNTRUSTED
    try:
        leaf = x509.load_der_x509_certificate(der)
        extensions = extensions_of(leaf.extensions)
        if (
            leaf.version is not x509.Version.v3
            or leaf.serial_number.bit_length() > MAX_SERIAL_BITS
            or not _has_card_key(leaf, policy)
            or not _understood(leaf.extensions)
            or not _is_for_user_auth(extensions, policy)
        ):
            return UNTRUSTED
        issuer = _issuer_of(leaf, extensions, anchors, policy)
        if issuer is None:
            return UNTRUSTED
        return TrustedX509(
            issuer_key_id=issuer.key_id,
            serial=serial_bytes(leaf.serial_number),
            not_before=max(leaf.not_valid_before_utc, issuer.x509.not_valid_before_utc),
            not_after=min(leaf.not_valid_after_utc, issuer.x509.not_valid_after_utc),
            crl_scope=_crl_scope(extensions),
        )
    except MALFORMED:
        return UNTRUSTED


def validate(trusted: TrustedX509, now: datetime) -> ValidX509 | Refused:
    """Whether it is valid at an instant. Its own dates decide: lifetimes differ from card to card."""
    if now > trusted.not_after:
        return Refused(RefusalReason.X509_EXPIRED)
    if now < trusted.not_before:
        return UNTRUSTED
    return ValidX509(trusted)


def verify_answer(user_auth_x509: bytes, message: bytes, answer: bytes) -> bool:
    """Whether the card of an X.509 (DER) answered exactly this message: RSA PKCS#1 v1.5 over SHA-256, as long as the
    key. Only for an X.509 that was examined before: whether to trust it is not asked here."""
    try:
        key = x509.load_der_x509_certificate(user_auth_x509).public_key()
        if not isinstance(key, RSAPublicKey) or len(answer) * 8 != key.key_size:
            return False
        key.verify(answer, message, PKCS1v15(), SHA256())
    except MALFORMED:
        return False
    return True


@lru_cache(maxsize=64)
def end_of(user_auth_x509: bytes) -> datetime:
    """When an X.509 (DER) that was identified runs out, by its own word."""
    return x509.load_der_x509_certificate(user_auth_x509).not_valid_after_utc


def anchor_of(der: bytes) -> Anchor:
    """The anchor in an issuer's DER. Kept by content: the same bytes are always the same anchor. Raises `MALFORMED`."""
    issuer = x509.load_der_x509_certificate(der)
    key = issuer.public_key()
    stated = extensions_of(issuer.extensions).get(ExtensionOID.SUBJECT_KEY_IDENTIFIER)
    if not isinstance(stated, x509.SubjectKeyIdentifier):
        stated = x509.SubjectKeyIdentifier.from_public_key(key)
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Anchor(sha256(spki).digest(), stated.digest, issuer)


def extensions_of(extensions: x509.Extensions) -> Extensions:
    """Extensions by what they are."""
    return {extension.oid: extension.value for extension in extensions}


def stated_issuer_key(extensions: Extensions) -> bytes | None:
    """What an X.509 or CRL calls its issuer's key, or None where it does not say."""
    stated = extensions.get(ExtensionOID.AUTHORITY_KEY_IDENTIFIER)
    return stated.key_identifier if isinstance(stated, x509.AuthorityKeyIdentifier) else None


def scope_of(names: list[x509.GeneralName] | None) -> bytes:
    """The name of a distribution point as the 32 bytes by which its CRL is found: its first directory name, else its
    first address; empty when it has neither."""
    names = names or []
    directories = [name.value.public_bytes() for name in names if isinstance(name, x509.DirectoryName)]
    addresses = [name.value.encode() for name in names if isinstance(name, x509.UniformResourceIdentifier)]
    return next((sha256(name).digest() for name in directories + addresses), b"")


def serial_bytes(serial: int) -> bytes:
    """A serial as the shortest big-endian bytes."""
    return serial.to_bytes((serial.bit_length() + 7) // 8, "big")


def _has_positive_serial(der: bytes) -> bool:
    """RFC 5280, 4.1.2.2. Read before the library looks, since that only warns of other serials, or raises. False also
    for what does not begin like an X.509 of version 3."""
    at = 0
    for _ in range(2):
        if der[at : at + 1] != b"\x30":
            return False
        length = der[at + 1 : at + 2]
        at += 2 + (length[0] & 0x7F if length and length[0] & 0x80 else 0)
    start = at + len(_VERSION_3)
    if der[at:start] != _VERSION_3 or der[start : start + 1] != b"\x02":
        return False
    serial = der[start + 2 : start + 2 + int.from_bytes(der[start + 1 : start + 2], "big")]
    return int.from_bytes(serial, "big", signed=True) > 0


def _has_card_key(leaf: x509.Certificate, policy: IdentityPolicy) -> bool:
    key = leaf.public_key()
    return isinstance(key, RSAPublicKey) and key.key_size in policy.key_bits


def _understood(extensions: x509.Extensions) -> bool:
    """RFC 5280, 4.2: an X.509 with a critical extension that one does not understand must be refused."""
    return all(extension.oid in _UNDERSTOOD_CRITICAL for extension in extensions if extension.critical)


def _is_for_user_auth(extensions: Extensions, policy: IdentityPolicy) -> bool:
    constraints = extensions.get(ExtensionOID.BASIC_CONSTRAINTS)
    usage = extensions.get(ExtensionOID.KEY_USAGE)
    extended = extensions.get(ExtensionOID.EXTENDED_KEY_USAGE)
    policies = extensions.get(ExtensionOID.CERTIFICATE_POLICIES)
    return (
        not (isinstance(constraints, x509.BasicConstraints) and constraints.ca)
        and _may_answer(usage, policy)
        and (
            not isinstance(extended, x509.ExtendedKeyUsage)
            or any(purpose.dotted_string in policy.extended_key_usages for purpose in extended)
        )
        and isinstance(policies, x509.CertificatePolicies)
        and any(named.policy_identifier.dotted_string in policy.policies for named in policies)
    )


def _may_answer(usage: x509.ExtensionType | None, policy: IdentityPolicy) -> bool:
    if not isinstance(usage, x509.KeyUsage):
        return not policy.key_usage_required
    return usage.digital_signature and not usage.key_cert_sign and not usage.crl_sign


def _issuer_of(
    leaf: x509.Certificate, extensions: Extensions, anchors: tuple[Anchor, ...], policy: IdentityPolicy
) -> Anchor | None:
    if leaf.signature_algorithm_oid.dotted_string not in policy.issuer_signatures:
        return None
    stated = stated_issuer_key(extensions)
    for anchor in anchors:
        if stated is None or stated == anchor.key_identifier:
            try:
                leaf.verify_directly_issued_by(anchor.x509)
            except MALFORMED:
                continue
            return anchor
    return None


def _crl_scope(extensions: Extensions) -> bytes:
    points = extensions.get(ExtensionOID.CRL_DISTRIBUTION_POINTS)
    if not isinstance(points, x509.CRLDistributionPoints):
        return b""
    # A point with reasons or an issuer of its own leads to a list that is silent about other revocations.
    plain = (point.full_name for point in points if point.reasons is None and point.crl_issuer is None)
    return next(filter(None, map(scope_of, plain)), b"")
