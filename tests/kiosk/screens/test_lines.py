"""How sentences are broken into lines: a figure and its unit stay together in any room, and nothing gets lost."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem

from kiosk.flow.values.presentation import Language
from kiosk.texts import formats
from kiosk.texts.catalogue import LayoutClass, Texts
from tests.kiosk.screens.conftest import Stage

Break = Callable[[str, int, str], list[str]]

YEN = st.integers(0, 999_999)
NOTES = st.lists(st.sampled_from((1000, 2000, 5000, 10_000)), min_size=1, max_size=4, unique=True)
ROOM = st.integers(8, 900)
ROLE = st.sampled_from(("label", "body", "item", "title"))
FIGURE = re.compile(r"¥?\d(?:[\d,]*\d)?(?:円札?)?")


@pytest.fixture(scope="module")
def broken(stages: dict[str, Stage]) -> Break:
    """Breaks a text for a room in pixels, as the screens do."""
    view = stages["portrait"].window.view
    engine: QQmlEngine = view.engine()
    component = QQmlComponent(engine, QUrl(view.source().resolved(QUrl("Lines.qml"))))
    lines = component.createWithInitialProperties({"text": ""})
    assert isinstance(lines, QQuickItem), component.errorString()
    lines.setParent(view)

    def at(text: str, room: int, role: str) -> list[str]:
        lines.setProperty("role", role)
        lines.setProperty("text", text)
        lines.setWidth(room)
        return list(lines.property("parts").toVariant())

    return at


def _sentences(yen: int, notes: list[int], language: Language) -> list[str]:
    say = Texts(language, LayoutClass.PORTRAIT)
    money = formats.money(yen, language)
    return [
        money,
        say("pay.insert.still", money=money),
        say("pay.insert.refused", notes=formats.notes(notes, language)),
        say("fault.owed.also", money=money, where=""),
        formats.denominations(notes, language, on_a_line=2),
        "".join(formats.money(each, language) for each in notes),
    ]


@settings(max_examples=60, deadline=None)
@given(yen=YEN, notes=NOTES, room=ROOM, role=ROLE, language=st.sampled_from(Language))
def test_no_room_is_so_narrow_that_money_is_broken(
    broken: Break, yen: int, notes: list[int], room: int, role: str, language: Language
) -> None:
    for text in _sentences(yen, notes, language):
        lines = broken(text, room, role)
        said = text.replace("|", "")
        assert "".join(lines) == said.replace("\n", "")
        told = "\n".join(lines)
        assert sorted(FIGURE.findall(told)) == sorted(FIGURE.findall(said)), told


@settings(max_examples=30, deadline=None)
@given(room=st.integers(60, 900), words=st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=14))
def test_a_sentence_is_as_wide_as_its_room_at_most_and_has_no_line_too_many(
    broken: Break, room: int, words: list[str]
) -> None:
    text = "|".join(words)
    lines = broken(text, room, "body")
    assert "".join(lines) == "".join(words)
    narrow = broken(text, max(60, room - 40), "body")
    assert len(narrow) >= len(lines)


def test_a_short_last_line_is_filled_up(broken: Break) -> None:
    text = "この機械は、|暗証番号で|ご本人を|確かめるため|使えません。"
    whole = [len(broken(text, room, "body")) for room in range(200, 900, 20)]
    assert whole == sorted(whole, reverse=True)
    two = next(room for room in range(900, 200, -10) if len(broken(text, room, "body")) == 2)
    first, last = broken(text, two, "body")
    assert len(last) * 3 > len(first)


def test_a_mark_that_can_t_begin_a_line_never_does(broken: Break) -> None:
    for room in range(40, 400, 7):
        for line in broken("ああああ、いいいい。うううっうううー「ええ」おおお", room, "body")[1:]:
            assert line[0] not in "、。っー」"
