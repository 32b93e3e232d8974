"""The clerk's drawer and the tray of blank sheets as a person would count them in the evening: by what their own hands
put in and took out, never by what the desk says."""

from collections import Counter
from collections.abc import Mapping

FLOAT: Mapping[int, int] = {1000: 10, 500: 10, 100: 30, 50: 10, 10: 50}
"""Pieces by yen, when the day begins."""

SHEETS = 100
"""Blank ones in the tray, when the day begins."""


class Till:
    """Notes and coins by piece, and blank sheets."""

    def __init__(self) -> None:
        self._pieces = Counter(FLOAT)
        self.sheets = SHEETS

    def put_in(self, pieces: Mapping[int, int]) -> None:
        """These came into the drawer."""
        self._pieces.update(pieces)

    def take_out(self, pieces: Mapping[int, int]) -> None:
        """These left it."""
        self._pieces.subtract(pieces)

    @property
    def pieces(self) -> dict[int, int]:
        """What is counted."""
        return {yen: count for yen, count in self._pieces.items() if count}

    @property
    def yen(self) -> int:
        """What it comes to."""
        return sum(yen * count for yen, count in self._pieces.items())
