"""What everybody may know of a municipality: what can be had there, when it is shut, who helps instead."""

from dataclasses import dataclass
from datetime import date

from koufu.evidence.words import CertificateKind, RefusalReason, told_as


@dataclass(frozen=True, slots=True)
class Window:
    """A window (窓口) that can help where the terminal can't."""

    place: str
    hours: str
    phone: str
    bring: str
    place_en: str
    hours_en: str
    bring_en: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One kind on the start screen: fee in yen, hours today in minutes of the day."""

    kind: CertificateKind
    fee: int
    open_now: bool
    opens_at: int
    closes_at: int
    weekdays_only: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """The next days without service; `until` is the last of them."""

    since: date
    until: date
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class RefusalText:
    """What a municipality says beside a reason: to the resident in both languages, to whoever is shown the slip at a
    counter. What is empty is left to the terminal."""

    reason: RefusalReason
    text: str
    text_en: str
    counter: str


@dataclass(frozen=True, slots=True)
class Board:
    """What can be had here without a card being shown."""

    municipality: str
    municipality_name: str
    municipality_name_en: str
    rows: tuple[BoardRow, ...]
    closure: Closure | None
    window: Window
    refusal_texts: tuple[RefusalText, ...] = ()

    def refusal_text(self, reason: object) -> RefusalText | None:
        """What the municipality says beside a reason; of what is withheld as of what is not offered (I14)."""
        as_told = told_as(reason) if isinstance(reason, RefusalReason) else None
        return next((each for each in self.refusal_texts if each.reason is as_told), None)


@dataclass(frozen=True, slots=True)
class Municipality:
    """Another municipality that serves people for their koseki, as the signed directory names it. `kana` is its name in
    hiragana."""

    code: str
    name: str
    name_en: str
    kana: str
    prefecture: str
    prefecture_en: str
