"""Lines of the sensor board: as the page says, and nothing else is taken for one."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.sensors.board.codec import LONGEST, Lines, board_line, check_sum, kiosk_line, read_board, read_kiosk
from hardware.sensors.board.words import FromBoard, FromKiosk, Seen, Wanted
from hardware.sensors.model import Lamp, Place, Power

NUMBERS = st.integers(0, 0xFFFF)
FROM_BOARD = st.builds(
    FromBoard,
    NUMBERS,
    st.none() | NUMBERS,
    st.builds(Seen, st.frozensets(st.sampled_from(Place)), st.booleans(), st.booleans(), st.sampled_from(Power)),
)
FROM_KIOSK = st.builds(
    FromKiosk,
    NUMBERS,
    st.builds(Wanted, st.sampled_from(Lamp), st.integers(0, 255), st.integers(0, 999), st.booleans()),
)
LINE = board_line(FromBoard(1, 2, Seen())).strip()


def framed(body: str) -> bytes:
    return f"${body}*{check_sum(body.encode()):04X}".encode()


def body(line: bytes = LINE) -> str:
    return line.decode().strip()[1:-5]


def test_the_check_sum_is_the_one_that_everybody_calls_by_that_name() -> None:
    assert check_sum(b"123456789") == 0x29B1


def test_the_page_shows_lines_that_count(root: Path) -> None:
    kiosk, board = re.findall(r"^\$.*$", (root / "docs/sensor-board.md").read_text(), re.MULTILINE)
    told, answer = read_kiosk(kiosk.encode()), read_board(board.encode())
    assert told == FromKiosk(0x0A41, Wanted(Lamp.READY, 7, 180))
    assert answer == FromBoard(0x0102, told.number, Seen(present=True))


@given(FROM_BOARD)
def test_what_the_board_tells_is_what_was_told(told: FromBoard) -> None:
    line = board_line(told)
    assert len(line) <= LONGEST
    assert [read_board(each) for each in Lines().take(line)] == [told]
    assert read_kiosk(line.strip()) is None


@given(FROM_KIOSK)
def test_what_the_kiosk_tells_is_what_was_told(told: FromKiosk) -> None:
    line = kiosk_line(told)
    assert len(line) <= LONGEST
    assert [read_kiosk(each) for each in Lines().take(line)] == [told]
    assert read_board(line.strip()) is None


@given(FROM_BOARD, st.data())
def test_one_spoiled_byte_is_never_taken_for_something_else(told: FromBoard, data: st.DataObject) -> None:
    line = bytearray(board_line(told).strip())
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    assert all(read_board(each) is None for each in Lines().take(bytes(line) + b"\n"))


@given(st.binary(max_size=2000))
def test_garbage_is_dropped_and_the_next_line_counts(garbage: bytes) -> None:
    lines = Lines()
    before = [read_board(each) for each in lines.take(garbage)]
    assert before == [None] * len(before)
    assert [read_board(each) for each in lines.take(LINE + b"\r\n")][-1] is not None


@pytest.mark.parametrize("size", [1, 7, 64])
def test_lines_may_come_in_pieces(size: int) -> None:
    stream, lines = (LINE + b"\r\n") * 5, Lines()
    came = [line for at in range(0, len(stream), size) for line in lines.take(stream[at : at + size])]
    assert came == [LINE] * 5


def test_half_a_line_spoils_no_other() -> None:
    lines = Lines()
    assert list(lines.take(LINE[:40] + LINE + b"\n")) == [LINE]


def test_a_line_without_an_end_is_not_kept_for_ever() -> None:
    lines = Lines()
    for _ in range(100):
        assert list(lines.take(b"$" + b"x" * 4095)) == []
    assert list(lines.take(b"\n" + LINE + b"\n")) == [LINE]


@pytest.mark.parametrize(
    "wrong",
    [
        body().replace("B1", "B2"),
        body().replace("door=shut ", ""),
        body().replace("door=shut", "door=ajar"),
        body().replace("door=shut", "door=shut door=open"),
        body().replace("power=mains", "power"),
        body().replace("0001", "1"),
        body().replace("0002", "000a"),
        body().replace("0001 0002", "0001"),
        "B1",
        "",
    ],
)
def test_what_is_not_on_the_page_does_not_count(wrong: str) -> None:
    assert read_board(framed(body())) is not None
    assert read_board(framed(wrong)) is None


@pytest.mark.parametrize("wrong", ["fed=7", "fed=777", "watchdog=1000", "watchdog=-1", "lamp=blue", "machine=off"])
def test_the_board_obeys_no_word_that_is_not_on_the_page(wrong: str) -> None:
    said = body(kiosk_line(FromKiosk(1, Wanted())))
    assert read_kiosk(framed(said)) is not None
    assert read_kiosk(framed(re.sub(rf"{wrong.split('=')[0]}=\S+", wrong, said))) is None


def test_a_field_that_nobody_knows_yet_is_let_be() -> None:
    assert read_board(framed(f"{body()} humidity=60")) == read_board(LINE)
