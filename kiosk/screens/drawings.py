"""Serves the pictograms to QML at the size they are shown, in the colours of the theme. The drawings are in the
standard colours; another theme replaces those, so that a drawing has one source."""

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from kiosk.screens.palette import STANDARD, palette

_DRAWN_ROLES = ("ink", "quiet", "go", "tint", "paper", "desk", "success", "error")


KEPT = 256
"""Pictures, most of 10 to 60 kB at a panel's pitch. QML itself forgets one as soon as no screen shows it."""


@lru_cache(maxsize=512)
def drawing(name: str, theme: str, ink: str) -> bytes:
    """A drawing's SVG in a theme's colours; `ink` (rrggbb) replaces every line's colour when it is not empty."""
    svg = resources.files("kiosk.screens.pictograms").joinpath(f"{name}.svg").read_text("utf-8")
    colours = palette(contrast=theme == "contrast").roles()
    standard = STANDARD.roles()
    for role in _DRAWN_ROLES:
        line = role in ("ink", "quiet") and ink
        svg = svg.replace(f'"{standard[role]}"', f'"@{ink if line else colours[role].removeprefix("#")}"')
    return svg.replace('"@', '"#').encode()


class Drawings(QQuickImageProvider):
    """`image://pictogram/NAME/THEME/INK`."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803
        """Called by QML for every picture that no screen shows yet; on other threads too."""
        image = _drawn(id, requestedSize.width(), requestedSize.height())
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


@lru_cache(maxsize=KEPT)
def _drawn(identity: str, width: int, height: int) -> QImage:
    """The picture, in pixels. It is never drawn on again, so whoever asks may share it."""
    name, theme, ink = identity.split("/")
    renderer = QSvgRenderer(QByteArray(drawing(name, theme, ink)))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(QSize(width, height), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return image
