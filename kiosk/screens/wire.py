"""A screen as the JSON that QML reads: names in camelCase, blocks with their type, touches left out. `mark` tells when
a part has another shape, so that QML keeps its items (and a finger its key) as long as only words change."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.screens.blocks import Block
from kiosk.screens.desk_model import DeskModel
from kiosk.screens.model import ScreenModel
from kiosk.screens.palette import palette

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_PLAIN = frozenset({str, bool, int, float, type(None)})

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def screen_json(model: ScreenModel) -> str:
    """The whole screen."""
    plain = as_json(model)
    assert isinstance(plain, dict)
    plain["colors"] = {_camel(role): colour for role, colour in palette(contrast=model.look.contrast).roles().items()}
    where = f"{model.scene}/{model.look.layout.value}/{model.look.low_reach}/{model.look.language.value}"
    for part in ("read", "pages", "foot", "sheet"):
        plain[f"{part}Mark"] = f"{where}/{shape(plain[part])}"
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def desk_json(model: DeskModel) -> str:
    """The whole screen of the clerk's window."""
    plain = as_json(model)
    assert isinstance(plain, dict)
    plain["colors"] = {_camel(role): colour for role, colour in palette(contrast=False).roles().items()}
    where = f"{model.scene}/{model.look.pitch}/{model.look.language.value}"
    for part in ("alerts", "main", "aside"):
        plain[f"{part}Mark"] = f"{where}/{shape(plain[part])}"
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def as_json(value: object) -> Json:
    """A value of the model as JSON; a block says its type, a key whether it is enabled."""
    if type(value) in _PLAIN:
        return value  # type: ignore[return-value] # nearly all there is, and patterns are slow
    match value:
        case Enum():
            return str(value.value)
        case str() | bool() | int() | float() | None:
            return value
        case tuple() | list():
            return [as_json(each) for each in value]
        case Mapping():
            return {str(key): as_json(each) for key, each in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _object(value)
        case _:
            raise TypeError(f"a {type(value).__name__} is not drawn")


def shape(value: Json) -> str:
    """What stays the same while only words change: types, lengths, what is there and what is not."""
    match value:
        case list():
            return f"[{','.join(shape(each) for each in value)}]"
        case dict():
            return f"{value.get('type', '')}{{{','.join(shape(each) for each in value.values())}}}"
        case None:
            return "-"
        case _:
            return "."


def _object(value: "DataclassInstance") -> dict[str, Json]:
    found: dict[str, Json] = {"type": type(value).__name__} if isinstance(value, Block) else {}
    for name, called in _fields(type(value)):
        said = getattr(value, name)
        if name == "touch":
            found["enabled"] = said is not None or getattr(value, "turns", False)
        else:
            found[called] = as_json(said)
    return found


@lru_cache(maxsize=256)
def _fields(kind: "type[DataclassInstance]") -> tuple[tuple[str, str], ...]:
    """Its fields, and what QML calls them."""
    return tuple((each.name, _camel(each.name)) for each in fields(kind))


@lru_cache(maxsize=256)
def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)
