"""Reads one JSON object member by member, as `intake.members` describes it. Paths are put into words only for findings:
most objects have none, and there are tens of millions."""

from collections.abc import Mapping, Sequence
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
        for name, longest, needed, field in members.texts:
            value = get(name)
            if value is None:
                cells[name] = None
                if needed:
                    self._find(where, name, Rule.NEEDED)
            elif (
                plain
                and value.__class__ is str
                and 0 < len(value) <= longest
                and value[0] not in _OUTER_SPACES
                and value[-1] not in _OUTER_SPACES
            ):
                cells[name] = value
            else:
                cells[name] = self._value(field, value, where)
        for name, of in members.many:
            array = self._array(name, get(name), dict, where)
            cells[name] = [self.read(of, one, (where, name, at)) for at, one in enumerate(array)]
        for name, of in members.one:
            one = get(name)
            if one is not None and not isinstance(one, dict):
                self._find(where, name, Rule.TYPE)
                one = None
            cells[name] = None if one is None else self.read(of, one, (where, name, None))
        for field in members.words:
            words = self._array(field.name, get(field.name), str, where)
            cells[field.name] = [self._value(field, one, where) for one in words]
        if not found.keys() <= members.names:
            self._find(where, "", Rule.MEMBER)
        return cells

    def _array(self, name: str, values: object, wanted: type, where: Where | None) -> Sequence[Any]:
        if values is None:
            return ()
        if isinstance(values, list):
            for one in values:
                if one.__class__ is not wanted:
                    break
            else:
                return values
        self._find(where, name, Rule.TYPE)
        return ()

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
