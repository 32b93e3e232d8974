"""Speech and the Protocol that real and virtual voices fulfil. Pure. A sentence holds what anybody may overhear:
whoever makes one keeps names, addresses and numbers of persons out of it (I11)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Tongue(Enum):
    """A language that can be spoken."""

    JAPANESE = "ja"
    ENGLISH = "en"


class VoiceProblem(Enum):
    """Why nothing, or not every tongue, can be spoken."""

    NO_SOUND = "no-sound"
    """There is no sound device of that name, or it does not play."""
    NO_SPEECH = "no-speech"
    """A synthesiser is missing or broken."""


@dataclass(frozen=True, slots=True)
class VoiceStatus:
    """`tongues` are those that can be heard now."""

    tongues: frozenset[Tongue]
    problems: frozenset[VoiceProblem]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Plain words without markup, in one tongue."""

    text: str
    tongue: Tongue


@dataclass(frozen=True, slots=True)
class Clip:
    """Sound of a sentence: mono, 16 bit little-endian, `rate` samples a second."""

    samples: bytes
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / 2 / self.rate


class Said(Enum):
    """How saying ended."""

    WHOLE = "whole"
    CUT = "cut"


class Voice(Protocol):
    """Says sentences through one sound device. One caller at a time may `say`; `hush` may come from any thread."""

    def status(self) -> VoiceStatus:
        """What can be heard now, tried out without a sound. May take as long as a short sentence. Never raises."""
        ...

    def say(self, sentences: Sequence[Sentence], wanted: Callable[[], bool]) -> Said:
        """Says the sentences one after the other and returns when the last is out, or `CUT` at the first moment they
        are no longer wanted. `wanted` is asked before and after each sentence begins: whoever makes it false and then
        calls `hush` has silence. Keeps no sentence and no sound of it. Raises `VoiceError`."""
        ...

    def hush(self) -> None:
        """Cuts off the sentence that is being said, if there is one. Never raises."""
        ...
