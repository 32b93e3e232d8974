"""Where the codes stand: fixed places, whole dots, free of ground, and clear of everything else on the back."""

import pytest

from certserver.antiforgery import qr
from certserver.antiforgery.codes import MODULE, Symbol, face_symbol, seal_code_symbols
from certserver.antiforgery.guilloche import DETECTION
from certserver.antiforgery.paper import Box, dots
from certserver.documents.back_form import GROUND

FACE_CORNER_MM = (15.0, 278.4)


def symbols(length: int, count: int = 4) -> tuple[Symbol, ...]:
    placed = seal_code_symbols([bytes([part]) * length for part in range(count)])
    assert placed is not None
    return placed


def apart(one: Box, other: Box) -> bool:
    return one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top


def test_the_face_code_stands_at_the_same_place_on_every_form() -> None:
    symbol = face_symbol(bytes(41))
    assert (symbol.left, symbol.top) == tuple(map(dots, FACE_CORNER_MM))
    assert symbol.modules.shape == (29, 29)
    assert symbol.box.width == 29 * MODULE


@pytest.mark.parametrize(
    ("length", "version", "side_mm", "corner_mm"),
    [
        (368, 15, 26.1, (24.5, 145.0)),
        (709, 21, 34.2, (20.4, 140.9)),
        (1392, 31, 47.8, (54.2, 107.2)),
        (1733, 35, 53.2, (48.8, 101.8)),
    ],
)
def test_seal_codes_stand_as_their_size_asks(
    length: int, version: int, side_mm: float, corner_mm: tuple[float, float]
) -> None:
    placed = symbols(length)
    assert {symbol.modules.shape[0] for symbol in placed} == {qr.side_of(version)}
    assert placed[0].box.width == pytest.approx(dots(side_mm), abs=2)
    assert (placed[0].left, placed[0].top) == pytest.approx(tuple(map(dots, corner_mm)), abs=3)


def test_eight_symbols_stand_in_two_rows() -> None:
    placed = symbols(1125, 8)
    assert {symbol.modules.shape[0] for symbol in placed} == {qr.side_of(27)}
    assert (placed[0].left, placed[0].top) == pytest.approx((dots(16.3), dots(112.7)), abs=3)
    assert placed[4].left == placed[0].left
    assert placed[4].top - placed[0].box.bottom == dots(6.0)


@pytest.mark.parametrize(
    ("length", "count"),
    [*((length, 4) for length in (100, 368, 961, 1030, 1392, 1733)), (880, 8), (1000, 8), (1125, 8)],
)
def test_no_two_symbols_share_their_quiet_zone_and_none_leaves_the_ground(length: int, count: int) -> None:
    placed = symbols(length, count)
    for at, symbol in enumerate(placed):
        box = symbol.quiet_box
        assert apart(box, DETECTION)
        assert GROUND.left <= box.left
        assert GROUND.top <= box.top
        assert box.right <= GROUND.right
        assert box.bottom <= GROUND.bottom
        for other in placed[at + 1 :]:
            assert apart(symbol.box, other.quiet_box)


def test_a_row_tells_by_place_which_part_a_symbol_is() -> None:
    for length in (100, 368, 709):
        middles = [(symbol.box.left + symbol.box.right) / 2 for symbol in symbols(length)]
        assert middles == pytest.approx([dots(x) for x in (37.5, 82.5, 127.5, 172.5)], abs=MODULE)


@pytest.mark.parametrize(("length", "count"), [(1810, 4), (2332, 4), (5000, 4), (1126, 8), (500, 5)])
def test_content_for_which_no_symbol_is_large_enough_has_no_place(length: int, count: int) -> None:
    assert seal_code_symbols([bytes(length)] * count) is None
