"""What of the dated settings is in force at one instant at one outlet. Pure: the same rows and the same instant always
give the same offer version, on every node."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, TypeVar

from certserver.outlets import Outlet
from certserver.rules.settings import Closure, FeeRow, Ground, HoursRow, KindRow, Purpose, RefusalText, Settings
from certserver.rules.unread import OF_ALL, OF_KINDS, Stored, unread_at
from koufu.evidence.codec import Writer
from koufu.evidence.words import TAX_KINDS, CertificateKind, Option, Scope

_VERSION_BYTES = 16


@dataclass(frozen=True, slots=True)
class Exemption:
    """A fee in yen on a ground; `from_age` in years where the ground is an age."""

    ground: Ground
    from_age: int
    fee: int


@dataclass(frozen=True, slots=True)
class KindInForce:
    """One kind as it is offered now at one outlet. `fee` is anybody's; `exemptions` are others' that may be less.
    `years` are the fiscal years on offer, of kinds that have them."""

    kind: CertificateKind
    fee: int
    scopes: tuple[Scope, ...]
    options: tuple[Option, ...]
    max_copies: int
    opens_at: int
    closes_at: int
    weekdays_only: bool
    residents_only: bool = False
    exemptions: tuple[Exemption, ...] = ()
    years: tuple[int, ...] = ()
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force at one outlet. `until` is the next instant (Unix seconds) at which some row begins to count,
    None when none is known. `version` covers everything that an order could keep to or not; purposes and texts of
    refusals only tell. `halted`: nothing is offered, since something that counts for all of it can't be read."""

    municipality: str
    outlet: Outlet
    kinds: tuple[KindInForce, ...]
    closures: tuple[Closure, ...]
    """Those of the outlet, of whichever kinds."""
    purposes: tuple[Purpose, ...]
    version: str
    until: int | None
    refusal_texts: tuple[RefusalText, ...] = ()
    halted: bool = False

    def of(self, kind: CertificateKind) -> KindInForce | None:
        """The kind as it is offered, or None when it is not."""
        return next((offered for offered in self.kinds if offered.kind is kind), None)


class _Dated(Protocol):
    @property
    def kind(self) -> CertificateKind: ...
    @property
    def effective_at(self) -> int: ...


_Row = TypeVar("_Row", bound=_Dated)


def in_force(settings: Settings, outlet: Outlet, at: int) -> InForce:
    """What counts at an outlet at an instant (Unix seconds). A kind without fee or hours there, or a tax kind without
    years, is not offered; nor is one of which something can't be read."""
    closures = tuple(closure for closure in closures_at(settings, at) if closure.outlet in outlet.places)
    halted = bool(unread_at(settings.unread, at, OF_ALL))
    readable = () if halted else _readable(settings, at)
    found = (_kind(settings, kind, outlet, closures, at) for kind in readable)
    offered = tuple(kind for kind in found if kind is not None)
    served = {kind.kind for kind in offered}
    of_kinds = (settings.kinds, settings.fees, settings.hours, settings.tax_years)
    dates = [row.effective_at for rows in of_kinds for row in rows]
    dates += [row.effective_at for row in settings.closures]
    dates += [row.effective_at for row in settings.purposes]
    dates += [row.effective_at for row in settings.refusal_texts]
    dates += [instant for each in settings.unread for instant in (each.since, each.until) if instant is not None]
    return InForce(
        municipality=settings.municipality,
        outlet=outlet,
        kinds=offered,
        closures=closures,
        purposes=tuple(each for each in purposes_at(settings, at) if each.kind is None or each.kind in served),
        version=_version(settings.municipality, offered),
        until=min((instant for instant in dates if instant > at), default=None),
        refusal_texts=refusal_texts_at(settings, at),
        halted=halted,
    )


def offered_somewhere(settings: Settings, at: int) -> frozenset[CertificateKind]:
    """The kinds that are offered at an instant (Unix seconds), at whichever outlets."""
    return frozenset(
        kind
        for kind in _readable(settings, at)
        if any(row.offered for row in newest(settings.kinds, kind, at)) and newest(settings.hours, kind, at)
    )


