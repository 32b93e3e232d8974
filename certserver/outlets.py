"""Where terminals stand, and which rows of a setting count there: the outlet's own before those of its kind of outlet
before those of every outlet."""

import re
from dataclasses import dataclass
from enum import Enum

EVERYWHERE = "*"
"""The place of rows that count wherever no nearer ones do."""


LONGEST_OUTLET = 64

_CODE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_OUTLET - 1}}}", re.ASCII)


class OutletKind(Enum):
    """What kind of place an outlet is. It belongs to the place, so it is set when its terminal is admitted."""

    CONVENIENCE_STORE = "convenience-store"
    POST_OFFICE = "post-office"
    MUNICIPAL = "municipal"
    """A town hall or a branch of it."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """One place with terminals. Its name does not begin with `*`."""

    name: str
    kind: OutletKind

    @property
    def places(self) -> tuple[str, str, str]:
        """The words of rows that count here, the nearest first."""
        return self.name, every(self.kind), EVERYWHERE


def is_code(name: str) -> bool:
    """Whether the name of an outlet is a word for machines, which residents are not shown."""
    return _CODE.fullmatch(name) is not None


def every(kind: OutletKind) -> str:
    """The place of rows that count at every outlet of a kind: 「*post-office」."""
    return EVERYWHERE + kind.value


def check_place(word: str) -> str:
    """The word of a place. Raises `ValueError` when it begins like a kind of outlet and is none."""
    if word.startswith(EVERYWHERE) and word != EVERYWHERE:
        OutletKind(word.removeprefix(EVERYWHERE))
    return word
