"""A photo on paper as a scanner sees it."""

import io

from PIL import Image

from hardware.camera.person import Person, draw
from hardware.scanner.virtual import DOTS_AN_INCH

PHOTO_MM = (35.0, 45.0)


def printed_photo(person: Person | None = None) -> bytes:
    """A photo of a drawn person on paper, lying in the glass's corner, as a JPEG."""
    width, height = (round(mm / 25.4 * DOTS_AN_INCH) for mm in PHOTO_MM)
    # The head 34 mm high, 4 mm below the edge.
    drawn = draw(person or Person(head=34.0 / 45.0, at=(0.0, (4.0 + 17.0 - 22.5) / 45.0)), width, height, 0)
    glass = Image.new("RGB", (width * 2, height * 2), (250, 250, 250))
    glass.paste(Image.fromarray(drawn), (0, 0))
    file = io.BytesIO()
    glass.save(file, "JPEG", quality=90)
    return file.getvalue()
