"""Finds the codes of sheets in rasters. Every symbol that is not ours is passed over; none is trusted yet."""

from collections.abc import Iterable
from dataclasses import dataclass

import zxingcpp

from certserver.verify.pictures import Raster
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.facecode import FaceCode
from koufu.evidence.sealcode import SealCodeHeader, is_seal_symbol, join

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


def find(raster: Raster) -> Found:
    """The codes in one picture of one side of a sheet."""
    symbols = {bytes(symbol.bytes) for symbol in zxingcpp.read_barcodes(raster, formats=_QR)}
    faces = tuple(sorted(_faces(symbols), key=FaceCode.to_bytes))
    parts = sorted(filter(is_seal_symbol, symbols))
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
