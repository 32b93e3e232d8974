"""Frames, event counters and identifiers of ccTalk, by values of the public specification and by properties."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.cash.cctalk.events import Log, news, parse
from hardware.cash.cctalk.frames import BadFrame, Checksum, Frame, decode, encode
from hardware.cash.cctalk.identity import bill_yen, coin_yen
from hardware.cash.cctalk.layout import Layout, NoLayout, Proof
from hardware.cash.cctalk.layout import parse as layout_of
from hardware.cash.cctalk.virtual.peripheral import EventMemory

BYTES = st.integers(0, 255)
FRAMES = st.builds(Frame, BYTES, BYTES, BYTES, st.binary(max_size=255))


@pytest.mark.parametrize(
    ("frame", "octets"),
    [
        (Frame(2, 1, 242), bytes([2, 0, 1, 242, 11])),
        (Frame(1, 2, 0, bytes([78, 97, 188])), bytes([1, 3, 2, 0, 78, 97, 188, 143])),
    ],
)
def test_the_specifications_own_example(frame: Frame, octets: bytes) -> None:
    assert encode(frame, Checksum.SUM) == octets
    assert decode(octets, Checksum.SUM) == frame


def test_a_crc_stands_around_the_header() -> None:
    # CRC-CCITT of 28 00 FE by bits, not by the library's table.
    crc = 0
    for octet in (0x28, 0x00, 0xFE):
        crc ^= octet << 8
        for _ in range(8):
            crc = (crc << 1 ^ (0x1021 if crc & 0x8000 else 0)) & 0xFFFF
    assert encode(Frame(40, 1, 254), Checksum.CRC) == bytes([40, 0, crc & 0xFF, 254, crc >> 8])


@given(FRAMES, st.sampled_from(Checksum))
def test_what_was_encoded_is_decoded(frame: Frame, checksum: Checksum) -> None:
    source = 0 if checksum is Checksum.CRC else frame.source
    assert decode(encode(frame, checksum), checksum) == Frame(frame.destination, source, frame.header, frame.data)


@given(FRAMES, st.sampled_from(Checksum), st.data())
def test_one_wrong_byte_is_found(frame: Frame, checksum: Checksum, data: st.DataObject) -> None:
    octets = bytearray(encode(frame, checksum))
    octets[data.draw(st.integers(0, len(octets) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadFrame):
        decode(bytes(octets), checksum)


@given(st.binary(max_size=40), st.sampled_from(Checksum))
def test_garbage_is_no_frame_or_a_whole_one(octets: bytes, checksum: Checksum) -> None:
    try:
        frame = decode(octets, checksum)
    except BadFrame:
        return
    assert len(octets) == 5 + len(frame.data)


def _log(memory: EventMemory) -> Log:
    log = parse(memory.told())
    assert log is not None
    return log


@settings(max_examples=25)
@given(st.lists(st.integers(0, 5), min_size=40, max_size=140))
def test_every_event_is_new_once_across_the_wrap(batches: list[int]) -> None:
    memory, sent = EventMemory(), 0
    seen: list[tuple[int, int]] = []
    before = _log(memory)
    for batch in batches:
        for _ in range(batch):
            sent += 1
            memory.add(sent % 200 + 1, sent % 7)
        now = _log(memory)
        fresh = news(before, now)
        assert not fresh.gap
        seen += fresh.events
        before = now
    assert seen == [(number % 200 + 1, number % 7) for number in range(1, sent + 1)]


@given(st.integers(0, 255), st.integers(6, 254))
def test_more_than_it_remembers_is_told_as_missed(earlier: int, batch: int) -> None:
    memory = EventMemory()
    for number in range(earlier):
        memory.add(1, number % 200)
    before = _log(memory)
    for number in range(batch):
        memory.add(2, number % 200)
    fresh = news(before, _log(memory))
    assert (len(fresh.events), fresh.missed) == (5, batch - 5)


@given(st.integers(1, 300), st.integers(0, 4))
def test_a_reset_is_found_whatever_the_counter_says_since(earlier: int, since: int) -> None:
    memory = EventMemory()
    for number in range(earlier):
        memory.add(1, number % 100 + 1)
    before = _log(memory)
    memory.forget()
    for number in range(since):
        memory.add(2, number)
    fresh = news(before, _log(memory))
    assert fresh.gap
    assert set(fresh.events) >= {(2, number) for number in range(since)} or fresh.missed


def test_a_log_has_eleven_bytes() -> None:
    assert parse(bytes(10)) is None
    assert parse(bytes(12)) is None


@pytest.mark.parametrize(
    ("identifier", "yen"),
    [
        (b"JP500A", 500),
        (b"JP010B", 10),
        (b"JP1K0A", 1_000),
        (b"JP2K5A", 2_500),
        (b"......", None),
        *(
            (b"EU100A", None),
            (b"JP000A", None),
            (b"JP5", None),
            (b"JPK00A", None),
            (b"\xff" * 6, None),
        ),
    ],
)
def test_coins_by_their_identifiers(identifier: bytes, yen: int | None) -> None:
    assert coin_yen(identifier) == yen


@pytest.mark.parametrize(
    ("identifier", "scaling", "yen"),
    [
        (b"JP0010A", b"\x64\x00\x00", 1_000),
        (b"JP0100A", b"\x64\x00\x00", 10_000),
        (b"JP1000A", b"\x64\x00\x02", 1_000),
        *(
            (b"JP0001A", b"\x01\x00\x01", None),
            (b".......", b"\x64\x00\x00", None),
            (b"JP0010A", b"\x00\x00\x00", None),
        ),
    ],
)
def test_notes_by_their_identifiers(identifier: bytes, scaling: bytes, yen: int | None) -> None:
    assert bill_yen(identifier, scaling) == yen


def test_a_port_alone_is_the_usual_layout() -> None:
    assert layout_of("cctalk:/dev/ttyUSB0") == Layout("/dev/ttyUSB0")


def test_every_part_of_a_layout_can_be_said() -> None:
    address = "cctalk:/dev/ttyUSB0?coins=12&notes=41&hoppers=7:100,8:10&crc=41,7&proof=none&refills=3"
    layout = layout_of(address)
    assert layout == Layout("/dev/ttyUSB0", 12, 41, {7: 100, 8: 10}, frozenset({41, 7}), Proof.NONE, 3)


@pytest.mark.parametrize(
    "rest",
    [
        "?coin=2",
        "?coins=0",
        "?coins=256",
        "?notes=x",
        "?hoppers=3",
        "?hoppers=3:7",
        "?hoppers=3:10,3:50",
        *(
            "?hoppers=3:10,4:10",
            "?coins=40",
            "?proof=cipher",
            "?refills=",
            "?crc=a",
        ),
    ],
)
def test_what_can_be_no_layout_is_refused(rest: str) -> None:
    with pytest.raises(NoLayout):
        layout_of(f"cctalk:/dev/ttyUSB0{rest}")
