"""Which X.509s pass: issuer by key, key, usages, policy, dates; garbage is refused, never a fault."""

import os
import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.identity.policy import JPKI
from certserver.identity.x509 import (
    MAX_X509,
    Anchor,
    TrustedX509,
    ValidX509,
    anchor_of,
    examine,
    scope_of,
    validate,
    verify_answer,
)
from certserver.stages import Refused
from hardware.card.model import Usage
from hardware.card.virtual.persona import PersonaKind
from hardware.card.virtual.x509s import KeyAndX509, Validity, make_ca, make_leaf
from koufu.evidence.words import RefusalReason
from tests.support.cards import NOW, CardAuthority, key_maker

UNTRUSTED = Refused(RefusalReason.X509_UNTRUSTED)
VALIDITY = Validity(NOW - timedelta(days=1), NOW + timedelta(days=300))
POLICY = x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier("1.2.392.200149.8.5.1.3.30"), None)])

Extension = tuple[x509.ExtensionType, bool]


def key_usage(**set_bits: bool) -> x509.KeyUsage:
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign"
        " encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: set_bits.get(name, False) for name in names.split()})


@cache
def two_generations() -> CardAuthority:
    return CardAuthority(generations=2)


@cache
def ca(generation: int = 1) -> KeyAndX509:
    return two_generations().authority.issuer(Usage.USER_AUTH, generation).ca


@cache
def card_key() -> rsa.RSAPrivateKey:
    return key_maker()()


def anchors(*generations: int) -> tuple[Anchor, ...]:
    return tuple(anchor_of(ca(generation).x509.public_bytes(Encoding.DER)) for generation in generations or (1, 2))


def leaf(
    extensions: Iterable[Extension],
    issuer: KeyAndX509 | None = None,
    key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey | None = None,
    serial: int = 77,
    issuer_name: x509.Name | None = None,
    signed_by: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = None,
    algorithm: SHA256 | SHA384 | None = None,
    rsa_padding: padding.PSS | None = None,
) -> bytes:
    """An X.509 of exactly these extensions."""
    issuer = issuer or ca()
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "0123456789")]))
        .issuer_name(issuer_name or issuer.x509.subject)
        .public_key(key or card_key().public_key())
        .serial_number(serial)
        .not_valid_before(VALIDITY.not_before)
        .not_valid_after(VALIDITY.not_after)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    made = builder.sign(signed_by or issuer.key, algorithm or SHA256(), rsa_padding=rsa_padding)
    return made.public_bytes(Encoding.DER)


GOOD: tuple[Extension, ...] = ((key_usage(digital_signature=True), True), (POLICY, False))


def examined(der: bytes, *generations: int) -> TrustedX509 | Refused:
    return examine(der, anchors(*generations), JPKI)


def test_a_cards_x509_passes() -> None:
    authority = two_generations()
    for generation in (1, 2):
        persona = authority.issue(generation=generation)
        trusted = examined(persona.user_auth_x509)
        assert isinstance(trusted, TrustedX509)
        assert trusted.issuer_key_id == anchors(generation)[0].key_id
        assert isinstance(validate(trusted, authority.now), ValidX509)
        assert trusted.crl_scope == b""


def test_a_plain_one_of_our_own_making_passes() -> None:
    assert isinstance(examined(leaf(GOOD)), TrustedX509)


def test_the_issuer_is_found_by_key_among_generations_of_one_name() -> None:
    assert ca(1).x509.subject == ca(2).x509.subject
    for generation, other in ((1, 2), (2, 1)):
        for stated in (
            (),
            ((x509.AuthorityKeyIdentifier.from_issuer_public_key(ca(generation).key.public_key()), False),),
        ):
            der = leaf((*GOOD, *stated), ca(generation))
            trusted = examined(der)
            assert isinstance(trusted, TrustedX509)
            assert trusted.issuer_key_id == anchors(generation)[0].key_id
            assert examined(der, other) == UNTRUSTED, "the other generation's name is the same, its key is not"


@cache
def impostor() -> KeyAndX509:
    """A CA of the trusted one's name with a key of its own."""
    key = rsa.generate_private_key(65537, 2048)
    return make_ca(Usage.USER_AUTH, key, 1, Validity(NOW - timedelta(days=9), NOW + timedelta(days=900)))


