"""QR symbols (ISO/IEC 18004) of level M from bytes, several of equal length at once. The mask is fixed instead of
chosen by penalty: what goes in is signed or hashed and so as good as random under every mask."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.bool_]
Codewords = npt.NDArray[np.uint8]

MASK = 3
SMALLEST, LARGEST = 1, 40
QUIET_MODULES = 4

# ISO/IEC 18004 table 9, level M, versions 1 to 40.
_PARITY_PER_BLOCK = (
    *(10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26),
    *(26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28),
)
_BLOCKS = (
    *(1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16),
    *(17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49),
)
_LEVEL_M = 0b00
_PADDING = (0xEC, 0x11)
_WIDE_COUNT_FROM = 10
_VERSION_SHOWN_FROM = 7
_KEPT_CONTRIBUTIONS = 16
"""Some 300 kB each."""


def capacity(version: int) -> int:
    """How many bytes a symbol of this version holds."""
    return _data_codewords(version) - (3 if version >= _WIDE_COUNT_FROM else 2)


def version_for(length: int) -> int:
    """The smallest version for that many bytes. Raises `ValueError` when none is large enough."""
    for version in range(SMALLEST, LARGEST + 1):
        if capacity(version) >= length:
            return version
    raise ValueError(f"no QR symbol of level M holds {length} bytes")


def side_of(version: int) -> int:
    """Modules along one side, without the quiet zone."""
    return 17 + 4 * version


def symbols(payloads: Sequence[bytes], version: int | None = None, mask: int = MASK) -> Bits:
    """(symbol, row, column), True for dark, of payloads of equal length, in the smallest version that holds them."""
    length = len(payloads[0])
    if version is None:
        version = version_for(length)
    plan = _plan(version, mask)
    bits = np.unpackbits(_codewords(payloads, length, version), axis=1).view(np.bool_)
    return plan.frame ^ bits.take(plan.sources, axis=1)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all symbols of a version and mask share: everything but the data, masked, and which data bit is added to
    each module; the bit behind the last is always 0."""

    frame: Bits
    sources: npt.NDArray[np.intp]


def _raw_codewords(version: int) -> int:
    modules = (16 * version + 128) * version + 64
    if version > 1:
        rows = version // 7 + 2
        modules -= (25 * rows - 10) * rows - 55
        if version >= _VERSION_SHOWN_FROM:
            modules -= 36
    return modules // 8


def _data_codewords(version: int) -> int:
    return _raw_codewords(version) - _PARITY_PER_BLOCK[version - 1] * _BLOCKS[version - 1]


def _codewords(payloads: Sequence[bytes], length: int, version: int) -> Codewords:
    """(symbol, codeword): mode, count, data, padding and parity, interleaved over the blocks, and a zero behind."""
    count = length.to_bytes(2 if version >= _WIDE_COUNT_FROM else 1, "big")
    nibbles = np.frombuffer(b"".join(b"\x04" + count + payload + b"\0" for payload in payloads), dtype=np.uint8)
    nibbles = nibbles.reshape(len(payloads), -1)
    total, blocks, parity = _data_codewords(version), _BLOCKS[version - 1], _PARITY_PER_BLOCK[version - 1]
    data = np.empty((len(payloads), total), dtype=np.uint8)
    used = nibbles.shape[1] - 1
    if used > total:
        raise ValueError(f"version {version} does not hold {length} bytes")
    data[:, :used] = (nibbles[:, :-1] << 4) | (nibbles[:, 1:] >> 4)
    data[:, used:] = np.resize(np.array(_PADDING, dtype=np.uint8), total - used)
    short = total // blocks
    longer = total % blocks
    split = (blocks - longer) * short
    groups = [
        group
        for group in (
            data[:, :split].reshape(len(payloads), -1, short),
            data[:, split:].reshape(len(payloads), -1, short + 1),
        )
        if group.shape[1]
    ]
    checks = np.concatenate([_parity(group, parity) for group in groups], axis=1)
    return np.concatenate(
        (
            data[:, _interleaving(blocks, short, longer)],
            checks.transpose(0, 2, 1).reshape(len(payloads), -1),
            np.zeros((len(payloads), 1), dtype=np.uint8),
        ),
        axis=1,
    )


@cache
def _interleaving(blocks: int, short: int, longer: int) -> npt.NDArray[np.intp]:
    """Which data codeword comes next: the first of every block, the second of every block, and so on."""
    starts = np.arange(blocks) * short + np.maximum(np.arange(blocks) - (blocks - longer), 0)
    order = (starts[None, :] + np.arange(short)[:, None]).reshape(-1)
    return np.concatenate((order, starts[blocks - longer :] + short))


@cache
def _field() -> tuple[Codewords, list[int], list[int]]:
    """Products of GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1 as a table, its powers of 2 and their logarithms."""
    powers, logs = [1] * 255, [0] * 256
    for at in range(1, 255):
        value = powers[at - 1] << 1
        powers[at] = value ^ 0x11D if value > 0xFF else value
    for at, value in enumerate(powers):
        logs[value] = at
    table = np.zeros((256, 256), dtype=np.uint8)
    for a in range(1, 256):
        for b in range(1, 256):
            table[a, b] = powers[(logs[a] + logs[b]) % 255]
    return table, powers, logs


@cache
def _generator(length: int, parity: int) -> Codewords:
    """(data codeword, parity codeword): what a data codeword of 1 at each place adds to the parity of its block."""
    table, powers, _ = _field()
    divisor = [1]
    for at in range(parity):
        root = powers[at]
        divisor = [
            (divisor[i] if i < len(divisor) else 0) ^ (int(table[divisor[i - 1], root]) if i else 0)
            for i in range(len(divisor) + 1)
        ]
    rows = np.zeros((length, parity), dtype=np.uint8)
    remainder = np.array(divisor[1:], dtype=np.uint8)
    for place in reversed(range(length)):
        rows[place] = remainder
        head = remainder[0]
        remainder = np.append(remainder[1:], np.uint8(0)) ^ table[head, np.array(divisor[1:], dtype=np.uint8)]
    return rows


