"""The parts of what a municipality sets for its counters: which documents identify somebody, and when the card maker
works; each checked by itself, and told as the rows that the rules know."""

from datetime import date, time
from typing import Annotated, Self

from pydantic import Field, model_validator

from certserver.applications.counter_settings import MOST_AHEAD, IdentitySetting, MakerSetting
from certserver.applications.identity import Combination, IdentityDocument
from certserver.office.settings.part import Part

_MOST_DAYS = 366


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
