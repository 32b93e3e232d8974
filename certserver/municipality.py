"""What a municipality sets for its documents: names, mayor, official seal, clauses, and where to ask. Dated rows of
this live in the database; here is one as in force at one instant."""

from dataclasses import dataclass

from koufu.evidence.words import CertificateKind


@dataclass(frozen=True, slots=True)
class CheckInstructions:
    """What the back says about checking: web address, office, telephone and hours."""

    web_address: str
    office: str
    phone: str
    hours: str


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
class Clause:
    """A certification clause (認証文): which kind, and whether the document shows the whole household."""

    kind: CertificateKind
    whole: bool
    text: str


@dataclass(frozen=True, slots=True)
class MunicipalityProfile:
    """`code` has 6 digits with its check digit; `official_seal` is a 1-bit PNG of 567 x 567 px (24 mm at 600 dpi)."""

    code: str
    prefecture: str
    prefecture_en: str
    name: str
    name_kana: str
    """In hiragana, for whoever looks for it in a list."""
    name_en: str
    mayor_title: str
    """「見本市長」"""
    mayor_name: str
    deputy_title: str | None
    """「職務代理者 見本市副市長」 while a deputy acts, else None."""
    official_seal: bytes
    clauses: tuple[Clause, ...]
    checking: CheckInstructions
    window: Window
    individual_forms: tuple[CertificateKind, ...] = ()
    """Kinds printed one person a page (個人票) where there is a choice; others in the household form (世帯連記式)."""
    since: int = 0
    """Unix second from which it counts."""

    def clause(self, kind: CertificateKind, *, whole: bool) -> str:
        """The clause for a kind. Raises `LookupError` when the municipality set none."""
        for clause in self.clauses:
            if clause.kind is kind and clause.whole == whole:
                return clause.text
        raise LookupError(f"{self.name} has no certification clause for {kind.value}, whole={whole}")

    def only_clause(self, kind: CertificateKind) -> str:
        """The clause for a kind that never shows a part of anything, however it is marked. Raises `LookupError` when
        the municipality set none."""
        for clause in self.clauses:
            if clause.kind is kind:
                return clause.text
        raise LookupError(f"{self.name} has no certification clause for {kind.value}")
