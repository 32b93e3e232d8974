"""Reed-Solomon across chunks of equal length: parity chunks from data chunks, and lost data chunks from any as many
that are left. It corrects no errors: each chunk has its own checksum, a wrong one counts as lost."""

from collections.abc import Mapping, Sequence
from functools import cache

_POLYNOMIAL = 0x11D
"""x^8 + x^4 + x^3 + x^2 + 1, the field and generator of QR symbols (ISO/IEC 18004)."""


def parity_of(chunks: Sequence[bytes], count: int) -> tuple[bytes, ...]:
    """So many parity chunks: at each place, the check symbols of the code whose generator has the roots 2^0, 2^1 and
    so on, the highest power first. One parity chunk is the exclusive or of the data."""
    rows = _coefficients(len(chunks), count)
    return tuple(_sum([_times(chunk, by) for chunk, by in zip(chunks, row, strict=True)]) for row in rows)


def restored(chunks: Mapping[int, bytes], data: int, parity: int) -> tuple[bytes, ...]:
    """All `data` chunks from at least as many of equal length; they are numbered from 0, data before parity. Raises
    `ValueError` when too few are there."""
    lost = [at for at in range(data) if at not in chunks]
    rows = _coefficients(data, parity)
    checks = [at for at in range(parity) if data + at in chunks][: len(lost)]
    if len(checks) < len(lost):
        raise ValueError("too few chunks are left")
    known = {at: chunk for at, chunk in chunks.items() if at < data}
    left = [[rows[check][at] for at in lost] for check in checks]
    right = [
        _sum([chunks[data + check], *(_times(chunk, rows[check][at]) for at, chunk in known.items())])
        for check in checks
    ]
    known |= dict(zip(lost, _solved(left, right), strict=True))
    return tuple(known[at] for at in range(data))


def _solved(left: list[list[int]], right: list[bytes]) -> list[bytes]:
    """Gauss's elimination; every square part of the coefficients can be inverted, since any data can be restored."""
    for column in range(len(left)):
        pivot = next(row for row in range(column, len(left)) if left[row][column])
        left[column], left[pivot] = left[pivot], left[column]
        right[column], right[pivot] = right[pivot], right[column]
        by = _inverse(left[column][column])
        left[column] = [_product(by, value) for value in left[column]]
        right[column] = _times(right[column], by)
        for row in range(len(left)):
            factor = left[row][column]
            if row != column and factor:
                pairs = zip(left[row], left[column], strict=True)
                left[row] = [value ^ _product(factor, other) for value, other in pairs]
                right[row] = _sum([right[row], _times(right[column], factor)])
    return right


@cache
def _powers() -> tuple[tuple[int, ...], dict[int, int]]:
    """Powers of 2, and the logarithm of each."""
    powers = [1]
    for _ in range(254):
        value = powers[-1] << 1
        powers.append(value ^ _POLYNOMIAL if value > 0xFF else value)
    return tuple(powers), {value: at for at, value in enumerate(powers)}


def _product(a: int, b: int) -> int:
    if not a or not b:
        return 0
    powers, logs = _powers()
    return powers[(logs[a] + logs[b]) % 255]


def _inverse(value: int) -> int:
    powers, logs = _powers()
    return powers[-logs[value] % 255]


@cache
def _multiples(by: int) -> bytes:
    """What each byte becomes."""
    return bytes(_product(by, value) for value in range(256))


@cache
def _coefficients(data: int, parity: int) -> tuple[tuple[int, ...], ...]:
    """(parity chunk, data chunk): what a data chunk adds to a parity chunk."""
    generator = [1]
    for root in _powers()[0][:parity]:
        shifted, scaled = [*generator, 0], [0, *(_product(root, value) for value in generator)]
        generator = [a ^ b for a, b in zip(shifted, scaled, strict=True)]
    columns = [generator[1:]]
    for _ in range(data - 1):
        head, *rest = columns[-1]
        columns.append([a ^ _product(head, b) for a, b in zip([*rest, 0], generator[1:], strict=True)])
    return tuple(zip(*reversed(columns), strict=True))


def _times(chunk: bytes, by: int) -> bytes:
    return chunk if by == 1 else chunk.translate(_multiples(by))


def _sum(chunks: Sequence[bytes]) -> bytes:
    value = 0
    for chunk in chunks:
        value ^= int.from_bytes(chunk, "big")
    return value.to_bytes(len(chunks[0]), "big")