@pytest.mark.parametrize("stated", ["its own key", "the trusted key", "nothing"])
def test_an_impostor_of_the_same_name_is_refused_whatever_it_states(stated: str) -> None:
    of = {"its own key": impostor(), "the trusted key": ca(), "nothing": None}[stated]
    identifier = of and x509.AuthorityKeyIdentifier.from_issuer_public_key(of.key.public_key())
    extensions = (*GOOD, (identifier, False)) if identifier else GOOD
    assert examined(leaf(extensions, impostor())) == UNTRUSTED
    assert isinstance(examine(leaf(extensions, ca()), anchors(), JPKI), TrustedX509) == (stated != "its own key")


def test_a_key_identifier_of_the_other_generation_is_refused() -> None:
    swapped = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca(2).key.public_key())
    assert examined(leaf((*GOOD, (swapped, False)), ca(1))) == UNTRUSTED


def test_the_right_key_under_another_issuer_name_is_refused() -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody")])
    assert examined(leaf(GOOD, issuer_name=name)) == UNTRUSTED


def test_a_holder_can_not_issue_to_another() -> None:
    holder = two_generations().issue()
    assert holder.user_auth is not None
    assert examined(leaf(GOOD, holder.user_auth)) == UNTRUSTED


def test_the_signing_x509_of_a_card_is_refused() -> None:
    persona = two_generations().issue()
    signing_ca = two_generations().authority.issuer(Usage.SIGNING).ca
    assert examined(persona.signing_x509) == UNTRUSTED
    trusting_both = (*anchors(), anchor_of(signing_ca.x509.public_bytes(Encoding.DER)))
    assert examine(persona.signing_x509, trusting_both, JPKI) == UNTRUSTED, "its policy is another"
    by_user_auth_ca = make_leaf(Usage.SIGNING, ca(), card_key().public_key(), 5, "0", VALIDITY)
    assert examined(by_user_auth_ca.public_bytes(Encoding.DER)) == UNTRUSTED


def test_an_issuers_own_x509_is_refused() -> None:
    assert examined(ca().x509.public_bytes(Encoding.DER)) == UNTRUSTED
    assert examined(leaf((*GOOD, (x509.BasicConstraints(ca=True, path_length=0), True)))) == UNTRUSTED
    assert isinstance(examined(leaf((*GOOD, (x509.BasicConstraints(ca=False, path_length=None), True)))), TrustedX509)


def test_an_unknown_policy_or_none_is_refused() -> None:
    unknown = x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier("1.2.3.4"), None)])
    any_policy = x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier("2.5.29.32.0"), None)])
    for policies in ((), ((unknown, False),), ((unknown, True),), ((any_policy, False),)):
        assert examined(leaf((GOOD[0], *policies))) == UNTRUSTED


@pytest.mark.parametrize(
    "usage",
    [
        key_usage(content_commitment=True),
        key_usage(key_encipherment=True),
        key_usage(digital_signature=True, key_cert_sign=True),
        key_usage(digital_signature=True, crl_sign=True),
    ],
)
def test_a_key_for_something_else_is_refused(usage: x509.KeyUsage) -> None:
    assert examined(leaf(((usage, True), GOOD[1]))) == UNTRUSTED


def test_whether_a_key_usage_must_be_stated_is_configuration() -> None:
    silent = leaf((GOOD[1],))
    assert examined(silent) == UNTRUSTED
    assert isinstance(examine(silent, anchors(), replace(JPKI, key_usage_required=False)), TrustedX509)


def test_an_extended_key_usage_if_any_is_client_authentication() -> None:
    client = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    assert isinstance(examined(leaf((*GOOD, (client, True)))), TrustedX509)
    assert examined(leaf((*GOOD, (server, False)))) == UNTRUSTED


def test_a_critical_extension_that_is_not_understood_is_refused() -> None:
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
    constraints = x509.NameConstraints(permitted_subtrees=[x509.DNSName("example")], excluded_subtrees=None)
    assert isinstance(examined(leaf((*GOOD, (unknown, False)))), TrustedX509)
    assert examined(leaf((*GOOD, (unknown, True)))) == UNTRUSTED
    assert examined(leaf((*GOOD, (constraints, True)))) == UNTRUSTED


