"""How procedures ended that the server does not know of yet: on disk from before one is begun there until it took the
end, so that nothing that was done to a card is lost while the server, or this terminal, is away. No PIN, no X.509 and
nothing of a holder is in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hardware.ports import Store
from kiosk.errors import ConfigurationError
from koufu.applying.words import ProcedureEnd

MOST_KEPT = 2_000
"""More than ever wait at one counter; more are a fault, and none is dropped."""


class UntoldEnd(BaseModel):
    """One end, of the procedure of a case number: `by` was at the desk, `at` in Unix seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    case: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    ended: ProcedureEnd
    why: Annotated[str, Field(max_length=64)] = ""
    at: Annotated[int, Field(gt=0)]
    by: Annotated[str, Field(min_length=1, max_length=64)]


ENDS = "the file of procedures that the server is still to be told of"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    ends: Annotated[tuple[UntoldEnd, ...], Field(max_length=MOST_KEPT)]


class UntoldEnds:
    """Written from several lanes, so `guard` (a lock) is held over each change; `now` gives Unix seconds, `by` who is
    at the desk. Raises `ConfigurationError` when the file can't be read, and each change `OSError` when it could not be
    written."""

    def __init__(
        self,
        store: Store,
        guard: AbstractContextManager[object],
        now: Callable[[], int],
        by: Callable[[], str],
    ) -> None:
        self._store = store
        self._guard = guard
        self._now = now
        self._by = by
        self._ends = _read(store)
        self._at_desk: frozenset[str] = frozenset()

    def begins(self, case: str) -> None:
        """It may be begun at the server from now on. Should nothing else be told of it, it was cut off."""
        with self._guard:
            self._at_desk |= {case}
            self._put(case, ProcedureEnd.CUT_OFF, "")

    def refused(self, case: str) -> None:
        """It was not begun."""
        with self._guard:
            self._at_desk -= {case}
            self._write(tuple(each for each in self._ends if each.case != case))

    def ends(self, case: str, ended: ProcedureEnd, why: str) -> None:
        """So it ended. Of one that was never begun nothing is told."""
        with self._guard:
            self._at_desk -= {case}
            if any(each.case == case for each in self._ends):
                self._put(case, ended, why)

    def waiting(self) -> tuple[UntoldEnd, ...]:
        """All that is to be told now, oldest first: nothing of a procedure that is at the desk."""
        return tuple(each for each in self._ends if each.case not in self._at_desk)

    def told(self, end: UntoldEnd) -> None:
        """The server took it."""
        with self._guard:
            self._write(tuple(each for each in self._ends if each != end))

    def _put(self, case: str, ended: ProcedureEnd, why: str) -> None:
        others = tuple(each for each in self._ends if each.case != case)
        self._write((*others, UntoldEnd(case=case, ended=ended, why=why, at=self._now(), by=self._by())))

    def _write(self, ends: tuple[UntoldEnd, ...]) -> None:
        if ends == self._ends:
            return
        self._store.write(_Kept(ends=ends).model_dump_json().encode())
        self._ends = ends


def _read(store: Store) -> tuple[UntoldEnd, ...]:
    saved = store.read()
    if saved is None:
        return ()
    try:
        return _Kept.model_validate_json(saved).ends
    except ValidationError as error:
        raise ConfigurationError(f"{ENDS} is damaged") from error
