"""Sheets that explain, for whoever reads little: large, with pictograms, every kanji with its reading."""

import re

import pytest

from certserver.documents.typefaces import Face
from certserver.papers import explanations_en
from certserver.papers.explained_form import WORDS
from certserver.papers.explanations import ALIKE, EXPLANATIONS, PIN_KINDS
from certserver.papers.kinds import PAPERS, About, PaperKind, PaperLanguage
from certserver.papers.model import PlainPaper
from certserver.papers.pictures import GRID, Picture
from certserver.papers.reading import READING, plain, read_aloud, width_of
from certserver.papers.side import Fonts, Side, Wanting
from hardware.keypad.pin import SIGNING_PIN_LENGTHS
from tests.support.papers import DAY, TOWN, press, said_on

KINDS = [kind for kind, row in PAPERS.items() if row.about is About.NOBODY]
LARGE = 18.0
"""Points, at least, of large print."""

EVERY_WORD = [
    *(told.words for each in EXPLANATIONS.values() for told in (*each.told, *each.more)),
    *(answer.words for each in EXPLANATIONS.values() for answer in each.answers),
    *(title for each in EXPLANATIONS.values() for title in (each.title, each.more_title)),
    *(text for pin in PIN_KINDS for text in (pin.name, pin.use, pin.signs)),
    ALIKE,
]


def side() -> Side:
    return Side(Fonts(press()._typefaces), Wanting(), [])


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_all_of_it(kind: PaperKind) -> None:
    said = said_on(PlainPaper(kind, TOWN, DAY))
    explanation = EXPLANATIONS[kind]
    words = [told.words for told in (*explanation.told, *explanation.more)]
    for told in (*words, *(answer.words for answer in explanation.answers)):
        assert "".join(plain(told).split()) in said, plain(told)
    assert TOWN.phone in said


@pytest.mark.parametrize("told", EVERY_WORD)
def test_every_kanji_has_its_reading(told: str) -> None:
    without = re.sub(r"\[[^|\]]+\|[^\]]+\]", "", told)
    assert not re.search(r"[\u4e00-\u9fff々]", without)
    for _, reading in re.findall(r"\[([^|\]]+)\|([^\]]+)\]", told):
        assert re.fullmatch(r"[ぁ-んー]+", reading)


@pytest.mark.parametrize("kind", KINDS)
def test_in_english_it_says_the_same_picture_by_picture(kind: PaperKind) -> None:
    japanese, english = EXPLANATIONS[kind], explanations_en.EXPLANATIONS[kind]
    for ours, theirs in ((japanese.told, english.told), (japanese.more, english.more)):
        assert [(told.picture, told.crossed) for told in ours] == [(told.picture, told.crossed) for told in theirs]
    assert [answer.picture for answer in japanese.answers] == [answer.picture for answer in english.answers]
    said = said_on(PlainPaper(kind, TOWN, DAY, PaperLanguage.ENGLISH))
    words = [told.words for told in (*english.told, *english.more)]
    for told in (*words, *(answer.words for answer in english.answers), english.title, TOWN.place_en):
        assert "".join(told.split()) in said, told


def test_in_english_the_pins_are_the_same() -> None:
    ours = [(pin.boxes, pin.tries) for pin in PIN_KINDS]
    assert [(pin.boxes, pin.tries) for pin in explanations_en.PIN_KINDS] == ours


def test_it_is_large_print() -> None:
    assert WORDS >= LARGE


def test_a_reading_is_no_part_of_the_text() -> None:
    said = said_on(PlainPaper(PaperKind.PINS_EXPLAINED, TOWN, DAY))
    assert "暗証番号" in said
    assert "あんしょうばんごう" not in said


def test_lines_end_between_words_and_no_word_is_parted_from_its_reading() -> None:
    drawn = side()
    told = "[暗証番号|あんしょうばんごう]は [自分|じぶん]で [決|き]めます"
    one = read_aloud(drawn, told, 15, 0, 180, 20)
    assert read_aloud(side(), told, 15, 0, width_of(drawn, told, 20) * 0.6, 20) == pytest.approx(2 * one)
    assert width_of(drawn, "[承|うけたまわ]", 20) > width_of(drawn, "承", 20)
    assert READING * LARGE >= 9


def test_the_sheet_tells_the_tries_and_lengths_that_cards_have() -> None:
    signing, *others = PIN_KINDS
    assert [pin.tries for pin in (signing, *others)] == [5, 3, 3, 3]
    assert all(pin.boxes == 4 for pin in others)
    assert f"{SIGNING_PIN_LENGTHS[0]}～{SIGNING_PIN_LENGTHS[-1]}" in plain(signing.signs)


def test_pictograms_stay_on_their_grid() -> None:
    for picture in Picture:
        for stroke in picture.value:
            paint, path = stroke.split(" ", 1)
            assert paint in ("f", "s", "w"), picture
            assert all(-2 <= float(each) <= GRID + 2 for each in re.findall(r"-?\d+\.?\d*", path)), picture


def test_large_print_has_every_character_of_its_texts() -> None:
    bold = press()._typefaces[Face.BOX_BOLD]
    assert all(bold.has(plain(told).replace("\n", "")) for told in EVERY_WORD)
