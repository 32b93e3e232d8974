"""How screens look and sound for the person in front."""

from dataclasses import dataclass
from enum import Enum

from hardware.voice.model import Tongue


class Language(Enum):
    """Languages of screens, slips and voice, by BCP 47 tag: those that have texts, and no other."""

    JAPANESE = "ja"
    ENGLISH = "en"


def tongue_of(language: Language) -> Tongue:
    """The tongue that a language's screens are read out in."""
    return Tongue.JAPANESE if language is Language.JAPANESE else Tongue.ENGLISH


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the screens look and sound for the person in front."""

    language: Language = Language.JAPANESE
    large: bool = False
    contrast: bool = False
    low_reach: bool = False
    voice: bool = False
    left_hand: bool = False
