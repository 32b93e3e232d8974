"""Delivery to a proxy: each case of the ministry's table before and since it was widened, what supports it, who may
come in somebody's place."""

from datetime import date

import pytest

from certserver.applications.dated import in_force
from certserver.applications.proxy import (
    Agent,
    OfficerDecides,
    ProxyAdmitted,
    ProxyRefusal,
    ProxyRefused,
    ProxyRequest,
    judge_proxy,
)
from certserver.applications.proxy_cases import PROXY_ROWS, Admission, ProxyCase, ProxyRow, Support

BEFORE, SINCE, AFTER = date(2023, 3, 30), date(2023, 3, 31), date(2023, 4, 1)
TODAY = date(2026, 11, 30)
ELDERLY = date(1948, 3, 31)
GROWN = date(1990, 6, 1)
YES, NO, PARTLY, PHYSICAL = Admission.YES, Admission.NO, Admission.PARTLY, Admission.PHYSICAL_ONLY
Case, S = ProxyCase, Support

# case: admission before, evidence before, evidence since, what waives it since, what is an identity document too
TABLE: dict[ProxyCase, tuple[Admission, set[Support], set[Support], set[Support], set[Support]]] = {
    Case.ADULT_WARD: (NO, set(), set(), {S.PROOF_OF_AUTHORITY}, set()),
    Case.CURATED_OR_ASSISTED: (NO, set(), set(), {S.PROOF_OF_AUTHORITY}, set()),
    Case.PUPIL: (NO, set(), set(), {S.IDENTITY_DOCUMENT}, set()),
    Case.PRESCHOOL: (YES, set(), set(), {S.IDENTITY_DOCUMENT}, set()),
    Case.AGED_75: (NO, set(), set(), {S.IDENTITY_DOCUMENT, S.LETTER_SAYS_HARD_TO_GO_OUT}, set()),
    Case.LONG_IN_HOSPITAL: (
        YES,
        {S.DIAGNOSIS, S.RECEIPT},
        {S.DIAGNOSIS, S.RECEIPT, S.HOSPITAL_PLAN, S.FEE_STATEMENT, S.HOSPITAL_FACE},
        set(),
        {S.HOSPITAL_FACE},
    ),
    Case.DISABLED: (
        PHYSICAL,
        {S.DISABILITY_BOOK},
        {S.DISABILITY_BOOK, S.DISABILITY_SERVICE, S.SELF_SUPPORT_MEDICAL},
        set(),
        set(),
    ),
    Case.IN_A_FACILITY: (
        YES,
        {S.FACILITY_PROOF},
        {S.FACILITY_PROOF, S.FACILITY_FACE},
        set(),
        {S.FACILITY_FACE},
    ),
    Case.NEEDS_CARE: (
        PARTLY,
        {S.CARE_INSURANCE},
        {S.CARE_INSURANCE, S.CARE_DECISION, S.CARE_MANAGER_FACE},
        set(),
        {S.CARE_MANAGER_FACE},
    ),
    Case.PREGNANT: (NO, set(), {S.MATERNITY_BOOK, S.CHECKUP_RECEIPT, S.CHECKUP_VOUCHER}, set(), set()),
    Case.STUDIES_ABROAD: (PARTLY, {S.VISA_COPY}, {S.VISA_COPY, S.FOREIGN_STUDENT_CARD_COPY}, set(), set()),
    Case.HIGH_SCHOOL: (NO, set(), {S.STUDENT_CARD, S.ENROLMENT}, set(), set()),
}
AUGUST = (date(2023, 7, 31), date(2023, 8, 1), date(2023, 8, 2))


@pytest.mark.parametrize("case", TABLE)
def test_each_row_before_and_since_it_was_widened(case: ProxyCase) -> None:
    admission, evidence, evidence_since, waived, identity = TABLE[case]
    for day in (date(2016, 1, 1), BEFORE):
        (row,) = [row for row in in_force(PROXY_ROWS, day) if row.case is case]
        assert (row.admission, set(row.any_of), set(row.waived_by)) == (admission, evidence, set())
        assert row.official
    for day in (SINCE, AFTER, TODAY):
        (row,) = [row for row in in_force(PROXY_ROWS, day) if row.case is case]
        assert (row.admission, set(row.any_of), set(row.waived_by)) == (YES, evidence_since, waived)
        assert row.also_identity == identity
        assert row.official


def test_the_row_of_august() -> None:
    admissions = [row.admission for day in AUGUST for row in _rows(Case.WITHDRAWN_AT_HOME, day)]
    assert admissions == [NO, YES, YES]
    (row,) = _rows(Case.WITHDRAWN_AT_HOME, AUGUST[1])
    assert set(row.any_of) == {S.AGENCY_PROOF, S.AGENCY_FACE}
    assert "day is not told" in row.source


@pytest.mark.parametrize("case", [Case.LONG_BUSINESS_TRIP, Case.AT_SEA])
def test_what_has_no_row_of_its_own_is_left_to_an_officer(case: ProxyCase) -> None:
    assert _judged(case, BEFORE) == ProxyRefused(ProxyRefusal.NOT_A_CASE)
    assert isinstance(_judged(case, SINCE), OfficerDecides)


@pytest.mark.parametrize("day", [BEFORE, SINCE, TODAY])
@pytest.mark.parametrize("brought", [frozenset(), frozenset(Support)])
def test_being_busy_is_never_a_case(day: date, brought: frozenset[Support]) -> None:
    assert _judged(Case.BUSY, day, brought=brought) == ProxyRefused(ProxyRefusal.NOT_A_CASE)


