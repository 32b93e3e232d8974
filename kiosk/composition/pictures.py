"""Camera, face finder and scanner of a counter, as the settings name them."""

from pathlib import Path

from hardware.camera.centerface import CenterFaceFinder, weights
from hardware.camera.model import Camera, FaceFinder
from hardware.camera.none import NoCamera
from hardware.camera.opencv import OpenCvCamera
from hardware.camera.person import Person
from hardware.camera.virtual import VirtualCamera
from hardware.composition import SystemClock
from hardware.scanner.folder import FolderScanner
from hardware.scanner.model import Scanner
from hardware.scanner.none import NoScanner
from hardware.scanner.virtual import VirtualScanner
from kiosk.composition.settings import TerminalSettings
from kiosk.errors import ConfigurationError


def face_finder() -> FaceFinder | None:
    """Finds faces on this machine, where its network is installed."""
    file = weights()
    return None if file is None else CenterFaceFinder(file)


def open_camera(settings: TerminalSettings, clock: SystemClock) -> Camera:
    """The camera of a counter. Raises `ConfigurationError`."""
    scheme, _, rest = settings.camera.partition(":")
    match scheme:
        case "none":
            return NoCamera()
        case "device" if rest:
            return OpenCvCamera(int(rest) if rest.isdecimal() else Path(rest), clock)
        case "virtual":
            camera = VirtualCamera(clock)
            camera.sit(Person())
            return camera
        case _:
            raise ConfigurationError(
                f"camera: {settings.camera} is none of device:NUMBER, device:/dev/video0, none and, only with a "
                "virtual card reader, virtual:"
            )


def open_scanner(settings: TerminalSettings, clock: SystemClock) -> Scanner:
    """The scanner of a counter. Raises `ConfigurationError`."""
    scheme, _, rest = settings.scanner.partition(":")
    match scheme:
        case "none":
            return NoScanner()
        case "folder" if rest:
            return FolderScanner(Path(rest), settings.scanner_dpi, clock)
        case "virtual":
            return VirtualScanner()
        case _:
            raise ConfigurationError(
                f"scanner: {settings.scanner} is none of folder:PATH, none and, only with a virtual card reader, "
                "virtual:"
            )
