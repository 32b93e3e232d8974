"""A card on the machine's own reader: a scripted PIN is only for cards of the test hierarchy."""

from pathlib import Path

import pytest

from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.reader import VirtualReader
from kiosk.demo.stage.guest import guest_on, is_test_card
from kiosk.errors import ConfigurationError
from tests.support.cards import CardAuthority, seeded
from tests.support.foreign_issuer import NotingCard, issued_by
from tests.support.pcsc_fake import StepClock

OTHERS = [["JPKI"], ["jpki-test"], ["JPKI-TEST "], ["JPKI", "JPKI-TEST"], ["JPKI-TEST", "JPKI"], []]


@pytest.fixture(scope="module")
def test_persona() -> Persona:
    return CardAuthority().issue()


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    for name in ("user-auth-1.pem", "user-auth-1.crl"):
        (tmp_path / name).touch()
    return tmp_path


def reader_with(card: NotingCard | None) -> VirtualReader:
    reader = VirtualReader(StepClock())
    if card is not None:
        reader.insert(card)
    return reader


def test_a_card_of_the_test_hierarchy_is_a_guest(test_persona: Persona, authority: Path) -> None:
    card = NotingCard(test_persona, seeded())
    guest = guest_on(reader_with(card), authority, scripted=True)
    assert guest.user_auth_x509 == test_persona.user_auth_x509
    assert guest.issuers == (authority / "user-auth-1.pem",)
    assert card.pins == []


@pytest.mark.parametrize("organisations", OTHERS)
def test_i11_no_scripted_pin_for_a_card_of_another_issuer(
    organisations: list[str], test_persona: Persona, authority: Path
) -> None:
    card = NotingCard(issued_by(organisations, test_persona), seeded())
    with pytest.raises(ConfigurationError, match="no scripted PIN"):
        guest_on(reader_with(card), authority, scripted=True)
    assert card.asked
    assert card.pins == []
    assert card.tries_left == 3


def test_a_person_may_type_the_pin_of_any_card(test_persona: Persona, authority: Path) -> None:
    other = issued_by(["JPKI"], test_persona)
    assert guest_on(reader_with(NotingCard(other, seeded())), authority, scripted=False).user_auth_x509


@pytest.mark.parametrize("der", [b"", b"garbage", b"\x30\x03\x02\x01\x01"])
def test_what_is_no_x509_is_no_test_card(der: bytes) -> None:
    assert not is_test_card(der)


def test_a_phone_shows_no_x509_without_a_pin(authority: Path) -> None:
    card = NotingCard(CardAuthority().issue(PersonaKind.ANDROID), seeded())
    with pytest.raises(ConfigurationError, match=r"shows no X\.509"):
        guest_on(reader_with(card), authority, scripted=True)


def test_no_card_and_no_authority_are_told(test_persona: Persona, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no card could be read"):
        guest_on(reader_with(None), tmp_path, scripted=True)
    with pytest.raises(ConfigurationError, match="KOUFU_CARD_CA"):
        guest_on(reader_with(NotingCard(test_persona, seeded())), tmp_path, scripted=True)
