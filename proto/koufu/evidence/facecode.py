"""The small code at the foot of a face: 41 bytes that name document, page and content. The kiosk reads it back from the
raster before paper moves, and a verifier holds face against back with it."""

import zlib
from dataclasses import dataclass

from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import pack, unpack

MAGIC = b"KF\x01"
"""Two letters and the version."""

FACE_CODE_BYTES = 41
CONTENT_PREFIX_BYTES = 16
BUNDLE_PREFIX_BYTES = 3

_LAST_MUNICIPALITY = 999_999


@dataclass(frozen=True, slots=True)
class FaceCode:
    """Municipality code, document number, page i of n, the first 16 bytes of the page's chained content hash,
    and the first 3 bytes of the form's hash."""

    municipality: str
    document_no: str
    page: int
    pages: int
    content_prefix: bytes
    bundle_prefix: bytes

    def to_bytes(self) -> bytes:
        """Magic 3, municipality 3, document number 10, i, n, content hash 16, bundle hash 3, CRC-32 4."""
        body = b"".join(
            (
                MAGIC,
                int(self.municipality).to_bytes(3, "big"),
                pack(self.document_no),
                bytes((self.page, self.pages)),
                self.content_prefix,
                self.bundle_prefix,
            )
        )
        return body + zlib.crc32(body).to_bytes(4, "big")

    @classmethod
    def from_bytes(cls, code: bytes) -> "FaceCode":
        """The code in these 41 bytes, or `MalformedEvidence`."""
        if len(code) != FACE_CODE_BYTES or not code.startswith(MAGIC):
            raise MalformedEvidence("this is not the code of a face")
        if zlib.crc32(code[:-4]).to_bytes(4, "big") != code[-4:]:
            raise MalformedEvidence("the code of the face was damaged")
        municipality, page, pages = int.from_bytes(code[3:6], "big"), code[16], code[17]
        if municipality > _LAST_MUNICIPALITY or not 1 <= page <= pages:
            raise MalformedEvidence("the code of the face has an impossible number")
        return cls(
            municipality=f"{municipality:06d}",
            document_no=unpack(code[6:16]),
            page=page,
            pages=pages,
            content_prefix=code[18:34],
            bundle_prefix=code[34:37],
        )


def is_face_code(symbol: bytes) -> bool:
    """Whether these bytes claim to be the code of a face."""
    return symbol.startswith(MAGIC)
