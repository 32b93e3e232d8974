"""The draft of the report on a recall to the Personal Information Protection Commission
(個人情報保護委員会への漏えい等報告): its points in their order, with what the ledger knows of each. Whoever sends
it fills in the rest. Pure.

The points are those of 個人情報の保護に関する法律施行規則 art. 8, which rules for businesses. What rules for a
municipality (法 art. 68, 規則 art. 43 and 44; of individual numbers 番号法 art. 29-4) was not read: all of it is
shown as unconfirmed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from certserver.office.issued.recalls import Recall
from certserver.ports import in_japan


class Point(Enum):
    """What a report says, in its order."""

    OVERVIEW = "overview"
    """概要"""
    ITEMS = "items"
    """個人情報の項目"""
    PERSONS = "persons"
    """本人の数"""
    CAUSE = "cause"
    """原因"""
    FURTHER_DAMAGE = "further-damage"
    """二次被害又はそのおそれの有無及びその内容"""
    RESPONSE = "response"
    """本人への対応の実施状況"""
    PUBLICATION = "publication"
    """公表の実施状況"""
    PREVENTION = "prevention"
    """再発防止のための措置"""
    OTHER = "other"
    """その他参考となる事項"""


_FIRST = timedelta(days=5)
_WHOLE = timedelta(days=30)
_WHOLE_OF_MISUSE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Days in Japan by which reports are due, counted from the day on which the recall was asked for: the municipality
    may have known earlier. A first one within 3 to 5 days, a whole one within 30, or 60 where somebody meant ill."""

    known: date
    first: date
    whole: date
    whole_of_misuse: date


def deadlines(recall: Recall) -> Deadlines:
    """The deadlines of a recall's reports."""
    known = in_japan(recall.asked_at).date()
    return Deadlines(known, known + _FIRST, known + _WHOLE, known + _WHOLE_OF_MISUSE)
