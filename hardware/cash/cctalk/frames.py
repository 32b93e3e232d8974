"""ccTalk frames: destination, length, source, header, data, and what proves them: one byte that makes the sum zero, or
a 16-bit CRC whose low byte stands in the place of the source. Pure.

From the public ccTalk specification, part 1 (v4.7 by number; read in quotations): ISO 3309 CRC-CCITT, polynomial 1021
hex, start 0, over all but the CRC itself; a vector of the specification for the sum is in the tests."""

from binascii import crc_hqx
from dataclasses import dataclass
from enum import Enum

HOST = 1
"""The host's address on every bus."""

SHORTEST = 5
"""Bytes of a frame without data."""

LONGEST_DATA = 255


class Checksum(Enum):
    """What proves a frame: the sum's 8 bits, or 16 bits of CRC, as most bill validators want it."""

    SUM = 8
    CRC = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """One message. `source` is 0 where a CRC took its place."""

    destination: int
    source: int
    header: int
    data: bytes = b""


class BadFrame(ValueError):
    """These bytes are no frame, or not all of one."""


def encode(frame: Frame, checksum: Checksum) -> bytes:
    """The frame's bytes."""
    if len(frame.data) > LONGEST_DATA:
        raise BadFrame("more data than a frame has room for")
    start, rest = bytes([frame.destination, len(frame.data)]), bytes([frame.header]) + frame.data
    if checksum is Checksum.CRC:
        crc = crc_hqx(start + rest, 0)
        return start + bytes([crc & 0xFF]) + rest + bytes([crc >> 8])
    body = start + bytes([frame.source]) + rest
    return body + bytes([-sum(body) & 0xFF])


def decode(octets: bytes, checksum: Checksum) -> Frame:
    """The frame that these bytes are, no more and no less. Raises `BadFrame`."""
    if len(octets) < SHORTEST or len(octets) != SHORTEST + octets[1]:
        raise BadFrame("too few bytes, or too many")
    source = 0 if checksum is Checksum.CRC else octets[2]
    frame = Frame(octets[0], source, octets[3], octets[4:-1])
    if encode(frame, checksum) != octets:
        raise BadFrame("the checksum does not hold")
    return frame
