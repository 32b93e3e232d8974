"""What a draft holds: changed subjects, each whole; and all subjects as they stand at an instant. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
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
from certserver.rules.in_force import closures_at, newest, purposes_at, refusal_texts_at
from certserver.rules.settings import Ground, Settings
from koufu.evidence.words import CertificateKind

_Made = TypeVar("_Made", bound=Part)


class Content(Subjects):
    """Subjects that are set together. `official_seal` is the SHA-256 of its PNG in hex, None where the seal stays; the
    picture itself stands beside."""

    profile: ProfilePart | None = None
    official_seal: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a municipality ever set, as one transaction sees it. `revision` rises with every change."""

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
        """The profile that counts at an instant (Unix seconds)."""
        return next((each for each in reversed(self.profiles) if each.since <= at), None)

    def _opened(self, at: int) -> tuple[Commission, ...]:
        return next((listed for since, listed in reversed(self.commissions) if since <= at), ())

    def content(self, at: int) -> Content:
        """All subjects as they stand at an instant (Unix seconds). A kind that lacks fee, hours or scopes is left out:
        nobody can order it."""
        profile = self.profile(at)
        return Content(
            kinds=tuple(_kinds(self.settings, at)),
            tax_years=tuple(
                TaxYearsPart(kinds=(kind,), years=row.years)
                for kind in CertificateKind
                for row in newest(self.settings.tax_years, kind, at)
            ),
            closures=tuple(_like(ClosurePart, each) for each in closures_at(self.settings, at)),
            purposes=tuple(_like(PurposePart, each) for each in purposes_at(self.settings, at)),
            application_retention=tuple(
                RetentionPart(span=each.span, states=(each.state,), days=each.days)
                for each in newest_settings(self.retention, datetime.fromtimestamp(at, UTC))
            ),
            identity=_identity(self.counter.identity_at(at)),
            card_maker=_maker(self.counter.maker_at(at)),
            refusal_texts=tuple(_like(RefusalTextPart, each) for each in refusal_texts_at(self.settings, at)),
            commissions=tuple(map(commission_part, self._opened(at))),
            profile=None if profile is None else profile_part(profile),
            official_seal=None if profile is None else official_seal_digest(profile.official_seal),
        )


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


def _identity(setting: IdentitySetting | None) -> IdentityPart | None:
    return None if setting is None else _like(IdentityPart, setting)


def _maker(setting: MakerSetting | None) -> MakerPart | None:
    if setting is None:
        return None
    cut_off = setting.cut_off.isoformat(timespec="minutes")
    return MakerPart(cut_off=cut_off, maintenance=setting.maintenance, cards_ahead=setting.cards_ahead)


def _kinds(settings: Settings, at: int) -> Iterator[KindPart]:
    for kind in CertificateKind:
        rows = newest(settings.kinds, kind, at)
        fees = newest(settings.fees, kind, at)
        usual = [each.fee for each in fees if each.ground is Ground.ANYBODY]
        hours = newest(settings.hours, kind, at)
        if not rows or not usual or not hours or not rows[0].scopes:
            continue
        yield KindPart(
            kind=kind,
            offered=rows[0].offered,
            scopes=rows[0].scopes,
            options=rows[0].options,
            max_copies=rows[0].max_copies,
            fee=usual[0],
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
