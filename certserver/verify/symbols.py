"""Finds the codes of sheets in rasters. Every symbol that is not ours is passed over; none is trusted yet."""

from collections.abc import Iterable
from dataclasses import dataclass

import zxingcpp

from certserver.verify.pictures import Raster
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.facecode import FaceCode, is_face_code
from koufu.evidence.sealcode import SealCodeHeader, is_seal_symbol, join

MOST_SYMBOLS, MOST_BYTES_OF_ONE = 255, 2953
"""In one picture, as many as the reader finds at most; and in a QR code of the largest version."""

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True, slots=True, repr=False)
class FoundSealCode:
    """A whole seal code: what its symbols say about the page, and the signed payload."""

    header: SealCodeHeader
    payload: bytes

    def __repr__(self) -> str:
        return f"<FoundSealCode of page {self.header.page}>"


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in one picture. `broken`: there were symbols of a seal code that don't make a whole one, and why."""

    faces: tuple[FaceCode, ...]
    seal_code: FoundSealCode | None
    broken: str | None


def symbols_in(raster: Raster) -> tuple[bytes, ...]:
    """The symbols in one picture of one side of a sheet that claim to be of a sheet, each once."""
    read = {bytes(symbol.bytes) for symbol in zxingcpp.read_barcodes(raster, formats=_QR)}
    return tuple(sorted(symbol for symbol in read if is_seal_symbol(symbol) or is_face_code(symbol)))


def found_in(symbols: Iterable[bytes]) -> Found:
    """What the symbols of one side say."""
    given = sorted(set(symbols))
    faces = tuple(sorted(_faces(given), key=FaceCode.to_bytes))
    parts = list(filter(is_seal_symbol, given))
    if not parts:
        return Found(faces, None, None)
    try:
        header, payload = join(parts)
    except MalformedEvidence as error:
        return Found(faces, None, str(error))
    return Found(faces, FoundSealCode(header, payload), None)


def _faces(symbols: Iterable[bytes]) -> set[FaceCode]:
    faces = set()
    for symbol in symbols:
        try:
            faces.add(FaceCode.from_bytes(symbol))
        except MalformedEvidence:
            continue
    return faces
