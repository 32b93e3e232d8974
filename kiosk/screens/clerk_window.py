"""The clerk's window: shows the desk, tells what was pressed and typed. It decides nothing, and never learns a
character of a password, nor anything of a PIN that the resident types."""

from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path

from PySide6.QtCore import Property, QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider, QQuickView

from hardware.keypad.password import PasswordPad
from kiosk.counter.case import FieldTyped
from kiosk.counter.desk import Desk
from kiosk.counter.touches import DeskTouch, SecretTyped
from kiosk.errors import KioskError
from kiosk.flow.state import Terminal
from kiosk.screens import fingers, png
from kiosk.screens.application import set_fonts
from kiosk.screens.case_pictures import CasePictures, Look, no_pictures
from kiosk.screens.counter.context import Surroundings
from kiosk.screens.counter.presenter import present_desk
from kiosk.screens.desk_model import DeskModel
from kiosk.screens.drawings import Drawings
from kiosk.screens.model import ScreenModel
from kiosk.screens.site import SitePresentation
from kiosk.screens.wire import desk_json

WIDTH, HEIGHT = 1280, 800

PICTURE_AFTER_MS = 150
"""The resident's window is pictured so long after it changed: once it is drawn, and not oftener."""

TOUCHABLE = ("key", "field")


