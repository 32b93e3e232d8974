"""IPP messages byte for byte, and what comes of bytes that are none."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.errors import AnswerLost
from printers.ipp.codec import (
    Answer,
    Attribute,
    GroupTag,
    Operation,
    ValueTag,
    decode_answer,
    encode_request,
    keyword,
)

# A successful Print-Job response, set by hand after the example in RFC 8010, A.2.
_RESPONSE = bytes.fromhex(
    "0101 0000 00000001 01"
    "47 0012 617474726962757465732d63686172736574 0005 7574662d38"
    "48 001b 617474726962757465732d6e61747572616c2d6c616e6775616765 0005 656e2d7573"
    "41 000e 7374617475732d6d657373616765 000d 7375636365737366756c2d6f6b"
    "02"
    "21 0006 6a6f622d6964 0004 00000093"
    "45 0007 6a6f622d757269 001f 6970703a2f2f7072696e7465722e6578616d706c652e636f6d2f6a6f622f31"
    "23 0009 6a6f622d7374617465 0004 00000003"
    "03"
)


def test_reads_a_response() -> None:
    answer = decode_answer(_RESPONSE)
    assert (answer.status, answer.request_id, answer.successful) == (0, 1, True)
    job = answer.first(GroupTag.JOB)
    assert job.integer("job-id") == 147
    assert job.integer("job-state") == 3
    assert answer.first(GroupTag.OPERATION).keywords("status-message") == ("successful-ok",)


def test_writes_a_request_octet_by_octet() -> None:
    request = encode_request(
        Operation.PRINT_JOB,
        1,
        [
            (GroupTag.OPERATION, [Attribute("attributes-charset", ValueTag.CHARSET, ("utf-8",))]),
            (GroupTag.JOB, [keyword("sides", "two-sided-long-edge"), Attribute("copies", ValueTag.INTEGER, (20,))]),
        ],
    )
    assert request == (
        b"\x02\x00\x00\x02\x00\x00\x00\x01\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x02\x44\x00\x05sides\x00\x13two-sided-long-edge\x21\x00\x06copies\x00\x04\x00\x00\x00\x14\x03"
    )


def test_further_values_have_no_name() -> None:
    message = _message(_value(0x44, "media", b"a") + _value(0x44, "", b"b") + _value(0x22, "flag", b"\x01"))
    group = decode_answer(message).first(GroupTag.PRINTER)
    assert group.keywords("media") == ("a", "b")
    assert group.values("flag") == (True,)
    assert group.integer("flag") is None


def test_values_of_every_kind() -> None:
    message = _message(
        _value(0x33, "range", struct.pack(">ii", 1, 9))
        + _value(0x13, "unknown", b"")
        + _value(0x30, "octets", b"\xff\x00")
        + _value(0x36, "name", b"\x00\x02ja\x00\x03\xe7\x94\xb2")
        + _value(0x21, "negative", b"\xff\xff\xff\xff")
    )
    group = decode_answer(message).first(GroupTag.PRINTER)
    assert [group.values(name) for name in ("range", "unknown", "octets", "name", "negative")] == [
        ((1, 9),),
        (None,),
        (b"\xff\x00",),
        ("甲",),
        (-1,),
    ]


def test_collections_are_stepped_over_however_deep() -> None:
    depth = 5_000
    inner = _value(0x4A, "", b"member") + _value(0x21, "", b"\x00\x00\x00\x01")
    deep = (_value(0x34, "", b"") + inner) * depth + _value(0x37, "", b"") * depth
    message = _message(_value(0x34, "col", b"") + inner + deep + _value(0x37, "", b"") + _value(0x44, "after", b"x"))
    group = decode_answer(message).first(GroupTag.PRINTER)
    assert group.values("col") == (None,)
    assert group.keywords("after") == ("x",)


def test_a_flood_of_values_is_read_in_one_pass() -> None:
    message = _message(_value(0x44, "media", b"a") + _value(0x44, "", b"b") * 170_000)
    assert len(decode_answer(message).first(GroupTag.PRINTER).keywords("media")) == 170_001


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        _RESPONSE[:-1],
        _RESPONSE[:40],
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x44\xff\xff",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x44\x00\x01a\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x44\x00\x00\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x21\x00\x01a\x00\x03abc\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x37\x00\x01a\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x34\x00\x01a\x00\x00\x03",
    ],
)
def test_what_is_no_ipp_is_a_lost_answer(broken: bytes) -> None:
    with pytest.raises(AnswerLost):
        decode_answer(broken)


@given(st.binary(max_size=400))
def test_any_bytes_are_an_answer_or_a_lost_one(data: bytes) -> None:
    _decode_or_lose(b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + data)
    _decode_or_lose(data)


@given(st.integers(0, len(_RESPONSE) - 1), st.integers(0, 255), st.integers(0, len(_RESPONSE)))
def test_a_true_answer_with_a_wrong_byte_or_end_is_an_answer_or_a_lost_one(at: int, byte: int, end: int) -> None:
    broken = bytearray(_RESPONSE)
    broken[at] = byte
    _decode_or_lose(bytes(broken[:end]))


def _decode_or_lose(data: bytes) -> None:
    with suppress(AnswerLost):
        assert isinstance(decode_answer(data), Answer)


def _value(tag: int, name: str, octets: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(octets)) + octets


def _message(body: bytes) -> bytes:
    return b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + body + b"\x03"
