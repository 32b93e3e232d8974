"""The window of a terminal: shows a screen, tells what was touched. It decides nothing, keeps no state of a visit but
the screen that is shown, and never learns a digit of a PIN."""

from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TypedDict

from PySide6.QtCore import Property, QCoreApplication, QEvent, QObject, QRect, QUrl, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickView

from hardware.keypad.pin import PinPad, SigningPinPad
from hardware.keypad.pointing import BoardKind
from kiosk.counter.touches import DeskTouch
from kiosk.errors import KioskError
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Felt, PinTyped, Touch
from kiosk.screens import fingers, png
from kiosk.screens.application import set_fonts
from kiosk.screens.bench import Bench, bench_json, press
from kiosk.screens.case_pictures import CasePictures, Look, no_pictures
from kiosk.screens.controls import Board, SignKeys
from kiosk.screens.drawings import Drawings
from kiosk.screens.model import ScreenModel
from kiosk.screens.panel import Panel
from kiosk.screens.pin_input import PinInput
from kiosk.screens.presenter import Shown, nothing_shown, present
from kiosk.screens.site import SitePresentation
from kiosk.screens.wire import screen_json

BENCH_WIDTH = 420
"""Pixels beside the panel."""


class Bridge(QObject):
    """What QML sees of Python: the screen as JSON, and where touches go."""

    screenChanged = Signal()  # noqa: N815
    benchChanged = Signal()  # noqa: N815

    def __init__(
        self,
        panel: Panel,
        pads: tuple[PinPad, SigningPinPad],
        on_touch: Callable[[Touch], None],
        bench: Bench | None,
        *,
        still: bool,
        on_feel: Callable[[str], None],
        on_desk: Callable[[DeskTouch], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._on_touch = on_touch
        self._on_desk = on_desk
        self._bench = bench
        self._on_feel = on_feel
        self._still = still
        self._model: ScreenModel | None = None
        self._screen = ""
        self._pin = PinInput(*pads, self._counted, self)

    def show(self, model: ScreenModel) -> None:
        """Puts another screen up."""
        if model == self._model:
            return
        self._model = model
        self._screen = screen_json(model)
        self._pin.use(**_typed_on(model))
        self.screenChanged.emit()

    def shows(self, model: ScreenModel) -> bool:
        """Whether this is the screen that was put up last."""
        return model == self._model

    def refresh_bench(self) -> None:
        """The bench looks at its devices again."""
        if self._bench is not None:
            self.benchChanged.emit()

    @Slot(str)
    def touch(self, name: str) -> None:
        """A key was touched. A key that is no longer on the screen means nothing."""
        touch = self._model.touches().get(name) if self._model is not None else None
        if isinstance(touch, DeskTouch):
            self._on_desk(touch)
        elif touch is not None:
            self._on_touch(touch)

    @Slot(str)
    def feel(self, name: str) -> None:
        """A tactile keypad moved to a key."""
        self._on_feel(name)
        self._on_touch(Felt())

    @Slot(str)
    def pressBench(self, name: str) -> None:  # noqa: N802 - called from QML
        """A control of the bench."""
        if self._bench is not None and press(self._bench, name):
            self.benchChanged.emit()

    def _counted(self, digits: int) -> None:
        self._on_touch(PinTyped(digits))

    def _get_screen(self) -> str:
        return self._screen

    def _get_bench(self) -> str:
        return bench_json(self._bench) if self._bench is not None else ""

    def _get_pitch(self) -> float:
        return self._panel.pitch

    def _get_width(self) -> int:
        return self._panel.width

    def _get_height(self) -> int:
        return self._panel.height

    def _get_still(self) -> bool:
        return self._still

    def _get_pin(self) -> QObject:
        return self._pin

    screen = Property(str, _get_screen, notify=screenChanged)
    bench = Property(str, _get_bench, notify=benchChanged)
    pitch = Property(float, _get_pitch, constant=True)
    panelWidth = Property(int, _get_width, constant=True)  # noqa: N815
    panelHeight = Property(int, _get_height, constant=True)  # noqa: N815
    still = Property(bool, _get_still, constant=True)
    pin = Property(QObject, _get_pin, constant=True)


class TypedOn(TypedDict):
    """Which PIN a screen types, and by which pointing board."""

    signing: bool
    board: BoardKind | None


def _typed_on(model: ScreenModel) -> TypedOn:
    for block in (block for page in model.pages for block in page):
        match block:
            case SignKeys():
                return TypedOn(signing=True, board=None)
            case Board(signs=signs, kind=kind):
                return TypedOn(signing=signs, board=BoardKind(kind))
            case _:
                pass
    return TypedOn(signing=False, board=None)


class KioskWindow:
    """One window with the panel, and the bench beside it where there is one. `now` gives local time; `still` switches
    motion and the guard against double touches off, for pictures and scripts; `on_feel` is told which key a tactile
    keypad moved to; `by_desk` says what a clerk's case shows here, and
    `on_desk` is told of its keys."""

    def __init__(
        self,
        panel: Panel,
        site: SitePresentation,
        pad: PinPad,
        on_touch: Callable[[Touch], None],
        now: Callable[[], datetime],
        *,
        bench: Bench | None = None,
        still: bool = False,
        on_feel: Callable[[str], None] = lambda _: None,
        by_desk: Shown = nothing_shown,
        pictures: Look = no_pictures,
        on_desk: Callable[[DeskTouch], None] = lambda _: None,
        signing_pad: SigningPinPad | None = None,
    ) -> None:
        set_fonts()
        self._by_desk = by_desk
        self._panel = panel
        self._site = site
        self._now = now
        self._closed = False
        self._view = QQuickView()
        self._bridge = Bridge(
            panel,
            (pad, signing_pad or SigningPinPad()),
            on_touch,
            bench,
            still=still,
            on_feel=on_feel,
            on_desk=on_desk,
            parent=self._view,
        )
        self._view.engine().addImageProvider("pictogram", Drawings())
        self._view.engine().addImageProvider("case", CasePictures(pictures))
        self._view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self._view.setInitialProperties({"bridge": self._bridge})
        self._view.setSource(QUrl.fromLocalFile(str(resources.files("kiosk.screens.qml").joinpath("Main.qml"))))
        if self._view.status() is not QQuickView.Status.Ready:
            raise KioskError("; ".join(error.toString() for error in self._view.errors()))
        self._view.resize(panel.width + (BENCH_WIDTH if bench is not None else 0), panel.height)

    @property
    def view(self) -> QQuickView:
        """The window itself."""
        return self._view

    def open(self, *, full_screen: bool) -> None:
        """Brings the window up."""
        if full_screen:
            self._view.showFullScreen()
        else:
            self._view.show()

    def close(self) -> None:
        """Takes the window down and frees its QML. What is shown afterwards is not drawn: a device may still answer."""
        self._closed = True
        self._view.close()
        self._view.setSource(QUrl())
        self._view.deleteLater()

    def show(self, terminal: Terminal) -> None:
        """Shows the terminal's state. Call it after every step; the clock on the screen moves when it is called."""
        if self._closed:
            return
        self._bridge.show(self.screen(terminal))
        self._bridge.refresh_bench()

    def screen(self, terminal: Terminal) -> ScreenModel:
        """What is shown for a state."""
        landscape = self._panel.landscape
        return present(terminal, self._site, now=self._now(), landscape=landscape, by_desk=self._by_desk)

    def image(self) -> QImage:
        """What the panel shows now, without the bench."""
        return self._view.grabWindow().copy(QRect(0, 0, self._panel.width, self._panel.height))

    def picture(self, path: Path) -> None:
        """Saves what the panel shows as PNG, without the bench. Raises `OSError`."""
        self.settle()
        png.save(self.image(), path)

    def picture_of(self, terminal: Terminal, path: Path) -> None:
        """Saves what the panel shows for that state, and leaves it there until the next `show`. Raises `OSError`."""
        model = self.screen(terminal)
        self._bridge.show(model)
        self.settle()
        # What came meanwhile may have shown the state that there is.
        while not self._bridge.shows(model):
            self._bridge.show(model)
            self.settle()
        png.save(self.image(), path)

    def settle(self) -> None:
        """Lets Qt finish what it put off, and frees the items of screens that are gone: for scripts without an event
        loop."""
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def controls(self) -> tuple[str, ...]:
        """Names of all keys that can be touched now, turned pages left out."""
        return fingers.controls(self._view)

    def touch(self, name: str) -> None:
        """Touches a key as a finger would: presses and lifts in its middle. Raises `NoSuchControl`."""
        fingers.touch(self._view, name)
