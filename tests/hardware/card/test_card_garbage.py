"""Whatever a card answers, only a `CardError` comes out, and no PIN is shown twice; whatever is asked of the virtual
card, it answers with a status word."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card.jpki import JpkiSession, read_facts
from hardware.card.model import CardFacts
from hardware.card.virtual.files import LockReply, Manner
from hardware.card.virtual.persona import PersonaKind
from hardware.card.virtual.wire import parse
from hardware.errors import CardError
from tests.support.cards import CardLine, card, pin

VERIFY = 0x20

statuses = st.sampled_from([0x9000, 0x6100, 0x6110, 0x6C04, 0x63C0, 0x63C3, 0x63CF, 0x6982, 0x6983, 0x6984, 0x6A82])
honest_looking = st.builds(
    lambda data, status: data + status.to_bytes(2, "big"), st.binary(max_size=40) | st.binary(min_size=256), statuses
)
answers = st.lists(st.binary(max_size=300) | honest_looking | st.none(), max_size=40)


def talk(line: CardLine) -> None:
    session = JpkiSession(line)
    for step in (
        lambda: session.facts(),
        lambda: session.x509s_present(),
        lambda: session.verify(pin()),
        lambda: session.answer(b"order"),
        lambda: session.user_auth_x509(),
    ):
        with contextlib.suppress(CardError):
            step()


@settings(deadline=None)
@given(answers)
def test_garbage_from_the_card_never_escapes_as_anything_but_a_card_error(given_answers: list[bytes | None]) -> None:
    left = iter(given_answers)
    line = CardLine(card(), lambda _apdu: next(left, b"\x90\x00"))
    talk(line)
    assert len([apdu for apdu in line.sent_with(VERIFY) if len(apdu) > 4]) <= 1


@settings(deadline=None)
@given(st.integers(0, 20), st.binary(max_size=300))
def test_one_garbled_answer_anywhere_is_survived(at: int, garbage: bytes) -> None:
    count = iter(range(1000))
    line = CardLine(card(), lambda _apdu: garbage if next(count) == at else None)
    talk(line)
    with contextlib.suppress(CardError):
        facts = read_facts(CardLine(card()))
        assert isinstance(facts, CardFacts)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=12), st.sampled_from(PersonaKind), st.sampled_from(LockReply))
def test_the_virtual_card_answers_whatever_is_asked(apdus: list[bytes], kind: PersonaKind, reply: LockReply) -> None:
    virtual = card(kind, Manner(lock_reply=reply, fetches_rest=len(apdus) % 2 == 0))
    for apdu in apdus:
        answer = virtual.answer(apdu)
        assert len(answer) >= 2
        assert answer[-2] & 0xF0 in (0x60, 0x90)
    assert virtual.tries_left <= 3


@settings(deadline=None)
@given(
    st.tuples(*[st.integers(0, 255)] * 4),
    st.binary(max_size=300),
    st.none() | st.integers(1, 65536),
)
def test_every_well_formed_command_is_taken_apart_as_it_was_put_together(
    head: tuple[int, ...], data: bytes, le: int | None
) -> None:
    extended = len(data) > 255 or (le or 0) > 256
    body = b""
    if data:
        body = (b"\0" + len(data).to_bytes(2, "big") if extended else bytes((len(data),))) + data
    if le is not None:
        width = 2 if extended else 1
        body += (b"" if data or not extended else b"\0") + (le % (1 << 8 * width)).to_bytes(width, "big")
    command = parse(bytes(head) + body)
    assert command is not None
    assert (command.cla, command.ins, command.p1, command.p2) == head
    assert (command.data, command.le) == (data, le)
