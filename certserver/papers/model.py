"""What papers say, before any thought of where it stands: values as they were told or as the register holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from certserver.applications.commissions import Commission
from certserver.applications.permissions import NotHere, Site
from certserver.applications.places import Place, Procedure
from certserver.applications.readiness import Step
from certserver.papers.jpeg import Jpeg
from certserver.papers.kinds import PaperKind, PaperLanguage

PROVISIONAL = "様式は仮のもの"
"""On every paper that could be taken for the official form, which nobody here has read."""


@dataclass(frozen=True, slots=True)
class Town:
    """The municipality as its papers name it: 「見本市」, 「見本市長」, the mayor's name, and where to go and call."""

    name: str = ""
    mayor_title: str = ""
    mayor_name: str = ""
    place: str = ""
    hours: str = ""
    phone: str = ""
    name_en: str = ""
    place_en: str = ""
    hours_en: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who a paper is about, as far as it is told; empty where it is left blank."""

    name: str = field(default="", repr=False)
    kana: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)
    sex: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    foreign: bool = field(default=False, repr=False)
    """Dates stand in the Western calendar, as on the documents of a foreign resident."""


@dataclass(frozen=True, slots=True)
class Reception:
    """Where and when an application was taken in: its number here, the office, and the day."""

    number: str = ""
    office: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ApplicationPaper:
    """交付申請書. `fields` are those of the form (`certserver.applications.form`); `form_id` is the 申請書ID."""

    town: Town
    applicant: Applicant = Applicant()
    reception: Reception = Reception()
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    form_id: str = field(default="", repr=False)
    photo: Jpeg | None = field(default=None, repr=False)
    photo_wanted: bool = True
    """Not under one year."""
    kind: PaperKind = PaperKind.APPLICATION_FORM


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """A paper that bears name, address and day of birth of one person, and else is filled in by hand. `day` is the one
    on which it is drawn, whose rules it tells."""

    kind: PaperKind
    town: Town
    day: date
    applicant: Applicant = Applicant()
    reception: Reception = Reception()


@dataclass(frozen=True, slots=True)
class PlainPaper:
    """A paper that is the same for everybody of a municipality, as of a day."""

    kind: PaperKind
    town: Town
    day: date
    language: PaperLanguage = PaperLanguage.JAPANESE


@dataclass(frozen=True, slots=True)
class GuidancePaper:
    """Where to go with what can't be done here, and why it can't: places by their kind and name, nearest first."""

    town: Town
    day: date
    procedure: Procedure
    reason: NotHere
    instead: tuple[Site, ...]
    language: PaperLanguage = PaperLanguage.JAPANESE
    kind: PaperKind = PaperKind.WHERE_TO_GO


@dataclass(frozen=True, slots=True)
class ReadinessPaper:
    """What a post office has done of what its level wants, as of a day."""

    town: Town
    day: date
    office: str
    place: Place
    done: Mapping[Step, date]
    kind: PaperKind = PaperKind.READINESS


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """What an office handles by a commission, for everybody to read there."""

    town: Town
    day: date
    commission: Commission
    kind: PaperKind = PaperKind.POSTED_NOTICE


def applicant_of(fields: Mapping[str, str], name: str, address: str) -> Applicant:
    """Whom a form is about; `name` and `address` of the register where the form has none yet."""
    return Applicant(
        name=fields.get("name", name),
        kana=fields.get("name-kana", ""),
        address=fields.get("address", address),
        born=_day(fields.get("born", "")),
        sex={"female": "女", "male": "男"}.get(fields.get("sex", ""), ""),
        phone=fields.get("phone", ""),
        foreign="stay-status" in fields or "stay-until" in fields,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
