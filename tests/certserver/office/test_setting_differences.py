"""What a draft is said to change: nothing that it changes goes unsaid, however alike two texts are told."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certserver.applications.identity import Combination, IdentityDocument
from certserver.applications.retention import Span
from certserver.applications.states import State
from certserver.console.pages.settings.words import tell
from certserver.console.texts import Language, Texts
from certserver.demo.neighbour import reiji_profile
from certserver.office.settings.content import Content, profile_part
from certserver.office.settings.counter_parts import CommissionPart, IdentityPart, MakerPart
from certserver.office.settings.difference import Area, Item, difference
from certserver.office.settings.part import Part
from certserver.office.settings.parts import (
    ClosurePart,
    ExemptionPart,
    HoursPart,
    KindPart,
    PurposePart,
    RetentionPart,
    TaxYearsPart,
)
from certserver.office.settings.refusal_parts import RefusalTextPart
from certserver.rules.settings import Advice, Ground
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope

_Made = TypeVar("_Made", bound=Part)

KINDS = (CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION)
TEXTS = ("a", "b", "a / b", "a / a", "bank", "yes")
SAYS = (*TEXTS, "")
DAYS = (date(2026, 8, 1), date(2026, 8, 2))

closures = st.lists(
    st.builds(
        ClosurePart,
        since=st.just(DAYS[0]),
        until=st.sampled_from(DAYS),
        yearly=st.booleans(),
        reason=st.sampled_from(TEXTS),
        reason_en=st.sampled_from(TEXTS),
        outlet=st.sampled_from(("*", "a", "a residence")),
        kinds=st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
    ),
    max_size=3,
)
purposes = st.lists(
    st.builds(
        PurposePart,
        code=st.sampled_from(("bank", "own")),
        kind=st.just(CertificateKind.RESIDENCE),
        scope=st.sampled_from((Scope.HOUSEHOLD, Scope.SELF)),
        options=st.sampled_from(((), (Option.RELATIONSHIP,), (Option.RELATIONSHIP, Option.DOMICILE))),
        advice=st.sampled_from(Advice),
        name=st.sampled_from(SAYS),
        name_en=st.sampled_from(SAYS),
        note=st.sampled_from(SAYS),
        note_en=st.sampled_from(SAYS),
    ),
    max_size=3,
)


def nearly(parts: st.SearchStrategy[list[_Made]], *names: str) -> st.SearchStrategy[tuple[list[_Made], list[_Made]]]:
    """A list, and the same with the texts of one of its rows in other fields."""

    def moved(drawn: tuple[list[_Made], int, Sequence[str]]) -> tuple[list[_Made], list[_Made]]:
        rows, at, order = drawn
        if not rows:
            return rows, rows
        texts = {name: getattr(rows[at % len(rows)], other) for name, other in zip(names, order, strict=True)}
        changed = [row.model_copy(update=texts) if place == at % len(rows) else row for place, row in enumerate(rows)]
        return rows, changed

    return st.tuples(parts, st.integers(0, 2), st.permutations(names)).map(moved)


@given(nearly(purposes, "name", "name_en", "note", "note_en"))
def test_a_text_in_another_field_of_a_purpose_is_a_change(pair: tuple[list[PurposePart], list[PurposePart]]) -> None:
    before, after = (Content(purposes=tuple(each)) for each in pair)
    assert (before == after) is not bool(difference(before, after).changes)


@given(st.tuples(purposes, purposes))
def test_purposes_that_differ_are_a_change(pair: tuple[list[PurposePart], list[PurposePart]]) -> None:
    before, after = (Content(purposes=tuple(each)) for each in pair)
    assert (before == after) is not bool(difference(before, after).changes)


@given(st.one_of(st.tuples(closures, closures), nearly(closures, "reason", "reason_en")))
def test_closures_that_differ_are_a_change(pair: tuple[list[ClosurePart], list[ClosurePart]]) -> None:
    before, after = (Content(closures=tuple(sorted(each, key=_where))) for each in pair)
    assert (before == after) is not bool(difference(before, after).changes)


def _where(each: ClosurePart) -> tuple[object, ...]:
    """By what closures are told apart; their order says nothing more."""
    return each.until, each.yearly, each.outlet, *(kind.value for kind in each.kinds)


def test_two_closures_of_one_place_and_days_are_both_told() -> None:
    row = {"since": DAYS[0], "until": DAYS[0], "reason_en": "x"}
    both = tuple(ClosurePart.model_validate({**row, "reason": reason}) for reason in ("点検", "停電"))
    changes = difference(Content(closures=both[:1]), Content(closures=both)).changes
    assert [change.after for change in changes] == ["停電", "x"]
    (told,) = tell(Texts(Language.JAPANESE), difference(Content(closures=()), Content(closures=both)), {})
    assert [line.after for line in told.lines] == ["点検", "x", "停電", "x"]
    assert len({line.item for line in told.lines}) == 4


def test_an_approver_reads_which_field_says_what() -> None:
    row = {"code": "bank", "kind": "residence", "scope": "self"}
    one, other = (PurposePart.model_validate({**row, name: "bank"}) for name in ("note", "note_en"))
    changes = difference(Content(purposes=(one,)), Content(purposes=(other,)))
    assert {change.item for change in changes.changes} == {Item("note", ("bank",)), Item("note_en", ("bank",))}
    (told,) = tell(Texts(Language.JAPANESE), changes, {})
    assert [(line.item, line.before, line.after) for line in told.lines] == [
        ("銀行・保険 – 補足", "bank", ""),
        ("銀行・保険 – 補足（英語）", "", "bank"),
    ]


KIND = KindPart(
    kind=CertificateKind.RESIDENCE,
    scopes=(Scope.SELF, Scope.HOUSEHOLD),
    options=(Option.RELATIONSHIP,),
    fee=200,
    exemptions=(ExemptionPart(ground=Ground.AGE, from_age=75, fee=100), ExemptionPart(ground=Ground.DAMAGE, fee=0)),
    hours=(HoursPart(opens="06:30", closes="23:00"), HoursPart(outlet="*municipal", opens="08:30", closes="17:15")),
)
PROFILE = profile_part(reiji_profile())


def of_kind(**changed: object) -> tuple[Content, Content]:
    return Content(kinds=(KIND,)), Content(kinds=(KIND.model_copy(update=changed),))


def of_hours(**changed: object) -> tuple[Content, Content]:
    return of_kind(hours=(KIND.hours[0].model_copy(update=changed), KIND.hours[1]))


def of_profile(**changed: object) -> tuple[Content, Content]:
    return Content(profile=PROFILE), Content(profile=PROFILE.model_copy(update=changed))


def of_years(*years: int) -> Content:
    return Content(tax_years=(TaxYearsPart(kinds=(CertificateKind.INCOME_TAX,), years=years),))


def kept_for(days: int) -> Content:
    return Content(application_retention=(RetentionPart(span=Span.KEPT, states=(State.DELIVERED,), days=days),))


IDENTITY = IdentityPart(
    class_a=(IdentityDocument.PASSPORT, IdentityDocument.DRIVING_LICENCE),
    class_b=(IdentityDocument.STUDENT_CARD,),
    combinations=(Combination.TWO_A, Combination.A_AND_B),
)
MAKER = MakerPart(cut_off="15:00", maintenance=(date(2027, 2, 13),))


def of_identity(**changed: object) -> tuple[Content, Content]:
    return Content(identity=IDENTITY), Content(identity=IDENTITY.model_copy(update=changed))


def of_maker(**changed: object) -> tuple[Content, Content]:
    return Content(card_maker=MAKER), Content(card_maker=MAKER.model_copy(update=changed))


def said(**changed: str) -> Content:
    usual = {"text": "窓口へ。", "text_en": "Ask at the counter.", "counter": "3番へ。"}
    return Content(refusal_texts=(RefusalTextPart(reason=RefusalReason.UNDER_AGE, **{**usual, **changed}),))


def opened(**changed: object) -> Content:
    paper = {"cited": "第1号", "day": "2026-03-01"}
    usual: dict[str, object] = {"office": "o", "place": "post-office-x509", "since": "2026-04-01", "notice": paper}
    usual |= {"procedures": ("pin-change",), "resolution": paper, "contract": paper}
    return Content(commissions=(CommissionPart.model_validate({**usual, **changed}),))


OTHERS: list[tuple[Area, tuple[Content, Content]]] = [
    (Area.CHOICES, of_kind(offered=False)),
    (Area.CHOICES, of_kind(scopes=KIND.scopes[::-1])),
    (Area.CHOICES, of_kind(options=())),
    (Area.CHOICES, of_kind(max_copies=1)),
    (Area.FEES, of_kind(fee=1)),
    (Area.FEES, of_kind(exemptions=KIND.exemptions[:1])),
    (Area.FEES, of_kind(exemptions=(KIND.exemptions[0].model_copy(update={"from_age": 74}), KIND.exemptions[1]))),
    (Area.HOURS, of_kind(hours=KIND.hours[:1])),
    (Area.HOURS, of_hours(outlet="*post-office")),
    (Area.HOURS, of_hours(opens="07:00")),
    (Area.HOURS, of_hours(closes="22:00")),
    (Area.HOURS, of_hours(weekdays_only=True)),
    (Area.HOURS, of_hours(residents_only=True)),
    (Area.NAMES, of_profile(name_en="x")),
    (Area.MAYOR, of_profile(deputy_title="職務代理者")),
    (Area.CLAUSES, of_profile(clauses=PROFILE.clauses[1:])),
    (Area.CLAUSES, of_profile(clauses=(*PROFILE.clauses, PROFILE.clauses[0]))),
    (Area.LAYOUTS, of_profile(individual_forms=KINDS)),
    (Area.SEAL, (Content(official_seal="0" * 64), Content(official_seal="1" * 64))),
    (Area.TAX_YEARS, (of_years(2026, 2025), of_years(2025, 2026))),
    (Area.TAX_YEARS, (of_years(2026), of_years())),
    (Area.RETENTION, (kept_for(30), kept_for(31))),
    (Area.IDENTITY, of_identity(class_a=IDENTITY.class_a[1:])),
    (Area.IDENTITY, of_identity(class_b=())),
    (Area.IDENTITY, of_identity(combinations=IDENTITY.combinations[:1])),
    (Area.CARD_MAKER, of_maker(cut_off="12:00")),
    (Area.CARD_MAKER, of_maker(maintenance=())),
    (Area.CARD_MAKER, of_maker(cards_ahead=1)),
    (Area.REFUSALS, (said(), said(text="市民課へ。"))),
    (Area.REFUSALS, (said(), said(text_en="Go to the Citizens' Section."))),
    (Area.REFUSALS, (said(), said(counter=""))),
    (Area.REFUSALS, (said(), Content(refusal_texts=()))),
    (Area.POST_OFFICES, (opened(), opened(office="p"))),
    (Area.POST_OFFICES, (opened(), opened(place="post-office-x509", procedures=("pin-change", "pin-reset")))),
    (Area.POST_OFFICES, (opened(), opened(since="2026-05-01"))),
    (Area.POST_OFFICES, (opened(), opened(until="2026-12-31"))),
    (Area.POST_OFFICES, (opened(), opened(resolution=None))),
    (Area.POST_OFFICES, (opened(), opened(contract={"cited": "第1号", "day": "2026-03-02"}))),
    (Area.POST_OFFICES, (opened(), opened(notice={"cited": "第2号", "day": "2026-03-01"}))),
]


@pytest.mark.parametrize(("area", "pair"), OTHERS)
def test_every_other_value_is_told_where_it_belongs(area: Area, pair: tuple[Content, Content]) -> None:
    before, after = pair
    assert difference(before, before).changes == ()
    changes = difference(before, after)
    assert {subject.area for subject in changes.subjects} == {area}
    for language in Language:
        (told,) = tell(Texts(language), changes, {})
        assert all(line.before != line.after for line in told.lines)


def test_hours_written_without_what_is_usual_are_the_same() -> None:
    plain = KIND.model_copy(update={"hours": tuple(HoursPart.model_validate(each.model_dump()) for each in KIND.hours)})
    assert difference(Content(kinds=(KIND,)), Content(kinds=(plain,))).changes == ()
