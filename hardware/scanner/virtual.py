"""A scanner without glass: it shows a drawn card that is nobody's, or the file that was laid on it. Steered while it
runs: another paper, empty, unplugged."""

import io

from PIL import Image, ImageDraw

from hardware.camera.person import Person, draw
from hardware.errors import ScannerAway, ScannerEmpty
from hardware.scanner.model import Scanned

DOTS_AN_INCH = 360.0
CARD_MM = (85.6, 54.0)


class VirtualScanner:
    """The `Scanner` without a device. Begins plugged in, with a drawn card on it."""

    def __init__(self) -> None:
        self._plugged = True
        self._lying: bytes | None = specimen_card()
        self.scans = 0
        """How many there were."""

    def lay(self, file: bytes | None) -> None:
        """This file lies on it from now on; `None`: nothing."""
        self._lying = file

    def unplug(self) -> None:
        """The cable is out."""
        self._plugged = False

    def plug(self) -> None:
        """The cable is in again."""
        self._plugged = True

    def scan(self) -> Scanned:
        """What lies there."""
        if not self._plugged:
            raise ScannerAway("the virtual scanner is unplugged")
        if self._lying is None:
            raise ScannerEmpty("nothing lies on the virtual scanner")
        self.scans += 1
        return Scanned(self._lying, DOTS_AN_INCH)


def specimen_card() -> bytes:
    """A card with a drawn face and bars for words, as a JPEG. It says nothing, so that it can be taken for nobody's."""
    width, height = (_dots(mm) for mm in CARD_MM)
    card = Image.new("RGB", (width, height), (226, 234, 240))
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, width, height // 7), fill=(96, 128, 160))
    face = Image.fromarray(draw(Person(head=0.62, at=(0.0, 0.0)), height * 4 // 7, height * 5 // 7, 0))
    card.paste(face, (width // 20, height // 5))
    for row in range(6):
        top = height // 4 + row * height // 9
        pen.rectangle((width // 2, top, width * (19 - row % 3) // 20, top + height // 28), fill=(120, 132, 144))
    return _jpeg(card)


def _dots(mm: float) -> int:
    return round(mm / 25.4 * DOTS_AN_INCH)


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90)
    return file.getvalue()
