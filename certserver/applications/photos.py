"""Which findings in a photo a reason can excuse. A check advises and a person decides; but a photo that is too dark or
can't be cropped is refused whatever the reason. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated, in_force
from koufu.photo.words import NEVER_WAIVED, ExceptionCategory, PhotoException, PhotoFinding


@dataclass(frozen=True, slots=True)
class ExceptionRow(Dated):
    """Which findings the ministry's examples excuse. The list is not closed: others may be excused too."""

    category: ExceptionCategory
    excuses: frozenset[PhotoFinding]
    provided: str
    """What must be so besides, in the field's words; empty where nothing is named."""


_EXAMPLES = "examples told again to municipalities on 令和5年3月29日"


def _row(category: ExceptionCategory, provided: str, *excuses: PhotoFinding) -> ExceptionRow:
    return ExceptionRow(category, frozenset(excuses), provided, source=_EXAMPLES, confirmed=Confirmed.MINISTRY)


EXCEPTIONS = (
    _row(
        ExceptionCategory.RELIGION,
        "顔の器官が判断できること（宗教上の服装と判断できないものは除く）",
        PhotoFinding.HEADWEAR,
    ),
    _row(
        ExceptionCategory.MEDICAL,
        "医療器具と判断できること",
        *(PhotoFinding.MEDICAL_DEVICE, PhotoFinding.BEDDING, PhotoFinding.FACE_PARTLY_COVERED),
    ),
    _row(
        ExceptionCategory.INFANT,
        "顔の器官すべてが確認できること",
        *(PhotoFinding.MOUTH_OPEN, PhotoFinding.TONGUE_OUT),
        *(PhotoFinding.HAND_OR_OBJECT, PhotoFinding.WET_OR_STAINED_FACE),
    ),
    _row(
        ExceptionCategory.DISABILITY,
        "",
        *(PhotoFinding.NOT_FRONTAL, PhotoFinding.GAZE, PhotoFinding.FACE_PARTLY_COVERED),
    ),
    _row(ExceptionCategory.BEDRIDDEN, "", PhotoFinding.BEDDING),
)


class PhotoOutcome(Enum):
    """What follows for a picture."""

    FIT = "fit"
    PERSON_DECIDES = "person-decides"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PhotoVerdict:
    """What follows, for which findings; `unlisted` are those that no example of the category names."""

    outcome: PhotoOutcome
    because: tuple[PhotoFinding, ...] = ()
    unlisted: tuple[PhotoFinding, ...] = ()


def judge_photo(findings: Iterable[PhotoFinding], exception: PhotoException | None, day: date) -> PhotoVerdict:
    """What follows from what is seen. No exception makes a photo fit by itself: it only brings it before a person."""
    seen = frozenset(findings)
    found = tuple(each for each in PhotoFinding if each in seen)
    hopeless = tuple(each for each in found if each in NEVER_WAIVED)
    if hopeless or (found and exception is None):
        return PhotoVerdict(PhotoOutcome.REFUSED, hopeless or found)
    if exception is None or not found:
        return PhotoVerdict(PhotoOutcome.FIT)
    rows = (row for row in in_force(EXCEPTIONS, day) if row.category is exception.category)
    listed = frozenset[PhotoFinding]().union(*(row.excuses for row in rows))
    return PhotoVerdict(PhotoOutcome.PERSON_DECIDES, found, tuple(each for each in found if each not in listed))


class PhotoChannel(Enum):
    """How an application comes in."""

    ONLINE = "online"
    POST = "post"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class ChannelRow(Dated):
    """How the reason of an exception reaches the card maker."""

    channel: PhotoChannel
    how: str


CHANNELS = (
    ChannelRow(
        PhotoChannel.ONLINE,
        "マイナンバー総合フリーダイヤル（0120-95-0178）に理由と申請書IDを伝える",
        source=_EXAMPLES,
        confirmed=Confirmed.MINISTRY,
    ),
    ChannelRow(
        PhotoChannel.POST, "交付申請書の表面の氏名欄に理由を記載する", source=_EXAMPLES, confirmed=Confirmed.MINISTRY
    ),
    ChannelRow(
        PhotoChannel.WINDOW,
        "市区町村から住基ネット・マイナンバーカードヘルプデスク（0570-666-535）に理由と申請書IDを連絡する",
        source=_EXAMPLES,
        confirmed=Confirmed.MINISTRY,
    ),
)
