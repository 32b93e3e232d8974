"""Variation sequences: what the fonts themselves say of them, and that nothing is ever guessed (I10)."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from certserver.font_files import IPAMJ_MINCHO, MINCHO, installed
from certserver.registers.sequences import UnknownSequence, from_adobe_japan1, moji_joho, to_moji_joho

IPAMJ = installed(IPAMJ_MINCHO)
BIZ_UD = installed(MINCHO)
IDEOGRAPHIC = range(0xE0100, 0xE01F0)


def sequences(path: Path) -> tuple[set[str], set[str]]:
    """All ideographic sequences that a font's cmap-14 table holds, and those that are its default forms."""
    with TTFont(path, lazy=True) as font:
        plain = font.getBestCmap()
        table = next(one for one in font["cmap"].tables if one.format == 14)
        found = [
            (chr(base) + chr(selector), glyph is None or glyph == plain[base])
            for selector, bases in table.uvsDict.items()
            if selector in IDEOGRAPHIC
            for base, glyph in bases
        ]
    return {sequence for sequence, _ in found}, {sequence for sequence, default in found if default}


def test_the_font_of_moji_joho_has_its_sequences() -> None:
    assert moji_joho() <= sequences(IPAMJ)[0]


def test_default_forms_are_converted_into_default_forms() -> None:
    ours, theirs = sequences(IPAMJ)[1], sequences(BIZ_UD)[1]
    first_forms = {one: to for one, to in from_adobe_japan1().items() if one in theirs}
    assert len(first_forms) > 3_000
    assert set(first_forms.values()) <= ours


def test_the_collections_share_no_sequence_and_conversion_stays_at_its_base() -> None:
    table = from_adobe_japan1()
    assert not table.keys() & moji_joho()
    assert set(table.values()) <= moji_joho()
    assert all(one[0] == to[0] for one, to in table.items())
    assert len(set(table.values())) == len(table)


def test_only_sequences_change() -> None:
    assert to_moji_joho("辻\U000e0100﨑辻\U000e0102") == "辻\U000e0102﨑辻\U000e0102"
    assert to_moji_joho("神社 ｱ") == "神社 ｱ"


@pytest.mark.parametrize("text", ["邉\U000e0101", "辻\U000e01ef", "a\U000e0100"])
def test_what_is_not_in_the_tables_is_never_guessed(text: str) -> None:
    with pytest.raises(UnknownSequence):
        to_moji_joho(text)