def test_keys_and_signatures_of_other_kinds_are_refused() -> None:
    other_length = rsa.generate_private_key(65537, 1024)
    curve = ec.generate_private_key(ec.SECP384R1())
    assert examined(leaf(GOOD, key=other_length.public_key())) == UNTRUSTED
    assert examined(leaf(GOOD, key=curve.public_key())) == UNTRUSTED
    assert examined(leaf(GOOD, algorithm=SHA384())) == UNTRUSTED
    pss = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
    assert examined(leaf(GOOD, rsa_padding=pss)) == UNTRUSTED
    assert examined(leaf(GOOD, signed_by=curve)) == UNTRUSTED
    wider = replace(JPKI, key_bits=frozenset({2048, 1024}), issuer_signatures=JPKI.issuer_signatures)
    assert isinstance(examine(leaf(GOOD, key=other_length.public_key()), anchors(), wider), TrustedX509), (
        "a table's row"
    )


@pytest.mark.parametrize(("octet", "trusted"), [(1, True), (0x7F, True), (0, False), (0x80, False), (0xFF, False)])
def test_a_serial_that_is_not_positive_is_refused_without_a_warning(octet: int, trusted: bool) -> None:
    """RFC 5280, 4.1.2.2. The library only warns of it, for now."""
    der = leaf(GOOD, serial=77)
    made = x509.load_der_x509_certificate(der)
    tbs = made.tbs_certificate_bytes
    other = tbs.replace(b"\x02\x01\x4d", bytes((2, 1, octet)), 1)
    signature = ca().key.sign(other, padding.PKCS1v15(), SHA256())
    forged = der.replace(tbs, other).replace(made.signature, signature)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = examined(forged)
    assert isinstance(found, TrustedX509) is trusted
    assert not told


def test_no_anchor_means_no_trust() -> None:
    assert examine(leaf(GOOD), (), JPKI) == UNTRUSTED


def test_its_own_dates_decide() -> None:
    trusted = examined(leaf(GOOD))
    assert isinstance(trusted, TrustedX509)
    assert trusted.not_after == VALIDITY.not_after
    second = timedelta(seconds=1)
    assert isinstance(validate(trusted, VALIDITY.not_before), ValidX509)
    assert isinstance(validate(trusted, VALIDITY.not_after), ValidX509)
    assert validate(trusted, VALIDITY.not_after + second) == Refused(RefusalReason.X509_EXPIRED)
    assert validate(trusted, VALIDITY.not_before - second) == UNTRUSTED


def test_nothing_outlives_its_issuer() -> None:
    short = make_ca(Usage.USER_AUTH, ca(1).key, 9, Validity(NOW - timedelta(days=9), NOW + timedelta(days=10)))
    trusted = examine(leaf(GOOD), (anchor_of(short.x509.public_bytes(Encoding.DER)),), JPKI)
    assert isinstance(trusted, TrustedX509)
    assert trusted.not_after == NOW + timedelta(days=10)
    assert validate(trusted, NOW + timedelta(days=11)) == Refused(RefusalReason.X509_EXPIRED)


def test_expired_card_is_told_as_expired() -> None:
    trusted = examined(two_generations().issue(PersonaKind.EXPIRED).user_auth_x509)
    assert isinstance(trusted, TrustedX509)
    assert validate(trusted, NOW) == Refused(RefusalReason.X509_EXPIRED)


def test_an_answer_verifies_over_exactly_its_message() -> None:
    persona = two_generations().issue()
    assert persona.user_auth is not None
    der, answer = persona.user_auth_x509, persona.user_auth.key.sign(b"message", padding.PKCS1v15(), SHA256())
    assert verify_answer(der, b"message", answer)
    assert not verify_answer(der, b"message.", answer)
    assert not verify_answer(der, b"message", answer[:-1])
    assert not verify_answer(der, b"message", b"\0" + answer)
    assert not verify_answer(der, b"message", bytes(256))
    assert not verify_answer(der, b"message", b"")
    assert not verify_answer(der[:-1], b"message", answer)
    assert not verify_answer(two_generations().issue().user_auth_x509, b"message", answer), "another card's"
    for other in (padding.PSS(padding.MGF1(SHA256()), 32), padding.PKCS1v15()):
        algorithm = SHA256() if isinstance(other, padding.PSS) else SHA384()
        assert not verify_answer(der, b"message", persona.user_auth.key.sign(b"message", other, algorithm))


@given(message=st.binary(max_size=300), flipped=st.integers(0, 256 * 8 - 1))
@settings(max_examples=50, deadline=None)
def test_a_single_wrong_bit_of_an_answer_shows(message: bytes, flipped: int) -> None:
    der = leaf(GOOD)
    answer = card_key().sign(message, padding.PKCS1v15(), SHA256())
    assert verify_answer(der, message, answer)
    wrong = (int.from_bytes(answer, "big") ^ 1 << flipped).to_bytes(256, "big")
    assert not verify_answer(der, message, wrong)


