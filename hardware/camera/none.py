"""No camera: a site without one. It says so, and is never taken for one that shows nothing."""

from hardware.camera.model import Frame
from hardware.errors import CameraAbsent


class NoCamera:
    """The `Camera` that is not there."""

    def open(self) -> None:
        """Raises `CameraAbsent`."""
        raise CameraAbsent("this site has no camera")

    def frame(self) -> Frame:
        """Raises `CameraAbsent`."""
        raise CameraAbsent("this site has no camera")

    def close(self) -> None:
        """Nothing is open."""
