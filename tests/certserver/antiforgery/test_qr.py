"""Our own QR writer against segno module for module, and against a reader."""

import numpy as np
import pytest
import segno
import zxingcpp

from certserver.antiforgery import qr

VERSIONS = range(qr.SMALLEST, qr.LARGEST + 1)


def content(length: int, seed: int = 1) -> bytes:
    return np.random.default_rng(seed).integers(0, 256, length, dtype=np.uint8).tobytes()


def of_segno(payload: bytes, version: int, mask: int) -> qr.Bits:
    symbol = segno.make(payload, version=version, error="m", mode="byte", mask=mask, boost_error=False, micro=False)
    return np.array([list(row) for row in symbol.matrix], dtype=np.bool_)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_equals_segno(version: int) -> None:
    """Full symbols: where padding is due, segno puts a needless zero byte before it."""
    payload = content(qr.capacity(version))
    assert np.array_equal(qr.symbols([payload])[0], of_segno(payload, version, qr.MASK))


@pytest.mark.parametrize("mask", range(8))
@pytest.mark.parametrize("version", [1, 7, 15])
def test_every_mask_equals_segno(version: int, mask: int) -> None:
    payload = content(qr.capacity(version))
    assert np.array_equal(qr.symbols([payload], version, mask)[0], of_segno(payload, version, mask))


@pytest.mark.parametrize("version", [1, 2, 3, 9, 10, 15, 21, 31, 40])
@pytest.mark.parametrize("spare", [0, 1, 2, 3])
def test_a_reader_gives_back_the_bytes(version: int, spare: int) -> None:
    payload = content(qr.capacity(version) - spare)
    modules = np.pad(qr.symbols([payload], version)[0], qr.QUIET_MODULES)
    picture = np.where(modules, 0, 255).astype(np.uint8).repeat(4, axis=0).repeat(4, axis=1)
    (found,) = zxingcpp.read_barcodes(picture)
    assert bytes(found.bytes) == payload


def test_several_symbols_at_once_are_those_made_one_by_one() -> None:
    payloads = [content(368, seed) for seed in range(4)]
    together = qr.symbols(payloads)
    assert together.shape == (4, 77, 77)
    for payload, symbol in zip(payloads, together, strict=True):
        assert np.array_equal(symbol, qr.symbols([payload])[0])


@pytest.mark.parametrize(
    ("length", "version"), [(14, 1), (15, 2), (41, 3), (42, 3), (43, 4), (180, 9), (181, 10), (2331, 40)]
)
def test_the_smallest_version_that_holds_it(length: int, version: int) -> None:
    assert qr.version_for(length) == version


def test_more_than_the_largest_symbol_holds_is_told() -> None:
    with pytest.raises(ValueError, match="2332 bytes"):
        qr.version_for(2332)
    with pytest.raises(ValueError, match="version 3"):
        qr.symbols([content(43)], 3)