@given(st.binary(max_size=600))
@settings(deadline=None)
def test_garbage_is_refused(garbage: bytes) -> None:
    assert examined(garbage) == UNTRUSTED
    assert not verify_answer(garbage, b"message", bytes(256))


_MUTATIONS: tuple[Callable[[bytes, int, int], bytes], ...] = (
    lambda der, at, value: der[:at] + bytes([value]) + der[at + 1 :],
    lambda der, at, value: der[:at] + bytes([value]) + der[at:],
    lambda der, at, value: der[:at] + der[at + 1 + value % 7 :],
    lambda der, at, value: der[:at],
    lambda der, at, value: der + bytes([value]) * (1 + at % 9),
    lambda der, at, value: der[:at] + der[at : at + 8] * 2 + der[at + 8 :],
)


@given(at=st.integers(0, 1200), value=st.integers(0, 255), mutation=st.sampled_from(_MUTATIONS))
@settings(max_examples=300, deadline=None)
def test_any_change_to_a_good_one_is_refused(at: int, value: int, mutation: Callable[[bytes, int, int], bytes]) -> None:
    good = _full_leaf()
    changed = mutation(good, at % len(good), value)
    if changed != good:
        assert examined(changed) == UNTRUSTED
        verify_answer(changed, b"message", bytes(256))


@given(at=st.integers(0, 1200), value=st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_nonsense_that_an_issuer_signed_is_no_fault(at: int, value: int) -> None:
    """Whatever stands in the signed part, reading it raises nothing: it is trusted or refused."""
    good = x509.load_der_x509_certificate(_full_leaf())
    tbs = bytearray(good.tbs_certificate_bytes)
    tbs[at % len(tbs)] = value
    signature = ca().key.sign(bytes(tbs), padding.PKCS1v15(), SHA256())
    tail = bytes.fromhex("300d06092a864886f70d01010b0500") + b"\x03\x82\x01\x01\x00" + signature
    body = bytes(tbs) + tail
    der = b"\x30\x82" + len(body).to_bytes(2, "big") + body
    result = examined(der)
    assert isinstance(result, TrustedX509) or result == UNTRUSTED


@cache
def _full_leaf() -> bytes:
    point = x509.DistributionPoint([x509.DirectoryName(_partition("12"))], None, None, None)
    return leaf(
        (
            *GOOD,
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False),
            (x509.AuthorityKeyIdentifier.from_issuer_public_key(ca().key.public_key()), False),
            (x509.SubjectKeyIdentifier.from_public_key(card_key().public_key()), False),
            (x509.CRLDistributionPoints([point]), False),
            (x509.BasicConstraints(ca=False, path_length=None), True),
        )
    )


def _partition(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def test_the_list_that_would_revoke_it_is_known_by_its_distribution_point() -> None:
    trusted = examined(_full_leaf())
    assert isinstance(trusted, TrustedX509)
    assert trusted.crl_scope == scope_of([x509.DirectoryName(_partition("12"))])
    assert len(trusted.crl_scope) == 32
    assert scope_of([x509.DirectoryName(_partition("13"))]) != trusted.crl_scope
    assert scope_of([x509.DNSName("example")]) == scope_of(None) == b""
    reasons = frozenset({x509.ReasonFlags.key_compromise})
    partial = x509.DistributionPoint([x509.DirectoryName(_partition("12"))], None, reasons, None)
    of_partial = examined(leaf((*GOOD, (x509.CRLDistributionPoints([partial]), False))))
    assert isinstance(of_partial, TrustedX509)
    assert of_partial.crl_scope == b"", "a list of some reasons says nothing of the others"


def test_too_long_is_refused_unread() -> None:
    padded = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x04\x82\x0f\xa0" + bytes(4000))
    der = leaf((*GOOD, (padded, False)))
    assert len(der) > MAX_X509
    assert examined(der) == UNTRUSTED
    assert examined(os.urandom(1) * 10_000_000) == UNTRUSTED


def test_i11_no_serial_in_a_repr() -> None:
    trusted = examined(leaf(GOOD, serial=0x5EC12E7))
    assert isinstance(trusted, TrustedX509)
    valid = validate(trusted, datetime(2026, 4, 1, tzinfo=UTC))
    shown = repr([trusted, valid, anchors()])
    assert trusted.serial.hex() not in shown
    assert str(0x5EC12E7) not in shown
