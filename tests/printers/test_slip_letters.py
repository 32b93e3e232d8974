"""Widths, breaks, and which characters a printer has."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.errors import FontMissing, UnprintableText
from printers.fonts import Face, find_font, font_path
from printers.slips.encode import encode
from printers.slips.letters import clusters, device_bytes, half_widths, wrap
from printers.slips.model import KanjiRom, Paper, Slip, Text


def test_a_kanji_is_two_wide_whatever_marks_cling_to_it() -> None:
    assert half_widths("A1 ") == 3
    assert half_widths("ｱｲ") == 2
    assert half_widths("住民") == 4
    assert half_widths("辻\U000e0102") == 2
    assert half_widths("\U00020bb7") == 2
    assert list(clusters("葛\U000e0100城")) == ["葛\U000e0100", "城"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("領収書", "97cc8efb8f91"),
        ("髙﨑", "fbfcfab1"),
        ("①～―", "87408160815c"),
        ("Ⅰ￢∵", "875481ca81e6"),
        ("ｱ 1,000円", "b120312c303030897e"),
    ],
)
def test_the_printers_own_characters_are_shift_jis(text: str, expected: str) -> None:
    encoded = device_bytes(text, KanjiRom.CP932)
    assert encoded is not None
    assert encoded.hex() == expected


@pytest.mark.parametrize(
    "text", ["\U00020bb7", "葛\U000e0100", "〜", "é", "¥", "\ue000", "\xa0", "\n", "\x1b@", "\x00", "\x7f"]
)
def test_what_the_printer_lacks_or_would_obey_is_never_sent_as_text(text: str) -> None:
    assert device_bytes(text, KanjiRom.CP932) is None
    assert device_bytes(text, KanjiRom.JIS_X_0208) is None or text == "〜"


def test_a_printer_of_the_standard_alone_lacks_the_makers_characters() -> None:
    assert device_bytes("髙", KanjiRom.JIS_X_0208) is None
    assert device_bytes("①", KanjiRom.JIS_X_0208) is None
    assert device_bytes("高", KanjiRom.JIS_X_0208) == "高".encode("shift_jis")


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("住民票の写し", 12, ["住民票の写し"]),
        ("住民票の写し", 8, ["住民票", "の写し"]),
        ("交付しました。これ", 12, ["交付しまし", "た。これ"]),
        ("お預り「千円」です", 8, ["お預り", "「千円」", "です"]),
        ("Mihon Central Post Office", 14, ["Mihon Central", "Post Office"]),
        ("Llanfairpwllgwyngyll", 8, ["Llanfair", "pwllgwyn", "gyll"]),
        ("手数料300円です", 10, ["手数料", "300円です"]),
        ("a\n\nb", 8, ["a", "", "b"]),
        ("", 8, [""]),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, room: int, lines: list[str]) -> None:
    assert wrap(text, room) == lines


@given(st.text(alphabet="あ漢ｱA ¥é〜ー゙\u3099\u0301\U000e0100\U00020bb7\n", max_size=20))
def test_a_text_is_as_wide_as_its_pieces(text: str) -> None:
    assert half_widths(text) == sum(half_widths(cluster) for cluster in clusters(text))


@given(st.text(alphabet="あ漢A b。「」1,ー\U000e0100\n", max_size=60), st.integers(4, 48))
def test_no_line_is_too_long_and_nothing_is_lost(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert all(half_widths(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_i10_a_character_that_no_font_has_is_refused_and_not_replaced() -> None:
    with pytest.raises(UnprintableText, match=r"U\+10FFFD"):
        encode(Slip((Text("見本\U0010fffd市"),)), Paper.MM_58)
    with pytest.raises(UnprintableText, match=r"U\+E01EF"):
        encode(Slip((Text("見\U000e01ef本"),)), Paper.MM_58)


def test_a_missing_font_names_its_package(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="fonts-ipamj-mincho"):
        find_font(Face.MINCHO, [tmp_path, tmp_path / "missing"])


def test_a_font_is_found_under_the_first_root_that_has_it(tmp_path: Path) -> None:
    for folder in ("a/deep", "b"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / Face.GOTHIC.file_name).touch()
    assert find_font(Face.GOTHIC, [tmp_path / "a", tmp_path / "b"]) == tmp_path / "a/deep" / Face.GOTHIC.file_name


def test_the_fonts_of_slips_are_on_this_machine() -> None:
    assert all(font_path(face).is_file() for face in Face)
