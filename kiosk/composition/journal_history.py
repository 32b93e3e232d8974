"""`koufu-kiosk journal --history` and `--verify`: what the journal's entries say of one visit, and whether they hang
together. Only reads, so it may run beside the terminal; nothing personal, no token and no document's number is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.actions import entries
from kiosk.actions.entries import Written
from kiosk.actions.journal import ANEW, JOURNAL
from kiosk.actions.log_file import LogFile
from kiosk.composition.settings import load_settings
from kiosk.errors import ConfigurationError


def history(settings_file: Path, reference: str) -> Iterator[str]:
    """The steps of the visit with this number, oldest first: moment, what happened, its money then. Raises
    `ConfigurationError` where settings or journal can't be read."""
    state, told = entries.nothing(), False
    reference = reference.upper()
    oldest = True
    for number, entry, _ in _entries(settings_file):
        before, state = state, _after(number, state, entry)
        steps = tuple(step for step in entry.steps if step != ANEW)
        visit = _its(state, reference) or _its(before, reference)
        # The oldest file begins with all that was: nothing of it is new.
        new = () if oldest else tuple(_new(before, state, reference))
        oldest = False
        if not steps or not (visit or new):
            continue
        told = True
        notes = (f"({each['occasion']} {each['yen']} yen)" for each in new if "occasion" in each)
        yield " ".join((entry.at, *steps, *_yen(visit), *notes))
    if not told:
        yield f"nothing is written down of {reference}"


def verified(settings_file: Path) -> Iterator[str]:
    """One line, when every entry that is kept follows the one before. Raises `ConfigurationError` when one does not."""
    state = entries.nothing()
    numbers: list[int] = []
    moments: list[str] = []
    for number, entry, first in _entries(settings_file):
        if first and numbers and entry.all is None:
            raise _unreadable(number, "a file does not begin with all that the journal held")
        state = _after(number, state, entry)
        numbers.append(number)
        moments.append(entry.at)
    if not numbers:
        yield "nothing is written down"
        return
    yield f"entries {numbers[0]} to {numbers[-1]} hang together, {moments[0]} to {moments[-1]}"


def _entries(settings_file: Path) -> Iterator[tuple[int, Written, bool]]:
    for link, first in LogFile(load_settings(settings_file).journal, JOURNAL).history():
        try:
            yield link.number, entries.read(link.said), first
        except entries.NoEntry as error:
            raise _unreadable(link.number, str(error)) from error


def _after(number: int, state: dict[str, Any], entry: Written) -> dict[str, Any]:
    try:
        return entries.after(state, entry)
    except entries.NoEntry as error:
        raise _unreadable(number, str(error)) from error


def _unreadable(number: int, why: str) -> ConfigurationError:
    return ConfigurationError(f"{JOURNAL}, entry {number}: {why}")


def _its(state: dict[str, Any], reference: str) -> dict[str, Any] | None:
    visit = state.get("visit")
    return visit if isinstance(visit, dict) and visit.get("reference") == reference else None


def _new(before: dict[str, Any], after: dict[str, Any], reference: str) -> Iterator[dict[str, Any]]:
    """What the lists have of this visit that they had not."""
    for name, members in after.items():
        if isinstance(members, list) and members is not before[name]:
            its = [each for each in members if isinstance(each, dict) and each.get("reference") == reference]
            yield from (each for each in its if not any(_alike(each, known) for known in before[name]))


def _alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether staff heard of it is no news of the visit."""
    return {**one, "untold": None} == {**other, "untold": None}


def _yen(visit: dict[str, Any] | None) -> Iterator[str]:
    if visit is not None:
        kept = "-" if visit.get("captured") is None else visit["captured"]
        yield f"in {visit.get('held', 0)} out {visit.get('paid_out', 0)} kept {kept} yen"
