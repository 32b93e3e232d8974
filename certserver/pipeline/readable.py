"""Reads stored rows of settings one by one, so that one that this build can't read leaves all others usable."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row

from certserver.errors import SettingUnread
from certserver.rules.unread import Stored, Unread

_Made = TypeVar("_Made")

AnyRow = Row[*tuple[Any, ...]]

UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a row of another build, or one made by hand, meets on its way to a value."""

_LONGEST_WHY = 200


@dataclass(frozen=True, slots=True)
class Read(Generic[_Made]):
    """What could be read, in the order of the rows, and what could not."""

    rows: tuple[_Made, ...]
    unread: tuple[Unread, ...] = ()

    def whole(self) -> tuple[_Made, ...]:
        """All of it, for whoever does nothing by a part. Raises `SettingUnread` where something can't be read that
        nothing later takes the place of."""
        for each in self.unread:
            if each.until is None:
                raise SettingUnread(
                    f"what is stored of {each.of.value} {each.name} can't be read ({each.why}): set it anew"
                )
        return self.rows


def read_rows(
    of: Stored,
    rows: Iterable[AnyRow],
    make: Callable[[AnyRow], _Made],
    name: Callable[[AnyRow], str] = lambda _: "",
) -> Read[_Made]:
    """Rows of one thing, each with an `effective_at`. Rows of one name and instant count together: where one of them
    can't be read, none does."""
    made: list[tuple[tuple[str, int], _Made]] = []
    broken: dict[tuple[str, int], str] = {}
    for row in rows:
        key = (name(row), int(row.effective_at))
        try:
            made.append((key, make(row)))
        except UNREADABLE as error:
            broken[key] = why(error)
    kept = [(key, each) for key, each in made if key not in broken]
    unread = []
    for (named, since), said in sorted(broken.items()):
        later = (at for (other, at), _ in kept if other == named and at > since)
        unread.append(Unread(of, named, since, min(later, default=None), said))
    return Read(tuple(each for _, each in kept), tuple(unread))


def why(error: Exception) -> str:
    """What a value objects to, on one short line; a setting holds nothing of a person."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_WHY]
