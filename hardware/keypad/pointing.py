"""A pointing board (文字盤): for whoever can't strike one of many keys, few large ones, or a single one. Which sign it
offers is known to whoever stands before it and to nobody else (I11)."""

from enum import Enum

DIGITS = "1234567890"
LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

_A_GROUP = {DIGITS: 3, LETTERS_AND_DIGITS: 6}


class BoardKind(Enum):
    """How much a board shows at a time."""

    BIG = "big"
    """Groups of signs on big keys, then the signs of one group."""
    ONE_BY_ONE = "one-by-one"
    """One sign, which is taken, or the next one comes."""


class PointingBoard:
    """One board for one kind of PIN. It begins at the same place for every sign, since whoever points counts on it."""

    __slots__ = ("_group", "_kind", "_place", "_signs")

    def __init__(self, signs: str, kind: BoardKind) -> None:
        self._signs = signs
        self._kind = kind
        self._group: str | None = None
        self._place = 0

    def __repr__(self) -> str:
        return f"<PointingBoard {self._kind.value}>"

    @property
    def offered(self) -> tuple[str, ...]:
        """What stands on the keys now: one sign, the signs of a group, or the groups."""
        if self._kind is BoardKind.ONE_BY_ONE:
            return (self._signs[self._place],)
        return self._groups if self._group is None else tuple(self._group)

    @property
    def has_group(self) -> bool:
        """A group was chosen, and its signs are offered."""
        return self._group is not None

    def choose(self, key: int) -> str | None:
        """The key at that place, from 0: the sign it stands for, or None when its group opens, or nothing is there."""
        offered = self.offered
        if not 0 <= key < len(offered):
            return None
        if self._kind is BoardKind.BIG and self._group is None and len(offered[key]) > 1:
            self._group = offered[key]
            return None
        self.restart()
        return offered[key]

    def other(self) -> None:
        """Not this: the next sign, or back to the groups."""
        self._group = None
        self._place = (self._place + 1) % len(self._signs)

    def restart(self) -> None:
        """As at the beginning."""
        self._group, self._place = None, 0

    @property
    def _groups(self) -> tuple[str, ...]:
        size = _A_GROUP.get(self._signs, len(self._signs))
        return tuple(self._signs[at : at + size] for at in range(0, len(self._signs), size))
