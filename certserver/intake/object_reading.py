"""Reads one JSON object member by member, as `intake.members` describes it. Paths are put into words only for findings:
most objects have none, and there are tens of millions."""

from collections.abc import Mapping
from typing import Any

from certserver.intake.fields import Field
from certserver.intake.findings import Broken, Rule
from certserver.intake.forms import FLAG
from certserver.intake.members import Members

Where = tuple["Where | None", str, int | None]
"""The member that an object stands in, and where in its array; inside that of another object."""

_OUTER_SPACES = " \u3000"


class ObjectReader:
    """Reads the objects of one line. `plain`: no character in the line needs a closer look."""

    def __init__(self, findings: list[tuple[str, Rule, int | None]], *, plain: bool) -> None:
        self._findings = findings
        self._plain = plain

    def read(self, members: Members, found: Mapping[str, Any], where: Where | None) -> dict[str, Any]:
        """The values of an object's members; None or empty for those that are missing or have a finding."""
        cells: dict[str, Any] = {}
        plain = self._plain
        get = found.get
        for field in members.fields:
            name = field.name
            value = get(name)
            if value is None:
                cells[name] = None
                if field.needed:
                    self._find(where, name, Rule.NEEDED)
            elif plain and value.__class__ is str and 0 < len(value) <= field.form.text and _unspaced(value):
                cells[name] = value
            else:
                cells[name] = self._value(field, value, where)
        for name, of in members.many:
            cells[name] = [
                self.read(of, one, (where, name, at)) for at, one in self._array(name, get(name), dict, where)
            ]
        for name, of in members.one:
            one = get(name)
            if one is not None and not isinstance(one, dict):
                self._find(where, name, Rule.TYPE)
                one = None
            cells[name] = None if one is None else self.read(of, one, (where, name, None))
        for field in members.words:
            words = self._array(field.name, get(field.name), str, where)
            cells[field.name] = [self._value(field, one, where) for _, one in words]
        if not found.keys() <= members.names:
            self._find(where, "", Rule.MEMBER)
        return cells

    def _array(self, name: str, values: object, wanted: type, where: Where | None) -> list[tuple[int, Any]]:
        if values is None:
            return []
        if not isinstance(values, list):
            self._find(where, name, Rule.TYPE)
            return []
        if not all(isinstance(one, wanted) for one in values):
            self._find(where, name, Rule.TYPE)
            return []
        return list(enumerate(values))

    def _value(self, field: Field, value: object, where: Where | None) -> object:
        if field.form is FLAG:
            if isinstance(value, bool):
                return value
            self._find(where, field.name, Rule.TYPE)
            return None
        if not isinstance(value, str):
            self._find(where, field.name, Rule.TYPE)
            return None
        if not value:
            if field.needed:
                self._find(where, field.name, Rule.NEEDED)
            return None
        try:
            return field.form.read(value)
        except Broken as broken:
            self._find(where, field.name, broken.rule, broken.limit)
            return None

    def _find(self, where: Where | None, name: str, rule: Rule, limit: int | None = None) -> None:
        parts = [name] if name else []
        while where is not None:
            where, member, at = where
            parts.insert(0, member if at is None else f"{member}[{at}]")
        self._findings.append((".".join(parts), rule, limit))


def _unspaced(text: str) -> bool:
    return text[0] not in _OUTER_SPACES and text[-1] not in _OUTER_SPACES
