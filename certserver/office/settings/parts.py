"""The parts of what a municipality sets: profile, kinds with fees and hours, fiscal years, closures, purposes; each
checked by itself, and told as the rows that the rules know. The same for a file that a person writes and a draft."""

from dataclasses import astuple
from datetime import date, time
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from certserver.applications.retention import LONGEST_DAYS, RetentionSetting, Span
from certserver.applications.states import State
from certserver.municipality import CheckInstructions, Clause, Window
from certserver.office.settings.counter_parts import CommissionPart, IdentityPart, MakerPart
from certserver.office.settings.part import Part, Text, Words, printable
from certserver.office.settings.refusal_parts import RefusalTextPart
from certserver.outlets import EVERYWHERE, check_place
from certserver.rules.choices import OPTIONS, SCOPES
from certserver.rules.matters import FIRST_YEAR
from certserver.rules.settings import Advice, Closure, FeeRow, Ground, HoursRow, Purpose, RefusalText, TaxYearsRow
from koufu.evidence.order import MAX_COPIES, MAX_FEE_YEN
from koufu.evidence.words import TAX_KINDS, CertificateKind, Option, Scope

_DAY_MINUTES = 24 * 60


def _minutes(text: str) -> str:
    minute_of_day(text)
    return text


Kana = Annotated[str, Field(pattern=r"^[ぁ-ゖー・ ]{1,60}$")]
Moment = Annotated[str, AfterValidator(_minutes)]


Place = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(printable), AfterValidator(check_place)]


class HoursPart(Part):
    """Hours at an outlet, at every outlet of a kind (`*post-office`), or wherever none nearer are set (`*`). `24:00`
    ends a day."""

    outlet: Place = EVERYWHERE
    opens: Moment
    closes: Moment
    weekdays_only: bool = False
    residents_only: bool = False

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if minute_of_day(self.opens) >= minute_of_day(self.closes):
            raise ValueError(f"it closes before it opens at {self.outlet}")
        return self


class ExemptionPart(Part):
    """A fee for whom the registers prove a ground of."""

    ground: Ground
    from_age: int = Field(default=0, ge=0, le=150)
    fee: int = Field(ge=0, le=MAX_FEE_YEN)

    @model_validator(mode="after")
    def _has_a_ground(self) -> Self:
        if self.ground is Ground.ANYBODY or (self.from_age > 0) != (self.ground is Ground.AGE):
            raise ValueError("an exemption's ground is damage, or age with from_age")
        return self


