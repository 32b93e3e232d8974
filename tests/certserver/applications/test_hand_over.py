"""Handing over a card at a counter: every row of the ministry's table on the days around its change, ages and documents
at their boundaries, and that nothing which is wanted can be left out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certserver.applications.dated import in_force
from certserver.applications.hand_over import (
    Admitted,
    Coming,
    HandOver,
    Lack,
    Lacking,
    PinSetting,
    judge_hand_over,
)
from certserver.applications.identity import Combination, IdentityDocument, ShownDocument
from certserver.applications.proxy import ProxyRefusal
from certserver.applications.proxy_cases import PROXY_ROWS, Admission, ProxyCase, ProxyRow, Support
from koufu.applying.words import Comer

TODAY = date(2026, 11, 30)
OLD, GROWN, CHILD = date(1948, 3, 31), date(1990, 6, 1), date(2016, 9, 9)
D = IdentityDocument
CHILDREN = {ProxyCase.PUPIL, ProxyCase.PRESCHOOL}


def shown(*kinds: IdentityDocument) -> tuple[ShownDocument, ...]:
    return tuple(map(ShownDocument, kinds))


TWO_A = shown(D.DRIVING_LICENCE, D.PASSPORT)
PROXY = HandOver(
    Coming.PROXY,
    ProxyCase.AGED_75,
    brought=frozenset({Support.LETTER_SAYS_HARD_TO_GO_OUT}),
    reply=True,
    letter_of_attorney=True,
    sealed_pin_form=True,
    of_holder=TWO_A,
    of_taker=TWO_A,
)


def judged(asked: HandOver, born: date = OLD, day: date = TODAY, **more: bool) -> Admitted | Lacking:
    return judge_hand_over(
        asked, born, day, face_auth=more.get("face_auth", False), pins_set=more.get("pins_set", False)
    )


def lacks(asked: HandOver, born: date = OLD, day: date = TODAY, **more: bool) -> set[Lack]:
    verdict = judged(asked, born, day, **more)
    return set(verdict.lacks) if isinstance(verdict, Lacking) else set()


def with_all(row: ProxyRow) -> tuple[HandOver, date]:
    """Whoever may come brings everything that the row names; and when the holder was born."""
    alone = row.case in CHILDREN or row.case is ProxyCase.ADULT_WARD
    asked = replace(
        PROXY,
        coming=Coming.REPRESENTATIVE if alone else Coming.PROXY,
        case=row.case,
        adult_ward=row.case is ProxyCase.ADULT_WARD,
        physically=True,
        brought=frozenset({*row.any_of, *row.waived_by, Support.PROOF_OF_AUTHORITY}),
    )
    return asked, CHILD if row.case in CHILDREN else OLD if row.case is ProxyCase.AGED_75 else GROWN


DAYS = (date(2023, 3, 30), date(2023, 3, 31), date(2023, 7, 31), date(2023, 8, 1), TODAY)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("case", ProxyCase)
def test_every_row_on_the_days_around_its_change(case: ProxyCase, day: date) -> None:
    found = [row for row in in_force(PROXY_ROWS, day) if row.case is case]
    asked, born = with_all(found[0]) if found else (replace(PROXY, case=case), GROWN)
    if not found or found[0].admission is Admission.NO:
        verdict = judged(asked, born, day)
        assert isinstance(verdict, Lacking)
        assert (verdict.lacks, verdict.proxy) == ((Lack.PROXY,), ProxyRefusal.NOT_A_CASE)
    elif found[0].admission is Admission.PARTLY:
        assert lacks(asked, born, day) == {Lack.OFFICER}
        assert lacks(replace(asked, officer_grants=True), born, day) == set()
    else:
        assert lacks(asked, born, day) == set()


NEEDED = {
    "reply": Lack.REPLY,
    "letter_of_attorney": Lack.LETTER_OF_ATTORNEY,
    "sealed_pin_form": Lack.PIN_FORM,
    "of_holder": Lack.HOLDER_IDENTITY,
    "of_taker": Lack.TAKER_IDENTITY,
    "brought": Lack.PROXY,
    "case": Lack.CASE,
}


@given(st.sets(st.sampled_from(sorted(NEEDED)), min_size=1))
def test_nothing_that_is_wanted_can_be_left_out(left_out: set[str]) -> None:
    empty: dict[str, object] = {"of_holder": (), "of_taker": (), "brought": frozenset(), "case": None}
    asked = replace(PROXY, **{name: empty.get(name, False) for name in left_out})  # type: ignore[arg-type]
    wanting = {NEEDED[name] for name in left_out}
    if {"case"} & left_out:
        wanting -= {Lack.PROXY}
    elif {"letter_of_attorney", "of_holder"} & left_out:
        # The letter says that going out is hard, and the documents say who it is: both support the case.
        wanting |= {Lack.PROXY}
    assert lacks(asked) == wanting


@pytest.mark.parametrize(("years", "days", "case"), [(75, 0, True), (75, 1, False)])
def test_the_75th_birthday(years: int, days: int, case: bool) -> None:
    born = date(TODAY.year - years, TODAY.month, TODAY.day) + timedelta(days=days)
    assert (lacks(PROXY, born) == set()) is case


@pytest.mark.parametrize(("days", "alone"), [(0, True), (1, False)])
def test_the_15th_birthday(days: int, alone: bool) -> None:
    born = date(TODAY.year - 15, TODAY.month, TODAY.day) + timedelta(days=days)
    person = HandOver(Coming.PERSON, of_holder=shown(D.PASSPORT))
    assert lacks(person, born) == (set() if alone else {Lack.REPRESENTATIVE})
    together = replace(
        person, coming=Coming.WITH_REPRESENTATIVE, of_taker=TWO_A, brought=frozenset({Support.PROOF_OF_AUTHORITY})
    )
    verdict = judged(together, born)
    assert isinstance(verdict, Admitted)
    assert verdict.comer is Comer.LEGAL_REPRESENTATIVE
    assert (PinSetting.SELF in verdict.pins) is alone
    assert (PinSetting.REPRESENTATIVE in verdict.pins) is not alone


@pytest.mark.parametrize(("days", "admitted"), [(-1, False), (0, True)])
def test_a_document_counts_to_its_last_day(days: int, admitted: bool) -> None:
    last = (ShownDocument(D.PASSPORT, TODAY + timedelta(days=days)),)
    assert (lacks(HandOver(Coming.PERSON, of_holder=last)) == set()) is admitted


@pytest.mark.parametrize(
    ("coming", "documents", "by"),
    [
        (Coming.PERSON, (D.PASSPORT,), Combination.ONE_A),
        (Coming.PERSON, (D.PENSION_DOCUMENT, D.STUDENT_CARD), Combination.TWO_B),
        (Coming.PERSON, (D.PENSION_DOCUMENT,), None),
        (Coming.PROXY, (D.PASSPORT,), None),
        (Coming.PROXY, (D.PASSPORT, D.PENSION_DOCUMENT), Combination.A_AND_B),
        (Coming.PROXY, (D.PENSION_DOCUMENT, D.STUDENT_CARD, D.EMPLOYEE_CARD), None),
        (Coming.PROXY, (D.PENSION_DOCUMENT, D.STUDENT_CARD, D.FACE_STATEMENT), Combination.THREE_B_WITH_FACE),
    ],
)
def test_what_says_who_the_holder_is(
    coming: Coming, documents: tuple[IdentityDocument, ...], by: Combination | None
) -> None:
    asked = HandOver(coming, of_holder=shown(*documents)) if coming is Coming.PERSON else PROXY
    verdict = judged(replace(asked, of_holder=shown(*documents)))
    assert (verdict.holder_by if isinstance(verdict, Admitted) else None) is by


def test_three_without_a_photo_are_not_enough_for_a_proxy_themselves() -> None:
    taker = shown(D.PENSION_DOCUMENT, D.STUDENT_CARD, D.FACE_STATEMENT)
    assert lacks(replace(PROXY, of_taker=taker)) == {Lack.TAKER_IDENTITY}


@given(st.sampled_from(Coming), st.booleans(), st.booleans(), st.sampled_from([OLD, GROWN, CHILD]))
def test_a_proxy_never_chooses_a_pin(coming: Coming, face_auth: bool, pins_set: bool, born: date) -> None:
    asked = replace(PROXY, coming=coming, brought=PROXY.brought | {Support.PROOF_OF_AUTHORITY}, case=ProxyCase.AGED_75)
    verdict = judged(asked, born, face_auth=face_auth, pins_set=pins_set)
    if not isinstance(verdict, Admitted):
        return
    if face_auth:
        assert verdict.pins == {PinSetting.NONE}
    elif pins_set:
        assert verdict.pins == {PinSetting.BEFORE}
    else:
        assert (verdict.pins == {PinSetting.SEALED_FORM}) is (coming is Coming.PROXY)


def test_a_card_that_needs_no_pins_needs_no_sealed_form() -> None:
    without = replace(PROXY, sealed_pin_form=False)
    assert lacks(without) == {Lack.PIN_FORM}
    assert lacks(without, face_auth=True) == lacks(without, pins_set=True) == set()
