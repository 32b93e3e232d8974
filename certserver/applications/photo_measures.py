"""What a photo must measure: on paper, as a file, printed on the card; how old it may be, and who has none. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated, in_force
from certserver.days import full_years
from koufu.photo.measures import FILE_BYTES, FILE_SIDE, HEAD_MM, PAPER_MM, TOP_MARGIN_MM


@dataclass(frozen=True, slots=True)
class PhotoPaperRow(Dated):
    """A photo on paper, in mm, and how many months old it may be."""

    width_mm: float
    height_mm: float
    within_months: int


PHOTO_PAPER = PhotoPaperRow(*PAPER_MM, 6, source="kojinbango-card.go.jp", confirmed=Confirmed.SEEN)


@dataclass(frozen=True, slots=True)
class PhotoOnCardRow(Dated):
    """The photo as it is printed on the card, in mm."""

    width_mm: float
    height_mm: float


PHOTO_ON_CARD = PhotoOnCardRow(22.0, 27.5, source="municipal page (kazo)", confirmed=Confirmed.SEEN)


@dataclass(frozen=True, slots=True)
class PhotoGuideRow(Dated):
    """目安 for the guide frame on a paper photo: least and greatest mm of the head and of the margin above it."""

    head_mm: tuple[float, float]
    top_margin_mm: tuple[float, float]


PHOTO_GUIDE = PhotoGuideRow(HEAD_MM, TOP_MARGIN_MM, source="a blog", confirmed=Confirmed.SEEN)


class PhotoGate(Enum):
    """What can be wrong with a file by itself."""

    NOT_JPEG = "not-jpeg"
    NOT_RGB = "not-rgb"
    TOO_FEW_BYTES = "too-few-bytes"
    TOO_MANY_BYTES = "too-many-bytes"
    TOO_FEW_PIXELS = "too-few-pixels"
    TOO_MANY_PIXELS = "too-many-pixels"


@dataclass(frozen=True, slots=True)
class PhotoFileRow(Dated):
    """What a file must measure."""

    bytes_from: int
    bytes_to: int
    side_from: int
    side_to: int


PHOTO_FILE = PhotoFileRow(
    *FILE_BYTES, *FILE_SIDE, source="trade press and a provider's help page", confirmed=Confirmed.SEEN
)


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """What is known of a file: format and colour mode by the names that image libraries give, pixels, bytes."""

    format: str
    mode: str
    width: int
    height: int
    size: int


def file_gates(photo: PhotoFile, row: PhotoFileRow = PHOTO_FILE) -> tuple[PhotoGate, ...]:
    """What is wrong with a file, in the order of `PhotoGate`; nothing when it may be sent."""
    sides = (photo.width, photo.height)
    wrong = {
        PhotoGate.NOT_JPEG: photo.format != "JPEG",
        PhotoGate.NOT_RGB: photo.mode != "RGB",
        PhotoGate.TOO_FEW_BYTES: photo.size < row.bytes_from,
        PhotoGate.TOO_MANY_BYTES: photo.size > row.bytes_to,
        PhotoGate.TOO_FEW_PIXELS: min(sides) < row.side_from,
        PhotoGate.TOO_MANY_PIXELS: max(sides) > row.side_to,
    }
    return tuple(gate for gate, holds in wrong.items() if holds)


@dataclass(frozen=True, slots=True)
class NoPhotoRow(Dated):
    """Under which age a card bears no photo, and none can be handed in."""

    under_years: int


NO_PHOTO = (NoPhotoRow(1, since=date(2024, 12, 2), source="municipal page (ina)", confirmed=Confirmed.SEEN),)


def wants_photo(born: date, applied_on: date) -> bool:
    """Whether an application of a day has a photo; where not, one can't be handed in."""
    return not any(full_years(born, applied_on) < row.under_years for row in in_force(NO_PHOTO, applied_on))


def recent_enough(taken_on: date, applied_on: date) -> bool:
    """Whether a photo is of the months before that count, the day of the same number included."""
    months = (applied_on.year - taken_on.year) * 12 + applied_on.month - taken_on.month
    oldest = months < PHOTO_PAPER.within_months or (
        months == PHOTO_PAPER.within_months and applied_on.day <= taken_on.day
    )
    return taken_on <= applied_on and oldest
