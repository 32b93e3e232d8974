"""How people are reached who look at no screen: by lamp, by voice, by a call."""

from dataclasses import dataclass
from enum import Enum

from hardware.sensors.model import Lamp
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.presentation import Language
from kiosk.flow.values.service import Belonging


@dataclass(frozen=True, slots=True)
class SetLamp:
    """Sets the lamp. Nothing answers."""

    lamp: Lamp


@dataclass(frozen=True, slots=True)
class LookAtVoice:
    """Answers `VoiceSeen`."""


class Announcement(Enum):
    """What is said besides what a screen says by itself."""

    LEFT_BEHIND = "left-behind"
    STAFF_COMING = "staff-coming"


@dataclass(frozen=True, slots=True)
class Announce:
    """A sentence aloud in the language of the visit, whether or not screens are read out. Nothing answers."""

    what: Announcement
    belongings: frozenset[Belonging]
    language: Language


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Calls a person and writes the occasion down. Nothing answers. Not `at_once`, the server hears of it with the next
    heartbeat or call."""

    occasion: Occasion
    reference: str = ""
    yen: int = 0
    belongings: frozenset[Belonging] = frozenset()
    at_once: bool = True


CallingEffect = SetLamp | LookAtVoice | Announce | CallStaff
