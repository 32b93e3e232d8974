"""A character is set as itself or not at all (I10): no fallback, no box, no base glyph in place of a variant."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from certserver.documents.sfnt import Sfnt
from certserver.documents.subset import Subset
from certserver.documents.typefaces import Face, Typeface, clusters, lacking, load_typefaces
from certserver.errors import ConfigurationError
from tests.support.sheets import press

IPAMJ = Path("/usr/share/fonts/truetype/ipamj/ipamjm.ttf")


@pytest.fixture(scope="module")
def mincho() -> Typeface:
    return press()._typefaces[Face.VALUE]


def test_a_selector_stays_with_its_base() -> None:
    assert clusters("辻\U000e0102　𠮷邉\U000e0110\U000e0111") == [
        "辻\U000e0102",
        "　",
        "𠮷",
        "邉\U000e0110",
        "\U000e0111",
    ]


@pytest.mark.parametrize(
    "cluster", ["辻", "辻\U000e0102", "辻\U000e0103", "葛\U000e0102", "邉\U000e011f", "𠮷", "﨑", "龘"]
)
def test_variants_of_the_moji_joho_collection_have_their_own_glyphs(cluster: str, mincho: Typeface) -> None:
    assert mincho.glyph(cluster) is not None


def test_variants_differ_and_the_default_one_is_the_base(mincho: Typeface) -> None:
    assert mincho.glyph("辻\U000e0102") != mincho.glyph("辻")
    assert mincho.glyph("辻\U000e0103") == mincho.glyph("辻")
    assert len({mincho.glyph(f"邉{chr(0xE010F + at)}") for at in range(15)}) == 15


@pytest.mark.parametrize(
    "text",
    [
        "辻\U000e0100",
        "辻\U000e01ef",
        "邉\U000e011e",
        "\U000e0102",
        "辻\U000e0102\U000e0103",
        "か\u3099",
        "e\u0301",
        "\u200b",
        "\u202e",
        "\n",
        "\x00",
        "\ue000",
        "\U0010ffff",
        "🏠",
        "\U0003ffff",
    ],
    ids=[
        *(
            "Adobe-Japan1 selector",
            "unknown selector",
            "gap in the collection",
            "lone selector",
            "two selectors",
            "combining mark",
            "accent",
        ),
        *("zero width", "direction", "line break", "null", "private use", "no character", "emoji", "unassigned"),
    ],
)
def test_i10_what_has_no_glyph_of_its_own_is_missing(text: str, mincho: Typeface) -> None:
    assert not mincho.has(text)
    assert lacking(mincho, ["健吾", text])
    with pytest.raises(LookupError):
        Subset(mincho).encode(text)


def test_our_reader_finds_the_same_glyphs_as_fonttools() -> None:
    ours = Sfnt(IPAMJ)
    with TTFont(IPAMJ, lazy=True) as font:
        tables = {table.format: table for table in font["cmap"].tables}
        order = {name: number for number, name in enumerate(font.getGlyphOrder())}
        for code, name in list(tables[12].cmap.items())[::37]:
            assert ours.glyph(chr(code)) == order[name]
        sequences = 0
        for selector, pairs in tables[14].uvsDict.items():
            for code, name in pairs[::11]:
                expected = ours.glyph(chr(code)) if name is None else order[name]
                assert ours.glyph(chr(code), chr(selector)) == expected
                sequences += 1
        for number in range(0, font["maxp"].numGlyphs, 997):
            assert ours.advance(number) == font["hmtx"][font.getGlyphName(number)][0]
    assert sequences > 1000


def test_a_missing_or_foreign_font_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_typefaces(tmp_path)
    (tmp_path / "empty.ttf").write_bytes(b"")
    with pytest.raises(ConfigurationError, match="can't be read"):
        Sfnt(tmp_path / "empty.ttf")


def test_a_subset_whose_objects_were_made_takes_no_further_character(mincho: Typeface) -> None:
    subset = Subset(mincho, ["健吾"])
    subset.own_objects()
    assert subset.encode("吾") == "0002"
    with pytest.raises(LookupError):
        subset.encode("辻")
