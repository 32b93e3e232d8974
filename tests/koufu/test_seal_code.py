"""A seal code gives its payload back from what is left of its symbols, and nothing from symbols that were changed,
mixed or made up."""

import tracemalloc
import zlib
from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from certserver.antiforgery import qr
from koufu.evidence.erasure import parity_of, restored
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import pack
from koufu.evidence.sealcode import HEADER_BYTES, MOST_BYTES, MOST_IN_FOUR, cut_of, join, split

NUMBER = "K6SE22SX7PJV6RCW"
OTHER_NUMBER = "4CSDM1P7YJP49ZT8"
SHORT = bytes(range(200))
LONG = bytes(at * at % 251 for at in range(MOST_IN_FOUR + 1))
PAYLOADS = st.one_of(
    st.binary(min_size=1, max_size=3000),
    st.integers(MOST_IN_FOUR - 3, MOST_BYTES).map(lambda length: bytes(at * 7 % 253 for at in range(length))),
)


def symbol(part: int, data: int, parity: int, length: int, chunk: bytes, page: int = 1, pages: int = 1) -> bytes:
    """A symbol as somebody would make it up, with a right checksum."""
    head = b"KS" + bytes((2, part, data, parity)) + pack(NUMBER) + bytes((page, pages)) + length.to_bytes(4, "big")
    return head + zlib.crc32(head + chunk).to_bytes(4, "big") + chunk


@given(payload=PAYLOADS, data=st.data())
def test_any_one_symbol_in_four_may_be_lost(payload: bytes, data: st.DataObject) -> None:
    symbols = split(payload, NUMBER, 1, 2)
    cut = cut_of(len(payload))
    assert cut is not None
    assert len(symbols) == cut.symbols == (4 if len(payload) <= MOST_IN_FOUR else 8)
    left = data.draw(st.permutations(symbols))[: data.draw(st.integers(cut.data, cut.symbols))]
    header, joined = join(left)
    assert joined == payload
    assert (header.document_no, header.page, header.pages) == (NUMBER, 1, 2)


