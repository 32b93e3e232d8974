"""What a draft holds: changed subjects, each whole; and all subjects as they stand at an instant. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TypeVar

from certserver.applications.commissions import Commission
from certserver.applications.counter_settings import CounterSettings, IdentitySetting, MakerSetting
from certserver.applications.retention import RetentionSetting, newest_settings
from certserver.municipality import MunicipalityProfile
from certserver.office.settings.counter_parts import IdentityPart, MakerPart, commission_part
from certserver.office.settings.part import Part
from certserver.office.settings.parts import (
    ClosurePart,
    ExemptionPart,
    HoursPart,
    KindPart,
    ProfilePart,
    PurposePart,
    RetentionPart,
    Subjects,
    TaxYearsPart,
)
from certserver.office.settings.refusal_parts import RefusalTextPart
from certserver.pipeline.readable import why
from certserver.rules.in_force import closures_at, newest, purposes_at, refusal_texts_at
from certserver.rules.settings import Closure, FeeRow, Ground, HoursRow, KindRow, Purpose, RefusalText, Settings
from certserver.rules.unread import OF_KINDS, Stored, Unread, unread_at
from koufu.evidence.words import CertificateKind

_Made = TypeVar("_Made", bound=Part)
_Row = TypeVar("_Row")
_Found = TypeVar("_Found")


class Content(Subjects):
    """Subjects that are set together. `official_seal` is the SHA-256 of its PNG in hex, None where the seal stays; the
    picture itself stands beside."""

    profile: ProfilePart | None = None
    official_seal: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a municipality ever set and can be read, as one transaction sees it. `revision` rises with every change;
    what can't be read is in `settings.unread`, of whatever it is."""

    settings: Settings
    profiles: tuple[MunicipalityProfile, ...]
    """Oldest first."""
    retention: tuple[RetentionSetting, ...]
    counter: CounterSettings
    commissions: tuple[tuple[int, tuple[Commission, ...]], ...] = ()
    """What is opened at whose place, each time all of it: from which Unix second on. Oldest first."""

    @property
    def revision(self) -> int:
        """The settings' revision."""
        return self.settings.revision

    def profile(self, at: int) -> MunicipalityProfile | None:
        """The profile that counts at an instant (Unix seconds); None where it can't be read."""
        if self._lost(at, Stored.PROFILE):
            return None
        return next((each for each in reversed(self.profiles) if each.since <= at), None)

    def unread(self, at: int) -> tuple[Unread, ...]:
        """What counts at an instant (Unix seconds) and can't be read, or is refused where it is set: nobody could put
        it in force again as it is."""
        return self._content(at)[1]

    def as_last_read(self) -> "Standing":
        """What could be read alone, as if nothing had been set since."""
        return replace(self, settings=replace(self.settings, unread=()))

    def _lost(self, at: int, *of: Stored) -> bool:
        return bool(unread_at(self.settings.unread, at, of))

    def _opened(self, at: int) -> tuple[Commission, ...]:
        return next((listed for since, listed in reversed(self.commissions) if since <= at), ())

    def content(self, at: int) -> Content:
        """All subjects as they stand at an instant (Unix seconds). A kind that lacks fee, hours or scopes is left out:
        nobody can order it. So is what is `unread`."""
        return self._content(at)[0]

    def _content(self, at: int) -> tuple[Content, tuple[Unread, ...]]:
        profile = self.profile(at)
        read = _Parts(self.settings.unread, at)
        content = Content(
            kinds=read.each(Stored.KINDS, _of_kinds(self.settings, at), lost=OF_KINDS),
            tax_years=read.each(Stored.TAX_YEARS, _of_years(self.settings, at)),
            closures=read.all(Stored.CLOSURES, closures_at(self.settings, at), _closure),
            purposes=read.all(Stored.PURPOSES, purposes_at(self.settings, at), _purpose),
            application_retention=read.each(Stored.RETENTION, _of_spans(self.retention, at)),
            identity=read.one(Stored.IDENTITY, self.counter.identity_at(at), _identity),
            card_maker=read.one(Stored.CARD_MAKER, self.counter.maker_at(at), _maker),
            refusal_texts=read.all(Stored.REFUSALS, refusal_texts_at(self.settings, at), _refusal_text),
            commissions=read.all(Stored.COMMISSIONS, self._opened(at), commission_part),
            profile=read.one(Stored.PROFILE, profile, profile_part),
            official_seal=None if profile is None else official_seal_digest(profile.official_seal),
        )
        return content, tuple(read.unread)


def official_seal_digest(png: bytes) -> str:
    """By which a draft knows an official seal."""
    return sha256(png).hexdigest()


def profile_part(profile: MunicipalityProfile | ProfilePart) -> ProfilePart:
    """A profile without its official seal."""
    return _like(ProfilePart, profile)


