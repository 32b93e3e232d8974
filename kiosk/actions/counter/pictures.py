"""Pictures that both windows may show while a case is open: the live one, a taken one, a page of the form. They are
kept in memory alone, each as its case's own, and gone with the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture: rows from the top, each pixel in red, green and blue, or in grey where `channels` is 1."""

    width: int
    height: int
    channels: int
    pixels: bytes = field(repr=False)


class Pictures:
    """What is shown now, by case and name. Lanes put, the windows look; a picture is replaced whole. No serial is given
    twice, so that whoever asks by a serial never sees another resident's picture, whatever it is called."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[int, Shown]] = {}
        self._ended: set[int] = set()
        self._serials = count(1)

    def __len__(self) -> int:
        """How many there are, of all cases."""
        return len(self._kept)

    def put(self, case: int, shown: Mapping[str, Shown]) -> int:
        """Shows pictures of a case by these names from now on; the serial is theirs alone. What comes for a case that
        is over is dropped."""
        serial = next(self._serials)
        for name, each in shown.items():
            # A window may still ask for the one before: a live picture comes before the window hears of it.
            for key in self._of(case, name)[:-1]:
                self._kept.pop(key, None)
            self._kept[name, serial] = (case, each)
        if case in self._ended:
            # Looked at last: the case may have ended on another thread just now.
            self.erase(case)
        return serial

    def look(self, name: str, serial: int) -> Shown | None:
        """The picture of a name and serial, None where there is none, or none any more."""
        found = self._kept.get((name, serial))
        return None if found is None else found[1]

    def drop(self, case: int, name: str) -> None:
        """A case's pictures of a name are gone."""
        for key in self._of(case, name):
            self._kept.pop(key, None)

    def erase(self, case: int) -> None:
        """A case is over: its pictures are gone, all others stay."""
        self._ended.add(case)
        for key in self._of(case):
            self._kept.pop(key, None)

    def _of(self, case: int, name: str = "") -> list[tuple[str, int]]:
        """Keys of a case's pictures, the oldest first. Of a copy: lanes put while this looks."""
        return [key for key, (whose, _) in list(self._kept.items()) if whose == case and name in ("", key[0])]
