"""The panel a terminal has, and how its screens look for the person in front. All sizes on a screen are millimetres;
only the panel's pitch turns them into pixels."""

from dataclasses import dataclass

from kiosk.flow.values.presentation import Language, Presentation
from kiosk.texts.catalogue import LayoutClass


@dataclass(frozen=True, slots=True)
class Panel:
    """Pixels across and down, and the width of one pixel in mm."""

    width: int
    height: int
    pitch: float

    @property
    def landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height

    def shown_on(self, width: int, height: int) -> "Panel":
        """The same panel on another display, as large as fits into so many pixels: for a bench, not for a site."""
        scale = min(width / self.width, height / self.height, 1.0)
        return Panel(round(self.width * scale), round(self.height * scale), self.pitch / scale)


PORTRAIT = Panel(1080, 1920, 0.248)
"""21.5 inches, upright."""

LANDSCAPE = Panel(1280, 1024, 0.264)
"""17 inches."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a screen is laid out."""

    language: Language
    landscape: bool
    large: bool
    contrast: bool
    low_reach: bool
    left_hand: bool

    @property
    def layout(self) -> LayoutClass:
        """For which lines are broken."""
        if self.landscape:
            return LayoutClass.LANDSCAPE_LARGE if self.large else LayoutClass.LANDSCAPE
        return LayoutClass.PORTRAIT_LARGE if self.large else LayoutClass.PORTRAIT


def look_of(presentation: Presentation, *, landscape: bool) -> Look:
    """The look that a presentation asks for."""
    return Look(
        language=presentation.language,
        landscape=landscape,
        large=presentation.large,
        contrast=presentation.contrast,
        low_reach=presentation.low_reach,
        left_hand=presentation.left_hand,
    )
