"""Somebody who does not see hears their own individual number: by ear and keys, from their card into their headphones.
Nobody else hears, sees or keeps it (decision 0011)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from certserver.demo.chance import SeededSource
from certserver.demo.load import SEED
from certserver.demo.numbers import numbers_of
from certserver.demo.population import generate
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.persona import NUMBER_PIN
from hardware.voice.model import Tongue
from kiosk.flow import scenes as at
from kiosk.flow.values.trouble import DeclineReason
from tests.support.cards import seeded
from tests.support.journey_ear import Fingers
from tests.support.journey_pcscd import Slot
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey
from tests.support.pcsc_bench import wait_until_empty
from tests.support.pcsc_daemon import pcsc_daemon

WHO = "tsuji-kengo"
HEAR = "マイナンバーをイヤホンで聞く"


@pytest.fixture(scope="module")
def number() -> str:
    """Theirs, as the register has it."""
    everybody = numbers_of(generate(SeededSource(SEED)))
    return next(numbers.individual_number for who, numbers in everybody if who == WHO and numbers.individual_number)


def a_card(municipality: Municipality, number: str) -> VirtualCard:
    return VirtualCard(replace(municipality.persona(WHO), number=number), seeded())


def figures(j: Journey) -> str:
    """What the headphones said since they were listened to last."""
    heard = "".join(str(figure) for figure, _ in j.office.headphones.heard)
    j.office.headphones.heard.clear()
    return heard


@pytest.fixture
def listening(j: Journey) -> Fingers:
    """Somebody at the tactile keypad, for whom the start screen was read out."""
    j.arrives()
    fingers = Fingers(j)
    fingers.feels("primary")
    return fingers


def kept_nowhere(j: Journey, number: str) -> None:
    """Neither said aloud nor shown, on no paper, in no file, and no server was asked for anything."""
    said = "".join(sentence.text for sentence in j.office.voice.said)
    files = b"".join(path.read_bytes() for path in j.office.folder.rglob("*") if path.is_file())
    for written in (number, " ".join(number[place : place + 4] for place in (0, 4, 8)), number[-4:]):
        assert written not in said + "".join(j.told)
        assert written.encode() not in files + b"".join(j.office.slips)
    assert j.issued == 0


@pytest.fixture
def slot() -> Iterator[Slot]:
    with pcsc_daemon() as daemon:
        wait_until_empty(daemon)
        slot = Slot(daemon)
        try:
            yield slot
        finally:
            slot.close()


@pytest.mark.xdist_group("pcscd")
def test_i11_a_number_is_heard_by_ear_alone_through_a_pcsc_daemon(
    municipality: Municipality, tmp_path: Path, slot: Slot, number: str
) -> None:
    with a_journey(municipality, tmp_path, reader=slot.reader) as j:
        j.arrives()
        fingers = Fingers(j)
        fingers.feels("primary")
        fingers.presses(HEAR)
        assert fingers.hears()[-3:-1] == [
            "イヤホンがつながっていないため、マイナンバーは読み上げられません。",
            "イヤホンをつないでから、つなぎましたを押してください。",
        ]
        j.office.headphones.plug()
        fingers.presses("つなぎました")
        assert "マイナンバーカードを置いてください。" in fingers.hears()
        slot.puts(j, a_card(municipality, number))
        assert "券面事項入力補助用の、4けたの暗証番号を入れてください。" in fingers.hears()
        j.types_pin("1234")
        assert any("暗証番号がちがいます" in sentence for sentence in fingers.hears())
        j.types_pin(NUMBER_PIN)
        assert "書きとめる用意ができたら、聞くを押してください。" in fingers.hears()
        assert figures(j) == "", "nothing is read out before it is asked for"

        fingers.presses("聞く")
        assert figures(j) == number
        assert fingers.hears()[-2] == "もう一度聞くか、終わるを押してください。"
        fingers.presses("もう一度聞く")
        assert figures(j) == number
        assert "番号は、どこにも残っていません。" in fingers.hears()
        fingers.presses("終わる")
        slot.pulls(j)
        j.ends_at_start()
        assert figures(j) == ""
        kept_nowhere(j, number)
    assert slot.reader.contexts_held == 1, "only the watch's"


def hears_ready(fingers: Fingers, municipality: Municipality, number: str) -> None:
    """To where the number may be heard."""
    j = fingers.j
    j.office.headphones.plug()
    fingers.presses(HEAR)
    j.puts(a_card(municipality, number))
    j.types_pin(NUMBER_PIN)
    assert j.shows(at.NumberReady)


def test_i11_headphones_that_are_pulled_out_hear_no_more(
    listening: Fingers, municipality: Municipality, number: str
) -> None:
    j = listening.j
    hears_ready(listening, municipality, number)
    j.office.headphones.pull_after = 5
    listening.presses("聞く")
    assert figures(j) == number[:5]
    assert "イヤホンがはずれたため、読み上げを止めました。" in listening.hears()
    listening.presses("はじめから聞く")
    assert figures(j) == "", "the loudspeaker never takes over"
    j.office.headphones.pull_after = None
    j.office.headphones.plug()
    listening.presses("はじめから聞く")
    assert figures(j) == number
    listening.presses("もう一度聞く")
    assert figures(j) == number
    assert not j.keys("hear"), "twice, and no more"
    j.takes_card()
    j.ends_at_start()
    kept_nowhere(j, number)


def test_i11_a_card_left_untouched_wants_its_pin_again(
    listening: Fingers, municipality: Municipality, number: str
) -> None:
    j = listening.j
    hears_ready(listening, municipality, number)
    listening.presses("聞く")
    assert figures(j) == number
    j.waits(21)
    listening.presses("もう一度聞く")
    assert figures(j) == ""
    assert j.shows(at.EnterPin)
    j.types_pin(NUMBER_PIN)
    listening.presses("もう一度聞く")
    assert figures(j) == number
    listening.presses("終わる")
    j.takes_card()
    j.ends_at_start()


def test_in_english_it_is_said_in_english(listening: Fingers, municipality: Municipality, number: str) -> None:
    j = listening.j
    j.touches("language-en")
    j.office.headphones.plug()
    listening.presses("Hear your My Number through headphones")
    j.puts(a_card(municipality, number))
    j.types_pin(NUMBER_PIN)
    listening.presses("Listen")
    assert {tongue for _, tongue in j.office.headphones.heard} == {Tongue.ENGLISH}
    assert figures(j) == number
    j.takes_card()
    j.ends_at_start()


def test_a_locked_pin_is_told_so(listening: Fingers, municipality: Municipality, number: str) -> None:
    j = listening.j
    j.office.headphones.plug()
    listening.presses(HEAR)
    card = a_card(municipality, number)
    j.puts(card)
    for _ in range(3):
        j.types_pin("9999")
    assert j.declined is DeclineReason.NUMBER_LOCKED
    assert any("券面事項入力補助用の暗証番号です" in sentence for sentence in listening.hears())
    assert card.tries_left == 3
    j.takes_card()
    j.takes_everything()


def test_a_telephone_keeps_no_number(listening: Fingers) -> None:
    j = listening.j
    j.office.headphones.plug()
    listening.presses(HEAR)
    j.puts_card("tsuji-kengo-phone")
    assert j.declined is DeclineReason.NO_NUMBER
    j.takes_card()
    j.touches("primary")
    j.ends_at_start()
    assert figures(j) == ""


def test_i11_a_number_that_is_none_is_not_told(listening: Fingers, municipality: Municipality) -> None:
    j = listening.j
    j.office.headphones.plug()
    listening.presses(HEAR)
    j.puts(a_card(municipality, "000000012342"))
    j.types_pin(NUMBER_PIN)
    assert j.declined is DeclineReason.CARD_UNREADABLE
    assert figures(j) == ""
    j.takes_card()


def test_whoever_sees_the_screen_is_not_offered_it(j: Journey) -> None:
    j.arrives()
    j.settles()
    assert not j.keys("hear-number")
    j.touches("voice")
    assert j.keys("hear-number")
    j.touches("voice")
    assert not j.keys("hear-number")
