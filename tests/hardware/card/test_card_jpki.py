"""The session with the JPKI applet, against virtual cards of every kind and manner."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from hardware.card.jpki import JpkiSession, X509sPresent, read_facts
from hardware.card.model import Answered, CardFacts, CardKind, PinAgain, Verified, WrongPin
from hardware.card.profile import JPKI_AID
from hardware.card.virtual.files import LockReply, Manner
from hardware.card.virtual.persona import PersonaKind
from hardware.errors import CardError, CardGone, CardRefused
from tests.support.cards import CardLine, card, pin

VERIFY, SELECT, READ, ANSWER = 0x20, 0xA4, 0xB0, 0x2A
LOCK_REPLIES = list(LockReply)


def signature_holds(facts: CardFacts, answer: bytes, message: bytes) -> bool:
    assert facts.user_auth_x509 is not None
    key = x509.load_der_x509_certificate(facts.user_auth_x509).public_key()
    assert isinstance(key, RSAPublicKey)
    key.verify(answer, message, PKCS1v15(), SHA256())
    return True


def locks(kind: PersonaKind) -> list[tuple[PersonaKind, LockReply]]:
    return [(kind, reply) for reply in LOCK_REPLIES]


@pytest.mark.parametrize(
    ("kind", "expected", "tries"),
    [
        (PersonaKind.NORMAL, CardKind.STANDARD, 3),
        (PersonaKind.EXPIRED, CardKind.STANDARD, 3),
        (PersonaKind.REVOKED, CardKind.STANDARD, 3),
        (PersonaKind.CHILD, CardKind.STANDARD, 3),
        (PersonaKind.LOCKED, CardKind.LOCKED, 0),
        (PersonaKind.FACE_AUTH, CardKind.LOCKED_OR_FACE_AUTH, 0),
        (PersonaKind.ANDROID, CardKind.ANDROID, 3),
        (PersonaKind.FOREIGN, CardKind.FOREIGN, None),
    ],
)
def test_the_chip_tells_what_it_can(kind: PersonaKind, expected: CardKind, tries: int | None) -> None:
    facts = read_facts(CardLine(card(kind)))
    assert (facts.kind, facts.tries_left) == (expected, tries)
    readable = kind not in (PersonaKind.ANDROID, PersonaKind.FOREIGN)
    assert (facts.user_auth_x509 is not None) == readable


@pytest.mark.parametrize("reply", LOCK_REPLIES)
@pytest.mark.parametrize(
    ("kind", "expected"),
    [(PersonaKind.LOCKED, CardKind.LOCKED), (PersonaKind.FACE_AUTH, CardKind.LOCKED_OR_FACE_AUTH)],
)
def test_a_lock_is_recognised_in_every_wording(kind: PersonaKind, expected: CardKind, reply: LockReply) -> None:
    session = JpkiSession(CardLine(card(kind, Manner(lock_reply=reply))))
    assert session.facts().kind is expected
    assert session.tries_left() == 0
    assert session.verify(pin()) == WrongPin(0)


def test_a_locked_card_of_a_child_can_t_be_told_from_a_face_authentication_card() -> None:
    childs = card(PersonaKind.CHILD)
    session = JpkiSession(CardLine(childs))
    assert [session.verify(pin("0000")) for _ in range(3)] == [WrongPin(2), WrongPin(1), WrongPin(0)]
    assert session.facts().kind is CardKind.LOCKED_OR_FACE_AUTH


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("JPKIAPIOSTOKEN", CardKind.IPHONE),
        ("JPKIAPICCTOKEN", CardKind.FOREIGN),
        ("JPKIAPICCTOKEN9", CardKind.FOREIGN),
        ("", CardKind.FOREIGN),
    ],
)
def test_the_label_tells_the_generation(label: str, expected: CardKind) -> None:
    assert read_facts(CardLine(card(manner=Manner(label=label or " ")))).kind is expected


def test_a_phone_without_tries_is_locked() -> None:
    phone = card(PersonaKind.ANDROID)
    session = JpkiSession(CardLine(phone))
    for _ in range(3):
        session.verify(pin("0000"))
    assert session.facts().kind is CardKind.LOCKED


@pytest.mark.parametrize(
    "manner",
    [
        Manner(),
        Manner(fetches_rest=True),
        Manner(corrects_length=True),
        Manner(fetches_rest=True, corrects_length=True),
    ],
)
def test_the_whole_session_in_every_manner(manner: Manner) -> None:
    session = JpkiSession(CardLine(card(manner=manner)))
    facts = session.facts()
    assert session.x509s_present() == X509sPresent(signing=True, user_auth=True)
    assert session.verify(pin()) == Verified()
    message = b"a challenge" * 100
    answered = session.answer(message)
    assert isinstance(answered, Answered)
    assert signature_holds(facts, answered.answer, message)


def test_a_phone_shows_its_x509_after_the_pin() -> None:
    session = JpkiSession(CardLine(card(PersonaKind.ANDROID)))
    facts = session.facts()
    assert facts.user_auth_x509 is None
    assert session.verify(pin()) == Verified()
    shown = session.user_auth_x509()
    answer = session.answer(b"order")
    assert isinstance(answer, Answered)
    assert signature_holds(CardFacts(facts.kind, 3, shown), answer.answer, b"order")


def test_a_wrong_pin_costs_one_try_and_a_right_one_brings_them_back() -> None:
    session = JpkiSession(CardLine(card()))
    assert session.verify(pin("0000")) == WrongPin(2)
    assert session.tries_left() == 2
    assert session.verify(pin()) == Verified()
    assert session.tries_left() == 3


def test_asking_for_tries_and_facts_shows_no_pin() -> None:
    line = CardLine(card())
    session = JpkiSession(line)
    session.facts()
    assert [apdu.hex() for apdu in line.sent_with(VERIFY)] == ["00200080"]
    assert not line.sent_with(ANSWER)


def test_a_signature_without_pin_asks_for_the_pin_again() -> None:
    line = CardLine(card())
    session = JpkiSession(line)
    assert session.answer(b"order") == PinAgain()
    assert not line.sent_with(VERIFY)


def test_a_card_that_forgets_its_pin_after_each_answer_asks_again_and_is_never_verified_silently() -> None:
    line = CardLine(card(manner=Manner(pin_for_each_answer=True)))
    session = JpkiSession(line)
    session.verify(pin())
    assert isinstance(session.answer(b"challenge"), Answered)
    assert session.answer(b"order") == PinAgain()
    assert len(line.sent_with(VERIFY)) == 1


@pytest.mark.parametrize(
    ("answer", "fault"),
    [("6a80", CardRefused), ("6300", CardRefused), ("63c4", CardRefused), ("6104", CardRefused), ("6c04", CardRefused)],
)
def test_verify_is_sent_once_and_wiped_whatever_the_card_says(answer: str, fault: type[CardError]) -> None:
    line = CardLine(card(), lambda apdu: bytes.fromhex(answer) if apdu[1] == VERIFY else None)
    shown = pin()
    with pytest.raises(fault):
        JpkiSession(line).verify(shown)
    assert len(line.sent_with(VERIFY)) == 1
    with pytest.raises(ValueError, match="wiped"):
        shown.view()


def test_i11_the_pin_is_wiped_after_right_wrong_and_broken_verifies() -> None:
    def gone(_apdu: bytes) -> bytes:
        raise CardGone("pulled")

    for digits, line in (
        ("1234", CardLine(card())),
        ("0000", CardLine(card())),
        ("1234", CardLine(card(PersonaKind.FOREIGN))),
    ):
        shown = pin(digits)
        try:
            JpkiSession(line).verify(shown)
        except CardError:
            assert not line.sent_with(VERIFY)
        with pytest.raises(ValueError, match="wiped"):
            shown.view()
    shown = pin()
    with pytest.raises(CardGone):
        JpkiSession(CardLine(card(), gone)).verify(shown)
    with pytest.raises(ValueError, match="wiped"):
        shown.view()


def test_no_pin_is_shown_to_a_card_that_is_not_in_the_table() -> None:
    line = CardLine(card(manner=Manner(label="SOMETHING")))
    with pytest.raises(CardError, match="no card"):
        JpkiSession(line).verify(pin())
    assert not line.sent_with(VERIFY)


def test_a_card_that_claims_its_pin_was_shown_already_is_refused() -> None:
    line = CardLine(card(), lambda apdu: b"\x90\x00" if apdu[1] == VERIFY else None)
    with pytest.raises(CardRefused, match="9000 to ask for tries"):
        JpkiSession(line).facts()


@pytest.mark.parametrize("length", [4093, 0xFFFF])
def test_an_x509_longer_than_any_is_not_read(length: int) -> None:
    def claims(apdu: bytes) -> bytes | None:
        return b"\x30\x82" + length.to_bytes(2, "big") + b"\x90\x00" if apdu == bytes.fromhex("00b0000004") else None

    line = CardLine(card(), claims)
    with pytest.raises(CardError, match="longer than any"):
        JpkiSession(line).user_auth_x509()
    assert not [apdu for apdu in line.sent_with(READ) if apdu[4] == 0]


def test_an_x509_of_the_longest_length_is_read_whole() -> None:
    content = b"\x30\x82" + (4092).to_bytes(2, "big") + bytes(4092)

    def longest(apdu: bytes) -> bytes | None:
        if apdu[1] != READ or reading[0] != 0x000A:
            if apdu[1] == SELECT:
                reading[0] = int.from_bytes(apdu[-2:], "big")
            return None
        offset = int.from_bytes(apdu[2:4], "big")
        return content[offset : offset + (apdu[4] or 256)] + b"\x90\x00"

    reading = [0]
    assert JpkiSession(CardLine(card(), longest)).user_auth_x509() == content


@pytest.mark.parametrize("garbage", ["", "3081", "ffffffff", "30", "00000000"])
def test_what_is_no_x509_is_said_to_be_none(garbage: str) -> None:
    def instead(apdu: bytes) -> bytes | None:
        return bytes.fromhex(garbage) + b"\x90\x00" if apdu == bytes.fromhex("00b0000004") else None

    with pytest.raises(CardError, match="is none"):
        JpkiSession(CardLine(card(), instead)).user_auth_x509()


def test_an_answer_of_another_length_is_none() -> None:
    line = CardLine(card(), lambda apdu: bytes(255) + b"\x90\x00" if apdu[1] == ANSWER else None)
    session = JpkiSession(line)
    session.verify(pin())
    with pytest.raises(CardError, match="255 bytes"):
        session.answer(b"order")


def test_i11_the_number_s_applet_is_named_in_one_file_and_read_by_one_desk(root: Path) -> None:
    line = CardLine(card())
    session = JpkiSession(line)
    session.facts()
    session.verify(pin())
    session.answer(b"order")
    named = {apdu[5:] for apdu in line.sent_with(SELECT) if apdu[2] == 0x04}
    assert named == {JPKI_AID}
    sources = {path: path.read_text() for each in ("hardware", "kiosk") for path in (root / each).rglob("*.py")}
    names = {path.name: text.upper().count("D392") for path, text in sources.items() if "D392" in text.upper()}
    assert names == {"profile.py": 1, "number.py": 1}
    knows = {path.relative_to(root).as_posix() for path, text in sources.items() if "hardware.card.number" in text}
    of_virtual_cards = {"hardware/card/virtual/card.py", "hardware/card/virtual/number_applet.py"}
    assert knows - of_virtual_cards <= {"kiosk/actions/number.py"}