class SecretInput(QObject):
    """Between the clerk's keyboard and the pad: characters go through and are not kept, only their count comes out."""

    def __init__(self, pad: PasswordPad, counted: Callable[[int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._pad = pad
        self._counted = counted

    @Slot(str)
    def press(self, character: str) -> None:
        """One character; one that can't be in a password is passed over."""
        if len(character) == 1 and character.isprintable():
            self._counted(self._pad.press(character))

    @Slot()
    def eraseLast(self) -> None:  # noqa: N802 - called from QML
        """The last character back."""
        self._counted(self._pad.erase_last())


def blank() -> QImage:
    """Nothing to be seen, as white paper: an empty picture would be none at all for QML."""
    image = QImage(1, 1, QImage.Format.Format_Grayscale8)
    image.fill(255)
    return image


class ResidentPictures(QQuickImageProvider):
    """`image://resident/N`: the resident's window as it was pictured last."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self.image = blank()

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803
        """Called by QML for every number it has not seen yet."""
        size.setWidth(self.image.width())
        size.setHeight(self.image.height())
        return self.image


class DeskBridge(QObject):
    """What QML sees of Python: the screen as JSON, and where touches and letters go."""

    screenChanged = Signal()  # noqa: N815

    def __init__(
        self, pad: PasswordPad, on_touch: Callable[[DeskTouch], None], *, still: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._on_touch = on_touch
        self._still = still
        self._model: DeskModel | None = None
        self._screen = ""
        self._secret = SecretInput(pad, lambda count: on_touch(SecretTyped(count)), self)

    def show(self, model: DeskModel) -> None:
        """Puts another screen up."""
        if model == self._model:
            return
        self._model = model
        self._screen = desk_json(model)
        self.screenChanged.emit()

    @Slot(str)
    def touch(self, name: str) -> None:
        """A key was pressed. One that is no longer on the screen means nothing."""
        touch = self._model.touches().get(name) if self._model is not None else None
        if isinstance(touch, DeskTouch):
            self._on_touch(touch)

    @Slot(str, str)
    def write(self, name: str, text: str) -> None:
        """What stands in a text field now."""
        self._on_touch(FieldTyped(name, text))

    def _get_screen(self) -> str:
        return self._screen

    def _get_still(self) -> bool:
        return self._still

    def _get_secret(self) -> QObject:
        return self._secret

    screen = Property(str, _get_screen, notify=screenChanged)
    still = Property(bool, _get_still, constant=True)
    secret = Property(QObject, _get_secret, constant=True)


class ClerkWindow:
    """The second window. `resident` gives what the resident's window shows, as data and as a picture; `still` switches
    motion and the guard against double touches off, for pictures and scripts."""

    def __init__(
        self,
        site: SitePresentation,
        pad: PasswordPad,
        on_touch: Callable[[DeskTouch], None],
        now: Callable[[], datetime],
        resident: Callable[[], QImage],
        *,
        pictures: Look = no_pictures,
        still: bool = False,
    ) -> None:
        set_fonts()
        self._site = site
        self._now = now
        self._resident = resident
        self._last: tuple[Desk, Terminal, ScreenModel] | None = None
        self._pictured: ScreenModel | None = None
        self._pictures = 0
        self._closed = False
        self._view = QQuickView()
        self._provider = ResidentPictures()
        self._bridge = DeskBridge(pad, on_touch, still=still, parent=self._view)
        self._soon = QTimer(self._view)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PICTURE_AFTER_MS)
        self._soon.timeout.connect(self.look_at_resident)
        engine = self._view.engine()
        engine.addImageProvider("pictogram", Drawings())
        engine.addImageProvider("resident", self._provider)
        engine.addImageProvider("case", CasePictures(pictures))
        self._view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self._view.setInitialProperties({"bridge": self._bridge})
        self._view.setSource(QUrl.fromLocalFile(str(resources.files("kiosk.screens.qml").joinpath("DeskMain.qml"))))
        if self._view.status() is not QQuickView.Status.Ready:
            raise KioskError("; ".join(error.toString() for error in self._view.errors()))
        self._view.resize(WIDTH, HEIGHT)

    @property
    def view(self) -> QQuickView:
        """The window itself."""
        return self._view

    def open(self, *, full_screen: bool) -> None:
        """Brings the window up: on the second display where there is one."""
        displays = self._view.screen().virtualSiblings() if self._view.screen() is not None else []
        if full_screen and len(displays) > 1:
            self._view.setScreen(displays[1])
            self._view.showFullScreen()
        else:
            self._view.show()

    def close(self) -> None:
        """Takes the window down and frees its QML. What is shown afterwards is not drawn."""
        self._closed = True
        self._soon.stop()
        self._view.close()
        self._view.setSource(QUrl())
        self._view.deleteLater()

    def show(self, desk: Desk, terminal: Terminal, resident: ScreenModel) -> None:
        """Shows the desk's state beside the resident's screen. Call it after every step of either."""
        if self._closed:
            return
        self._last = (desk, terminal, resident)
        if resident != self._pictured:
            self._soon.start()
        self._draw()

    def look_at_resident(self) -> None:
        """Pictures the resident's window anew, unless a PIN is typed there."""
        if self._last is None:
            return
        self._pictured = self._last[2]
        around = self._around(self._last[1], self._pictured)
        self._provider.image = blank() if around.hidden else self._shrunk(self._resident())
        self._pictures += 1
        self._draw()

    def image(self) -> QImage:
        """What the window shows, with the resident's window as it is now."""
        self.settle()
        self.look_at_resident()
        self.settle()
        return self._view.grabWindow()

    def picture(self, path: Path) -> None:
        """Saves that as PNG. Raises `OSError`."""
        png.save(self.image(), path)

    def settle(self) -> None:
        """Lets Qt finish what it put off: for scripts without an event loop."""
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def controls(self) -> tuple[str, ...]:
        """Names of all keys and fields that can be reached now."""
        return fingers.controls(self._view, TOUCHABLE)

    def touch(self, name: str) -> None:
        """Presses a key, or gives a field the keyboard. Raises `NoSuchControl`."""
        fingers.touch(self._view, name, TOUCHABLE)

    def type(self, name: str, text: str) -> None:
        """Types into a field. Raises `NoSuchControl`."""
        self.touch(name)
        fingers.type_text(self._view, text)

    def model(self, desk: Desk, terminal: Terminal, resident: ScreenModel) -> DeskModel:
        """What is shown for these states."""
        return present_desk(desk, self._around(terminal, resident))

    def _draw(self) -> None:
        if self._last is not None:
            self._bridge.show(self.model(*self._last))

    def _around(self, terminal: Terminal, resident: ScreenModel) -> Surroundings:
        return Surroundings(terminal, resident, self._site, self._now(), self._pictures)

    def _shrunk(self, image: QImage) -> QImage:
        return image.scaledToHeight(
            max(1, round(image.height() * 0.5)), mode=Qt.TransformationMode.SmoothTransformation
        )
