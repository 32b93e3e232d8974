"""What the server offers one resident in one session, and what it suggests for a purpose."""

from dataclasses import dataclass
from enum import Enum

from koufu.evidence.words import CertificateKind, Circle, Option, RefusalReason, Scope, circle_of


@dataclass(frozen=True, slots=True, repr=False)
class Matter:
    """What a document can be about besides whom: a fiscal year, or which damage. `refusal` says why not, when not."""

    reference: str
    label: str
    label_en: str
    refusal: RefusalReason | None = None

    def __repr__(self) -> str:
        return "<Matter>"


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """What this resident may order of one kind. `refusal` says why not, when not; `matters` only of kinds that have
    any."""

    kind: CertificateKind
    fee: int
    scopes: tuple[Scope, ...]
    options: tuple[Option, ...]
    max_copies: int
    refusal: RefusalReason | None
    matters: tuple[Matter, ...] = ()

    def about(self, reference: str) -> Matter | None:
        """The matter of a reference."""
        return next((matter for matter in self.matters if matter.reference == reference), None)


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """A person whom the resident may choose, among those of the household or of the koseki. `reference` is good in this
    session only."""

    reference: str
    name: str
    is_self: bool
    circle: Circle = Circle.HOUSEHOLD

    def __repr__(self) -> str:
        return "<Member>"


class Advice(Enum):
    """What a municipality advises for a purpose."""

    ORDER = "order"
    PAPER_NOT_NEEDED = "paper-not-needed"
    """Whoever asks for it looks it up by itself."""
    WINDOW_BETTER = "window-better"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to order for a purpose."""

    kind: CertificateKind
    scope: Scope
    options: frozenset[Option]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a certificate is for and what the municipality suggests for it: None when there is nothing to order, and the
    advice says what to do instead. `code` names texts and pictogram; `name` and `note` are the municipality's own
    words, empty where the terminal's stand."""

    code: str
    suggests: Suggestion | None
    advice: Advice = Advice.ORDER
    name: str = ""
    name_en: str = ""
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the server offers this resident in this session. `expires_at` in Unix seconds."""

    version: str
    session_nonce: bytes
    expires_at: int
    kinds: tuple[OfferedKind, ...]
    members: tuple[Member, ...]
    purposes: tuple[Purpose, ...]

    def of(self, kind: CertificateKind) -> OfferedKind | None:
        """What is offered of a kind."""
        return next((offered for offered in self.kinds if offered.kind is kind), None)

    def people(self, kind: CertificateKind) -> tuple[Member, ...]:
        """Among whom the persons of a kind are chosen."""
        circle = circle_of(kind)
        return tuple(member for member in self.members if member.circle is circle)