def profile_of(part: ProfilePart, code: str, official_seal: bytes) -> MunicipalityProfile:
    """The other way round."""
    names = {name: getattr(part, name) for name in ProfilePart.model_fields}
    return MunicipalityProfile(code=code, official_seal=official_seal, **names)


def told(minute: int) -> str:
    """A minute of the day as `HH:MM`; the end of a day is `24:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


class _Parts:
    """Makes parts of what stands, and keeps what can't be made or read."""

    def __init__(self, unread: Iterable[Unread], at: int) -> None:
        self._at = at
        self.unread = list(unread_at(unread, at))

    def one(self, of: Stored, row: _Row | None, make: Callable[[_Row], _Made]) -> _Made | None:
        """The part of a row, None where there is none."""
        return None if row is None or self._is_lost(of) else self._made(of, "", lambda: make(row))

    def all(self, of: Stored, rows: Iterable[_Row], make: Callable[[_Row], _Made]) -> tuple[_Made, ...] | None:
        """The parts of a list, of which all or none can be had."""
        return None if self._is_lost(of) else self._made(of, "", lambda: tuple(map(make, rows)))

    def each(
        self, of: Stored, makers: Iterable[tuple[str, Callable[[], _Made]]], lost: Iterable[Stored] = ()
    ) -> tuple[_Made, ...]:
        """The parts that can be had, each with its name; none of which something of `lost` can't be read."""
        found = (self._made(of, name, make) for name, make in makers if not self._is_lost(of, *lost, name=name))
        return tuple(part for part in found if part is not None)

    def _is_lost(self, *of: Stored, name: str = "") -> bool:
        return any(each.of in of and each.name == name for each in self.unread)

    def _made(self, of: Stored, name: str, make: Callable[[], _Found]) -> _Found | None:
        try:
            return make()
        except ValueError as error:
            # Its rows can be read, but nobody could set them like this any more.
            self.unread.append(Unread(of, name, self._at, None, why(error), refused=True))
            return None


def _closure(row: Closure) -> ClosurePart:
    return _like(ClosurePart, row)


def _purpose(row: Purpose) -> PurposePart:
    return _like(PurposePart, row)


def _refusal_text(row: RefusalText) -> RefusalTextPart:
    return _like(RefusalTextPart, row)


def _identity(setting: IdentitySetting) -> IdentityPart:
    return _like(IdentityPart, setting)


def _of_years(settings: Settings, at: int) -> Iterator[tuple[str, Callable[[], TaxYearsPart]]]:
    for kind in CertificateKind:
        for row in newest(settings.tax_years, kind, at):
            yield kind.value, partial(TaxYearsPart, kinds=(kind,), years=row.years)


def _of_spans(retention: Iterable[RetentionSetting], at: int) -> Iterator[tuple[str, Callable[[], RetentionPart]]]:
    for each in newest_settings(retention, datetime.fromtimestamp(at, UTC)):
        name = f"{each.span.value} {each.state.value}"
        yield name, partial(RetentionPart, span=each.span, states=(each.state,), days=each.days)


def _maker(setting: MakerSetting) -> MakerPart:
    cut_off = setting.cut_off.isoformat(timespec="minutes")
    return MakerPart(cut_off=cut_off, maintenance=setting.maintenance, cards_ahead=setting.cards_ahead)


def _of_kinds(settings: Settings, at: int) -> Iterator[tuple[str, Callable[[], KindPart]]]:
    for kind in CertificateKind:
        rows = newest(settings.kinds, kind, at)
        fees = newest(settings.fees, kind, at)
        usual = [each.fee for each in fees if each.ground is Ground.ANYBODY]
        hours = newest(settings.hours, kind, at)
        if not rows or not usual or not hours or not rows[0].scopes:
            continue
        yield kind.value, partial(_kind, rows[0], usual[0], fees, hours)


def _kind(row: KindRow, fee: int, fees: Iterable[FeeRow], hours: Iterable[HoursRow]) -> KindPart:
    return KindPart(
        kind=row.kind,
        offered=row.offered,
        scopes=row.scopes,
        options=row.options,
        max_copies=row.max_copies,
        fee=fee,
        exemptions=tuple(
            ExemptionPart(ground=each.ground, from_age=each.from_age, fee=each.fee)
            for each in sorted(fees, key=lambda each: (each.ground.value, each.from_age))
            if each.ground is not Ground.ANYBODY
        ),
        hours=tuple(
            HoursPart(
                outlet=each.outlet,
                opens=told(each.opens_at),
                closes=told(each.closes_at),
                weekdays_only=each.weekdays_only,
                residents_only=each.residents_only,
            )
            for each in sorted(hours, key=lambda each: each.outlet)
        ),
    )


def _like(part: type[_Made], row: object) -> _Made:
    """The part that says what a row says."""
    return part.model_validate({name: getattr(row, name) for name in part.model_fields})
