"""From an X.509 to the resident, or the reason why not; and the same question again at release (I6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import sqlite

from certserver.errors import StorageError
from certserver.identity import identify
from certserver.identity.crl import enter_crl, read_crl
from certserver.identity.identify import CardIdentity
from certserver.identity.model import IdentifiedCard, Identity
from certserver.identity.policy import JPKI
from certserver.identity.subjects import CardLink, SubjectKey, link_card, note_pin_reset, subject_maker
from certserver.identity.trust import add_anchor
from certserver.ports import JST, in_japan, unix
from certserver.registers.writing import write_resident
from certserver.stages import IdentifiedResident, Refused
from certserver.storage.identity import card_links
from hardware.card.model import Usage
from hardware.card.virtual.persona import Persona, PersonaKind
from koufu.evidence.words import RefusalReason
from tests.support.cards import NOW, CardAuthority
from tests.support.registers import MIHON, empty_database, enter_household, make_resident

KEY = SubjectKey(bytes(range(32)))
TERMINAL = "post-office-1"
IDENTITY: Identity = CardIdentity(KEY)


@pytest.fixture
def authority() -> CardAuthority:
    return CardAuthority(generations=2)


@pytest.fixture
def connection(tmp_path: Path, authority: CardAuthority) -> Iterator[Connection]:
    """A register with Kengo and Misaki, both issuers trusted, a fresh empty list of each."""
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", "kengo", "misaki")
        for generation in (1, 2):
            add_anchor(connection, MIHON, authority.ca_der(generation=generation), NOW)
            add_crl(connection, authority.crl(generation=generation), NOW)
        yield connection
    database.close()


def link(
    connection: Connection,
    persona: Persona,
    resident_id: str = "kengo",
    *,
    face_auth: bool = False,
    of_card: Persona | None = None,
) -> CardLink:
    yesterday, card = NOW - timedelta(days=1), None if of_card is None else of_card.user_auth_x509
    linked = link_card(
        *(connection, KEY, MIHON, persona.user_auth_x509, resident_id, yesterday), face_auth=face_auth, of_card=card
    )
    assert isinstance(linked, CardLink)
    return linked


def add_crl(connection: Connection, file: bytes, now: datetime) -> None:
    enter_crl(connection, MIHON, read_crl(connection, KEY, MIHON, file, now), now)


def who(connection: Connection, persona: Persona, now: datetime = NOW) -> IdentifiedCard | RefusalReason:
    found = IDENTITY.identify(connection, MIHON, TERMINAL, persona.user_auth_x509, now)
    return found.reason if isinstance(found, Refused) else found


def again(connection: Connection, link: CardLink, now: datetime = NOW) -> RefusalReason | None:
    """The question at release."""
    resident = IdentifiedResident(MIHON, TERMINAL, link.subject, link.resident_id)
    refused = IDENTITY.still_valid(connection, resident, now)
    return refused.reason if refused else None


def test_a_linked_card_is_its_resident(connection: Connection, authority: CardAuthority) -> None:
    for generation, resident_id in ((1, "kengo"), (2, "misaki")):
        card = authority.issue(generation=generation)
        linked = link(connection, card, resident_id)
        resident = IdentifiedResident(MIHON, TERMINAL, linked.subject, resident_id)
        assert who(connection, card) == IdentifiedCard(resident, face_auth=False)
        assert again(connection, linked) is None


def test_two_cards_of_one_resident(connection: Connection, authority: CardAuthority) -> None:
    plastic, phone = authority.issue(), authority.issue(PersonaKind.ANDROID)
    assert link(connection, plastic).subject != link(connection, phone).subject
    for card in (plastic, phone):
        found = who(connection, card)
        assert isinstance(found, IdentifiedCard)
        assert found.resident.resident_id == "kengo"


def test_whose_card_is_not_linked_lives_elsewhere(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    found = who(connection, card)
    assert isinstance(found, IdentifiedCard)
    assert found.resident.resident_id is None
    assert IDENTITY.still_elsewhere(connection, found.resident, card.user_auth_x509, NOW) is None
    link(connection, card)
    moved_here = IDENTITY.still_elsewhere(connection, found.resident, card.user_auth_x509, NOW)
    assert moved_here == Refused(RefusalReason.X509_UNKNOWN)
    elsewhere = IDENTITY.identify(connection, "992029", TERMINAL, card.user_auth_x509, NOW)
    assert elsewhere == Refused(RefusalReason.X509_UNTRUSTED), "another municipality trusts nobody yet"


def test_the_same_serial_of_another_generation_is_another_card(connection: Connection) -> None:
    """Generations share a name and may share serials: only the issuer's key tells their cards apart."""
    twins = [CardAuthority(generations=2, seed="twins") for _ in range(2)]
    first, second = twins[0].issue(generation=1), twins[1].issue(generation=2)
    assert first.user_auth is not None
    assert second.user_auth is not None
    assert first.user_auth.x509.serial_number == second.user_auth.x509.serial_number
    for generation in (1, 2):
        add_anchor(connection, MIHON, twins[0].ca_der(generation=generation), NOW)
        add_crl(connection, twins[0].crl(generation=generation), NOW)
    link(connection, first)
    assert isinstance(who(connection, first), IdentifiedCard)
    stranger = who(connection, second)
    assert isinstance(stranger, IdentifiedCard)
    assert stranger.resident.resident_id is None


