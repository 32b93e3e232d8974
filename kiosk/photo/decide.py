"""What follows from gates and clerk. The gates advise; the clerk decides, and says which advice is wrong; what stands
needs an exception of a category, which brings it before the municipality. Too dark, or not to be cut out, is never
waived. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum

from kiosk.photo.encode import Photo
from kiosk.photo.gates import Gate, Judgement
from koufu.photo.words import NEVER_WAIVED, PhotoException, PhotoFinding


class Source(Enum):
    """Where a picture comes from."""

    CAMERA = "camera"
    SCANNED_PRINT = "scanned-print"


@dataclass(frozen=True, slots=True)
class ClerkSays:
    """What the clerk sees: which gates are wrong, what else is in the picture, and why that can't be otherwise."""

    wrong: frozenset[Gate] = frozenset()
    sees: frozenset[PhotoFinding] = frozenset()
    exception: PhotoException | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Goes with the application. `findings` stand and are excused; `overruled` are gates that the clerk found wrong:
    both are sent along, so that the municipality sees what was decided."""

    photo: Photo = field(repr=False)
    source: Source
    findings: tuple[PhotoFinding, ...]
    overruled: tuple[Gate, ...]
    exception: PhotoException | None


class NotTaken(Enum):
    """Why a photo does not go with an application."""

    NO_PHOTO_WANTED = "no-photo-wanted"
    """Under one year: the card bears none, and none can be handed in."""
    NEVER_WAIVED = "never-waived"
    NEEDS_EXCEPTION = "needs-exception"


@dataclass(frozen=True, slots=True)
class Refused:
    """Does not go with the application, for these findings."""

    reason: NotTaken
    findings: tuple[PhotoFinding, ...] = ()


def decide(
    judgement: Judgement, photo: Photo | None, source: Source, clerk: ClerkSays, *, wanted: bool
) -> Accepted | Refused:
    """What follows. `wanted`: whether this application has a photo at all, which the server's dated rules say by age;
    `photo`: the file of the cut, `None` where there is none."""
    if not wanted:
        return Refused(NotTaken.NO_PHOTO_WANTED)
    standing = {
        each.finding
        for each in judgement.readings
        if each.finding is not None and (each.gate not in clerk.wrong or each.finding in NEVER_WAIVED)
    }
    standing |= clerk.sees
    if photo is None:
        standing.add(PhotoFinding.CANT_CROP)
    hopeless = in_order(standing & NEVER_WAIVED)
    if hopeless or photo is None:
        return Refused(NotTaken.NEVER_WAIVED, hopeless)
    findings = in_order(standing)
    if findings and clerk.exception is None:
        return Refused(NotTaken.NEEDS_EXCEPTION, findings)
    missed = {each.gate for each in judgement.readings if not each.passed}
    overruled = tuple(gate for gate in Gate if gate in clerk.wrong & missed)
    return Accepted(photo, source, findings, overruled, clerk.exception if findings else None)


def in_order(findings: Collection[PhotoFinding]) -> tuple[PhotoFinding, ...]:
    """Findings in the order of their words."""
    return tuple(each for each in PhotoFinding if each in findings)
