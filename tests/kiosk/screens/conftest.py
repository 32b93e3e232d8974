"""One window for each panel, for all tests of the screens: windows are dear."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from hardware.keypad.pin import PinPad
from kiosk.flow.touches import Touch
from kiosk.screens import sample_visits
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from kiosk.screens.site import SitePresentation
from kiosk.screens.window import KioskWindow


@dataclass
class Stage:
    """A window, what was touched on it, and the pad behind its keys."""

    panel: Panel
    window: KioskWindow = field(init=False)
    pad: PinPad = field(default_factory=PinPad)
    touched: list[Touch] = field(default_factory=list)
    still: bool = True
    site: SitePresentation = sample_visits.SITE

    def __post_init__(self) -> None:
        self.window = KioskWindow(
            self.panel, self.site, self.pad, self.touched.append, lambda: sample_visits.NOW, still=self.still
        )
        self.window.open(full_screen=False)

    def listen_to_keys(self) -> None:
        """Keys of a keyboard go to this window."""
        self.window.view.requestActivate()
        assert QTest.qWaitForWindowActive(self.window.view)


@pytest.fixture(scope="session")
def stages(qapp: QGuiApplication) -> Iterator[dict[str, Stage]]:
    made = {"portrait": Stage(PORTRAIT), "landscape": Stage(LANDSCAPE)}
    yield made
    for stage in made.values():
        stage.window.close()


@pytest.fixture
def portrait(stages: dict[str, Stage]) -> Stage:
    stage = stages["portrait"]
    stage.touched.clear()
    stage.pad.clear()
    return stage


@pytest.fixture
def landscape(stages: dict[str, Stage]) -> Stage:
    stage = stages["landscape"]
    stage.touched.clear()
    return stage
