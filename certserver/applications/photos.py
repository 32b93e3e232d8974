"""Which findings in a photo a reason can excuse. A check advises and a person decides; but a photo that is too dark or
can't be cropped is refused whatever the reason. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated, in_force


class PhotoFinding(Enum):
    """What a check or a clerk sees in a picture."""

    TOO_DARK = "too-dark"
    CANT_CROP = "cant-crop"
    HEADWEAR = "headwear"
    NOT_FRONTAL = "not-frontal"
    GAZE = "gaze"
    FACE_PARTLY_COVERED = "face-partly-covered"
    """Eye patch, gauze, plaster, sunglasses."""
    MEDICAL_DEVICE = "medical-device"
    BEDDING = "bedding"
    MOUTH_OPEN = "mouth-open"
    TONGUE_OUT = "tongue-out"
    HAND_OR_OBJECT = "hand-or-object"
    WET_OR_STAINED_FACE = "wet-or-stained-face"
    BACKGROUND = "background"


NEVER_WAIVED = frozenset({PhotoFinding.TOO_DARK, PhotoFinding.CANT_CROP})


class ExceptionCategory(Enum):
    """Why somebody can't have a photo as the rules want it."""

    RELIGION = "religion"
    MEDICAL = "medical"
    INFANT = "infant"
    DISABILITY = "disability"
    BEDRIDDEN = "bedridden"


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


@dataclass(frozen=True, slots=True)
class PhotoException:
    """A reason that was given. Raises `ValueError` without one: a category alone excuses nothing."""

    category: ExceptionCategory
    reason: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("an exception to the rules of photos has a reason")


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