class KindPart(Part):
    """One kind: offered or not, with which choices, for how many yen, when."""

    kind: CertificateKind
    offered: bool = True
    scopes: tuple[Scope, ...] = Field(min_length=1)
    options: tuple[Option, ...] = ()
    max_copies: int = Field(default=5, ge=1, le=MAX_COPIES)
    fee: int = Field(ge=0, le=MAX_FEE_YEN)
    exemptions: tuple[ExemptionPart, ...] = ()
    hours: tuple[HoursPart, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _require_choices(self.kind, self.scopes, self.options)
        _require_different("outlet", [hours.outlet for hours in self.hours])
        _require_different("exemption", [(each.ground, each.from_age) for each in self.exemptions])
        return self

    def fee_rows(self, at: int) -> tuple[FeeRow, ...]:
        """The fees, as the rules know them."""
        exempt = (FeeRow(self.kind, at, each.fee, each.ground, each.from_age) for each in self.exemptions)
        return FeeRow(self.kind, at, self.fee), *exempt

    def hours_rows(self, at: int) -> tuple[HoursRow, ...]:
        """The hours, as the rules know them."""
        return tuple(
            HoursRow(
                outlet=hours.outlet,
                kind=self.kind,
                effective_at=at,
                opens_at=minute_of_day(hours.opens),
                closes_at=minute_of_day(hours.closes),
                weekdays_only=hours.weekdays_only,
                residents_only=hours.residents_only,
            )
            for hours in self.hours
        )


class TaxYearsPart(Part):
    """Which fiscal years are on offer, of which tax kinds."""

    kinds: tuple[CertificateKind, ...] = Field(min_length=1)
    years: tuple[Annotated[int, Field(ge=FIRST_YEAR, le=2200)], ...] = Field(max_length=10)

    @model_validator(mode="after")
    def _are_of_taxes(self) -> Self:
        if not set(self.kinds) <= TAX_KINDS:
            raise ValueError("only tax kinds have fiscal years")
        _require_different("year", list(self.years))
        return self


class ClosurePart(Part):
    """Days without service, of some kinds or all, at a place as in the hours."""

    since: date
    until: date
    yearly: bool = False
    reason: Text
    reason_en: Text
    outlet: Place = EVERYWHERE
    kinds: tuple[CertificateKind, ...] = ()

    @model_validator(mode="after")
    def _has_days(self) -> Self:
        self.row()
        return self

    def row(self) -> Closure:
        """The closure, as the rules know it."""
        return Closure(**{name: getattr(self, name) for name in type(self).model_fields})


class RetentionPart(Part):
    """For how many days card applications in some states are kept after their end, or wait untouched."""

    span: Span
    states: tuple[State, ...] = Field(min_length=1)
    days: int = Field(ge=1, le=LONGEST_DAYS)

    @model_validator(mode="after")
    def _has_such_states(self) -> Self:
        self.rows(0)
        return self

    def rows(self, at: int) -> tuple[RetentionSetting, ...]:
        """The settings, as the rules know them."""
        return tuple(RetentionSetting(self.span, state, at, self.days) for state in self.states)


class PurposePart(Part):
    """What a document is for. Without `kind` nothing is to be ordered: `advice` says what to do instead."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
    kind: CertificateKind | None = None
    scope: Scope | None = None
    options: tuple[Option, ...] = ()
    advice: Advice = Advice.ORDER
    name: Words = ""
    name_en: Words = ""
    note: Words = ""
    note_en: Words = ""

    @model_validator(mode="after")
    def _suggests_what_there_can_be(self) -> Self:
        self.row()
        if self.kind is not None and self.scope is not None:
            _require_choices(self.kind, (self.scope,), self.options)
        return self

    def row(self) -> Purpose:
        """The purpose, as the rules know it."""
        return Purpose(**{name: getattr(self, name) for name in type(self).model_fields})


class ProfilePart(Part):
    """Names, mayor, clauses and addresses: all of a profile but the official seal."""

    prefecture: Text
    prefecture_en: Text
    name: Text
    name_kana: Kana
    name_en: Text
    mayor_title: Text
    mayor_name: Text
    deputy_title: Text | None = None
    clauses: tuple[Clause, ...] = Field(min_length=1)
    checking: CheckInstructions
    window: Window
    individual_forms: tuple[CertificateKind, ...] = ()

    @field_validator("clauses", "checking", "window")
    @classmethod
    def _can_be_printed(cls, value: Any) -> Any:
        for part in value if isinstance(value, tuple) else (value,):
            for text in astuple(part):
                if text == "":
                    raise ValueError("a text of it is empty")
                if isinstance(text, str):
                    printable(text)
        return value


class Subjects(Part):
    """What can be set together. What is left out stays as it is."""

    kinds: tuple[KindPart, ...] = ()
    tax_years: tuple[TaxYearsPart, ...] = ()
    closures: tuple[ClosurePart, ...] | None = None
    purposes: tuple[PurposePart, ...] | None = None
    application_retention: tuple[RetentionPart, ...] = ()
    identity: IdentityPart | None = None
    card_maker: MakerPart | None = None
    refusal_texts: tuple[RefusalTextPart, ...] | None = None
    commissions: tuple[CommissionPart, ...] | None = None

    @model_validator(mode="after")
    def _says_it_once(self) -> Self:
        said = [(part.span, state) for part in self.application_retention for state in part.states]
        _require_different("span of a state", said)
        _require_different("reason of a refusal", [part.reason for part in self.refusal_texts or ()])
        offices = [(part.office, part.place, part.since) for part in self.commissions or ()]
        _require_different("office with its place and first day", offices)
        return self

    def closure_rows(self) -> tuple[Closure, ...]:
        """The closures, as the rules know them."""
        return tuple(part.row() for part in self.closures or ())

    def purpose_rows(self) -> tuple[Purpose, ...]:
        """The purposes, as the rules know them."""
        return tuple(part.row() for part in self.purposes or ())

    def refusal_text_rows(self) -> tuple[RefusalText, ...]:
        """What is said where something can't be had, as the rules know it."""
        return tuple(part.row() for part in self.refusal_texts or ())

    def tax_year_rows(self, at: int) -> tuple[TaxYearsRow, ...]:
        """The fiscal years, as the rules know them."""
        return tuple(TaxYearsRow(kind, at, part.years) for part in self.tax_years for kind in part.kinds)

    def retention_rows(self, at: int) -> tuple[RetentionSetting, ...]:
        """For how long card applications are kept, as the rules know it."""
        return tuple(row for part in self.application_retention for row in part.rows(at))


def minute_of_day(text: str) -> int:
    """Minutes from midnight of `HH:MM`; `24:00` is the end of the day. Raises `ValueError`."""
    if text == "24:00":
        return _DAY_MINUTES
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute


def _require_choices(kind: CertificateKind, scopes: tuple[Scope, ...], options: tuple[Option, ...]) -> None:
    wrong = [scope.value for scope in scopes if scope not in SCOPES[kind]]
    wrong += [option.value for option in options if option not in OPTIONS[kind]]
    if wrong:
        raise ValueError(f"{kind.value} can't have {', '.join(wrong)}")


def _require_different(what: str, values: list[Any]) -> None:
    if len(set(values)) != len(values):
        raise ValueError(f"it names one {what} twice")