def test_a_strangers_card_is_untrusted(connection: Connection, authority: CardAuthority) -> None:
    """A CA of the same names, of somebody else's making, on a card with a linked serial."""
    card = authority.issue()
    link(connection, card)
    assert card.user_auth is not None
    forged = _reissue(card.user_auth.x509, rsa.generate_private_key(65537, 2048))
    found = IDENTITY.identify(connection, MIHON, TERMINAL, forged, NOW)
    assert found == Refused(RefusalReason.X509_UNTRUSTED)
    assert link_card(connection, KEY, MIHON, forged, "misaki", NOW) == Refused(RefusalReason.X509_UNTRUSTED)


def test_expired(connection: Connection, authority: CardAuthority) -> None:
    expired, valid = authority.issue(PersonaKind.EXPIRED), authority.issue(days_valid=1)
    assert again(connection, link(connection, expired)) is RefusalReason.X509_EXPIRED
    assert who(connection, expired) is RefusalReason.X509_EXPIRED
    linked = link(connection, valid, "misaki")
    assert again(connection, linked, NOW + timedelta(days=1)) is None
    assert again(connection, linked, NOW + timedelta(days=1, seconds=1)) is RefusalReason.X509_EXPIRED


def test_i6_revoked_between_identification_and_release(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    linked = link(connection, card)
    assert isinstance(who(connection, card), IdentifiedCard)
    assert again(connection, linked) is None
    assert card.user_auth is not None
    authority.authority.issuer(Usage.USER_AUTH).revoke(card.user_auth.x509, NOW)
    later = NOW + timedelta(minutes=1)
    add_crl(connection, authority.crl(later), later)
    assert again(connection, linked, later) is RefusalReason.X509_REVOKED
    assert who(connection, card, later) is RefusalReason.X509_REVOKED


def test_i6_expired_or_known_as_face_card_at_release(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    linked = link(connection, card)
    link(connection, card, face_auth=True)
    assert again(connection, linked) is RefusalReason.FACE_AUTH_CARD


def test_i6_linked_to_somebody_else_at_release(connection: Connection, authority: CardAuthority) -> None:
    linked = link(connection, authority.issue())
    connection.execute(update(card_links).values(resident_id="misaki"))
    assert again(connection, linked) is RefusalReason.X509_UNKNOWN
    assert again(connection, replace(linked, subject=bytes(32))) is RefusalReason.X509_UNKNOWN


def test_a_revoked_card(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue(PersonaKind.REVOKED)
    later = NOW + timedelta(minutes=1)
    add_crl(connection, authority.crl(later), later)
    linked = link(connection, card)
    assert who(connection, card, later) is RefusalReason.X509_REVOKED
    ages = later + timedelta(days=30)
    assert again(connection, linked, ages) is RefusalReason.X509_REVOKED, "a stale list still names the revoked"


def test_a_list_of_another_generation_says_nothing(tmp_path: Path, authority: CardAuthority) -> None:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", "kengo")
        for generation in (1, 2):
            add_anchor(connection, MIHON, authority.ca_der(generation=generation), NOW)
        add_crl(connection, authority.crl(generation=2), NOW)
        old, new = authority.issue(generation=1), authority.issue(generation=2)
        link(connection, old)
        link(connection, new)
        assert who(connection, old) is RefusalReason.REVOCATION_STALE
        assert isinstance(who(connection, new), IdentifiedCard)
    database.close()


@pytest.mark.parametrize(
    ("age", "lifetime", "refused"),
    [
        (timedelta(hours=47), timedelta(hours=48), False),
        (timedelta(hours=48), timedelta(hours=72), False),
        (timedelta(hours=48, seconds=1), timedelta(hours=72), True),
        (timedelta(hours=12), timedelta(hours=12), False),
        (timedelta(hours=12, seconds=1), timedelta(hours=12), True),
        (timedelta(minutes=-5), timedelta(hours=48), False),
        (timedelta(minutes=-6), timedelta(hours=48), True),
    ],
)
def test_nobody_is_served_without_a_fresh_list(
    connection: Connection, authority: CardAuthority, age: timedelta, lifetime: timedelta, refused: bool
) -> None:
    card = authority.issue()
    linked = link(connection, card)
    issued = NOW + timedelta(hours=1)
    add_crl(connection, authority.crl(issued, lifetime=lifetime), issued)
    found = who(connection, card, issued + age)
    assert found is RefusalReason.REVOCATION_STALE if refused else isinstance(found, IdentifiedCard)
    assert again(connection, linked, issued + age) is (RefusalReason.REVOCATION_STALE if refused else None)


def test_how_fresh_is_configuration(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    link(connection, card)
    strict = CardIdentity(KEY, replace(JPKI, crl_max_age=timedelta(hours=1)))
    later = NOW + timedelta(hours=2)
    assert isinstance(IDENTITY.identify(connection, MIHON, TERMINAL, card.user_auth_x509, later), IdentifiedCard)
    found = strict.identify(connection, MIHON, TERMINAL, card.user_auth_x509, later)
    assert found == Refused(RefusalReason.REVOCATION_STALE)


def test_a_face_authentication_card_is_told_apart_by_its_link(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue(PersonaKind.FACE_AUTH)
    link(connection, card, face_auth=True)
    found = who(connection, card)
    assert isinstance(found, IdentifiedCard)
    assert found.face_auth
    link(connection, card, face_auth=False)
    found = who(connection, card)
    assert isinstance(found, IdentifiedCard)
    assert not found.face_auth, "switched back at the office"


def test_a_card_is_never_given_to_somebody_else(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    link(connection, card)
    with pytest.raises(StorageError, match="another resident"):
        link_card(connection, KEY, MIHON, card.user_auth_x509, "misaki", NOW)
    with pytest.raises(StorageError, match="no such resident"):
        link_card(connection, KEY, MIHON, authority.issue().user_auth_x509, "nobody", NOW)


def test_a_telephone_s_x509_ends_with_the_card_s(connection: Connection, authority: CardAuthority) -> None:
    card, phone = authority.issue(days_valid=10), authority.issue(PersonaKind.ANDROID)
    link(connection, card)
    linked = link(connection, phone, of_card=card)
    assert isinstance(who(connection, phone), IdentifiedCard)
    later = NOW + timedelta(days=11)
    add_crl(connection, authority.crl(later), later)
    assert who(connection, phone, later) is RefusalReason.X509_EXPIRED, "though its own lasts longer"
    assert again(connection, linked, later) is RefusalReason.X509_EXPIRED, "also between order and release"


def test_a_telephone_is_refused_once_the_card_is_revoked(connection: Connection, authority: CardAuthority) -> None:
    card, phone, other = authority.issue(), authority.issue(PersonaKind.ANDROID), authority.issue(PersonaKind.ANDROID)
    link(connection, card)
    linked = link(connection, phone, of_card=card)
    link(connection, other)
    assert card.user_auth is not None
    authority.authority.issuer(Usage.USER_AUTH).revoke(card.user_auth.x509, NOW)
    add_crl(connection, authority.crl(), NOW)
    assert who(connection, phone) is RefusalReason.X509_REVOKED
    assert again(connection, linked) is RefusalReason.X509_REVOKED
    assert isinstance(who(connection, other), IdentifiedCard)


def test_a_telephone_belongs_to_a_card_of_the_same_resident(connection: Connection, authority: CardAuthority) -> None:
    card, phone = authority.issue(), authority.issue(PersonaKind.ANDROID)
    with pytest.raises(StorageError, match="same resident"):
        link(connection, phone, of_card=card)
    link(connection, card, "misaki")
    with pytest.raises(StorageError, match="same resident"):
        link(connection, phone, of_card=card)


def test_the_answer_of_a_card(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    assert card.user_auth is not None
    answer = card.user_auth.key.sign(b"challenge", PKCS1v15(), SHA256())
    assert IDENTITY.answered(card.user_auth_x509, b"challenge", answer)
    assert not IDENTITY.answered(card.user_auth_x509, b"another challenge", answer)


def test_the_list_of_a_distribution_point_covers_its_own_x509s_alone(
    connection: Connection, authority: CardAuthority
) -> None:
    """Large issuers cut their lists up; the list of another point says nothing about a card."""
    of_12, of_13 = _with_point(authority, "12"), _with_point(authority, "13")
    ca = authority.authority.issuer(Usage.USER_AUTH).ca
    later = NOW + timedelta(days=10)
    for der, resident_id in ((of_12, "kengo"), (of_13, "misaki")):
        assert isinstance(link_card(connection, KEY, MIHON, der, resident_id, NOW), CardLink)
    serial = x509.load_der_x509_certificate(of_12).serial_number
    partition = _list_of_point(ca.key, ca.x509.subject, "12", serial, later)
    add_crl(connection, partition, later)
    reasons = {}
    for name, der in (("12", of_12), ("13", of_13)):
        found = IDENTITY.identify(connection, MIHON, TERMINAL, der, later)
        reasons[name] = found.reason if isinstance(found, Refused) else None
    assert reasons == {"12": RefusalReason.X509_REVOKED, "13": RefusalReason.REVOCATION_STALE}
    add_crl(connection, _list_of_point(ca.key, ca.x509.subject, "13", 1, later), later)
    assert isinstance(IDENTITY.identify(connection, MIHON, TERMINAL, of_13, later), IdentifiedCard)


def test_a_suspended_x509_is_on_hold_until_it_is_revoked_or_comes_back(
    connection: Connection, authority: CardAuthority
) -> None:
    card = authority.issue()
    linked = link(connection, card)
    assert card.user_auth is not None
    ca = authority.authority.issuer(Usage.USER_AUTH).ca
    seen = []
    for hours, reason in enumerate((x509.ReasonFlags.certificate_hold, x509.ReasonFlags.key_compromise, None), start=1):
        at = NOW + timedelta(hours=hours)
        list_ = x509.CertificateRevocationListBuilder().issuer_name(ca.x509.subject).last_update(at)
        list_ = list_.next_update(at + timedelta(hours=48))
        if reason is not None:
            entry = x509.RevokedCertificateBuilder().serial_number(card.user_auth.x509.serial_number)
            entry = entry.revocation_date(at).add_extension(x509.CRLReason(reason), critical=False)
            list_ = list_.add_revoked_certificate(entry.build())
        add_crl(connection, list_.sign(ca.key, SHA256()).public_bytes(Encoding.DER), at)
        seen.append(again(connection, linked, at))
    assert seen == [RefusalReason.X509_ON_HOLD, RefusalReason.X509_REVOKED, None]


def test_a_new_card_or_pin_can_be_used_from_midnight_in_japan(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    midnight = datetime.combine(in_japan(unix(NOW)).date() + timedelta(days=1), time(), JST)
    linked = link_card(connection, KEY, MIHON, card.user_auth_x509, "kengo", NOW)
    assert isinstance(linked, CardLink)
    assert who(connection, card) is RefusalReason.NEXT_DAY
    assert again(connection, linked, midnight - timedelta(seconds=1)) is RefusalReason.NEXT_DAY
    assert again(connection, linked, midnight) is None
    assert isinstance(link_card(connection, KEY, MIHON, card.user_auth_x509, "kengo", midnight), CardLink)
    assert again(connection, linked, midnight) is None, "only the first time counts"
    assert note_pin_reset(connection, KEY, MIHON, card.user_auth_x509, midnight) == linked.subject
    assert again(connection, linked, midnight) is RefusalReason.NEXT_DAY
    assert again(connection, linked, midnight + timedelta(days=1)) is None


def test_the_pin_of_a_card_that_is_not_linked_is_not_noted(connection: Connection, authority: CardAuthority) -> None:
    with pytest.raises(StorageError, match="not linked"):
        note_pin_reset(connection, KEY, MIHON, authority.issue().user_auth_x509, NOW)


def test_subjects_depend_on_secret_municipality_issuer_and_serial() -> None:
    secrets = (KEY, SubjectKey(bytes(32)))
    made = {
        subject_maker(key, municipality, issuer)(serial)
        for key in secrets
        for municipality in (MIHON, "992029")
        for issuer in (bytes(32), b"\1" * 32)
        for serial in (b"\1", b"\1\0", b"\0\1")
    }
    assert len(made) == 2 * 2 * 2 * 3
    assert {len(subject) for subject in made} == {32}
    assert subject_maker(KEY, MIHON, bytes(32))(b"\1") == subject_maker(KEY, MIHON, bytes(32))(b"\1")
    with pytest.raises(ValueError, match="32 bytes"):
        SubjectKey(b"short")
    assert "00" not in repr(KEY)


def test_no_serial_stands_in_a_link(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    link(connection, card)
    assert card.user_auth is not None
    serial = card.user_auth.x509.serial_number
    row = connection.execute(select(card_links)).one()
    stored = b"".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert serial.to_bytes((serial.bit_length() + 7) // 8, "big") not in stored
    assert str(serial).encode() not in stored


def test_identification_searches_every_table_by_its_whole_key(connection: Connection) -> None:
    """Without ANALYZE SQLite may walk through all entries of all lists; nobody here ran ANALYZE."""
    sql = str(identify._LINK_AND_LISTS.clause.compile(dialect=sqlite.dialect()))
    plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (b"", MIHON, bytes(32)))]
    keys = ("municipality=? AND subject=?", "issuer_key_id=? AND scope=?", "list_no=? AND subject=?")
    assert len(plan) == len(keys), plan
    for step, key in zip(plan, keys, strict=True):
        assert step.startswith("SEARCH"), plan
        assert key in step, plan


def _reissue(original: x509.Certificate, key: rsa.RSAPrivateKey, *more: x509.ExtensionType) -> bytes:
    """The same X.509, serial and all, signed by that key, with more extensions."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(original.subject)
        .issuer_name(original.issuer)
        .public_key(original.public_key())
        .serial_number(original.serial_number)
        .not_valid_before(original.not_valid_before_utc)
        .not_valid_after(original.not_valid_after_utc)
    )
    for extension in original.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    for value in more:
        builder = builder.add_extension(value, critical=False)
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def _directory(name: str) -> x509.DirectoryName:
    return x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))


def _with_point(authority: CardAuthority, name: str) -> bytes:
    """A card's X.509 that says which list would revoke it."""
    persona = authority.issue()
    assert persona.user_auth is not None
    point = x509.DistributionPoint([_directory(name)], None, None, None)
    ca_key = authority.authority.issuer(Usage.USER_AUTH).ca.key
    return _reissue(persona.user_auth.x509, ca_key, x509.CRLDistributionPoints([point]))


def _list_of_point(key: rsa.RSAPrivateKey, issuer: x509.Name, name: str, serial: int, at: datetime) -> bytes:
    point = x509.IssuingDistributionPoint(
        full_name=[_directory(name)],
        relative_name=None,
        only_contains_user_certs=False,
        only_contains_ca_certs=False,
        only_some_reasons=None,
        indirect_crl=False,
        only_contains_attribute_certs=False,
    )
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer)
        .last_update(at)
        .next_update(at + timedelta(hours=48))
        .add_extension(point, critical=True)
        .add_revoked_certificate(x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build())
    )
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def test_a_resident_who_changes_keeps_the_card(connection: Connection, authority: CardAuthority) -> None:
    card = authority.issue()
    link(connection, card)
    write_resident(connection, MIHON, replace(make_resident("kengo"), remarks="備考"))
    assert isinstance(who(connection, card), IdentifiedCard)
