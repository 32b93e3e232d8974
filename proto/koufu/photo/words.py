"""What can be wrong with a photo, and why somebody can't have one as the rules want it. Pure."""

from dataclasses import dataclass, field
from enum import Enum


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
    """Anything behind the person, another person too."""
    BLURRED = "blurred"
    TOO_BRIGHT = "too-bright"


NEVER_WAIVED = frozenset({PhotoFinding.TOO_DARK, PhotoFinding.CANT_CROP})


class ExceptionCategory(Enum):
    """Why somebody can't have a photo as the rules want it."""

    RELIGION = "religion"
    MEDICAL = "medical"
    INFANT = "infant"
    DISABILITY = "disability"
    BEDRIDDEN = "bedridden"


@dataclass(frozen=True, slots=True)
class PhotoException:
    """A reason that was given. Raises `ValueError` without one: a category alone excuses nothing."""

    category: ExceptionCategory
    reason: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("an exception to the rules of photos has a reason")
