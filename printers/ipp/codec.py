"""IPP messages as bytes and back (RFC 8010). Decoding is one pass without recursion: no answer of a printer, however
broken, makes it loop, grow beyond its input or raise anything but `AnswerLost`."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from printers.errors import AnswerLost

VERSION = (2, 0)
"""IPP/2.0 (PWG 5100.12), which every printer of the last ten years answers."""


class Operation(IntEnum):
    """The operations used here (RFC 8011, 5.4.15; the last two PWG 5100.11 and 5100.13)."""

    PRINT_JOB = 0x0002
    VALIDATE_JOB = 0x0004
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CANCEL_MY_JOBS = 0x0039
    IDENTIFY_PRINTER = 0x003C


class GroupTag(IntEnum):
    """Which object the attributes of a group speak of (RFC 8010, 3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class ValueTag(IntEnum):
    """How the octets of a value are read (RFC 8010, 3.5.2). Those not named here are kept as octets or text."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


Value = int | bool | str | bytes | tuple[int, int] | None
"""None stands for an out-of-band value (`unknown`, `no-value`) and for a collection, which nothing here needs."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request."""

    name: str
    tag: ValueTag
    values: tuple[int | bool | str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes of one object, by name."""

    tag: int
    attributes: Mapping[str, tuple[Value, ...]]

    def values(self, name: str) -> tuple[Value, ...]:
        """All values; empty where the attribute is missing."""
        return self.attributes.get(name, ())

    def keywords(self, name: str) -> tuple[str, ...]:
        """The values that are text."""
        return tuple(value for value in self.values(name) if isinstance(value, str))

    def integer(self, name: str) -> int | None:
        """The first value that is a whole number."""
        for value in self.values(name):
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        return None


@dataclass(frozen=True, slots=True)
class Answer:
    """A decoded response: status (RFC 8011, appendix B), the request it answers, and its groups in order."""

    status: int
    request_id: int
    groups: tuple[Group, ...]

    @property
    def successful(self) -> bool:
        """Whether the printer did what it was asked."""
        return 0 <= self.status <= 0x00FF

    def first(self, tag: GroupTag) -> Group:
        """The first group of that kind; an empty one where there is none."""
        return next((group for group in self.groups if group.tag == tag), Group(tag, {}))

    def all(self, tag: GroupTag) -> tuple[Group, ...]:
        """All groups of that kind."""
        return tuple(group for group in self.groups if group.tag == tag)


def keyword(name: str, *values: str) -> Attribute:
    """An attribute of keywords."""
    return Attribute(name, ValueTag.KEYWORD, values)


def encode_request(
    operation: Operation, request_id: int, groups: Sequence[tuple[GroupTag, Sequence[Attribute]]]
) -> bytes:
    """The request without its document."""
    out = bytearray(struct.pack(">BBHI", *VERSION, operation, request_id))
    for tag, attributes in groups:
        out.append(tag)
        for attribute in attributes:
            name = attribute.name.encode("ascii")
            for value in attribute.values:
                octets = _octets(value)
                out += struct.pack(">BH", attribute.tag, len(name)) + name + struct.pack(">H", len(octets)) + octets
                name = b""
    out.append(GroupTag.END)
    return bytes(out)


def decode_answer(data: bytes) -> Answer:
    """Reads a response. Raises `AnswerLost` when it is no IPP."""
    if len(data) < 9 or data[0] not in (1, 2):
        raise AnswerLost("the printer's answer is no IPP message")
    _, _, status, request_id = struct.unpack_from(">BBHI", data)
    return Answer(status, request_id, tuple(_read_groups(data)))


def _octets(value: int | bool | str) -> bytes:
    if isinstance(value, bool):
        return bytes([value])
    if isinstance(value, int):
        return struct.pack(">i", value)
    return value.encode("utf-8")


def _read_groups(data: bytes) -> list[Group]:
    groups: list[tuple[int, dict[str, list[Value]]]] = []
    name, depth, at = "", 0, 8
    while True:
        tag = _slice(data, at, 1)[0]
        at += 1
        if tag < 0x10:
            if depth:
                raise AnswerLost("the printer's answer ends inside a collection")
            if tag == GroupTag.END:
                return [_group(group, attributes) for group, attributes in groups]
            groups.append((tag, {}))
            name = ""
            continue
        label, at = _field(data, at)
        octets, at = _field(data, at)
        if depth == 0:
            name = label.decode("ascii", "replace") or name
            if not groups or not name:
                raise AnswerLost("the printer's answer holds a value without a name")
            groups[-1][1].setdefault(name, []).append(_value(tag, octets))
        depth += (tag == ValueTag.BEGIN_COLLECTION) - (tag == ValueTag.END_COLLECTION)
        if depth < 0:
            raise AnswerLost("the printer's answer closes a collection that it never opened")


def _group(tag: int, attributes: Mapping[str, list[Value]]) -> Group:
    return Group(tag, {name: tuple(values) for name, values in attributes.items()})


def _value(tag: int, octets: bytes) -> Value:
    if tag < 0x20 or tag == ValueTag.BEGIN_COLLECTION:
        return None
    try:
        if tag in (ValueTag.INTEGER, ValueTag.ENUM):
            (number,) = struct.unpack(">i", octets)
            return int(number)
        if tag == ValueTag.BOOLEAN:
            (flag,) = struct.unpack(">?", octets)
            return bool(flag)
        if tag == ValueTag.RANGE:
            low, high = struct.unpack(">ii", octets)
            return (low, high)
    except struct.error as broken:
        raise AnswerLost("the printer's answer holds a value of the wrong length") from broken
    if tag in (ValueTag.TEXT_WITH_LANGUAGE, ValueTag.NAME_WITH_LANGUAGE):
        _, at = _field(octets, 0)
        return _field(octets, at)[0].decode("utf-8", "replace")
    return octets.decode("utf-8", "replace") if tag >= 0x40 else octets


def _field(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack(">H", _slice(data, at, 2))
    return _slice(data, at + 2, length), at + 2 + length


def _slice(data: bytes, at: int, length: int) -> bytes:
    piece = data[at : at + length]
    if len(piece) != length:
        raise AnswerLost("the printer's answer ends too early")
    return piece