def closures_at(settings: Settings, at: int) -> tuple[Closure, ...]:
    """All closures that count at an instant (Unix seconds), of every place."""
    if unread_at(settings.unread, at, (Stored.CLOSURES,)):
        return ()
    counting = [row for row in settings.closures if row.effective_at <= at]
    return max(counting, key=lambda row: row.effective_at).closures if counting else ()


def purposes_at(settings: Settings, at: int) -> tuple[Purpose, ...]:
    """All purposes that count at an instant (Unix seconds), also of kinds that nobody is offered."""
    if unread_at(settings.unread, at, (Stored.PURPOSES,)):
        return ()
    counting = [row for row in settings.purposes if row.effective_at <= at]
    return max(counting, key=lambda row: row.effective_at).purposes if counting else ()


def refusal_texts_at(settings: Settings, at: int) -> tuple[RefusalText, ...]:
    """All texts of refusals that count at an instant (Unix seconds)."""
    if unread_at(settings.unread, at, (Stored.REFUSALS,)):
        return ()
    counting = [row for row in settings.refusal_texts if row.effective_at <= at]
    return max(counting, key=lambda row: row.effective_at).texts if counting else ()


def newest(rows: Iterable[_Row], kind: CertificateKind, at: int) -> tuple[_Row, ...]:
    """The rows of a kind that were set last of those that count at an instant (Unix seconds): all of one instant."""
    counting = [row for row in rows if row.kind is kind and row.effective_at <= at]
    last = max((row.effective_at for row in counting), default=0)
    return tuple(row for row in counting if row.effective_at == last)


def _readable(settings: Settings, at: int) -> tuple[CertificateKind, ...]:
    """The kinds of which all that would count at an instant can be read."""
    unread = {each.name for each in unread_at(settings.unread, at, OF_KINDS)}
    return tuple(kind for kind in CertificateKind if kind.value not in unread)


def _kind(
    settings: Settings, kind: CertificateKind, outlet: Outlet, closures: tuple[Closure, ...], at: int
) -> KindInForce | None:
    row: KindRow | None = next(iter(newest(settings.kinds, kind, at)), None)
    fees = newest(settings.fees, kind, at)
    fee = next((each.fee for each in fees if each.ground is Ground.ANYBODY), None)
    hours = _nearest(newest(settings.hours, kind, at), outlet)
    years = tuple(year for each in newest(settings.tax_years, kind, at) for year in each.years)
    if row is None or not row.offered or fee is None or hours is None or (kind in TAX_KINDS and not years):
        return None
    return KindInForce(
        kind=kind,
        fee=fee,
        scopes=row.scopes,
        options=row.options,
        max_copies=row.max_copies,
        opens_at=hours.opens_at,
        closes_at=hours.closes_at,
        weekdays_only=hours.weekdays_only,
        residents_only=hours.residents_only,
        exemptions=_exemptions(fees),
        years=years if kind in TAX_KINDS else (),
        closures=tuple(closure for closure in closures if closure.covers(kind)),
    )


def _exemptions(fees: Iterable[FeeRow]) -> tuple[Exemption, ...]:
    granted = [Exemption(row.ground, row.from_age, row.fee) for row in fees if row.ground is not Ground.ANYBODY]
    return tuple(sorted(granted, key=lambda each: (each.ground.value, each.from_age)))


def _nearest(rows: tuple[HoursRow, ...], outlet: Outlet) -> HoursRow | None:
    by_place = {row.outlet: row for row in rows}
    return next((by_place[place] for place in outlet.places if place in by_place), None)


def _version(municipality: str, kinds: tuple[KindInForce, ...]) -> str:
    writer = Writer("koufu/offer/2")
    writer.text(municipality)
    for kind in kinds:
        writer.text(kind.kind.value)
        writer.texts(tuple(scope.value for scope in kind.scopes))
        writer.texts(tuple(option.value for option in kind.options))
        for number in (kind.fee, kind.max_copies, kind.opens_at, kind.closes_at):
            writer.number(number)
        writer.texts(tuple(str(flag) for flag in (kind.weekdays_only, kind.residents_only)))
        writer.texts(tuple(str(year) for year in kind.years))
        writer.texts(tuple(f"{each.ground.value} {each.from_age} {each.fee}" for each in kind.exemptions))
        writer.texts(tuple(f"{each.since} {each.until} {each.yearly}" for each in kind.closures))
    return sha256(writer.done()).digest()[:_VERSION_BYTES].hex()
