"""Identity documents: each combination, each document's last day, and that municipalities differ."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.applications.dated import Confirmed
from certserver.applications.identity import (
    COMBINATIONS,
    DOCUMENTS,
    Combination,
    DocumentClass,
    IdentityDocument,
    IdentityPolicy,
    NotProven,
    Proven,
    ShownDocument,
    prove_identity,
)

TAKEN = tuple(row.combination for row in COMBINATIONS)
"""By an application: a hand-over has combinations of its own."""
TODAY = date(2026, 11, 30)
POLICY = IdentityPolicy()
D = IdentityDocument


def shown(*documents: IdentityDocument) -> tuple[ShownDocument, ...]:
    return tuple(map(ShownDocument, documents))


@pytest.mark.parametrize(
    ("documents", "pin", "by"),
    [
        ((D.DRIVING_LICENCE, D.PASSPORT), False, Combination.TWO_A),
        ((D.DRIVING_LICENCE, D.STUDENT_CARD), False, Combination.A_AND_B),
        ((D.INDIVIDUAL_NUMBER_CARD,), True, Combination.A_WITH_CARD_PIN),
        ((D.NOTICE_CARD, D.PENSION_DOCUMENT, D.STUDENT_CARD), False, Combination.NOTICE_CARD_AND_TWO_B),
        ((D.DRIVING_LICENCE,), False, None),
        ((D.DRIVING_LICENCE, D.DRIVING_LICENCE), False, None),  # two of a kind are one
        ((D.PENSION_DOCUMENT, D.STUDENT_CARD), False, None),
        ((D.PENSION_DOCUMENT, D.STUDENT_CARD), True, None),
        ((D.NOTICE_CARD, D.STUDENT_CARD), False, None),
        ((D.NOTICE_CARD, D.DRIVING_LICENCE), False, None),
        ((), True, None),
    ],
)
def test_each_combination(documents: tuple[IdentityDocument, ...], pin: bool, by: Combination | None) -> None:
    judged = prove_identity(shown(*documents), POLICY, TODAY, card_pin_right=pin)
    assert judged == (NotProven(TAKEN, ()) if by is None else Proven(by))


@pytest.mark.parametrize("without", TAKEN)
def test_a_municipality_that_does_not_take_a_combination(without: Combination) -> None:
    policy = IdentityPolicy(combinations=tuple(row for row in COMBINATIONS if row.combination is not without))
    everything = {
        Combination.TWO_A: (shown(D.DRIVING_LICENCE, D.PASSPORT), False),
        Combination.A_AND_B: (shown(D.DRIVING_LICENCE, D.STUDENT_CARD), False),
        Combination.A_WITH_CARD_PIN: (shown(D.DRIVING_LICENCE), True),
        Combination.NOTICE_CARD_AND_TWO_B: (shown(D.NOTICE_CARD, D.PENSION_DOCUMENT, D.STUDENT_CARD), False),
    }
    for combination, (documents, pin) in everything.items():
        judged = prove_identity(documents, policy, TODAY, card_pin_right=pin)
        if combination is not without:
            assert judged == Proven(combination)
        else:
            # Two As are also an A and a document more.
            assert judged == (
                Proven(Combination.A_AND_B)
                if without is Combination.TWO_A
                else NotProven(tuple(each for each in TAKEN if each is not without), ())
            )


@pytest.mark.parametrize(("days", "proven"), [(-1, False), (0, True), (1, True)])
def test_a_document_counts_to_its_last_day(days: int, proven: bool) -> None:
    licence = ShownDocument(D.DRIVING_LICENCE, TODAY + timedelta(days=days))
    judged = prove_identity((licence, *shown(D.PASSPORT)), POLICY, TODAY)
    assert judged == (Proven(Combination.TWO_A) if proven else NotProven(TAKEN, (D.DRIVING_LICENCE,)))


@pytest.mark.parametrize(
    ("document", "day", "counts"),
    [
        (D.HEALTH_INSURANCE_CARD, date(2025, 11, 30), True),
        (D.HEALTH_INSURANCE_CARD, date(2025, 12, 1), True),
        (D.HEALTH_INSURANCE_CARD, date(2025, 12, 2), False),
        (D.ELIGIBILITY_CERTIFICATE, date(2024, 12, 1), False),
        (D.ELIGIBILITY_CERTIFICATE, date(2024, 12, 2), True),
        (D.ELIGIBILITY_CERTIFICATE, date(2024, 12, 3), True),
    ],
)
def test_the_health_insurance_card_and_what_came_after(document: IdentityDocument, day: date, counts: bool) -> None:
    judged = prove_identity(shown(D.DRIVING_LICENCE, document), POLICY, day)
    assert isinstance(judged, Proven) is counts


def test_every_document_but_the_notice_card_has_a_class_which_nobody_confirmed() -> None:
    assert {row.document for row in DOCUMENTS} == set(D) - {D.NOTICE_CARD}
    assert {row.confirmed for row in DOCUMENTS} == {Confirmed.MEMORY}
    assert not any(row.official for row in COMBINATIONS)


@settings(deadline=None)
@given(st.sets(st.sampled_from(IdentityDocument)), st.sampled_from(IdentityDocument), st.booleans())
def test_one_document_more_never_hurts(documents: set[IdentityDocument], more: IdentityDocument, pin: bool) -> None:
    before = prove_identity(shown(*documents), POLICY, TODAY, card_pin_right=pin)
    after = prove_identity(shown(*documents, more), POLICY, TODAY, card_pin_right=pin)
    assert isinstance(after, Proven) or not isinstance(before, Proven)


@settings(deadline=None)
@given(st.sets(st.sampled_from([row.document for row in DOCUMENTS if row.of is DocumentClass.B])))
def test_without_a_photo_nothing_is_proven_unless_the_notice_card_is_there(documents: set[IdentityDocument]) -> None:
    assert not isinstance(prove_identity(shown(*documents), POLICY, TODAY, card_pin_right=True), Proven)
