"""A simulated mail: it takes letters, carries none, and says where each would be by now. What it was told it does once,
however often it is asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.simulators.refusal import PartyRefused

HANDED_IN, ANNOUNCED, DELIVERED, BROUGHT_BACK = "handed-in", "announced", "delivered", "brought-back"

_WITH_NOTICE = (HANDED_IN, ANNOUNCED, DELIVERED)
_TO_THE_DOOR = (HANDED_IN, DELIVERED)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was handed in at an instant. `asked`: how often the mail was asked about it."""

    number: str
    with_notice: bool
    at: datetime
    brought_back: bool = False
    asked: int = 0


class SimulatedMail:
    """Each stage takes `takes`; where that is nothing, a letter is one further each time that it is asked about.
    `kept` is called with all letters after each change, before anybody hears of it; `letters` is what was kept so."""

    def __init__(
        self,
        now: Callable[[], datetime],
        takes: timedelta = timedelta(0),
        kept: Callable[[tuple[Letter, ...]], None] = lambda _letters: None,
        letters: tuple[Letter, ...] = (),
    ) -> None:
        self._now = now
        self._takes = takes
        self._kept = kept
        self._letters = {letter.number: letter for letter in letters}

    def hand_in(self, number: str, *, with_notice: bool) -> str:
        """Takes a letter; returns where it is. Raises `ValueError` when another has its number."""
        letter = self._letters.get(number)
        if letter is None:
            letter = self._letters[number] = Letter(number, with_notice, self._now())
            self._keep()
        if letter.with_notice is not with_notice:
            raise ValueError("another letter has this number")
        return self._where(letter)

    def ask(self, number: str) -> str:
        """Where a letter is."""
        letter = self._letter(number)
        letter = self._letters[number] = replace(letter, asked=letter.asked + 1)
        self._keep()
        return self._where(letter)

    def bring_back(self, number: str) -> str:
        """Nobody took it: it goes back to whoever sent it, unless it was delivered. Returns where it is."""
        letter = self._letter(number)
        if self._where(letter) != DELIVERED:
            letter = self._letters[number] = replace(letter, brought_back=True)
            self._keep()
        return self._where(letter)

    def _letter(self, number: str) -> Letter:
        if number not in self._letters:
            raise PartyRefused("unknown-letter")
        return self._letters[number]

    def _where(self, letter: Letter) -> str:
        if letter.brought_back:
            return BROUGHT_BACK
        stages = _WITH_NOTICE if letter.with_notice else _TO_THE_DOOR
        passed = (self._now() - letter.at) // self._takes if self._takes else letter.asked
        return stages[min(passed, len(stages) - 1)]

    def _keep(self) -> None:
        self._kept(tuple(self._letters.values()))