def test_no_day_has_two_rows_of_a_case() -> None:
    for day in (BEFORE, SINCE, *AUGUST, TODAY):
        cases = [row.case for row in in_force(PROXY_ROWS, day)]
        assert len(cases) == len(set(cases))


@pytest.mark.parametrize(
    ("case", "paper"), [(case, paper) for case, columns in TABLE.items() for paper in sorted(columns[2], key=str)]
)
def test_any_one_paper_supports_its_case(case: ProxyCase, paper: Support) -> None:
    judged = _judged(case, SINCE, brought=frozenset({paper}))
    assert isinstance(judged, ProxyAdmitted)
    assert judged.by == (paper,)
    nothing = _judged(case, SINCE)
    assert isinstance(nothing, ProxyRefused)
    assert nothing.reason is ProxyRefusal.NOT_SUPPORTED
    assert paper in nothing.bring


@pytest.mark.parametrize("case", [case for case, columns in TABLE.items() if columns[3]])
def test_what_makes_a_paper_unnecessary_does_so_only_whole(case: ProxyCase) -> None:
    waived = frozenset(TABLE[case][3])
    born = ELDERLY if case is Case.AGED_75 else GROWN
    for left_out in waived:
        judged = _judged(case, SINCE, born=born, brought=waived - {left_out})
        assert judged == ProxyRefused(ProxyRefusal.NOT_SUPPORTED, (), judged_row_waiver(case))
    judged = _judged(case, SINCE, born=born, brought=waived)
    assert isinstance(judged, ProxyAdmitted)
    assert judged.by == ()


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2023, 6, 9), False), (date(2023, 6, 10), True), (date(2023, 6, 11), True)]
)
def test_75_is_75(day: date, holds: bool) -> None:
    judged = _judged(
        Case.AGED_75,
        day,
        born=date(1948, 6, 10),
        brought=frozenset({S.IDENTITY_DOCUMENT, S.LETTER_SAYS_HARD_TO_GO_OUT}),
    )
    assert isinstance(judged, ProxyAdmitted) is holds
    assert holds or judged == ProxyRefused(ProxyRefusal.CASE_DOES_NOT_HOLD)


def test_a_disability_not_of_the_body_is_a_case_only_since_it_was_widened() -> None:
    book = frozenset({S.DISABILITY_BOOK})
    assert isinstance(_judged(Case.DISABLED, BEFORE, physically=True, brought=book), ProxyAdmitted)
    assert _judged(Case.DISABLED, BEFORE, brought=book) == ProxyRefused(ProxyRefusal.NOT_A_CASE)
    assert isinstance(_judged(Case.DISABLED, SINCE, brought=book), ProxyAdmitted)


@pytest.mark.parametrize(
    ("day", "named_may"),
    [(date(2026, 7, 9), False), (date(2026, 7, 10), True), (date(2026, 7, 11), True)],
)
def test_under_15_only_the_legal_representative_comes(day: date, named_may: bool) -> None:
    born, brought = date(2011, 7, 10), frozenset({S.IDENTITY_DOCUMENT})
    named = _judged(Case.PUPIL, day, born=born, brought=brought)
    assert isinstance(named, ProxyAdmitted) is named_may
    assert named_may or named == ProxyRefused(ProxyRefusal.REPRESENTATIVE_ONLY)
    parent = _judged(Case.PUPIL, day, born=born, brought=brought, agent=Agent.LEGAL_REPRESENTATIVE)
    assert isinstance(parent, ProxyAdmitted)


def test_for_an_adult_ward_only_the_guardian_comes() -> None:
    brought = frozenset({S.PROOF_OF_AUTHORITY})
    request = ProxyRequest(Case.ADULT_WARD, Agent.NAMED, GROWN, adult_ward=True, brought=brought)
    assert judge_proxy(request, TODAY) == ProxyRefused(ProxyRefusal.REPRESENTATIVE_ONLY)
    guardian = ProxyRequest(Case.ADULT_WARD, Agent.LEGAL_REPRESENTATIVE, GROWN, adult_ward=True, brought=brought)
    assert isinstance(judge_proxy(guardian, TODAY), ProxyAdmitted)
    nobody = ProxyRequest(Case.ADULT_WARD, Agent.LEGAL_REPRESENTATIVE, GROWN, brought=brought)
    assert judge_proxy(nobody, TODAY) == ProxyRefused(ProxyRefusal.CASE_DOES_NOT_HOLD)


def judged_row_waiver(case: ProxyCase) -> tuple[Support, ...]:
    (row,) = _rows(case, SINCE)
    return row.waived_by


def _rows(case: ProxyCase, day: date) -> list[ProxyRow]:
    return [row for row in in_force(PROXY_ROWS, day) if row.case is case]


def _judged(
    case: ProxyCase,
    day: date,
    *,
    born: date = GROWN,
    agent: Agent = Agent.NAMED,
    physically: bool = False,
    brought: frozenset[Support] = frozenset(),
) -> ProxyAdmitted | ProxyRefused | OfficerDecides:
    ward = case is Case.ADULT_WARD
    agent = Agent.LEGAL_REPRESENTATIVE if ward else agent
    return judge_proxy(ProxyRequest(case, agent, born, ward, physically, brought), day)