@pytest.mark.parametrize("payload", [SHORT, LONG], ids=["four", "eight"])
def test_every_loss_of_one_in_four_is_made_good(payload: bytes) -> None:
    symbols = split(payload, NUMBER, 1, 1)
    for lost in combinations(symbols, len(symbols) // 4):
        assert join([one for one in symbols if one not in lost])[1] == payload


@pytest.mark.parametrize("payload", [SHORT, LONG], ids=["four", "eight"])
def test_more_lost_is_malformed(payload: bytes) -> None:
    symbols = split(payload, NUMBER, 1, 1)
    for lost in combinations(symbols, len(symbols) // 4 + 1):
        with pytest.raises(MalformedEvidence, match="are needed"):
            join([one for one in symbols if one not in lost])
    with pytest.raises(MalformedEvidence, match="are needed"):
        join([symbols[0]] * len(symbols))


@pytest.mark.parametrize("length", [0, MOST_BYTES + 1])
def test_an_empty_or_too_long_payload_is_not_cut(length: int) -> None:
    with pytest.raises(ValueError, match="fits no sheet"):
        split(bytes(length), NUMBER, 1, 1)


def test_symbols_of_other_pages_documents_and_payloads_do_not_join() -> None:
    symbols = split(SHORT, NUMBER, 1, 2)
    for other in (split(SHORT, NUMBER, 2, 2), split(SHORT, OTHER_NUMBER, 1, 2), split(SHORT[:-1], NUMBER, 1, 2)):
        with pytest.raises(MalformedEvidence, match="different pages"):
            join([*symbols[:2], other[2]])
    changed = split(SHORT[:-1] + b"x", NUMBER, 1, 2)
    with pytest.raises(MalformedEvidence, match="same part"):
        join([*symbols, changed[2]])
    with pytest.raises(MalformedEvidence, match="contradict"):
        join([*symbols[:3], changed[3]])


@pytest.mark.parametrize("payload", [SHORT, LONG], ids=["four", "eight"])
@given(data=st.data())
def test_a_changed_symbol_is_malformed(payload: bytes, data: st.DataObject) -> None:
    symbols = [bytearray(one) for one in split(payload, NUMBER, 1, 1)]
    which = data.draw(st.integers(0, len(symbols) - 1))
    at = data.draw(st.integers(0, len(symbols[which]) - 1))
    symbols[which][at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(MalformedEvidence):
        join([bytes(one) for one in symbols])


@given(garbage=st.lists(st.one_of(st.binary(max_size=60), st.binary(max_size=60).map(b"KS\x02".__add__)), max_size=9))
def test_garbage_does_not_join(garbage: list[bytes]) -> None:
    with pytest.raises(MalformedEvidence):
        join(garbage)


@settings(max_examples=300)
@given(
    part=st.integers(0, 255),
    data=st.integers(0, 255),
    parity=st.integers(0, 255),
    length=st.integers(0, 2**32 - 1),
    size=st.integers(0, 2400),
    page=st.integers(0, 255),
    pages=st.integers(0, 255),
)
@example(part=0, data=255, parity=255, length=2**32 - 1, size=2400, page=1, pages=1)
@example(part=0, data=0, parity=0, length=0, size=0, page=1, pages=1)
@example(part=0, data=1, parity=0, length=100, size=100, page=1, pages=1)
def test_a_hostile_header_is_malformed(
    part: int, data: int, parity: int, length: int, size: int, page: int, pages: int
) -> None:
    with pytest.raises(MalformedEvidence):
        join([symbol(part, data, parity, length, bytes(size), page, pages)])


@pytest.mark.parametrize(
    ("part", "data", "parity", "length", "size", "page"),
    [
        (4, 3, 1, 300, 100, 1),
        (0, 6, 2, 300, 50, 1),
        (0, 3, 1, MOST_IN_FOUR + 1, 1707, 1),
        (0, 3, 1, 300, 101, 1),
        (0, 3, 1, 300, 100, 0),
        (0, 3, 1, 300, 100, 2),
        (8, 6, 2, 6000, 1000, 1),
    ],
)
def test_a_header_that_contradicts_itself_is_malformed(
    part: int, data: int, parity: int, length: int, size: int, page: int
) -> None:
    with pytest.raises(MalformedEvidence, match="impossible"):
        join([symbol(part, data, parity, length, bytes(size), page)])


def test_what_follows_the_payload_must_be_empty() -> None:
    chunks = [b"abc", b"def", b"gXX"]
    symbols = [symbol(part, 3, 1, 7, chunk) for part, chunk in enumerate((*chunks, *parity_of(chunks, 1)))]
    with pytest.raises(MalformedEvidence, match="contradict"):
        join(symbols)


def test_hostile_headers_allot_no_memory() -> None:
    hostile = [symbol(part, 255, 255, 2**32 - 1, bytes(2300)) for part in range(64)]
    tracemalloc.start()
    try:
        with pytest.raises(MalformedEvidence):
            join(hostile)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@given(
    chunks=st.integers(1, 40).flatmap(
        lambda size: st.lists(st.binary(min_size=size, max_size=size), min_size=1, max_size=12)
    ),
    parity=st.integers(1, 6),
)
def test_parity_is_that_of_the_code_in_qr_symbols(chunks: list[bytes], parity: int) -> None:
    columns = np.frombuffer(b"".join(chunks), dtype=np.uint8).reshape(len(chunks), -1).T
    expected = qr._parity(columns[None, :, :], parity)[0].T
    assert parity_of(chunks, parity) == tuple(row.tobytes() for row in expected)


@given(data=st.data(), count=st.integers(1, 12), parity=st.integers(1, 6))
def test_as_many_chunks_as_there_is_parity_are_restored(data: st.DataObject, count: int, parity: int) -> None:
    chunks = data.draw(st.lists(st.binary(min_size=5, max_size=5), min_size=count, max_size=count))
    every = dict(enumerate((*chunks, *parity_of(chunks, parity))))
    kept = data.draw(st.permutations(sorted(every)))[:count]
    assert restored({at: every[at] for at in kept}, count, parity) == tuple(chunks)
    with pytest.raises(ValueError, match="too few"):
        restored({at: every[at] for at in kept[1:]}, count, parity)


def test_a_header_has_26_bytes() -> None:
    assert len(split(SHORT, NUMBER, 1, 1)[0]) == HEADER_BYTES + -(-len(SHORT) // 3)
