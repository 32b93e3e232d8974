"""What somebody writes as their name, and the fields that a braille name and substitute characters fit into."""

import pytest

from certserver.applications.finding import is_called
from koufu.applying.letters import braille_cells, fits_braille, fits_substitute


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("見本　花子", True),
        ("見本花子", True),
        ("見本 花子", True),
        ("ミホン　ハナコ", True),
        ("みほん はなこ", True),
        ("ﾐﾎﾝ ﾊﾅｺ", True),
        ("MIHON HANAKO", True),
        ("ｍｉｈｏｎ　hanako", True),
        ("見本", False),
        ("見本　花", False),
        ("見夲　花子", False),
        ("みほん", False),
        ("", False),
        ("　", False),
        ("%", False),
    ],
)
def test_a_name_is_the_registers_or_it_is_none(said: str, called: bool) -> None:
    assert is_called(said, ("見本　花子", "Mihon Hanako"), ("ミホン　ハナコ", None)) is called


def test_a_variant_of_a_kanji_is_another_kanji() -> None:
    assert is_called("辻󠄂　健吾", ("辻󠄂　健吾",), ())
    assert not is_called("辻　健吾", ("辻󠄂　健吾",), ())
    assert not is_called("神　花", ("\ufa19　花",), ())


@pytest.mark.parametrize(
    ("name", "cells"),
    [("みほん はなこ", 7), ("がぎぐげご", 10), ("パパ", 4), ("きょうこ", 4), ("たろう", 3), ("が", 2)],
)
def test_a_mark_of_voicing_takes_a_cell_by_itself(name: str, cells: int) -> None:
    assert braille_cells(name) == cells


@pytest.mark.parametrize(
    ("name", "fits"),
    [("あ" * 11, True), ("あ" * 12, False), ("が" * 5 + "あ", True), ("が" * 6, False), ("見本", False), (" ", False)],
)
def test_eleven_cells_and_no_kanji(name: str, fits: bool) -> None:
    assert fits_braille(name) is fits


@pytest.mark.parametrize(
    ("text", "fits"), [("見本花子", True), ("鷗", True), ("𠮷", False), ("辻󠄂", False), ("", False), ("Ａ１", True)]
)
def test_substitutes_are_characters_that_x509s_can_bear(text: str, fits: bool) -> None:
    assert fits_substitute(text) is fits
