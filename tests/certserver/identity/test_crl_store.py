"""CRLs: who may bring one, which ones are no use, what is looked up, and how fresh it has to be."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from certserver.errors import ConfigurationError
from certserver.identity.crl import CheckedCrl, enter_crl, read_crl
from certserver.identity.subjects import SubjectKey, subject_maker
from certserver.identity.trust import add_anchor, read_anchors
from certserver.identity.x509 import serial_bytes
from certserver.storage.identity import crls, revoked_subjects
from hardware.card.model import Usage
from hardware.card.virtual.x509s import KeyAndX509, Revoked, Validity, make_ca, make_crl
from tests.support.cards import NOW, CardAuthority
from tests.support.registers import MIHON, empty_database

KEY = SubjectKey(bytes(range(32)))
LIFETIME = timedelta(hours=48)
AUTHORITY = CardAuthority(generations=2)


def ca(generation: int = 1) -> KeyAndX509:
    return AUTHORITY.authority.issuer(Usage.USER_AUTH, generation).ca


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        for generation in (1, 2):
            add_anchor(connection, MIHON, AUTHORITY.ca_der(generation=generation), NOW)
        yield connection
    database.close()


def crl(*serials: int, issuer: KeyAndX509 | None = None, at: datetime = NOW, lifetime: timedelta = LIFETIME) -> bytes:
    revoked = tuple(Revoked(serial, at) for serial in serials)
    return make_crl(issuer or ca(), revoked, 1, at, lifetime).public_bytes(Encoding.DER)


def crl_with(extension: x509.ExtensionType, *, critical: bool = True) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ca().x509.subject)
        .last_update(NOW)
        .next_update(NOW + LIFETIME)
        .add_extension(extension, critical)
    )
    return builder.sign(ca().key, SHA256()).public_bytes(Encoding.DER)


def point(**what: object) -> x509.IssuingDistributionPoint:
    nothing = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return x509.IssuingDistributionPoint(**(nothing | what))  # type: ignore[arg-type]


def add(connection: Connection, file: bytes, now: datetime = NOW, municipality: str = MIHON) -> CheckedCrl:
    checked = read_crl(connection, KEY, municipality, file, now)
    enter_crl(connection, municipality, checked, now)
    return checked


def revoked(connection: Connection, generation: int = 1, municipality: str = MIHON) -> set[bytes]:
    """The subjects that all lists of an issuer name."""
    key_id = next(a.key_id for a in read_anchors(connection, municipality) if a.x509 == ca(generation).x509)
    lists = select(crls.c.list_no).where(crls.c.municipality == municipality, crls.c.issuer_key_id == key_id)
    entries = select(revoked_subjects.c.subject).where(
        revoked_subjects.c.municipality == municipality, revoked_subjects.c.list_no.in_(lists)
    )
    return set(connection.scalars(entries))


def subjects(connection: Connection, *serials: int, generation: int = 1) -> set[bytes]:
    key_id = next(a.key_id for a in read_anchors(connection, MIHON) if a.x509 == ca(generation).x509)
    return {subject_maker(KEY, MIHON, key_id)(serial_bytes(serial)) for serial in serials}


def test_a_list_is_taken_apart_into_rows(connection: Connection) -> None:
    added = add(connection, crl(1, 2, 2**158))
    assert (len(added.subjects), added.this_update, added.next_update) == (3, NOW, NOW + LIFETIME)
    assert revoked(connection) == subjects(connection, 1, 2, 2**158)


def test_an_empty_list_is_a_list(connection: Connection) -> None:
    assert not add(connection, crl()).subjects
    assert connection.scalar(select(func.count()).select_from(crls)) == 1


def test_pem_is_as_good_as_der(connection: Connection) -> None:
    pem = x509.load_der_x509_crl(crl(7)).public_bytes(Encoding.PEM)
    assert len(add(connection, b"\n" + pem).subjects) == 1


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.integers(1, 40), max_size=20), min_size=1, max_size=5))
def test_the_newest_list_is_what_counts(connection: Connection, lists: list[set[int]]) -> None:
    with connection.begin_nested() as undo:
        for day, serials in enumerate(lists):
            at = NOW + timedelta(days=day)
            add(connection, crl(*serials, at=at), at)
            assert revoked(connection) == subjects(connection, *serials)
        undo.rollback()


def test_two_generations_of_one_name_keep_their_own_lists(connection: Connection) -> None:
    add(connection, crl(1, 2))
    add(connection, crl(2, 3, issuer=ca(2)))
    assert revoked(connection, 1) == subjects(connection, 1, 2)
    assert revoked(connection, 2) == subjects(connection, 2, 3, generation=2)
    assert not revoked(connection, 1) & revoked(connection, 2), "one serial, two issuers: two X.509s"


def test_municipalities_keep_their_own_lists(connection: Connection) -> None:
    add_anchor(connection, "992029", AUTHORITY.ca_der(generation=1), NOW)
    add(connection, crl(1, 2))
    add(connection, crl(3), municipality="992029")
    assert revoked(connection) == subjects(connection, 1, 2)
    assert not revoked(connection, municipality="992029") & revoked(connection)


def test_nobody_else_can_bring_a_list(connection: Connection) -> None:
    validity = Validity(NOW - timedelta(days=1), NOW + timedelta(days=1))
    impostor = make_ca(Usage.USER_AUTH, rsa.generate_private_key(65537, 2048), 1, validity)
    signing_ca = AUTHORITY.authority.issuer(Usage.SIGNING).ca
    true_name_wrong_key = KeyAndX509(impostor.key, ca().x509)
    for issuer in (impostor, signing_ca, true_name_wrong_key):
        with pytest.raises(ConfigurationError, match="no trusted issuer"):
            add(connection, crl(issuer=issuer))
    good = bytearray(crl(1))
    good[-1] ^= 1
    with pytest.raises(ConfigurationError, match="no trusted issuer"):
        add(connection, bytes(good))
    with pytest.raises(ConfigurationError, match="no trusted issuer"):
        add(connection, _signed_otherwise())
    assert connection.scalar(select(func.count()).select_from(crls)) == 0


def _signed_otherwise() -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(ca().x509.subject)
    made = builder.last_update(NOW).next_update(NOW + LIFETIME).sign(ca().key, SHA384())
    return made.public_bytes(Encoding.DER)


def test_an_older_list_never_replaces_a_newer_one(connection: Connection) -> None:
    add(connection, crl(1, 2))
    with pytest.raises(ConfigurationError, match="older"):
        add(connection, crl(1, at=NOW - timedelta(seconds=1)))
    assert revoked(connection) == subjects(connection, 1, 2)
    add(connection, crl(1, 2, at=NOW)), "the same one again is no harm"


def test_a_list_out_of_time_is_no_use(connection: Connection) -> None:
    with pytest.raises(ConfigurationError, match="stale"):
        add(connection, crl(), NOW + LIFETIME + timedelta(seconds=1))
    with pytest.raises(ConfigurationError, match="future"):
        add(connection, crl(), NOW - timedelta(minutes=6))
    add(connection, crl(), NOW - timedelta(minutes=4))


@pytest.mark.parametrize(
    ("extension", "critical"),
    [
        (x509.DeltaCRLIndicator(1), True),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True),
        (point(only_contains_ca_certs=True), True),
        (point(only_contains_attribute_certs=True), True),
        (point(indirect_crl=True), True),
        (point(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})), True),
        (point(full_name=[x509.DNSName("example")]), True),
    ],
)
def test_a_list_that_does_not_tell_everything_is_no_use(
    connection: Connection, extension: x509.ExtensionType, critical: bool
) -> None:
    with pytest.raises(ConfigurationError, match="CRL"):
        add(connection, crl_with(extension, critical=critical))


def test_lists_of_distribution_points_stand_beside_each_other(connection: Connection) -> None:
    for name in ("12", "13"):
        directory = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        add(connection, crl_with(point(full_name=[directory])))
    add(connection, crl_with(point(only_contains_user_certs=True)))
    scopes = connection.scalars(select(crls.c.scope)).all()
    assert sorted(map(len, scopes)) == [0, 32, 32]
    assert len(set(scopes)) == 3


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=100).map(lambda tail: b"-----BEGIN X509 CRL-----" + tail)))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_is_said_to_be_no_list(connection: Connection, garbage: bytes) -> None:
    with pytest.raises(ConfigurationError):
        add(connection, garbage)


@given(at=st.integers(0, 2000), value=st.integers(0, 255))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_to_a_list_is_found(connection: Connection, at: int, value: int) -> None:
    good = _GOOD
    changed = good[: at % len(good)] + bytes([value]) + good[at % len(good) + 1 :]
    if changed != good:
        with pytest.raises(ConfigurationError):
            add(connection, changed)


_GOOD = crl(1, 2, 3)


def test_no_serial_lies_in_the_database(tmp_path: Path) -> None:
    serial = int.from_bytes(b"SERIAL-IN-CLEAR!", "big")
    database = empty_database(tmp_path)
    with database.writing() as connection:
        add_anchor(connection, MIHON, AUTHORITY.ca_der(generation=1), NOW)
        add(connection, crl(serial))
    database.close()
    with sqlite3.connect(tmp_path / "registers.sqlite3") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    assert b"SERIAL-IN-CLEAR!" not in (tmp_path / "registers.sqlite3").read_bytes()


def test_only_an_issuer_can_be_trusted(connection: Connection) -> None:
    persona = AUTHORITY.issue()
    broken = bytearray(AUTHORITY.ca_der(generation=1))
    broken[-1] ^= 1
    for file in (persona.user_auth_x509, bytes(broken), b"", b"-----BEGIN", os.urandom(100), bytes(100_000)):
        with pytest.raises(ConfigurationError):
            add_anchor(connection, MIHON, file, NOW)
    assert len(read_anchors(connection, MIHON)) == 2


@pytest.mark.parametrize(
    ("is_ca", "may_sign", "bits", "trusted"),
    [(True, True, 2048, True), (False, True, 2048, False), (True, False, 2048, False), (True, True, 1024, False)],
)
def test_an_issuer_says_that_it_is_one(
    connection: Connection, is_ca: bool, may_sign: bool, bits: int, trusted: bool
) -> None:
    key = rsa.generate_private_key(65537, bits)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "issuer")])
    usage = dict.fromkeys(
        ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"],
        not may_sign,
    )
    signing = {"key_cert_sign": may_sign, "crl_sign": may_sign, "encipher_only": False, "decipher_only": False}
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, NOW - LIFETIME, NOW + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **signing), critical=True)
        .sign(key, SHA256())
        .public_bytes(Encoding.DER)
    )
    if trusted:
        add_anchor(connection, MIHON, made, NOW)
    else:
        with pytest.raises(ConfigurationError, match="issuer's"):
            add_anchor(connection, MIHON, made, NOW)
    assert len(read_anchors(connection, MIHON)) == 2 + trusted


def test_an_issuer_added_again_is_one_issuer(connection: Connection) -> None:
    again = add_anchor(connection, MIHON, AUTHORITY.ca_pem(generation=1), NOW)
    assert len(read_anchors(connection, MIHON)) == 2
    assert "O=JPKI-TEST" in again.name
    assert again.fingerprint == ca().x509.fingerprint(SHA256())
    assert read_anchors(connection, "992029") == ()
