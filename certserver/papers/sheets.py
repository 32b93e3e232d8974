"""The sheets of one paper while they are drawn. A sheet has a face, and a back that may stay blank: page printers take
both."""

from certserver.papers.jpeg import Jpeg
from certserver.papers.side import Fonts, Side, Wanting


class Sheets:
    """Collects them in their order."""

    def __init__(self, fonts: Fonts, wanting: Wanting) -> None:
        self.fonts = fonts
        self.jpegs: list[Jpeg] = []
        self._wanting = wanting
        self._sides: list[Side] = []

    def face(self) -> Side:
        """The face of a new sheet."""
        if len(self._sides) % 2:
            self._sides.append(self._new())
        self._sides.append(self._new())
        return self._sides[-1]

    def back(self) -> Side:
        """The back of the sheet whose face was drawn last."""
        assert len(self._sides) % 2 == 1, "a sheet has one back"
        self._sides.append(self._new())
        return self._sides[-1]

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return (len(self._sides) + 1) // 2

    def contents(self) -> tuple[str, ...]:
        """The operators of all sides, face and back in turn."""
        sides = [*self._sides, *([self._new()] if len(self._sides) % 2 else [])]
        return tuple(side.content() for side in sides)

    def _new(self) -> Side:
        return Side(self.fonts, self._wanting, self.jpegs)
