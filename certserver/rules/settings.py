"""The dated rows that a municipality sets. A row counts from its instant until a later one of the same thing; what is
in force when is worked out in `certserver.rules.in_force`."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.outlets import EVERYWHERE
from certserver.rules.unread import Unread
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope


@dataclass(frozen=True, slots=True)
class KindRow:
    """Whether a kind is offered from `effective_at` (Unix seconds), and with which choices."""

    kind: CertificateKind
    effective_at: int
    offered: bool
    scopes: tuple[Scope, ...]
    options: tuple[Option, ...]
    max_copies: int


class Ground(Enum):
    """On what a fee can depend: only what the registers prove."""

    ANYBODY = "anybody"
    DAMAGE = "damage"
    """The household holds an assessment of damage (罹災)."""
    AGE = "age"
    """From an age on."""


@dataclass(frozen=True, slots=True)
class FeeRow:
    """Yen for one copy from `effective_at` (Unix seconds), on a ground; `from_age` in years, only with `Ground.AGE`.
    All rows of a kind's newest instant count together: the least fee whose ground holds is taken."""

    kind: CertificateKind
    effective_at: int
    fee: int
    ground: Ground = Ground.ANYBODY
    from_age: int = 0

    def __post_init__(self) -> None:
        if (self.from_age > 0) != (self.ground is Ground.AGE):
            raise ValueError("a fee has an age exactly when it depends on one")


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Hours of a kind at a place (`certserver.outlets`) from `effective_at` (Unix seconds). Minutes of the day in
    Japan; at `closes_at` nothing is served any more. `residents_only`: nobody who lives elsewhere is served there. All
    rows of a kind's newest instant count together."""

    outlet: str
    kind: CertificateKind
    effective_at: int
    opens_at: int
    closes_at: int
    weekdays_only: bool
    residents_only: bool = False


@dataclass(frozen=True, slots=True)
class TaxYearsRow:
    """The fiscal years of a kind that are on offer from `effective_at` (Unix seconds), in the order shown. A year
    switches over in June, at the second that a row names."""

    kind: CertificateKind
    effective_at: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """Days without service, both included, at a place, of some kinds (empty: of all). With `yearly` they are those days
    of every year, also of the years before `since`."""

    since: date
    until: date
    yearly: bool
    reason: str
    reason_en: str
    outlet: str = EVERYWHERE
    kinds: tuple[CertificateKind, ...] = ()

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError("a closure ends before it begins")
        if self.yearly and (self.since.month, self.since.day) == (2, 29):
            raise ValueError("a yearly closure can't begin on 29 February")

    def covers(self, kind: CertificateKind) -> bool:
        """Whether a kind is closed by it."""
        return not self.kinds or kind in self.kinds


class Advice(Enum):
    """What a municipality advises whoever comes for a purpose."""

    ORDER = "order"
    PAPER_NOT_NEEDED = "paper-not-needed"
    """Whoever asks for the paper can often look it up by itself."""
    WINDOW_BETTER = "window-better"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a document is for, and what the municipality suggests for it: kind, scope and options, or nothing to order.
    `code` names texts and pictogram at the terminal; name and note are the municipality's own words, empty where the
    terminal's stand."""

    code: str
    kind: CertificateKind | None
    scope: Scope | None = None
    options: tuple[Option, ...] = ()
    advice: Advice = Advice.ORDER
    name: str = ""
    name_en: str = ""
    note: str = ""
    note_en: str = ""

    def __post_init__(self) -> None:
        if (self.kind is None) != (self.scope is None) or (self.kind is None and self.options):
            raise ValueError("a purpose suggests a kind with its scope, or neither")
        if self.kind is None and self.advice is Advice.ORDER:
            raise ValueError("a purpose without a kind advises something else than to order")


OWN_REASONS = frozenset(
    {
        *(RefusalReason.X509_UNKNOWN, RefusalReason.X509_EXPIRED, RefusalReason.X509_REVOKED),
        *(RefusalReason.X509_ON_HOLD, RefusalReason.NEXT_DAY, RefusalReason.UNDER_AGE, RefusalReason.CLOSED),
        *(RefusalReason.NOT_OFFERED, RefusalReason.RESIDENTS_ONLY, RefusalReason.MOVED_OUT),
        *(RefusalReason.MOVE_OUT_PLANNED, RefusalReason.NO_SEAL, RefusalReason.SEAL_CANCELLED),
        *(RefusalReason.UNDECLARED, RefusalReason.TAXED, RefusalReason.NO_TAX_HERE, RefusalReason.NO_DAMAGE),
        *(RefusalReason.NO_KOSEKI_HERE, RefusalReason.NOT_RECORDED, RefusalReason.KOSEKI_PENDING),
        *(RefusalReason.KOSEKI_UNFIT, RefusalReason.NOT_ENROLLED, RefusalReason.ENROLMENT_PENDING),
        *(RefusalReason.ENROLMENT_DECLINED, RefusalReason.ENROLMENT_RENEW),
        *(RefusalReason.CHARACTER_MISSING, RefusalReason.TOO_LONG),
    }
)
"""Reasons beside which a municipality says what to do. Not those of card, terminal and network, nor any that is told as
another one (I14)."""


@dataclass(frozen=True, slots=True)
class RefusalText:
    """What a municipality says where something can't be had for a reason: to the resident in both languages, and to
    whoever is shown the slip at a counter. An empty one leaves the terminal's own. It is the same for everybody, and
    stands below the reason, never in its place."""

    reason: RefusalReason
    text: str = ""
    text_en: str = ""
    counter: str = ""

    def __post_init__(self) -> None:
        if self.reason not in OWN_REASONS:
            raise ValueError(f"{self.reason.value} is told in the terminal's own words alone")
        if bool(self.text) != bool(self.text_en):
            raise ValueError("a text for residents stands in both languages")
        if not self.text and not self.counter:
            raise ValueError("it says nothing")


@dataclass(frozen=True, slots=True)
class RefusalTextsRow:
    """All texts of refusals that count from `effective_at` (Unix seconds), none but these; possibly none at all."""

    effective_at: int
    texts: tuple[RefusalText, ...]


@dataclass(frozen=True, slots=True)
class ClosuresRow:
    """All closures that count from `effective_at` (Unix seconds), none but these; possibly none at all."""

    effective_at: int
    closures: tuple[Closure, ...]


@dataclass(frozen=True, slots=True)
class PurposesRow:
    """All purposes that residents choose from, in this order, from `effective_at` (Unix seconds)."""

    effective_at: int
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """All dated rows of a municipality that can be read. `revision` rises with every change of any of them; `unread` is
    what can't be read of them, and of the profile."""

    municipality: str
    revision: int
    kinds: tuple[KindRow, ...]
    fees: tuple[FeeRow, ...]
    hours: tuple[HoursRow, ...]
    closures: tuple[ClosuresRow, ...] = ()
    purposes: tuple[PurposesRow, ...] = ()
    tax_years: tuple[TaxYearsRow, ...] = ()
    refusal_texts: tuple[RefusalTextsRow, ...] = ()
    unread: tuple[Unread, ...] = ()
