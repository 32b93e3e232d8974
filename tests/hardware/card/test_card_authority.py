"""The test CA hierarchy and the folder it is kept in."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hardware.card.model import Usage
from hardware.card.virtual.authority import Authority
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.folder import CardFolder, FolderError
from hardware.card.virtual.persona import PersonaKind
from tests.support.cards import NOW, CardAuthority, key_maker, seeded

USER_AUTH_POLICY = "1.2.392.200149.8.5.1.3.30"


def test_a_user_authentication_x509_has_the_profile_of_a_real_one_and_names_nobody() -> None:
    leaf = x509.load_der_x509_certificate(CardAuthority().issue().user_auth_x509)
    assert [(name.oid, name.value) for name in leaf.issuer][:2] == [
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, "JPKI-TEST"),
    ]
    assert [name.oid for name in leaf.subject] == [NameOID.COUNTRY_NAME, NameOID.COMMON_NAME]
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert not usage.content_commitment
    policies = leaf.extensions.get_extension_for_class(x509.CertificatePolicies).value
    assert [policy.policy_identifier.dotted_string for policy in policies] == [USER_AUTH_POLICY]
    assert list(leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
        ExtendedKeyUsageOID.CLIENT_AUTH
    ]
    with pytest.raises(x509.ExtensionNotFound):
        leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert leaf.signature_hash_algorithm is not None
    assert leaf.signature_hash_algorithm.name == "sha256"


def test_a_ca_may_issue_and_list_and_nothing_below_it_may() -> None:
    ca = x509.load_der_x509_certificate(CardAuthority().ca_der())
    usage = ca.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.key_cert_sign
    assert usage.value.crl_sign
    basic = ca.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)


def test_generations_share_one_name_and_only_keys_tell_them_apart() -> None:
    authority = CardAuthority(generations=3)
    cas = [x509.load_der_x509_certificate(authority.ca_der(generation=number)) for number in (1, 2, 3)]
    assert cas[0].subject == cas[1].subject == cas[2].subject
    first = x509.load_der_x509_certificate(authority.issue(generation=1).user_auth_x509)
    newest = x509.load_der_x509_certificate(authority.issue().user_auth_x509)
    first.verify_directly_issued_by(cas[0])
    newest.verify_directly_issued_by(cas[2])
    with pytest.raises(InvalidSignature):
        first.verify_directly_issued_by(cas[2])
    with pytest.raises(LookupError, match="generation 4"):
        authority.issue(generation=4)


@pytest.mark.parametrize(
    ("kind", "days_valid", "valid"),
    [
        (PersonaKind.NORMAL, 1825, True),
        (PersonaKind.NORMAL, 1, True),
        (PersonaKind.EXPIRED, 1825, False),
        (PersonaKind.REVOKED, 1825, True),
    ],
)
def test_validity(kind: PersonaKind, days_valid: int, valid: bool) -> None:
    leaf = x509.load_der_x509_certificate(CardAuthority().issue(kind, days_valid=days_valid).user_auth_x509)
    assert leaf.not_valid_before_utc < NOW
    assert (leaf.not_valid_after_utc > NOW) is valid
    if valid:
        assert leaf.not_valid_after_utc == NOW + timedelta(days=days_valid)


def test_the_list_of_revoked_x509s_names_the_revoked_and_nobody_else() -> None:
    authority = CardAuthority()
    good, revoked = authority.issue(), authority.issue(PersonaKind.REVOKED)
    later = NOW + timedelta(days=3)
    crl = x509.load_der_x509_crl(authority.crl(later, lifetime=timedelta(hours=1)))
    ca = x509.load_der_x509_certificate(authority.ca_der())
    public_key = ca.public_key()
    assert isinstance(public_key, RSAPublicKey)
    assert crl.is_signature_valid(public_key)
    assert (crl.last_update_utc, crl.next_update_utc) == (later, later + timedelta(hours=1))
    serials = [x509.load_der_x509_certificate(persona.user_auth_x509).serial_number for persona in (good, revoked)]
    assert [crl.get_revoked_certificate_by_serial_number(serial) is not None for serial in serials] == [False, True]
    signing = x509.load_der_x509_crl(authority.crl(usage=Usage.SIGNING))
    assert len(signing) == 0


def test_serials_are_random_and_above_zero() -> None:
    serials = {
        x509.load_der_x509_certificate(CardAuthority(seed=f"{number}").issue().user_auth_x509).serial_number
        for number in range(20)
    }
    assert len(serials) == 20
    assert min(serials) > 0


def test_cards_kept_in_a_folder_are_the_same_when_read_back(tmp_path: Path) -> None:
    folder = CardFolder(tmp_path / "cards")
    authority = CardAuthority(generations=2)
    revoked = authority.issue(PersonaKind.REVOKED)
    for kind in PersonaKind:
        folder.keep_card(kind.value, authority.issue(kind))
    folder.keep_card("revoked-too", revoked)
    folder.keep_authority(authority.authority)
    assert folder.names() == tuple(sorted([*(kind.value for kind in PersonaKind), "revoked-too"]))
    for kind in PersonaKind:
        again = folder.card(kind.value)
        assert again.kind is kind
        assert (again.user_auth is None) == (kind is PersonaKind.FOREIGN)
        assert (again.signing is None) == (kind in (PersonaKind.FOREIGN, PersonaKind.FACE_AUTH, PersonaKind.CHILD))
        VirtualCard(again, seeded()).reset()
    assert folder.card("revoked-too").user_auth_x509 == revoked.user_auth_x509
    assert folder.x509_file("normal").read_bytes().startswith(b"-----BEGIN CERTIFICATE")
    kept = folder.authority(seeded())
    issuer, before = kept.issuer(Usage.USER_AUTH), authority.authority.issuer(Usage.USER_AUTH)
    assert (issuer.generation, issuer.revoked) == (2, before.revoked)
    assert issuer.ca.x509 == before.ca.x509
    paths = folder.write_crls(kept, NOW, timedelta(hours=2))
    assert [path.name for path in paths] == ["user-auth-1.crl", "user-auth-2.crl", "signing-1.crl", "signing-2.crl"]
    assert len(x509.load_der_x509_crl(paths[1].read_bytes())) == 2


def test_private_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = CardFolder(tmp_path)
    authority = CardAuthority()
    folder.keep_authority(authority.authority)
    folder.keep_card("a", authority.issue())
    keys = list(tmp_path.rglob("*.key"))
    assert len(keys) == 4
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o600}
    assert not list(tmp_path.rglob("*.half"))


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a" * 65, "名前"])
def test_a_card_has_a_plain_name(tmp_path: Path, name: str) -> None:
    folder = CardFolder(tmp_path)
    with pytest.raises(FolderError, match="is called by"):
        folder.keep_card(name, CardAuthority().issue())
    with pytest.raises(FolderError, match="no card called"):
        folder.card(name)


def test_a_name_is_used_once(tmp_path: Path) -> None:
    folder = CardFolder(tmp_path)
    folder.keep_card("a", CardAuthority().issue())
    with pytest.raises(FolderError, match="already"):
        folder.keep_card("a", CardAuthority().issue())


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"format": 2}', '{"format": 1}', '{"format": 1, "kind": "x", "pin": 1, "signing_pin": 2}'],
)
def test_a_damaged_card_is_said_to_be_damaged(tmp_path: Path, content: str) -> None:
    folder = CardFolder(tmp_path)
    (folder.keep_card("a", CardAuthority().issue()) / "card.json").write_text(content)
    with pytest.raises(FolderError):
        folder.card("a")


@pytest.mark.parametrize("content", ['{"format": 1}', '{"format": 1, "generations": "x", "revoked": {}}'])
def test_a_damaged_authority_is_said_to_be_damaged(tmp_path: Path, content: str) -> None:
    folder = CardFolder(tmp_path)
    with pytest.raises(FolderError, match="koufu-card init"):
        folder.authority(seeded())
    folder.keep_authority(CardAuthority().authority)
    (tmp_path / "authority.json").write_text(content)
    with pytest.raises(FolderError, match="damaged"):
        folder.authority(seeded())


@pytest.mark.parametrize("content", ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_damaged_key_is_said_to_be_damaged(tmp_path: Path, content: str) -> None:
    folder = CardFolder(tmp_path)
    (folder.keep_card("a", CardAuthority().issue()) / "user-auth.key").write_text(content)
    with pytest.raises(FolderError, match="can't be read"):
        folder.card("a")


def test_a_folder_tells_no_holder(tmp_path: Path) -> None:
    """A card's file holds its kind and its test PINs, nothing of a person."""
    folder = CardFolder(tmp_path)
    kept = json.loads((folder.keep_card("a", CardAuthority().issue()) / "card.json").read_text())
    assert sorted(kept) == ["format", "kind", "pin", "signing_pin"]


def test_one_key_maker_serves_a_whole_hierarchy() -> None:
    authority = Authority.make(NOW, seeded(), 1, key_maker())
    assert len({issuer.ca.key.public_key().public_numbers().n for issuer in authority.issuers}) == 2
