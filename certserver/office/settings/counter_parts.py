"""The parts of what a municipality sets for its counters: which documents identify somebody, when the card maker
works, and what is opened at whose place; each checked by itself, and told as the rows that the rules know."""

from datetime import date, time
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from certserver.applications.commissions import Commission, DatedPaper
from certserver.applications.counter_settings import MOST_AHEAD, IdentitySetting, MakerSetting
from certserver.applications.dated import Confirmed
from certserver.applications.identity import Combination, IdentityDocument
from certserver.applications.place_rows import PLACE_ROWS
from certserver.applications.places import POST_OFFICE_PLACES, Place, Procedure
from certserver.office.settings.part import Part, Text, printable

_MOST_DAYS = 366


COMMISSIONED = (*sorted(POST_OFFICE_PLACES, key=list(Place).index), Place.FIELD_SUPPORT)
"""Places that are others' and are opened one by one."""


class PaperPart(Part):
    """A paper behind a commission: how it is cited, and its day."""

    cited: Text
    day: date


class CommissionPart(Part):
    """What is opened at an office, from its first to its last day, and what stands behind it."""

    office: Annotated[str, Field(min_length=1, max_length=64), AfterValidator(printable)]
    place: Place
    since: date
    until: date | None = None
    procedures: tuple[Procedure, ...] = Field(min_length=1)
    resolution: PaperPart | None = None
    contract: PaperPart | None = None
    notice: PaperPart | None = None
    called: Annotated[str, Field(max_length=64), AfterValidator(printable)] = ""

    @model_validator(mode="after")
    def _can_be_opened(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise ValueError("it closes before it opens")
        if self.place not in COMMISSIONED:
            raise ValueError(f"{self.place.value} is no place of somebody else's")
        wrong = set(self.procedures) - procedures_at(self.place)
        if wrong:
            raise ValueError(f"{self.place.value} never has {', '.join(sorted(each.value for each in wrong))}")
        return self

    def row(self, municipality: str) -> Commission:
        """The commission, as the rules know it."""
        return Commission(
            since=self.since,
            until=self.until,
            source="",
            confirmed=Confirmed.DESIGN,
            municipality=municipality,
            office=self.office,
            place=self.place,
            procedures=frozenset(self.procedures),
            resolution=_dated(self.resolution),
            contract=_dated(self.contract),
            notice=_dated(self.notice),
            called=self.called,
        )


def commission_part(row: Commission) -> CommissionPart:
    """The part that says what a row says."""
    assert row.since is not None, "a commission begins on a day"
    return CommissionPart(
        office=row.office,
        place=row.place,
        since=row.since,
        until=row.until,
        procedures=tuple(each for each in Procedure if each in row.procedures),
        resolution=_paper(row.resolution),
        contract=_paper(row.contract),
        notice=_paper(row.notice),
        called=row.called,
    )


def procedures_at(place: Place) -> frozenset[Procedure]:
    """What can be opened at a kind of place at all."""
    return frozenset(row.procedure for row in PLACE_ROWS if row.place is place)


def openable() -> tuple[Procedure, ...]:
    """What can be opened at any place of somebody else's."""
    there = frozenset[Procedure]().union(*map(procedures_at, COMMISSIONED))
    return tuple(each for each in Procedure if each in there)


def _dated(part: PaperPart | None) -> DatedPaper | None:
    return None if part is None else DatedPaper(part.cited, part.day)


def _paper(paper: DatedPaper | None) -> PaperPart | None:
    return None if paper is None else PaperPart(cited=paper.cited, day=paper.day)


class IdentityPart(Part):
    """Documents of class A and B, and the combinations that are taken for an application."""

    class_a: tuple[IdentityDocument, ...] = Field(min_length=1)
    class_b: tuple[IdentityDocument, ...] = ()
    combinations: tuple[Combination, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _identifies_somebody(self) -> Self:
        self.row(0)
        return self

    def row(self, at: int) -> IdentitySetting:
        """The setting, as the rules know it."""
        return IdentitySetting(at, self.class_a, self.class_b, self.combinations)


class MakerPart(Part):
    """Until when on a day express applications are taken, days of rest besides, and cards that wait."""

    cut_off: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    maintenance: tuple[date, ...] = Field(default=(), max_length=_MOST_DAYS)
    cards_ahead: int = Field(default=0, ge=0, le=MOST_AHEAD)

    def row(self, at: int) -> MakerSetting:
        """The setting, as the rules know it."""
        return MakerSetting(at, time.fromisoformat(self.cut_off), self.maintenance, self.cards_ahead)
