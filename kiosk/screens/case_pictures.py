"""Serves the pictures of an open case to QML: live ones, a photo that was taken, pages. They lie in memory alone; when
the case is over there is none. A serial is one case's: a picture of another is never shown in its place."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider


class PlainPicture(Protocol):
    """A picture as bytes: rows from the top, each pixel of `channels` bytes, red first, or grey alone."""

    @property
    def width(self) -> int:
        """Pixels."""
        ...

    @property
    def height(self) -> int:
        """Pixels."""
        ...

    @property
    def channels(self) -> int:
        """3 or 1."""
        ...

    @property
    def pixels(self) -> bytes:
        """Rows without anything between."""
        ...


Look = Callable[[str, int], PlainPicture | None]
"""By name and serial; None where there is none of exactly both."""


def no_pictures(_name: str, _serial: int) -> PlainPicture | None:
    """Where there is no counter."""
    return None


class CasePictures(QQuickImageProvider):
    """`image://case/NAME/SERIAL`."""

    def __init__(self, look: Look) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._look = look

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803
        """Called by QML for every serial that it has not seen yet."""
        name, _, serial = id.partition("/")
        shown = self._look(name, int(serial)) if serial.isdecimal() else None
        if shown is None:
            image = QImage(1, 1, QImage.Format.Format_Grayscale8)
            image.fill(0)
        else:
            form = QImage.Format.Format_RGB888 if shown.channels == 3 else QImage.Format.Format_Grayscale8
            stride = shown.width * shown.channels
            # A copy: the bytes are the lane's, and may be gone when QML draws.
            image = QImage(shown.pixels, shown.width, shown.height, stride, form).copy()
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
