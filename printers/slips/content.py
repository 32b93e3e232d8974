"""What is handed in for a receipt or slip: plain texts and amounts. No field may take personal data or anything that a
document says; document numbers are random and tell nothing."""

from dataclasses import dataclass
from enum import Enum

from printers.slips.words import Language


@dataclass(frozen=True, slots=True)
class Terminal:
    """Whose slip it is: the municipality, who takes public money for it here, this terminal and whom to call."""

    municipality: str
    collector: str
    number: str
    phone: str


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One kind of document in the language of the slip, copies, and the fee of one copy in yen."""

    kind: str
    copies: int
    fee_each: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A fee that was kept. `paid` is what was put in, `change` what came out, `owed` what should have come out and did
    not; they must agree with the lines. `cashless`: it was paid with a card or electronic money, and what goes back
    goes the same way. `moment` is a text such as 令和8年3月2日 10:15."""

    terminal: Terminal
    number: str
    moment: str
    lines: tuple[ReceiptLine, ...]
    paid: int
    change: int
    owed: int = 0
    cashless: bool = False
    document_numbers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reprint: int = 0
    """How often it was printed before."""
    language: Language = Language.JAPANESE

    def __post_init__(self) -> None:
        if self.paid - self.change - self.owed != self.total:
            raise ValueError("what was paid, less change and what is owed, is the fee of a receipt")

    @property
    def total(self) -> int:
        """The fee in yen."""
        return sum(line.copies * line.fee_each for line in self.lines)


@dataclass(frozen=True, slots=True)
class Office:
    """A place to go to."""

    name: str
    hours: str
    phone: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """Where to go instead. `link` becomes a QR code; `clerk` are words for whoever is asked at a counter."""

    terminal: Terminal
    moment: str
    reason: str
    offices: tuple[Office, ...]
    bring: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    link: str = ""
    clerk: str = ""
    language: Language = Language.JAPANESE


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A slip of a clerk's counter: under a title what its sections say, and a number where there is one. `above` stands
    before all: that parties are simulated, that nothing of it is real."""

    terminal: Terminal
    title: str
    moment: str
    sections: tuple[Section, ...]
    number_name: str = ""
    number: str = ""
    above: str = ""
    language: Language = Language.JAPANESE


class Claim(Enum):
    """What a slip about money says of it: it is owed; nobody can say yet whether it was ever paid; it was, and nobody
    can say whether it went back."""

    OWED = "owed"
    PAID = "paid"
    PAID_BACK = "paid-back"


@dataclass(frozen=True, slots=True)
class Debt:
    """Money that the terminal owes, or may owe, in yen, under a number that proves the claim."""

    terminal: Terminal
    number: str
    moment: str
    amount: int
    office: Office
    notes: tuple[str, ...] = ()
    claim: Claim = Claim.OWED
    reprint: bool = False
    language: Language = Language.JAPANESE


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault told in plain words: what happened, what about the money, what to do."""

    terminal: Terminal
    number: str
    moment: str
    happened: str
    money: str
    to_do: str
    language: Language = Language.JAPANESE
