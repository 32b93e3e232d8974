"""How screens look and sound for the person in front."""

from dataclasses import dataclass
from enum import Enum

from hardware.voice.model import Tongue


class Language(Enum):
    """Languages of the screens, by BCP 47 tag. Those without texts yet show English; `LANGUAGES_READY` says which."""

    JAPANESE = "ja"
    EASY_JAPANESE = "ja-easy"
    ENGLISH = "en"
    CHINESE_SIMPLIFIED = "zh-Hans"
    CHINESE_TRADITIONAL = "zh-Hant"
    KOREAN = "ko"
    VIETNAMESE = "vi"
    PORTUGUESE = "pt"
    NEPALI = "ne"
    INDONESIAN = "id"
    FILIPINO = "fil"


LANGUAGES_READY = (Language.JAPANESE, Language.ENGLISH)


_SPOKEN_IN_JAPANESE = (Language.JAPANESE, Language.EASY_JAPANESE)


def tongue_of(language: Language) -> Tongue:
    """The tongue that a language's screens are read out in: that of the words they show."""
    return Tongue.JAPANESE if language in _SPOKEN_IN_JAPANESE else Tongue.ENGLISH


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the screens look and sound for the person in front."""

    language: Language = Language.JAPANESE
    large: bool = False
    contrast: bool = False
    low_reach: bool = False
    voice: bool = False
    left_hand: bool = False
