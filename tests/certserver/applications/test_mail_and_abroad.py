"""Each condition of mail delivery by itself, the kinds of mail, and whoever leaves Japan with a card."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from certserver.applications.abroad import ContinuedUse, continued_use, may_have_card_abroad
from certserver.applications.identity import Combination, NotProven, Proven
from certserver.applications.mail_delivery import (
    CONDITIONS,
    MAIL_ROWS,
    MailCondition,
    MailKind,
    MailVisit,
    Occasion,
    kept_until,
    mail_row,
    unmet,
)
from certserver.applications.validity import X509Kind

TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)
GOOD = MailVisit(
    Occasion.FIRST, Proven(Combination.A_AND_B), born=date(1990, 6, 1), pin_consent=True, copy_consent=True
)
RENEWAL = replace(GOOD, occasion=Occasion.RENEWAL, old_card_handed_in=True)


@pytest.mark.parametrize(
    "visit", [GOOD, RENEWAL, replace(RENEWAL, occasion=Occasion.ANNOTATIONS_FULL)], ids=lambda each: each.occasion.value
)
def test_a_card_may_go_by_mail(visit: MailVisit) -> None:
    assert unmet(visit, TODAY) == ()


@pytest.mark.parametrize(
    ("visit", "condition"),
    [
        (replace(GOOD, person_came=False), MailCondition.PERSON_CAME),
        (replace(GOOD, adult_ward=True), MailCondition.REPRESENTATIVE_CAME),
        (replace(GOOD, identity=None), MailCondition.IDENTITY_PROVEN),
        (replace(GOOD, identity=NotProven((), ())), MailCondition.IDENTITY_PROVEN),
        (replace(GOOD, occasion=Occasion.OTHER), MailCondition.OCCASION),
        (replace(RENEWAL, old_card_handed_in=False), MailCondition.OLD_CARD_HANDED_IN),
        (
            replace(RENEWAL, occasion=Occasion.ANNOTATIONS_FULL, old_card_handed_in=False),
            MailCondition.OLD_CARD_HANDED_IN,
        ),
        (replace(GOOD, change_planned=True), MailCondition.NO_CHANGE_PLANNED),
        (replace(GOOD, forwarding=True), MailCondition.NO_FORWARDING),
        (replace(GOOD, pin_consent=False), MailCondition.PIN_CONSENT),
        (replace(GOOD, copy_consent=False), MailCondition.COPY_CONSENT),
    ],
)
def test_each_condition_by_itself(visit: MailVisit, condition: MailCondition) -> None:
    assert unmet(visit, TODAY) == (condition,)


@pytest.mark.parametrize(("day", "wanted"), [(date(2026, 7, 9), True), (date(2026, 7, 10), False)])
def test_under_15_the_legal_representative_comes_along(day: date, wanted: bool) -> None:
    child = replace(GOOD, born=date(2011, 7, 10))
    assert (unmet(child, day) == (MailCondition.REPRESENTATIVE_CAME,)) is wanted
    assert unmet(replace(child, representative_came=True), day) == ()


@pytest.mark.parametrize("left_out", MailCondition)
def test_a_municipality_that_does_not_set_a_condition(left_out: MailCondition) -> None:
    nothing = MailVisit(
        Occasion.RENEWAL, None, born=date(2020, 1, 1), person_came=False, change_planned=True, forwarding=True
    )
    # No occasion is wrong and asks for the old card too.
    everything = [each for each in MailCondition if each is not MailCondition.OCCASION]
    assert list(unmet(nothing, TODAY)) == everything
    fewer = [row for row in CONDITIONS if row.condition is not left_out]
    assert list(unmet(nothing, TODAY, fewer)) == [each for each in everything if each is not left_out]


def test_a_card_without_a_pin_needs_nobody_to_enter_one() -> None:
    assert unmet(replace(GOOD, pin_consent=False, face_auth=True), TODAY) == ()


@pytest.mark.parametrize(
    ("kind", "carries", "notice", "to_door"),
    [
        (MailKind.ADDRESSEE_ONLY_BASIC, False, True, False),
        (MailKind.ADDRESSEE_ONLY_SPECIAL, True, True, True),
        (MailKind.ADDRESSEE_ONLY_RECORDED, False, True, True),
        (MailKind.SIMPLE_REGISTERED, True, False, True),
        (MailKind.REGISTERED, True, False, True),
    ],
)
def test_the_kinds_of_mail(kind: MailKind, carries: bool, notice: bool, to_door: bool) -> None:
    row = mail_row(kind)
    assert (row.carries_cards, row.arrival_notice, row.at_door) == (carries, notice, to_door)
    assert row.addressee_only is kind.value.startswith("addressee-only")


def test_every_kind_has_one_row_and_none_is_the_ministrys() -> None:
    assert [row.kind for row in MAIL_ROWS] == list(MailKind)
    assert not any(row.official for row in MAIL_ROWS)


def test_a_letter_is_kept_about_ten_days() -> None:
    assert kept_until(date(2026, 11, 25)) == date(2026, 12, 5)


LEAVES = date(2026, 4, 10)


def outcome(asked_on: date, leaves_on: date = LEAVES, *, national: bool = True, listed: bool = True) -> ContinuedUse:
    return continued_use(asked_on=asked_on, leaves_on=leaves_on, national=national, in_supplement=listed).outcome


@pytest.mark.parametrize(
    ("asked_on", "expected"),
    [
        (LEAVES - 2 * DAY, ContinuedUse.KEPT),
        (LEAVES - DAY, ContinuedUse.KEPT),
        (LEAVES, ContinuedUse.TOO_LATE),
        (LEAVES + DAY, ContinuedUse.TOO_LATE),
    ],
)
def test_continued_use_is_asked_for_by_the_day_before(asked_on: date, expected: ContinuedUse) -> None:
    verdict = continued_use(asked_on=asked_on, leaves_on=LEAVES, national=True, in_supplement=True)
    assert verdict.outcome is expected
    assert verdict.ask_by == LEAVES - DAY
    kept = expected is ContinuedUse.KEPT
    assert verdict.lapses == ({X509Kind.SIGNING} if kept else set(X509Kind))


@pytest.mark.parametrize(
    ("asked_on", "expected"),
    [
        (date(2024, 5, 26), ContinuedUse.NO_SUCH_RULE),
        (date(2024, 5, 27), ContinuedUse.KEPT),
        (date(2024, 5, 28), ContinuedUse.KEPT),
    ],
)
def test_there_is_continued_use_since_may_2024(asked_on: date, expected: ContinuedUse) -> None:
    assert outcome(asked_on, date(2024, 6, 30)) is expected


def test_continued_use_is_for_nationals_in_the_supplement() -> None:
    assert outcome(LEAVES - DAY, national=False) is ContinuedUse.NATIONALS_ONLY
    assert outcome(LEAVES - DAY, listed=False) is ContinuedUse.NOT_IN_SUPPLEMENT


@pytest.mark.parametrize(
    ("left_on", "may"), [(date(2015, 10, 4), False), (date(2015, 10, 5), True), (date(2015, 10, 6), True)]
)
def test_a_card_abroad_for_who_left_since_october_2015(left_on: date, may: bool) -> None:
    assert may_have_card_abroad(left_on=left_on, national=True, in_supplement=True, day=TODAY) is may
    assert not may_have_card_abroad(left_on=left_on, national=False, in_supplement=True, day=TODAY)
    assert not may_have_card_abroad(left_on=left_on, national=True, in_supplement=False, day=TODAY)


@pytest.mark.parametrize(("day", "may"), [(date(2024, 5, 26), False), (date(2024, 5, 27), True)])
def test_a_card_abroad_since_may_2024(day: date, may: bool) -> None:
    assert may_have_card_abroad(left_on=date(2020, 1, 1), national=True, in_supplement=True, day=day) is may
