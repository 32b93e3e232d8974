"""Whatever stands in a koseki, its pages say all of what was ordered once and in order, and nothing of anybody else."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.antiforgery.paper import points
from certserver.documents.column_lines import PITCH, ROOM, lines_of
from certserver.documents.column_pages import BOTTOM, SIGNED_BYTES, TOP, pages_of
from certserver.documents.columns import Item, Weight
from certserver.documents.koseki import compose
from certserver.documents.model import Entry
from certserver.documents.typefaces import Face, clusters, load_typefaces
from certserver.registers.koseki import KosekiEvent, KosekiItem, KosekiPerson
from tests.support.koseki_specimens import KENGO, TSUJI_KOSEKI, full_line, individual_line, koseki_of
from tests.support.specimens import PROFILE

WORDS = st.text("見本例示市町丁目番地号一二三０１２　辻吉田】、。", min_size=1, max_size=90)
LABELS = st.text("婚姻日出生地届人配偶者氏名従前戸籍", min_size=1, max_size=12)
ITEMS = st.builds(KosekiItem, LABELS, WORDS)
EVENTS = st.builds(KosekiEvent, st.sampled_from(("出生", "婚姻", "死亡")), st.lists(ITEMS, max_size=45).map(tuple))
SPACES = str.maketrans("", "", "　 ")


@st.composite
def people(draw: st.DrawFn) -> tuple[KosekiPerson, ...]:
    """Up to five persons, each marked by a character that stands nowhere else."""
    found = []
    for mark in draw(st.sets(st.sampled_from("甲乙丙戊己"), min_size=1)):
        events = draw(st.lists(EVENTS, max_size=6))
        marked = tuple(
            replace(event, items=tuple(replace(item, text=f"{mark}{item.text}") for item in event.items))
            for event in events
        )
        removed, spouse = draw(st.booleans()), draw(st.sampled_from((None, "夫", "妻")))
        found.append(
            replace(
                KENGO,
                person_id=mark,
                given_name=mark,
                events=marked,
                removed=removed,
                spouse=spouse,
                father=f"{mark}父",
            )
        )
    return tuple(found)


@settings(max_examples=30, deadline=None)
@given(people())
def test_all_that_belongs_to_the_extract_stands_once_and_in_order(recorded: tuple[KosekiPerson, ...]) -> None:
    document = compose(full_line(koseki_of(*recorded)), PROFILE, "test/1")
    expected = [entry for section in document.sections for block in section.blocks for entry in block.entries()]
    assert [entry for page in pages_of(document) for entry in page.entries()] == expected
    told = [item.text for person in recorded for event in person.events for item in event.items]
    items = [entry.text for entry in expected if re.fullmatch(r"\d+\.\d+\.\d+", entry.name)]
    assert [text[text.index("】") + 1 :] for text in items] == told


@settings(max_examples=30, deadline=None)
@given(people(), st.integers(0, 4))
def test_nothing_of_anybody_else_stands_there(recorded: tuple[KosekiPerson, ...], at: int) -> None:
    shown = recorded[at % len(recorded)]
    koseki = replace(TSUJI_KOSEKI, people=recorded)
    pages = pages_of(compose(individual_line(shown, koseki=koseki), PROFILE, "test/1"))
    text = "".join(
        piece.text for page in pages for placed in page.placed for line in placed.lines for piece in line.pieces
    )
    assert shown.given_name in text
    for other in recorded:
        assert other is shown or other.given_name not in text


@settings(max_examples=30, deadline=None)
@given(people())
def test_pages_are_within_their_frame_and_their_seal_code(recorded: tuple[KosekiPerson, ...]) -> None:
    for page in pages_of(compose(full_line(koseki_of(*recorded)), PROFILE, "test/1")):
        assert page.placed[0].top > TOP
        for above, below in zip(page.placed, page.placed[1:], strict=False):
            assert above.bottom <= below.top
        assert page.bottom <= BOTTOM
        assert sum(len(entry.text.encode()) for entry in page.entries()) < SIGNED_BYTES


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.just(""), LABELS), WORDS, st.sampled_from(Weight))
def test_lines_say_all_of_a_value_within_the_column(label: str, text: str, weight: Weight) -> None:
    item = Item(Entry("1.name", text, label), weight)
    lines = lines_of((item,))
    said = "".join(piece.text for line in lines for piece in line.pieces)
    assert said.translate(SPACES) == f"{item.lead}{item.value}".translate(SPACES)
    if item.lead and item.value.strip("　"):
        assert len("".join(piece.text for piece in lines[0].pieces)) > len(item.lead)
    for line in lines:
        for piece in line.pieces:
            assert piece.left + len(clusters(piece.text)) * points(piece.size) <= ROOM + points(1)
            assert piece.size >= 10
        assert line.height >= PITCH


def test_a_value_steps_down_and_then_wraps_under_itself() -> None:
    def sizes(count: int) -> list[tuple[float, int]]:
        lines = lines_of((Item(Entry("1.1.1", "字" * count, "従前戸籍")),))
        return [(line.size, len(line.pieces[0].text)) for line in lines]

    assert sizes(26) == [(11.0, 32)]
    assert sizes(29) == [(10.0, 35)]
    (_, first), (size, second) = sizes(40)
    assert (size, first + second) == (10.0, 46)
    continued = lines_of((Item(Entry("1.1.1", "字" * 40, "従前戸籍")),))[1].pieces[0]
    assert continued.left == points(10) * 5.5


def test_no_glyph_of_values_is_wider_than_one_em() -> None:
    typeface = load_typefaces()[Face.VALUE]
    characters = [chr(code) for code in (*range(0x20, 0x3000), *range(0x3000, 0xA000), *range(0xFF00, 0xFFF0))]
    assert max(typeface.width(character) for character in characters if typeface.has(character)) <= 1
