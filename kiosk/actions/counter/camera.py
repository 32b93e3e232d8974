"""The camera at the counter: live pictures for both windows, judged as they come, and the one that is taken. Nothing of
them is kept but what is shown."""

from dataclasses import dataclass, field

from PIL import Image

from hardware.camera.model import Camera, Face, FaceFinder, Frame, Pixels
from hardware.camera.watched import Watched
from hardware.errors import CameraAbsent, CameraGone
from hardware.ports import Clock
from kiosk.actions.counter.pictures import Pictures, Shown
from kiosk.counter.card_application.events import CameraFailed, FrameSeen, PhotoTaken
from kiosk.photo.crop import Crop, Head, paper_crop
from kiosk.photo.encode import Photo, encode
from kiosk.photo.gates import Hint, Judgement, judge

FRAME_S = 0.1
"""Between two live pictures at the least."""
JUDGED_EVERY = 3
"""Of live pictures: finding faces takes far longer than showing one."""
LIVE_HEIGHT = 480
"""Pixels of a live picture as it is shown."""
LIVE, TAKEN = "live", "taken"


@dataclass(slots=True)
class CameraActions:
    """All methods run on the camera's lane."""

    camera: Camera
    finder: FaceFinder | None
    pictures: Pictures
    clock: Clock
    _watched: Watched = field(default_factory=Watched)
    _last: float = 0.0
    _frames: int = 0
    _hints: tuple[Hint, ...] = ()

    def open(self, number: int) -> FrameSeen | CameraFailed:
        """Opens it; its first picture."""
        self._frames, self._hints = 0, ()
        self._watched.forget()
        try:
            self.camera.open()
        except CameraAbsent:
            return CameraFailed(number, "absent")
        return self.next(number)

    def next(self, number: int) -> FrameSeen | CameraFailed:
        """The next live picture."""
        self.clock.wait(max(0.0, self._last + FRAME_S - self.clock.monotonic()))
        try:
            frame = self.camera.frame()
        except (CameraAbsent, CameraGone):
            self.pictures.drop(number, LIVE)
            return CameraFailed(number, "gone")
        self._last = frame.at
        problem = self._watched.look(frame)
        if problem is not None:
            self.close(number)
            return CameraFailed(number, problem.value)
        if self._frames % JUDGED_EVERY == 0:
            self._hints = judge(frame.pixels, self._faces(frame.pixels)).hints
        self._frames += 1
        return FrameSeen(number, self.pictures.put(number, {LIVE: _live(frame)}), self._hints)

    def take(self, number: int, guide: tuple[float, float] | None) -> PhotoTaken | CameraFailed:
        """The picture that is there now, cut and judged."""
        try:
            frame = self.camera.frame()
        except (CameraAbsent, CameraGone):
            return CameraFailed(number, "gone")
        height, width = frame.pixels.shape[:2]
        put = None if guide is None else Head(guide[0] * height, guide[1] * height, width / 2)
        return self.taken(number, frame.pixels, judge(frame.pixels, self._faces(frame.pixels), put), scanned=False)

    def print_scanned(self, number: int, pixels: Pixels, dots_an_inch: float) -> PhotoTaken:
        """A photo on paper that lies in the scanner's corner."""
        faces = self._faces(pixels)
        found = judge(pixels, faces)
        cut = paper_crop((0.0, 0.0), dots_an_inch, found.head, pixels.shape[1], pixels.shape[0])
        return self.taken(number, pixels, judge(pixels, faces, cut=cut), scanned=True)

    def taken(self, number: int, pixels: Pixels, judgement: Judgement, *, scanned: bool) -> PhotoTaken:
        """What became of a picture: its file where one can be cut out, and its cut on the windows."""
        photo = encode(pixels, judgement.crop) if isinstance(judgement.crop, Crop) else None
        file = photo if isinstance(photo, Photo) else None
        shown = _cut(pixels, judgement.crop) if isinstance(judgement.crop, Crop) else _small(pixels)
        serial = self.pictures.put(number, {TAKEN: shown})
        return PhotoTaken(number, judgement, file, scanned, serial)

    def close(self, number: int) -> None:
        """Lets go of it, and of the live picture that it showed."""
        self.camera.close()
        self._watched.forget()
        self.pictures.drop(number, LIVE)

    def _faces(self, pixels: Pixels) -> tuple[Face, ...] | None:
        return None if self.finder is None else self.finder.faces(pixels)


def _live(frame: Frame) -> Shown:
    return _small(frame.pixels)


def _small(pixels: Pixels) -> Shown:
    picture = Image.fromarray(pixels)
    size = (round(picture.width * LIVE_HEIGHT / picture.height), LIVE_HEIGHT)
    small = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return Shown(small.width, small.height, 3, small.tobytes())


def _cut(pixels: Pixels, crop: Crop) -> Shown:
    box = (crop.left, crop.top, crop.left + crop.width, crop.top + crop.height)
    size = (round(LIVE_HEIGHT * 35 / 45), LIVE_HEIGHT)
    cut = Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    return Shown(cut.width, cut.height, 3, cut.tobytes())
