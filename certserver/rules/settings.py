"""Dated settings and what of them is in force at one instant at one outlet. Pure: the same rows and the same instant
always give the same offer version, on every node."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Protocol, TypeVar

from koufu.evidence.codec import Writer
from koufu.evidence.words import CertificateKind, Option, Scope

EVERY_OUTLET = "*"
"""The outlet of hours that hold wherever an outlet has none of its own."""

_VERSION_BYTES = 16


@dataclass(frozen=True, slots=True)
class KindRow:
    """Whether a kind is offered from `effective_at` (Unix seconds), and with which choices."""

    kind: CertificateKind
    effective_at: int
    offered: bool
    scopes: tuple[Scope, ...]
    options: tuple[Option, ...]
    max_copies: int


@dataclass(frozen=True, slots=True)
class FeeRow:
    """Yen for one copy from `effective_at` (Unix seconds)."""

    kind: CertificateKind
    effective_at: int
    fee: int


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Hours of a kind at an outlet from `effective_at` (Unix seconds). Minutes of the day in Japan; at `closes_at`
    nothing is served any more."""

    outlet: str
    kind: CertificateKind
    effective_at: int
    opens_at: int
    closes_at: int
    weekdays_only: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """Days without service, both included. With `yearly` they come again each year, counted from `since`."""

    since: date
    until: date
    yearly: bool
    reason: str
    reason_en: str

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError("a closure ends before it begins")
        if self.yearly and (self.since.month, self.since.day) == (2, 29):
            raise ValueError("a yearly closure can't begin on 29 February")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a document is for, and the kind, scope and options the municipality suggests for it."""

    code: str
    kind: CertificateKind
    scope: Scope
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """All dated rows of a municipality. `revision` rises with every change of any of them."""

    municipality: str
    revision: int
    kinds: tuple[KindRow, ...]
    fees: tuple[FeeRow, ...]
    hours: tuple[HoursRow, ...]
    closures: tuple[Closure, ...]
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True, slots=True)
class KindInForce:
    """One kind as it is offered now."""

    kind: CertificateKind
    fee: int
    scopes: tuple[Scope, ...]
    options: tuple[Option, ...]
    max_copies: int
    opens_at: int
    closes_at: int
    weekdays_only: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force at one outlet. `until` is the next instant (Unix seconds) at which some row begins to count,
    None when none is known."""

    municipality: str
    outlet: str
    kinds: tuple[KindInForce, ...]
    closures: tuple[Closure, ...]
    purposes: tuple[Purpose, ...]
    version: str
    until: int | None

    def of(self, kind: CertificateKind) -> KindInForce | None:
        """The kind as it is offered, or None when it is not."""
        return next((offered for offered in self.kinds if offered.kind is kind), None)


class _Dated(Protocol):
    @property
    def kind(self) -> CertificateKind: ...
    @property
    def effective_at(self) -> int: ...


_Row = TypeVar("_Row", bound=_Dated)


def in_force(settings: Settings, outlet: str, at: int) -> InForce:
    """What counts at an outlet at an instant (Unix seconds). A kind without fee or hours is not offered."""
    kinds = _latest(settings.kinds, at)
    fees = _latest(settings.fees, at)
    hours = _latest(settings.hours, at, lambda row: row.outlet == EVERY_OUTLET)
    hours |= _latest(settings.hours, at, lambda row: row.outlet == outlet)
    offered = tuple(
        KindInForce(
            kind=kind,
            fee=fees[kind].fee,
            scopes=row.scopes,
            options=row.options,
            max_copies=row.max_copies,
            opens_at=hours[kind].opens_at,
            closes_at=hours[kind].closes_at,
            weekdays_only=hours[kind].weekdays_only,
        )
        for kind in CertificateKind
        if (row := kinds.get(kind)) is not None and row.offered and kind in fees and kind in hours
    )
    purposes = tuple(purpose for purpose in settings.purposes if any(kind.kind is purpose.kind for kind in offered))
    dates = [row.effective_at for rows in (settings.kinds, settings.fees, settings.hours) for row in rows]
    return InForce(
        municipality=settings.municipality,
        outlet=outlet,
        kinds=offered,
        closures=settings.closures,
        purposes=purposes,
        version=_version(settings.municipality, offered),
        until=min((instant for instant in dates if instant > at), default=None),
    )


def _latest(
    rows: Iterable[_Row], at: int, counts: Callable[[_Row], bool] = lambda _row: True
) -> dict[CertificateKind, _Row]:
    found: dict[CertificateKind, _Row] = {}
    for row in rows:
        earlier = found.get(row.kind)
        if row.effective_at <= at and counts(row) and (earlier is None or earlier.effective_at < row.effective_at):
            found[row.kind] = row
    return found


def _version(municipality: str, kinds: tuple[KindInForce, ...]) -> str:
    writer = Writer("koufu/offer/1")
    writer.text(municipality)
    for kind in kinds:
        writer.text(kind.kind.value)
        writer.texts(tuple(scope.value for scope in kind.scopes))
        writer.texts(tuple(option.value for option in kind.options))
        for number in (kind.fee, kind.max_copies, kind.opens_at, kind.closes_at, int(kind.weekdays_only)):
            writer.number(number)
    return sha256(writer.done()).digest()[:_VERSION_BYTES].hex()