@lru_cache(maxsize=_KEPT_CONTRIBUTIONS)
def _contributions(length: int, parity: int) -> npt.NDArray[np.uint64]:
    """(data codeword, its value, word): what each value at each place adds to the parity of its block, eight codewords
    in a word."""
    table, _, _ = _field()
    words = -(-parity // 8)
    rows = np.zeros((length, 256, words * 8), dtype=np.uint8)
    rows[:, :, :parity] = table[:, _generator(length, parity)].transpose(1, 0, 2)
    return rows.view(np.uint64)


def _parity(blocks: Codewords, parity: int) -> Codewords:
    """(symbol, block, parity codeword) for blocks of equal length: Reed-Solomon, a whole row per data codeword."""
    length = blocks.shape[2]
    rows = _contributions(length, parity)[np.arange(length), blocks]
    return np.asarray(np.bitwise_xor.reduce(rows, axis=2).view(np.uint8)[:, :, :parity])


@cache
def _plan(version: int, mask: int) -> _Plan:
    side = side_of(version)
    dark = np.zeros((side, side), dtype=np.bool_)
    taken = np.zeros((side, side), dtype=np.bool_)
    dark[6, ::2] = dark[::2, 6] = True
    taken[6, :] = taken[:, 6] = True
    _draw_finders(dark, taken)
    _draw_alignment(dark, taken, version)
    _draw_format(dark, taken, mask)
    if version >= _VERSION_SHOWN_FROM:
        _draw_version(dark, taken, version)
    order = [
        (row if upwards else side - 1 - row, column)
        for right, upwards in _strips(side)
        for row in reversed(range(side))
        for column in (right, right - 1)
    ]
    rows, columns = (np.array(part) for part in zip(*order, strict=True))
    free = ~taken[rows, columns]
    rows, columns = rows[free], columns[free]
    dark[rows, columns] = _masked(mask, rows, columns)
    sources = np.full((side, side), 8 * _raw_codewords(version))
    data = slice(8 * _raw_codewords(version))
    sources[rows[data], columns[data]] = np.arange(data.stop)
    return _Plan(dark, sources)


def _strips(side: int) -> list[tuple[int, bool]]:
    """The two-module columns from the right, each with whether it runs upwards; column 6 is skipped."""
    rights = [*range(side - 1, 6, -2), *range(5, 0, -2)]
    return [(right, at % 2 == 0) for at, right in enumerate(rights)]


def _masked(mask: int, i: npt.NDArray[np.int_], j: npt.NDArray[np.int_]) -> Bits:
    """ISO/IEC 18004 table 10: i is the row, j the column."""
    value = (
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        i * j % 2 + i * j % 3,
        (i * j % 2 + i * j % 3) % 2,
        ((i + j) % 2 + i * j % 3) % 2,
    )[mask]
    return np.asarray(value == 0)


def _draw_finders(dark: Bits, taken: Bits) -> None:
    ring = np.maximum(*np.abs(np.mgrid[-4:5, -4:5]))
    pattern = (ring != 2) & (ring != 4)
    side = len(dark)
    for row, column in ((3, 3), (3, side - 4), (side - 4, 3)):
        top, left = max(row - 4, 0), max(column - 4, 0)
        bottom, right = min(row + 5, side), min(column + 5, side)
        part = (slice(top - row + 4, bottom - row + 4), slice(left - column + 4, right - column + 4))
        dark[top:bottom, left:right] = pattern[part]
        taken[top:bottom, left:right] = True


def _draw_alignment(dark: Bits, taken: Bits, version: int) -> None:
    if version == 1:
        return
    count = version // 7 + 2
    step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    side = len(dark)
    centres = [6, *reversed([side - 7 - at * step for at in range(count - 1)])]
    ring = np.maximum(*np.abs(np.mgrid[-2:3, -2:3]))
    corners = {(6, 6), (6, side - 7), (side - 7, 6)}
    for row in centres:
        for column in centres:
            if (row, column) not in corners:
                dark[row - 2 : row + 3, column - 2 : column + 3] = ring != 1
                taken[row - 2 : row + 3, column - 2 : column + 3] = True


def _draw_format(dark: Bits, taken: Bits, mask: int) -> None:
    data = _LEVEL_M << 3 | mask
    value = (data << 10 | _remainder(data << 10, 0x537, 10)) ^ 0x5412
    bits = [bool(value >> at & 1) for at in range(15)]
    side = len(dark)
    first = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    second = [(8, side - 1 - at) for at in range(8)] + [(side - 15 + at, 8) for at in range(8, 15)]
    for places in (first, second):
        for (row, column), bit in zip(places, bits, strict=True):
            dark[row, column] = bit
            taken[row, column] = True
    dark[side - 8, 8] = taken[side - 8, 8] = True


def _draw_version(dark: Bits, taken: Bits, version: int) -> None:
    value = version << 12 | _remainder(version << 12, 0x1F25, 12)
    side = len(dark)
    for at in range(18):
        a, b = side - 11 + at % 3, at // 3
        dark[a, b] = dark[b, a] = bool(value >> at & 1)
        taken[a, b] = taken[b, a] = True


def _remainder(value: int, divisor: int, degree: int) -> int:
    """Of the division of polynomials over GF(2)."""
    while value.bit_length() > degree:
        value ^= divisor << (value.bit_length() - degree - 1)
    return value
