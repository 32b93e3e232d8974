"""Reads what was typed into a form of settings: all mistakes of it at once, each with the field and row it is in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from pydantic import ValidationError

from certserver.console.visit import Visit
from certserver.office.settings.part import Part

_Made = TypeVar("_Made", bound=Part)

_ROW = re.compile(r"(.+)-(0|[1-9]\d{0,3})", re.ASCII)


class Mistake(Enum):
    """What is wrong with something typed."""

    CHOOSE = "choose"
    EMPTY = "empty"
    NOT_PRINTABLE = "not-printable"
    NOT_TOGETHER = "not-together"
    NO_DAY = "no-day"
    NO_NUMBER = "no-number"
    NO_OFFICIAL_SEAL = "no-official-seal"
    NO_TIME = "no-time"
    ORDER = "order"
    OUT_OF_RANGE = "out-of-range"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    TWICE = "twice"
    WRONG_FORM = "wrong-form"


_BY_TYPE: Mapping[str, Mistake] = {
    "date_from_datetime_inexact": Mistake.NO_DAY,
    "date_from_datetime_parsing": Mistake.NO_DAY,
    "date_parsing": Mistake.NO_DAY,
    "enum": Mistake.CHOOSE,
    "greater_than_equal": Mistake.OUT_OF_RANGE,
    "less_than_equal": Mistake.OUT_OF_RANGE,
    "missing": Mistake.EMPTY,
    "string_pattern_mismatch": Mistake.WRONG_FORM,
    "string_too_long": Mistake.TOO_LONG,
    "string_too_short": Mistake.EMPTY,
    "too_long": Mistake.TOO_MANY,
    "too_short": Mistake.CHOOSE,
}
"""How a part says it: what it checks by code of its own is told where it is read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake. `field` is what it is in, by the name of its text, `place` the id of its input on the page, `row`
    its row from 0, None where there are no rows, `of` to what else it belongs, as the page calls that."""

    field: str
    mistake: Mistake
    place: str
    row: int | None = None
    of: str = ""


class Wrong(Exception):
    """What was typed can't be."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(f"{each.place}: {each.mistake.value}" for each in faults))
        self.faults = faults


def row_of(name: str) -> tuple[str, int] | None:
    """Field and row of an input; None for one of no row."""
    found = _ROW.fullmatch(name)
    return None if found is None else (found[1], int(found[2]))


class Reading:
    """One form as it is read: mistakes are gathered, and told together at the end."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._faults: list[Fault] = []

    def fault(self, field: str, mistake: Mistake, place: str = "", row: int | None = None, of: str = "") -> None:
        """Notes a mistake. An input of a row is found by its row, any other by its own name."""
        place = place or field
        found = Fault(field, mistake, place if row is None else f"{place}-{row}", row, of)
        if found.place not in {each.place for each in self._faults}:
            self._faults.append(found)

    def number(self, name: str, longest: int, row: int | None = None) -> int:
        """A number that was typed, full-width digits too; 0, and a mistake, for anything else."""
        told = self._visit.typed(name if row is None else f"{name}-{row}", longest)
        try:
            return int(told)
        except ValueError:
            self.fault(name, Mistake.NO_NUMBER if told else Mistake.EMPTY, name, row)
            return 0

    def different(self, name: str, values: Sequence[tuple[int, object]]) -> None:
        """Notes each row whose value stood in a row before."""
        seen: set[object] = set()
        for row, value in values:
            if value in seen:
                self.fault(name, Mistake.TWICE, name, row)
            seen.add(value)

    def made(
        self,
        part: type[_Made],
        values: Mapping[str, object],
        row: int | None = None,
        *,
        places: Mapping[str, str] | None = None,
        checked: Mapping[str, Mistake] | None = None,
    ) -> _Made | None:
        """A part of what is set; None, and its mistakes, where it can't be. `places` are the inputs of fields that are
        called otherwise ("" of one whose mistakes were told already), `checked` says what a field that is checked by
        code has wrong: of "" all of it together."""
        known, own = places or {}, checked or {}
        try:
            return part.model_validate(values)
        except ValidationError as error:
            for each in error.errors():
                field = str(each["loc"][0]) if each["loc"] else ""
                place = known.get(field, field or next(iter(values)))
                coded = own.get(field, Mistake.NOT_PRINTABLE if field else Mistake.NOT_TOGETHER)
                name, at = row_of(place) or (place, row)
                if place:
                    self.fault(name, _BY_TYPE.get(each["type"], coded), name, at)
            return None

    def rows(self, most: int, *names: str) -> list[int]:
        """The rows in which one of these fields is filled, however many the form had; none, and a mistake, for more
        than can be taken."""
        named = (row_of(name) for name, typed in self._visit.form.multi_items() if typed.strip())
        found = sorted({row[1] for row in named if row and row[0] in names})
        if len(found) > most:
            self.fault("rows", Mistake.TOO_MANY, names[0], found[most])
            return []
        return found

    def done(self) -> None:
        """Raises `Wrong` where there was a mistake."""
        if self._faults:
            raise Wrong(tuple(dict.fromkeys(self._faults)))
