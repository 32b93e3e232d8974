"""Cases whose card is being written, kept on disk from before the first command until they are brought to an end, so
that a power cut, or a card that comes back tomorrow, goes on where it broke off. No PIN, no X.509 and no name is in
them; the holder is the opaque word of the card's X.509, kept no longer than the case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hardware.card.model import Usage
from hardware.ports import Store
from kiosk.counter.x509_pin.events import Unfinished
from kiosk.counter.x509_pin.values import Wish
from kiosk.errors import ConfigurationError
from koufu.evidence.numbers import ALPHABET

NUMBER_BYTES = 16
SALT_BYTES = 16
MARK_BYTES = 6
MOST_KEPT = 500
"""Far more than ever wait at one counter; more are a fault, and none is dropped."""

_Hex = Annotated[str, Field(pattern=r"^[0-9a-f]+$", max_length=64)]


class KeptCase(BaseModel):
    """One case. `cards` are salted hashes of the X.509s that its card bore; `left` once nobody waits for the card at
    the counter any more."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    mark: Annotated[str, Field(max_length=16)]
    wish: Wish
    usages: Annotated[tuple[Usage, ...], Field(min_length=1)]
    began: Annotated[str, Field(max_length=32)]
    numbers: dict[Usage, _Hex]
    holder: Annotated[str, Field(min_length=1, max_length=64, repr=False)]
    salt: _Hex
    cards: tuple[_Hex, ...]
    left: bool = False


CASES = "the file of open card cases"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    cases: Annotated[tuple[KeptCase, ...], Field(max_length=MOST_KEPT)] = ()


class CaseOver(Exception):
    """The case was erased. What was done for it is dropped."""


@dataclass(slots=True, repr=False)
class CaseAtHand:
    """What the actions keep of the case at the desk. `numbers` name it to the issuer, one for each usage."""

    number: int
    mark: str
    began: str
    numbers: dict[Usage, str]
    salt: bytes
    holder: str = ""
    cards: set[str] = field(default_factory=set)
    wish: Wish | None = None
    """Once it is on disk."""
    x509: bytes = b""
    """That the card showed without a PIN when it was begun at the server."""
    issued_in: str = ""
    """The number of the case in which that one was issued, as far as its issuer knows."""
    begun: bool = False
    """At the server, in this sitting."""

    def __repr__(self) -> str:
        return f"<CaseAtHand {self.number}>"

    def card_hash(self, x509: bytes) -> str:
        """By what this case knows a card again that bears this X.509."""
        return sha256(self.salt + x509).hexdigest()


class OpenCases:
    """The cases at the desk, and those on disk. `now` gives local time. Raises `ConfigurationError` when the file can't
    be read."""

    def __init__(self, store: Store, entropy: Callable[[int], bytes], now: Callable[[], datetime]) -> None:
        self._store = store
        self._entropy = entropy
        self._now = now
        self._kept = _read(store)
        self._at_hand: dict[int, CaseAtHand] = {}

    def unfinished(self) -> tuple[Unfinished, ...]:
        """All that wait for their cards, oldest first; not those that are at the desk, open or put aside."""
        here = {each.mark for each in self._at_hand.values()}
        waiting = (each for each in self._kept if each.mark not in here)
        return tuple(Unfinished(each.mark, each.wish, each.usages, each.began) for each in waiting)

    def open(self, number: int) -> CaseAtHand:
        """A fresh one, in memory only."""
        self._at_hand[number] = self._fresh(number, self._new_mark())
        return self._at_hand[number]

    def anew(self, number: int) -> None:
        """What comes next at this number is another procedure, perhaps of another card. Raises `CaseOver`."""
        self._at_hand[number] = self._fresh(number, self.of(number).mark)

    def take_up(self, number: int, mark: str) -> CaseAtHand:
        """One that is on disk. Raises `CaseOver` when there is none of that mark."""
        kept = next((each for each in self._kept if each.mark == mark), None)
        if kept is None:
            raise CaseOver(mark)
        self._at_hand[number] = CaseAtHand(
            number=number,
            mark=kept.mark,
            began=kept.began,
            numbers=dict(kept.numbers),
            salt=bytes.fromhex(kept.salt),
            holder=kept.holder,
            cards=set(kept.cards),
            wish=kept.wish,
        )
        return self._at_hand[number]

    def of(self, number: int) -> CaseAtHand:
        """A case at the desk, open or put aside. Raises `CaseOver`."""
        if number not in self._at_hand:
            raise CaseOver(number)
        return self._at_hand[number]

    def keep(self, number: int, wish: Wish, usages: tuple[Usage, ...]) -> None:
        """Puts it on disk, before a card is written. Raises `OSError` when that failed, `CaseOver`."""
        case = self.of(number)
        case.wish = wish
        kept = KeptCase(
            mark=case.mark,
            wish=wish,
            usages=usages,
            began=case.began,
            numbers=case.numbers,
            holder=case.holder,
            salt=case.salt.hex(),
            cards=tuple(sorted(case.cards)),
        )
        if kept not in self._kept:
            self._write((*self._others(case.mark), kept))

    def close(self, number: int) -> None:
        """It is brought to its end. Raises `OSError`, `CaseOver`."""
        self._write(self._others(self.of(number).mark))

    def leave(self, number: int) -> None:
        """Nobody waits for its card any more; it stays. Raises `OSError`, `CaseOver`."""
        mark = self.of(number).mark
        self._write(tuple(each.model_copy(update={"left": True}) if each.mark == mark else each for each in self._kept))

    def erase(self, number: int) -> None:
        """Forgets a case at the desk; what is on disk stays."""
        self._at_hand.pop(number, None)

    def _fresh(self, number: int, mark: str) -> CaseAtHand:
        return CaseAtHand(
            number=number,
            mark=mark,
            began=self._now().isoformat(timespec="minutes"),
            numbers={usage: self._entropy(NUMBER_BYTES).hex() for usage in Usage},
            salt=self._entropy(SALT_BYTES),
        )

    def _others(self, mark: str) -> tuple[KeptCase, ...]:
        return tuple(each for each in self._kept if each.mark != mark)

    def _write(self, cases: tuple[KeptCase, ...]) -> None:
        if cases == self._kept:
            return
        self._store.write(_Kept(cases=cases).model_dump_json().encode())
        self._kept = cases

    def _new_mark(self) -> str:
        """A short code for staff: 4Q7-K2M."""
        code = "".join(ALPHABET[byte % len(ALPHABET)] for byte in self._entropy(MARK_BYTES))
        return f"{code[:3]}-{code[3:]}"


def _read(store: Store) -> tuple[KeptCase, ...]:
    saved = store.read()
    if saved is None:
        return ()
    try:
        return _Kept.model_validate_json(saved).cases
    except ValidationError as error:
        raise ConfigurationError(f"{CASES} is damaged") from error
