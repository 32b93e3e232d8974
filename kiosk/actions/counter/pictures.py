"""Pictures that both windows may show while a case is open: the live one, a taken one, a page of the form. They are
kept in memory alone, and gone with the case."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture: rows from the top, each pixel in red, green and blue, or in grey where `channels` is 1."""

    width: int
    height: int
    channels: int
    pixels: bytes = field(repr=False)


class Pictures:
    """What is shown now, by name. Lanes put, the windows look; a picture is replaced whole."""

    def __init__(self) -> None:
        self._shown: dict[str, Shown] = {}
        self._serial = 0

    def put(self, name: str, shown: Shown) -> int:
        """Shows a picture by this name from now on; the number tells it from the one before."""
        self._serial += 1
        self._shown[name] = shown
        return self._serial

    def look(self, name: str) -> Shown | None:
        """The picture of a name, None where there is none."""
        return self._shown.get(name)

    def clear(self) -> None:
        """All are gone."""
        self._shown.clear()
