"""Who is withheld: the one place that knows both tables of withholdings, and that what people set here counts beside
what the snapshot brought. A resident and the people of koseki who are linked with that resident are one person: a row
on any of them covers them all. It changes nothing."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, FromClause, and_, exists, literal_column, or_, select

from certserver.registers.model import Withholding
from certserver.storage.koseki import koseki_people, koseki_withholdings
from certserver.storage.lookups import residents_in_koseki
from certserver.storage.registers import BY_HAND, withholdings

KINDS = tuple(Withholding)
"""In the order of what `kinds_on_resident` and `kinds_on_person` give."""

# Written into the statement: values that never change need not be sent with every reading.
_BY_HAND: ColumnElement[int] = literal_column(str(BY_HAND))
_KIND_COLUMNS: tuple[ColumnElement[str], ...] = tuple(literal_column(f"'{kind.value}'") for kind in KINDS)


def is_there(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there is any such row."""
    # Asking for no column, so that an index holds all that is asked for: else SQLite without statistics prefers the
    # first two columns of the key to it.
    return exists(select(literal_column("1")).where(*conditions))


def same(one: FromClause, other: FromClause, *names: str) -> ColumnElement[bool]:
    """Rows of one snapshot that have these columns in common."""
    return and_(*(one.c[name] == other.c[name] for name in ("municipality", "snapshot", *names)))


def on_resident(resident: FromClause, kind: ColumnElement[str] | None = None) -> ColumnElement[bool]:
    """Whether whoever has the municipality, snapshot and resident_id of this row is withheld, in this way or in any."""
    own, linked = withholdings.alias(), residents_in_koseki.alias()
    return or_(
        is_there(_covers(own, resident, kind, "resident_id")),
        is_there(same(linked, resident, "resident_id"), _by_own_row(linked, kind)),
    )


def on_person(person: FromClause, kind: ColumnElement[str] | None = None) -> ColumnElement[bool]:
    """As `on_resident`, for whoever has the municipality, snapshot, koseki_id and person_id of this row."""
    linked = koseki_people.alias()
    return or_(
        _by_own_row(person, kind),
        is_there(same(linked, person, "koseki_id", "person_id"), on_resident(linked, kind)),
    )


def kinds_on_resident(resident: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Columns for `withholding_of`."""
    return tuple(on_resident(resident, kind) for kind in _KIND_COLUMNS)


def kinds_on_person(person: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Columns for `withholding_of`."""
    return tuple(on_person(person, kind) for kind in _KIND_COLUMNS)


def withholding_of(found: Sequence[bool]) -> frozenset[Withholding]:
    """The withholdings that these columns tell."""
    return frozenset(kind for kind, holds in zip(KINDS, found, strict=True) if holds)


def named(people: Iterable[tuple[str, frozenset[Withholding]]]) -> tuple[str, ...]:
    """What a version says of people, by their keys: whom it withholds, and how."""
    return tuple(f"{who}={kind.value}" for who, withholding in people for kind in KINDS if kind in withholding)


def _by_own_row(person: FromClause, kind: ColumnElement[str] | None) -> ColumnElement[bool]:
    return is_there(_covers(koseki_withholdings.alias(), person, kind, "koseki_id", "person_id"))


def _covers(
    measure: FromClause, person: FromClause, kind: ColumnElement[str] | None, *names: str
) -> ColumnElement[bool]:
    of_kind = () if kind is None else (measure.c.kind == kind,)
    return and_(
        measure.c.municipality == person.c.municipality,
        or_(measure.c.snapshot == _BY_HAND, measure.c.snapshot == person.c.snapshot),
        *(measure.c[name] == person.c[name] for name in names),
        *of_kind,
    )
