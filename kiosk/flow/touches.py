"""What a person does on the screen. A digit of a PIN is none of these: it goes to the pad, the flow learns a count."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.flow.values.presentation import Language
from koufu.evidence.words import CertificateKind, Option, Scope


class Key(Enum):
    """Keys without anything else to say."""

    START = "start"
    BACK = "back"
    PRIMARY = "primary"
    """The one that takes you on: つぎへ, 決定, 申し込む, 支払う, 終わる."""
    CANCEL = "cancel"
    CANCEL_YES = "cancel-yes"
    DISMISS = "dismiss"
    """Closes an overlay: つづける, もどる."""
    BY_NAME = "by-name"
    ADD_LINE = "add-line"
    CASH = "cash"
    CASHLESS = "cashless"
    RETURN_MONEY = "return-money"
    CALL_STAFF = "call-staff"
    SEEING_AND_HEARING = "seeing-and-hearing"
    LANGUAGES = "languages"
    LARGE = "large"
    CONTRAST = "contrast"
    LOW_REACH = "low-reach"
    LEFT_HAND = "left-hand"
    VOICE = "voice"
    REPRINT = "reprint"
    """A receipt that did not come out is printed again."""
    SHEETS_RIGHT = "sheets-right"
    SHEETS_WRONG = "sheets-wrong"
    HEAR_NUMBER = "hear-number"
    LIVE_HERE = "live-here"
    KOSEKI_ELSEWHERE = "koseki-elsewhere"
    ERASE = "erase"
    """One sign less."""
    NEXT_SIGN = "next-sign"
    """The sign typed last stands; the same key begins a new one."""
    OTHER_SIGNS = "other-signs"
    """Kana or figures."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key without anything else to say."""

    key: Key


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """A language key."""

    language: Language


@dataclass(frozen=True, slots=True)
class PurposeChosen:
    """A purpose, by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class KindChosen:
    """A kind, by name."""

    kind: CertificateKind


@dataclass(frozen=True, slots=True)
class MatterChosen:
    """Which year or damage, by its reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class ScopeChosen:
    """Whose data."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class MemberToggled:
    """A member in or out."""

    reference: str


@dataclass(frozen=True, slots=True)
class OptionSet:
    """Shown or left out."""

    option: Option
    shown: bool


@dataclass(frozen=True, slots=True)
class CopiesChanged:
    """One copy more (+1) or less (-1) of a basket line."""

    line: int
    by: int


@dataclass(frozen=True, slots=True)
class LineChanged:
    """Change the choices of a basket line."""

    line: int


@dataclass(frozen=True, slots=True)
class LineRemoved:
    """Take a line out of the basket."""

    line: int


@dataclass(frozen=True, slots=True)
class PinTyped:
    """How many digits are on the pad now; never which."""

    digits: int


@dataclass(frozen=True, slots=True)
class PrefectureChosen:
    """A prefecture of the list."""

    prefecture: str


@dataclass(frozen=True, slots=True)
class MunicipalityChosen:
    """A municipality of the list, by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """One of the twelve keys that kana and figures are typed with, from 0. Which one is nobody's business but the
    scene's."""

    key: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Felt:
    """Fingers move from key to key on a tactile keypad: somebody is there, and chooses nothing yet."""


Touch = (
    Pressed
    | LanguageChosen
    | PurposeChosen
    | KindChosen
    | MatterChosen
    | ScopeChosen
    | MemberToggled
    | OptionSet
    | CopiesChanged
    | LineChanged
    | LineRemoved
    | PinTyped
    | PrefectureChosen
    | MunicipalityChosen
    | Tapped
    | Felt
)
