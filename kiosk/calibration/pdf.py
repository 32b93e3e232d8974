"""Pages of dots as a PDF that a printer puts on paper dot for dot: 1-bit image masks at 600 dpi, never smoothed."""

import zlib
from collections.abc import Sequence

import numpy as np

from kiosk.calibration.plan import Bits

_HAIR = 0.0001
"""Points. Renderers round the number of pixels up, in single precision."""
_HAIR_DOTS = 0.02
"""They also round a picture's corners outwards, and one that grew by a dot would be resampled."""
_WHOLE = 6
"""Dots of 600 dpi: so many across and down, a picture has whole dots at 300 and 200 dpi as well."""
_POINTS = 72 / 600


def pages(faces: Sequence[Bits]) -> bytes:
    """A PDF of these pages, each at 600 dpi; what lies less than 6 dots from the right or lower edge is left out."""
    count = len(faces)
    kids = " ".join(f"{3 + 3 * at} 0 R" for at in range(count))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()]
    for at, face in enumerate(faces):
        objects += _page(face, 3 + 3 * at)
    return _file(objects)


def _page(face: Bits, number: int) -> list[bytes]:
    box_height, box_width = (side * _POINTS - _HAIR for side in face.shape)
    height, width = (side // _WHOLE * _WHOLE for side in face.shape)
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box_width:.4f} {box_height:.4f}] /Contents {number + 1} 0 R "
        f"/Resources << /XObject << /I {number + 2} 0 R >> >> >>"
    )
    mask = (
        f"/Type /XObject /Subtype /Image /ImageMask true /Width {width} /Height {height} /BitsPerComponent 1 "
        "/Decode [1 0] /Interpolate false"
    )
    across, down = ((side - 2 * _HAIR_DOTS) * _POINTS for side in (width, height))
    left, below = _HAIR_DOTS * _POINTS, box_height - (height - _HAIR_DOTS) * _POINTS
    paint = f"q {across:.4f} 0 0 {down:.4f} {left:.4f} {below:.4f} cm /I Do Q"
    dots = np.packbits(face[:height, :width], axis=1).tobytes()
    return [page.encode(), _stream("", paint.encode()), _stream(mask, dots)]


def _stream(entries: str, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.7\n%\xe5\x9c\xb0\xe7\xb4\x8b\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(written)
