"""Entries of the journal: what is different after a step, and all that it holds as the sum of its entries. Only what
changed is written, of lists the places that changed. Pure."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from kiosk.actions.saved import Saved, SavedVisit

_JSON: TypeAdapter[Any] = TypeAdapter(Any)
_Place = Annotated[int, Field(ge=0)]
_LISTS = ("reports", "set_aside", "notes", "charges")
_WHOLE = ("alarms_set_aside", "takings")
_VISIT_LISTS = ("documents", "deliveries")
MOST = 100_000
"""Members of a list."""


class NoEntry(Exception):
    """Bytes that are no entry, or none that can follow those before it."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Splice(_Strict):
    """In a list as it was before: from this place on so many members are gone, and these are there instead."""

    at: _Place
    gone: _Place = 0
    new: tuple[JsonValue, ...] = ()


class Written(_Strict):
    """An entry. `at` is the local time, `steps` say in words what happened. `all` is the whole of what the journal
    holds (a file begins with it); `visit` is another one or none, `fields` are those of it that changed and `of_visit`
    the changes of its lists; `lists` are the changes of the other lists, `values` what else is new."""

    at: str
    steps: tuple[str, ...] = ()
    all: dict[str, JsonValue] | None = None
    visit: dict[str, JsonValue] | None = None
    fields: dict[str, JsonValue] = {}
    of_visit: dict[str, tuple[Splice, ...]] = {}
    lists: dict[str, tuple[Splice, ...]] = {}
    values: dict[str, JsonValue] = {}


def checkpoint(moment: str, steps: tuple[str, ...], saved: Saved) -> bytes:
    """The entry that says all."""
    return _bytes(Written(at=moment, steps=steps, all=saved.model_dump(mode="json")))


def difference(moment: str, steps: tuple[str, ...], before: Saved, after: Saved) -> bytes:
    """The entry that makes the one of the other."""
    made: dict[str, Any] = {"steps": steps, **_visit(before.visit, after.visit)}
    changed = {name for name in (*_LISTS, *_WHOLE) if not _same(getattr(before, name), getattr(after, name))}
    made["lists"] = {name: _splices(getattr(before, name), getattr(after, name)) for name in _LISTS if name in changed}
    made["values"] = {name: _JSON.dump_python(getattr(after, name), mode="json") for name in _WHOLE if name in changed}
    return _bytes(Written(at=moment, **{name: what for name, what in made.items() if what or name == "visit"}))


def read(entry: bytes) -> Written:
    """What an entry says. Raises `NoEntry`."""
    try:
        return Written.model_validate_json(entry)
    except ValidationError as error:
        raise NoEntry("it can't be read") from error


def fold(entries: Sequence[Written]) -> Saved:
    """What the journal holds after these, of which the first says all. Raises `NoEntry`."""
    if entries and entries[0].all is None:
        raise NoEntry("it does not begin with all that the journal held")
    state = nothing()
    for entry in entries:
        state = after(state, entry)
    try:
        return Saved.model_validate(state)
    except ValidationError as error:
        raise NoEntry("what its entries make is no journal") from error


def nothing() -> dict[str, Any]:
    """What an empty journal holds, as JSON."""
    return Saved().model_dump(mode="json")


def after(state: dict[str, Any], entry: Written) -> dict[str, Any]:
    """What it holds after one entry more, as JSON; nobody has looked yet whether it can be. Raises `NoEntry`."""
    if entry.all is not None:
        return {**nothing(), **entry.all}
    state = {**state, **entry.values}
    for name, splices in entry.lists.items():
        state[name] = _spliced(state.get(name), splices)
    if "visit" in entry.model_fields_set:
        state["visit"] = entry.visit
    visit = state.get("visit")
    if entry.fields or entry.of_visit:
        if not isinstance(visit, dict):
            raise NoEntry("it changes a visit that is not there")
        visit = {**visit, **entry.fields}
        for name, splices in entry.of_visit.items():
            visit[name] = _spliced(visit.get(name), splices)
        state["visit"] = visit
    return state


def _visit(before: SavedVisit | None, after: SavedVisit | None) -> dict[str, Any]:
    if before is after or before == after:
        return {}
    if before is None or after is None or before.order_id != after.order_id:
        return {"visit": None if after is None else after.model_dump(mode="json")}
    names = [name for name in SavedVisit.model_fields if not _same(getattr(before, name), getattr(after, name))]
    plain = {name for name in names if name not in _VISIT_LISTS}
    spliced = {name: _splices(getattr(before, name), getattr(after, name)) for name in names if name in _VISIT_LISTS}
    return {"fields": after.model_dump(mode="json", include=plain), "of_visit": spliced}


def _same(before: object, after: object) -> bool:
    return before is after or before == after


def _splices(before: Sequence[Any], after: Sequence[Any]) -> tuple[Splice, ...]:
    """Most often one is added at the end: the rest is looked at only where it differs."""
    begin = 0
    while begin < min(len(before), len(after)) and _same(before[begin], after[begin]):
        begin += 1
    matcher = SequenceMatcher(None, before[begin:], after[begin:], autojunk=False)
    return tuple(
        Splice(at=begin + at, gone=until - at, new=_JSON.dump_python(after[begin + first : begin + end], mode="json"))
        for how, at, until, first, end in matcher.get_opcodes()
        if how != "equal"
    )


def _spliced(members: object, splices: Iterable[Splice]) -> list[JsonValue]:
    if not isinstance(members, list):
        raise NoEntry("it changes a list that is not there")
    made: list[JsonValue] = []
    done = 0
    for splice in splices:
        if splice.at < done or splice.at + splice.gone > len(members):
            raise NoEntry("it changes a place of a list that is not there")
        made += [*members[done : splice.at], *splice.new]
        done = splice.at + splice.gone
    made += members[done:]
    if len(made) > MOST:
        raise NoEntry("a list is too long")
    return made


def _bytes(written: Written) -> bytes:
    return written.model_dump_json(exclude_unset=True).encode()
