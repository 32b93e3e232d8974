"""What a foreign resident is told whose card ends with the stay: in which order to go where. The order matters, since
a card that has expired can't be made longer. Words from memory, not confirmed by an office."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated
from certserver.applications.validity import Expiry, ExpiryGround


class Office(Enum):
    """Where to go."""

    IMMIGRATION = "immigration"
    """出入国在留管理局"""
    MUNICIPALITY = "municipality"
    """住所地の市区町村"""


@dataclass(frozen=True, slots=True)
class StayNotice(Dated):
    """The text for whoever's card ends with the stay. `{day}` stands for the last day."""

    offices: tuple[Office, ...]
    text: str
    text_en: str


END_OF_STAY = StayNotice(
    (Office.IMMIGRATION, Office.MUNICIPALITY),
    "このカードの有効期限は在留期間の満了日（{day}）です。在留期間を更新した方は、先に出入国在留管理局で手続をし、"
    "カードの期限が切れる前に、住所地の市区町村の窓口でカードの有効期限を変更してください。",
    "This card is valid until your period of stay ends ({day}). First extend your stay at the immigration office; "
    "then, before the card expires, have its validity changed at the window of the municipality where you live.",
    source="remembered practice",
    confirmed=Confirmed.MEMORY,
)


@dataclass(frozen=True, slots=True)
class StaySteps:
    """The offices in their order, and the text in two languages with the day filled in."""

    offices: tuple[Office, ...]
    text: str
    text_en: str


def end_of_stay_steps(expiry: Expiry) -> StaySteps | None:
    """What to tell whoever's card ends with the stay; None for every other card."""
    if expiry.ground is not ExpiryGround.END_OF_STAY:
        return None
    return StaySteps(
        END_OF_STAY.offices,
        END_OF_STAY.text.format(day=_in_japanese(expiry.last_day)),
        END_OF_STAY.text_en.format(day=expiry.last_day.isoformat()),
    )


def _in_japanese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
