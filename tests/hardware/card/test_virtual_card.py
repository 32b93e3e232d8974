"""The virtual card's status words, one by one."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.files import LockReply, Manner
from hardware.card.virtual.persona import PersonaKind
from tests.support.cards import card, cards, seeded

SELECT_JPKI = "00a4040c0ad392f000260100000001"
AUTH_KEY, AUTH_PIN, AUTH_X509 = "00a4020c020017", "00a4020c020018", "00a4020c02000a"
SIGNING_KEY, SIGNING_PIN, SIGNING_X509 = "00a4020c02001a", "00a4020c02001b", "00a4020c020001"
VERIFY_1234, VERIFY_WRONG = "002000800431323334", "002000800430303030"
DIGEST_INFO = "3031300d060960864801650304020105000420" + "00" * 32
ANSWER = f"802a008033{DIGEST_INFO}00"


def ask(virtual: VirtualCard, *apdus: str) -> str:
    """The last answer to these commands, as hex."""
    answer = b""
    for apdu in apdus:
        answer = virtual.answer(bytes.fromhex(apdu))
    return answer.hex()


def selected(kind: PersonaKind = PersonaKind.NORMAL, manner: Manner | None = None) -> VirtualCard:
    virtual = card(kind, manner)
    assert ask(virtual, SELECT_JPKI) == "9000"
    return virtual


@pytest.mark.parametrize(
    ("apdu", "answer"),
    [
        ("00a4040c0aa00000000000000000ff", "6a82"),  # another applet
        ("00a404000ad392f000260100000001", "9000"),  # the applet, FCI asked for
        ("00a404ff0ad392f000260100000001", "6a86"),
        ("00a4000c023f00", "6a86"),  # no usable master file
        ("00a40000", "6a86"),
        ("00a4020c02ffff", "6a82"),  # no such file
        ("00a4020c0100", "6700"),
        ("00b0000004", "6986"),  # no file selected
        ("00200080", "6a86"),  # no PIN selected
        ("00ca000000", "6d00"),
        ("90b0000000", "6e00"),
        ("00a4", "6700"),
        ("00a4040c0ad392", "6700"),
        ("", "6700"),
    ],
)
def test_status_words_at_the_door(apdu: str, answer: str) -> None:
    assert ask(selected(), apdu) == answer


@pytest.mark.parametrize(
    ("apdu", "answer"),
    [
        ("00b0000004", "6a82"),
        ("00a4020c020017", "6a82"),
        ("00a40000", "6a86"),
        ("802a008000", "6e00"),
        (SELECT_JPKI, "6a82"),
    ],
)
def test_a_foreign_card_has_no_applet(apdu: str, answer: str) -> None:
    assert ask(card(PersonaKind.FOREIGN), apdu) == answer


def test_files_are_read_by_offset_to_their_end() -> None:
    virtual = selected()
    der = cards().ca_der()
    ask(virtual, "00a4020c02000b")
    assert ask(virtual, "00b0000000") == der[:256].hex() + "9000"
    assert ask(virtual, "00b0010000") == der[256:512].hex() + "9000"
    assert ask(virtual, f"00b0{len(der) - 3:04x}00") == der[-3:].hex() + "9000"
    assert ask(virtual, f"00b0{len(der):04x}00") == "6b00"
    assert ask(virtual, "00b00000000000") == der.hex() + "9000"


def test_a_short_file_id_selects_and_reads() -> None:
    virtual = selected()
    assert ask(virtual, "00b08b0004") == cards().ca_der()[:4].hex() + "9000"
    assert ask(virtual, "00b0000002") == cards().ca_der()[:2].hex() + "9000"
    assert ask(virtual, "00b09f0004") == "6a82"
    assert ask(virtual, "00b0970004") == "6986"  # a key is not read


def test_the_token_description_and_list_of_x509s() -> None:
    assert bytes.fromhex(ask(selected(), "00a4020c020006", "00b00000a0"))[:32] == b"JPKIAPICCTOKEN2".ljust(32)
    assert len(bytes.fromhex(ask(selected(), "00b0860000"))) == 162
    assert ask(selected(), "00a4020c020008", "00b0000003") == "8f8f009000"
    assert ask(selected(PersonaKind.FACE_AUTH), "00a4020c020008", "00b0000003") == "008f009000"
    assert ask(selected(PersonaKind.CHILD), SIGNING_X509) == "6a82"


def test_the_signing_x509_wants_its_pin() -> None:
    virtual = selected()
    assert ask(virtual, SIGNING_X509, "00b0000004") == "6982"
    assert ask(virtual, SIGNING_PIN, "0020008006414243313233") == "9000"
    assert ask(virtual, SIGNING_X509, "00b0000002") == "30829000"


def test_tries_are_counted_down_told_and_brought_back() -> None:
    virtual = selected()
    assert ask(virtual, AUTH_PIN, "00200080") == "63c3"
    assert ask(virtual, VERIFY_WRONG) == "63c2"
    assert ask(virtual, "00200080") == "63c2"
    assert ask(virtual, VERIFY_1234) == "9000"
    assert ask(virtual, "00200080") == "63c3"
    assert ask(virtual, SIGNING_PIN, "00200080") == "63c5"


@pytest.mark.parametrize(("reply", "word"), [(reply, f"{reply.value:04x}") for reply in LockReply])
def test_the_third_wrong_pin_locks_and_the_right_one_comes_too_late(reply: LockReply, word: str) -> None:
    virtual = selected(manner=Manner(lock_reply=reply))
    assert ask(virtual, AUTH_PIN, VERIFY_WRONG, VERIFY_WRONG, VERIFY_WRONG) == "63c0"
    assert ask(virtual, VERIFY_1234) == word
    assert ask(virtual, "00200080") == word
    virtual.reset()
    assert ask(virtual, SELECT_JPKI, AUTH_PIN, VERIFY_1234) == word


@pytest.mark.parametrize("pin_apdu", ["0020008003313233", "00200080053132333435"])
def test_a_pin_of_another_length_is_wrong(pin_apdu: str) -> None:
    assert ask(selected(), AUTH_PIN, pin_apdu) == "63c2"


@pytest.mark.parametrize("apdu", ["00200180", "00200000", "00209f80"])
def test_verify_wants_its_parameters(apdu: str) -> None:
    assert ask(selected(), AUTH_PIN, apdu) == "6a86"


def test_verify_and_answer_by_short_file_id() -> None:
    assert ask(selected(), "00200098" + "0431323334") == "9000"
    assert len(ask(selected(), AUTH_PIN, VERIFY_1234, f"802a009733{DIGEST_INFO}00")) == 2 * 258


def test_an_answer_wants_the_pin_and_forgets_it_at_a_reset() -> None:
    virtual = selected()
    assert ask(virtual, AUTH_KEY, ANSWER) == "6982"
    assert len(ask(virtual, AUTH_PIN, VERIFY_1234, AUTH_KEY, ANSWER)) == 2 * 258
    assert ask(virtual, SIGNING_KEY, ANSWER) == "6982"  # a PIN of its own
    virtual.reset()
    assert ask(virtual, SELECT_JPKI, AUTH_KEY, ANSWER) == "6982"


def test_a_wrong_pin_takes_the_right_one_back() -> None:
    assert ask(selected(), AUTH_PIN, VERIFY_1234, VERIFY_WRONG, AUTH_KEY, ANSWER) == "6982"


@pytest.mark.parametrize(
    ("apdu", "word"),
    [
        (f"802a0080f6{'00' * 246}00", "6700"),  # no room for the padding
        (f"802a008033{DIGEST_INFO}", "6700"),  # no answer wanted
        (f"802a010033{DIGEST_INFO}00", "6a86"),
        ("802a008000", "6700"),
    ],
)
def test_an_answer_wants_its_parameters(apdu: str, word: str) -> None:
    assert ask(selected(), AUTH_PIN, VERIFY_1234, AUTH_KEY, apdu) == word


@pytest.mark.parametrize("data", [DIGEST_INFO, "00", "ff" * 245])
def test_the_card_pads_whatever_it_is_given(data: str) -> None:
    virtual = VirtualCard(cards().issue(), seeded())
    head = f"802a0080{len(data) // 2:02x}{data}00"
    signature = bytes.fromhex(ask(virtual, SELECT_JPKI, AUTH_PIN, VERIFY_1234, AUTH_KEY, head))[:256]
    leaf = x509.load_der_x509_certificate(bytes.fromhex(ask(virtual, AUTH_X509, "00b00000000000"))[:-2]).public_key()
    assert isinstance(leaf, RSAPublicKey)
    padded = pow(int.from_bytes(signature, "big"), 65537, leaf.public_numbers().n).to_bytes(256, "big")
    assert padded == b"\0\1" + b"\xff" * (253 - len(data) // 2) + b"\0" + bytes.fromhex(data)


def test_a_challenge_is_random_bytes() -> None:
    first, second = ask(selected(), "0084000008"), ask(card(), SELECT_JPKI, "0084000010")
    assert (len(first), len(second)) == (2 * 10, 2 * 18)
    assert ask(selected(), "00840000") == "6700"


def test_a_card_that_corrects_lengths() -> None:
    virtual = selected(manner=Manner(corrects_length=True))
    assert ask(virtual, "00a4020c020008", "00b0000000") == "6c03"
    assert ask(virtual, "00b0000003") == "8f8f009000"


def test_a_card_whose_answers_are_fetched() -> None:
    virtual = selected(manner=Manner(fetches_rest=True))
    assert ask(virtual, "00a4020c02000b", "00b0000000") == "6100"
    assert ask(virtual, "00c0000080") == cards().ca_der()[:128].hex() + "6180"
    assert ask(virtual, "00c0000080") == cards().ca_der()[128:256].hex() + "9000"
    assert ask(virtual, "00c0000080") == "6d00"
    assert ask(virtual, "00b0000004", "00b0000004") == "6104"  # a new command forgets the rest


def test_a_phone_hides_its_x509_until_the_pin() -> None:
    virtual = selected(PersonaKind.ANDROID)
    assert ask(virtual, AUTH_X509, "00b0000004") == "6982"
    assert ask(virtual, AUTH_PIN, VERIFY_1234, AUTH_X509, "00b0000002") == "30829000"


def test_two_personas_of_one_hierarchy_have_keys_that_verify() -> None:
    persona = cards().issue()
    assert persona.user_auth is not None
    ca = x509.load_der_x509_certificate(persona.user_auth_ca)
    persona.user_auth.x509.verify_directly_issued_by(ca)
    signature = persona.user_auth.key.sign(b"x", PKCS1v15(), SHA256())
    persona.user_auth.key.public_key().verify(signature, b"x", PKCS1v15(), SHA256())
