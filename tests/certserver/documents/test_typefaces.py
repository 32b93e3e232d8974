"""A character is set as itself or not at all (I10): no fallback, no box, no base glyph in place of a variant."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from certserver.documents.sfnt import Sfnt
from certserver.documents.subset import FontSubset, Subset
from certserver.documents.typefaces import Face, Font, Typeface, clusters, load_typefaces, missing
from certserver.errors import ConfigurationError
from certserver.font_files import IPAMJ_MINCHO, MINCHO, installed
from tests.support.sheets import press

IPAMJ = installed(IPAMJ_MINCHO)


@pytest.fixture(scope="module")
def mincho() -> Typeface:
    return press()._typefaces[Face.VALUE]


@pytest.fixture(scope="module")
def ipamj(mincho: Typeface) -> Font:
    return mincho.fonts[0]


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
def test_variants_of_the_moji_joho_collection_have_their_own_glyphs(cluster: str, ipamj: Font) -> None:
    assert ipamj.glyph(cluster) is not None


def test_variants_differ_and_the_default_one_is_the_base(ipamj: Font) -> None:
    assert ipamj.glyph("辻\U000e0102") != ipamj.glyph("辻")
    assert ipamj.glyph("辻\U000e0103") == ipamj.glyph("辻")
    assert len({ipamj.glyph(f"邉{chr(0xE010F + at)}") for at in range(15)}) == 15


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
    assert missing(mincho, ["健吾", text]) == tuple(
        dict.fromkeys(each for each in clusters(text) if not mincho.has(each))
    )
    with pytest.raises(LookupError):
        Subset(mincho).shown(text)


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


def test_a_subset_whose_objects_were_made_takes_no_further_character(ipamj: Font) -> None:
    subset = FontSubset(ipamj)
    subset.encode("健吾")
    subset.own_objects()
    assert subset.encode("吾") == "0002"
    with pytest.raises(LookupError):
        subset.encode("辻")


SECOND = installed(MINCHO)


@pytest.fixture(scope="module")
def two() -> Typeface:
    return load_typefaces(further=(SECOND,))[Face.VALUE]


@pytest.mark.parametrize(
    ("cluster", "resource"),
    [
        ("辻", "M"),
        ("辻\U000e0102", "M"),
        ("辻\U000e0100", "M2"),
        ("辻\U000e0103", "M"),
        ("𠮷", "M"),
        ("\uf999", "M2"),
    ],
    ids=["base", "Moji_Joho", "Adobe-Japan1", "default", "SIP", "compatibility ideograph"],
)
def test_each_cluster_comes_from_the_first_font_that_has_exactly_it(
    cluster: str, resource: str, two: Typeface, ipamj: Font
) -> None:
    assert two.font_of(cluster).resource == resource
    assert (ipamj.glyph(cluster) is None) == (resource == "M2")


def test_what_neither_of_two_fonts_has_is_missing(two: Typeface) -> None:
    assert missing(two, ["辻\U000e01ef\U000e0100", "健吾\ue000", "辻\U000e01ef"]) == (
        "辻\U000e01ef",
        "\U000e0100",
        "\ue000",
    )


def test_a_text_is_set_in_runs_of_one_font(two: Typeface) -> None:
    assert Subset(two).shown("健辻\U000e0100辻") == ("/M 1 Tf <0001> Tj /M2 1 Tf <0001> Tj /M 1 Tf <0002> Tj")


def test_one_font_sets_a_text_in_one_run(mincho: Typeface) -> None:
    assert Subset(mincho).shown("健吾健") == "/M 1 Tf <000100020001> Tj"
