"""What a municipality opened at whose place: the dated row of one office or contractor, with all that must stand
behind it before anything is done there in the municipality's name."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Dated
from certserver.applications.places import SUPPORT_PLACES, Place, Procedure


class Instrument(Enum):
    """What stands behind a commission."""

    COUNCIL_RESOLUTION = "council-resolution"
    """市町村議会の議決"""
    CONTRACT = "contract"
    """指定と契約"""
    NOTICE_POSTED = "notice-posted"
    """取り扱う事務の掲示"""


_OF_SUPPORT = (Instrument.CONTRACT,)
_OF_PUBLIC_ACTS = (Instrument.COUNCIL_RESOLUTION, Instrument.CONTRACT, Instrument.NOTICE_POSTED)


def instruments_of(place: Place) -> tuple[Instrument, ...]:
    """What must stand behind a commission of a kind of place. Support is no public act: a contract is enough."""
    return _OF_SUPPORT if place in SUPPORT_PLACES else _OF_PUBLIC_ACTS


@dataclass(frozen=True, slots=True)
class DatedPaper:
    """A paper behind a commission: its name or number as it is cited, and its day."""

    cited: str
    day: date


@dataclass(frozen=True, slots=True)
class Commission(Dated):
    """One office (or contractor) and one kind of place, from the day it opens until it closes. `office` is the name of
    its terminals' outlet, `called` what residents know it by, empty where nobody said; `procedures` are those that the
    contract names."""

    municipality: str
    office: str
    place: Place
    procedures: frozenset[Procedure]
    resolution: DatedPaper | None = None
    contract: DatedPaper | None = None
    notice: DatedPaper | None = None
    called: str = ""

    @property
    def shown(self) -> str:
        """What stands on paper for it."""
        return self.called or self.office

    def missing(self, day: date) -> tuple[Instrument, ...]:
        """What does not stand behind it on a day."""
        papers = {
            Instrument.COUNCIL_RESOLUTION: self.resolution,
            Instrument.CONTRACT: self.contract,
            Instrument.NOTICE_POSTED: self.notice,
        }
        wanted = ((each, papers[each]) for each in instruments_of(self.place))
        return tuple(each for each, paper in wanted if paper is None or paper.day > day)
