"""Which procedure is allowed at which place for whom, on which day, and where to go instead; and what a post office
lacks before its first day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.applications.commissions import Commission, DatedPaper, Instrument
from certserver.applications.dated import Confirmed, in_force
from certserver.applications.permissions import Allowed, NotAllowed, NotHere, Site, SiteKind, Visitor
from certserver.applications.permissions import may as may_in_role
from certserver.applications.place_rows import PLACE_ROWS, POST_OFFICE_LAW, PlaceRow
from certserver.applications.places import POST_OFFICE_PLACES, Place, Procedure
from certserver.applications.readiness import Missing, Step, missing
from certserver.applications.states import Role
from koufu.applying.words import Comer


def row_name(row: PlaceRow) -> str:
    return f"{row.place.value} {row.procedure.value}"


TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)
HOME, ELSEWHERE = "992010", "992020"
P, K = Procedure, SiteKind
COUNTER = Site(K.MUNICIPAL_COUNTER, "本庁", HOME)
OFFICE = Site(K.POST_OFFICE, "見本局", HOME)
VISIT = Site(K.FIELD_INTAKE, "出張", HOME)
CONTRACTOR = Site(K.FIELD_SUPPORT, "委託先", HOME)
CONSULATE = Site(K.CONSULATE, "総領事館", None)
PERSON = Visitor(Comer.PERSON, HOME)

OPENED = date(2026, 4, 1)
RESOLVED = DatedPaper("議案第12号", date(2025, 12, 15))
CONTRACT = DatedPaper("契約第3号", date(2026, 1, 20))
POSTED = DatedPaper("告示第8号", date(2026, 3, 25))
X509_AND_PIN = frozenset({P.X509_ISSUE, P.X509_RENEWAL, P.PIN_CHANGE, P.PIN_RESET})


def commission(place: Place, procedures: frozenset[Procedure], office: str = OFFICE.name) -> Commission:
    return Commission(
        HOME,
        office,
        place,
        procedures,
        RESOLVED,
        CONTRACT,
        POSTED,
        since=OPENED,
        source="契約第3号",
        confirmed=Confirmed.DESIGN,
    )


SUPPORT = commission(Place.POST_OFFICE_SUPPORT, frozenset({P.FORM_SUPPORT}))
X509 = commission(Place.POST_OFFICE_X509, X509_AND_PIN)
INTAKE = commission(Place.POST_OFFICE_INTAKE, frozenset({P.CARD_APPLICATION}))
ALL_LEVELS = (SUPPORT, X509, INTAKE)
HELPERS = replace(SUPPORT, place=Place.FIELD_SUPPORT, office=CONTRACTOR.name)


DOES = {K.POST_OFFICE: Role.CLERK, K.FIELD_SUPPORT: Role.HELPER}
"""Who does what is done at a place; an officer elsewhere."""


def may(
    procedure: Procedure, visitor: Visitor, site: Site, commissions: Sequence[Commission], day: date
) -> Allowed | NotAllowed:
    """By whoever does it there."""
    return may_in_role(procedure, visitor, site, DOES.get(site.kind, Role.OFFICER), commissions, day)


def reason(judged: Allowed | NotAllowed) -> NotHere | None:
    return judged.reason if isinstance(judged, NotAllowed) else None


# Whom each kind of place serves today where everything is commissioned: p person, r legal representative, x proxy.
SERVED = {
    K.MUNICIPAL_COUNTER: {
        P.FORM_SUPPORT: "prx",
        P.CARD_APPLICATION: "pr",
        P.EXPRESS: "pr",
        P.CARD_DELIVERY: "pr",
        P.PROXY_DELIVERY: "rx",
        P.X509_ISSUE: "prx",
        P.X509_RENEWAL: "prx",
        P.X509_REVOCATION: "prx",
        P.PIN_CHANGE: "prx",
        P.PIN_RESET: "prx",
        P.FACE_AUTH_SWITCH: "prx",
        P.LOSS_REPORT: "prx",
        P.CONTINUED_USE: "pr",
    },
    K.FIELD_INTAKE: {P.FORM_SUPPORT: "prx", P.CARD_APPLICATION: "pr", P.FACE_AUTH_SWITCH: "pr"},
    K.FIELD_SUPPORT: {P.FORM_SUPPORT: "prx"},
    K.POST_OFFICE: {
        P.FORM_SUPPORT: "p",
        P.CARD_APPLICATION: "p",
        P.X509_ISSUE: "p",
        P.X509_RENEWAL: "p",
        P.PIN_CHANGE: "p",
        P.PIN_RESET: "p",
    },
    K.CONSULATE: {P.CARD_APPLICATION: "pr", P.CARD_DELIVERY: "pr", P.X509_RENEWAL: "pr"},
}
SITES = {site.kind: site for site in (COUNTER, VISIT, CONTRACTOR, OFFICE, CONSULATE)}
LETTERS = {Comer.PERSON: "p", Comer.LEGAL_REPRESENTATIVE: "r", Comer.PROXY: "x"}


@pytest.mark.parametrize("kind", SiteKind)
@pytest.mark.parametrize("procedure", Procedure)
def test_whom_each_place_serves(kind: SiteKind, procedure: Procedure) -> None:
    abroad = kind is K.CONSULATE
    served = [
        letter
        for comer, letter in LETTERS.items()
        if isinstance(may(procedure, Visitor(comer, HOME, abroad), SITES[kind], (*ALL_LEVELS, HELPERS), TODAY), Allowed)
    ]
    assert "".join(served) == SERVED[kind].get(procedure, "")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", SiteKind)
@pytest.mark.parametrize("procedure", Procedure)
def test_who_of_the_staff_does_it(procedure: Procedure, kind: SiteKind, role: Role) -> None:
    if not (comers := SERVED[kind].get(procedure, "")):
        return
    comer = next(each for each, letter in LETTERS.items() if letter in comers)
    visitor = Visitor(comer, HOME, abroad=kind is K.CONSULATE)
    judged = may_in_role(procedure, visitor, SITES[kind], role, (*ALL_LEVELS, HELPERS), TODAY)
    if procedure is P.FORM_SUPPORT:
        expected = role in (Role.HELPER, Role.CLERK, Role.OFFICER)
    else:
        expected = role is DOES.get(kind, Role.OFFICER)
    assert reason(judged) is (None if expected else NotHere.OTHER_ROLE)


def test_where_a_helper_may_not_somebody_else_is_told_of() -> None:
    judged = may_in_role(P.X509_RENEWAL, PERSON, OFFICE, Role.HELPER, ALL_LEVELS, TODAY)
    assert judged == NotAllowed(NotHere.OTHER_ROLE, (), (Site(K.MUNICIPAL_COUNTER, "", HOME),))


@pytest.mark.parametrize(
    ("site", "procedure", "first"),
    [
        (COUNTER, P.EXPRESS, date(2024, 12, 2)),
        (COUNTER, P.FACE_AUTH_SWITCH, date(2023, 12, 15)),
        (COUNTER, P.CONTINUED_USE, date(2024, 5, 27)),
        (VISIT, P.FACE_AUTH_SWITCH, date(2023, 12, 15)),
        (CONSULATE, P.CARD_APPLICATION, date(2024, 5, 27)),
        (CONSULATE, P.CARD_DELIVERY, date(2024, 5, 27)),
        (CONSULATE, P.X509_RENEWAL, date(2024, 5, 27)),
        (OFFICE, P.CARD_APPLICATION, date(2023, 6, 9)),
        (OFFICE, P.X509_ISSUE, date(2022, 5, 10)),
        (OFFICE, P.X509_RENEWAL, date(2022, 5, 10)),
        (OFFICE, P.PIN_CHANGE, date(2022, 5, 10)),
        (OFFICE, P.PIN_RESET, date(2022, 5, 10)),
        (OFFICE, P.LOSS_REPORT, date(2025, 11, 11)),
    ],
)
def test_the_first_day_of_each_dated_row(site: Site, procedure: Procedure, first: date) -> None:
    visitor = replace(PERSON, abroad=site is CONSULATE)
    old = DatedPaper("", date(2020, 1, 1))
    commissions = tuple(
        replace(each, since=None, resolution=old, contract=old, notice=old)
        for each in (replace(X509, procedures=X509_AND_PIN | {P.LOSS_REPORT}), INTAKE)
    )
    judged = [reason(may(procedure, visitor, site, commissions, day)) for day in (first - DAY, first, first + DAY)]
    assert judged == [NotHere.NOT_YET_OR_ANY_MORE, None, None]


def test_no_day_has_two_rows_of_a_procedure_at_a_place() -> None:
    edges = {edge for row in PLACE_ROWS for edge in (row.since, row.until) if edge is not None}
    for day in {edge + days * DAY for edge in edges for days in (-1, 0, 1)}:
        found = [(row.place, row.procedure) for row in in_force(PLACE_ROWS, day)]
        assert len(found) == len(set(found)), day


@pytest.mark.parametrize("row", [row for row in PLACE_ROWS if row.place in POST_OFFICE_PLACES], ids=row_name)
def test_public_acts_at_a_post_office_have_the_law_behind_them(row: PlaceRow) -> None:
    assert (row.basis == POST_OFFICE_LAW) is (row.procedure is not P.FORM_SUPPORT)
    assert row.residents_only
    assert row.comers == {Comer.PERSON}


def test_every_row_with_a_first_day_is_in_the_test_above() -> None:
    dated = {(row.place, row.procedure) for row in PLACE_ROWS if row.since is not None}
    assert len(dated) == 14  # and the intake of other municipalities' residents, below


@pytest.mark.parametrize(
    ("day", "allowed"), [(date(2023, 8, 6), False), (date(2023, 8, 7), True), (date(2023, 8, 8), True)]
)
def test_in_the_field_residents_of_others_since_the_notice_of_august_2023(day: date, allowed: bool) -> None:
    stranger = Visitor(Comer.PERSON, ELSEWHERE)
    judged = may(P.CARD_APPLICATION, stranger, VISIT, (), day)
    assert isinstance(judged, Allowed) is allowed
    assert allowed or reason(judged) is NotHere.RESIDENTS_ONLY
    assert isinstance(may(P.CARD_APPLICATION, PERSON, VISIT, (), day), Allowed)


@pytest.mark.parametrize("day", [OPENED - DAY, OPENED, OPENED + DAY])
def test_a_commission_counts_from_its_first_day(day: date) -> None:
    judged = may(P.CARD_APPLICATION, PERSON, OFFICE, ALL_LEVELS, day)
    assert reason(judged) is (NotHere.NOT_COMMISSIONED if day < OPENED else None)
    if isinstance(judged, Allowed):
        assert judged.commission == INTAKE
        assert "郵便局" in judged.row.basis


@pytest.mark.parametrize(("days", "expected"), [(-1, None), (0, None), (1, NotHere.NOT_COMMISSIONED)])
def test_a_commission_counts_to_its_last_day(days: int, expected: NotHere | None) -> None:
    ended = replace(INTAKE, until=TODAY)
    assert reason(may(P.CARD_APPLICATION, PERSON, OFFICE, (ended,), TODAY + days * DAY)) is expected


@pytest.mark.parametrize(
    ("lacking", "instrument"),
    [
        (replace(INTAKE, resolution=None), Instrument.COUNCIL_RESOLUTION),
        (replace(INTAKE, contract=None), Instrument.CONTRACT),
        (replace(INTAKE, notice=None), Instrument.NOTICE_POSTED),
        (replace(INTAKE, notice=DatedPaper("", TODAY + DAY)), Instrument.NOTICE_POSTED),
    ],
)
def test_nothing_is_done_without_all_that_stands_behind_it(lacking: Commission, instrument: Instrument) -> None:
    judged = may(P.CARD_APPLICATION, PERSON, OFFICE, (lacking,), TODAY)
    assert isinstance(judged, NotAllowed)
    assert (judged.reason, judged.missing) == (NotHere.NOTHING_BEHIND_IT, (instrument,))
    assert judged.instead == (Site(K.MUNICIPAL_COUNTER, "", HOME),)


def test_a_notice_posted_today_counts_today() -> None:
    posted = replace(INTAKE, notice=DatedPaper("", TODAY))
    assert isinstance(may(P.CARD_APPLICATION, PERSON, OFFICE, (posted,), TODAY), Allowed)


def test_help_with_the_form_needs_a_contract_alone() -> None:
    bare = replace(SUPPORT, resolution=None, notice=None)
    assert isinstance(may(P.FORM_SUPPORT, PERSON, OFFICE, (bare,), TODAY), Allowed)
    helpers = replace(HELPERS, resolution=None, notice=None)
    assert isinstance(may(P.FORM_SUPPORT, PERSON, CONTRACTOR, (helpers,), TODAY), Allowed)
    assert reason(may(P.FORM_SUPPORT, PERSON, CONTRACTOR, (), TODAY)) is NotHere.NOT_COMMISSIONED


@pytest.mark.parametrize(
    ("level", "others"),
    [
        (SUPPORT, {P.CARD_APPLICATION, P.X509_RENEWAL, P.PIN_RESET}),
        (X509, {P.CARD_APPLICATION, P.FORM_SUPPORT, P.LOSS_REPORT}),
        (INTAKE, {P.X509_RENEWAL, P.PIN_CHANGE, P.FORM_SUPPORT}),
    ],
)
def test_the_levels_are_never_mixed(level: Commission, others: set[Procedure]) -> None:
    for procedure in level.procedures:
        assert isinstance(may(procedure, PERSON, OFFICE, (level,), TODAY), Allowed)
    for procedure in others:
        assert reason(may(procedure, PERSON, OFFICE, (level,), TODAY)) is NotHere.NOT_COMMISSIONED


def test_a_commission_names_no_more_than_its_place_may() -> None:
    wide = replace(INTAKE, procedures=frozenset(Procedure))
    allowed = {each for each in Procedure if isinstance(may(each, PERSON, OFFICE, (wide,), TODAY), Allowed)}
    assert allowed == {P.CARD_APPLICATION}


NEVER_AT_A_POST_OFFICE = (P.EXPRESS, P.PROXY_DELIVERY, P.FACE_AUTH_SWITCH, P.X509_REVOCATION, P.CARD_DELIVERY)


@pytest.mark.parametrize("procedure", NEVER_AT_A_POST_OFFICE)
def test_what_a_post_office_never_does_is_sent_to_the_counter(procedure: Procedure) -> None:
    comer = Comer.PROXY if procedure is P.PROXY_DELIVERY else Comer.PERSON
    judged = may(procedure, Visitor(comer, HOME), OFFICE, ALL_LEVELS, TODAY)
    assert judged == NotAllowed(NotHere.NEVER_HERE, (), (Site(K.MUNICIPAL_COUNTER, "", HOME),))


@pytest.mark.parametrize("comer", [Comer.PROXY, Comer.LEGAL_REPRESENTATIVE])
def test_at_a_post_office_the_person_only(comer: Comer) -> None:
    judged = may(P.X509_RENEWAL, Visitor(comer, HOME), OFFICE, ALL_LEVELS, TODAY)
    assert judged == NotAllowed(NotHere.OTHER_COMER, (), (Site(K.MUNICIPAL_COUNTER, "", HOME),))


def test_a_resident_of_another_municipality_is_sent_home() -> None:
    theirs = replace(INTAKE, municipality=ELSEWHERE, office="例示局")
    judged = may(P.CARD_APPLICATION, Visitor(Comer.PERSON, ELSEWHERE), OFFICE, (*ALL_LEVELS, theirs), TODAY)
    assert judged == NotAllowed(
        NotHere.RESIDENTS_ONLY,
        (),
        (Site(K.MUNICIPAL_COUNTER, "", ELSEWHERE), Site(K.POST_OFFICE, "例示局", ELSEWHERE)),
    )


def test_another_office_that_does_it_is_told_too() -> None:
    other = commission(Place.POST_OFFICE_INTAKE, frozenset({P.CARD_APPLICATION}), "隣局")
    judged = may(P.CARD_APPLICATION, PERSON, OFFICE, (X509, other), TODAY)
    assert judged == NotAllowed(
        NotHere.NOT_COMMISSIONED, (), (Site(K.MUNICIPAL_COUNTER, "", HOME), Site(K.POST_OFFICE, "隣局", HOME))
    )


def test_a_resident_is_never_told_a_name_for_machines() -> None:
    others = [commission(Place.POST_OFFICE_INTAKE, frozenset({P.CARD_APPLICATION}), f"office-{n}") for n in range(3)]
    called = replace(others[0], called="隣局")
    judged = may(P.CARD_APPLICATION, PERSON, OFFICE, (called, *others[1:]), TODAY)
    assert isinstance(judged, NotAllowed)
    assert [each.name for each in judged.instead if each.kind is K.POST_OFFICE] == ["隣局", ""]


def test_a_consulate_is_for_who_lives_abroad() -> None:
    judged = may(P.CARD_APPLICATION, PERSON, CONSULATE, (), TODAY)
    assert judged == NotAllowed(NotHere.ONLY_ABROAD, (), (Site(K.MUNICIPAL_COUNTER, "", HOME),))
    assert isinstance(may(P.X509_RENEWAL, Visitor(Comer.PERSON, HOME, abroad=True), CONSULATE, (), TODAY), Allowed)


def test_a_proxy_who_may_nowhere_is_sent_nowhere() -> None:
    judged = may(P.CARD_APPLICATION, Visitor(Comer.PROXY, HOME), OFFICE, ALL_LEVELS, TODAY)
    assert judged == NotAllowed(NotHere.OTHER_COMER, (), ())


@pytest.mark.parametrize(("kind", "municipality"), [(K.CONSULATE, HOME), (K.POST_OFFICE, None)])
def test_a_site_works_for_a_municipality_or_is_a_consulate(kind: SiteKind, municipality: str | None) -> None:
    with pytest.raises(ValueError, match="municipality"):
        Site(kind, "", municipality)


@settings(deadline=None)
@given(
    st.sampled_from(Procedure),
    st.builds(Visitor, st.sampled_from(Comer), st.sampled_from([HOME, ELSEWHERE]), st.booleans()),
    st.sampled_from([COUNTER, OFFICE, VISIT, CONTRACTOR, CONSULATE]),
    st.sets(st.sampled_from([SUPPORT, X509, INTAKE, HELPERS])),
    st.dates(date(2022, 1, 1), date(2027, 12, 31)),
)
def test_where_somebody_is_sent_they_are_served(
    procedure: Procedure, visitor: Visitor, site: Site, commissions: set[Commission], day: date
) -> None:
    judged = may(procedure, visitor, site, tuple(commissions), day)
    if isinstance(judged, NotAllowed):
        for other in judged.instead:
            assert isinstance(may(procedure, visitor, other, tuple(commissions), day), Allowed)


FIRST = date(2026, 1, 10)
ORDER = (Step.TALKS, Step.CONSENT, Step.RESOLUTION, Step.CONTRACT, Step.EQUIPMENT, Step.TRAINING, Step.TEST)
DONE = {step: FIRST + at * DAY for at, step in enumerate((*ORDER, Step.NOTICE, Step.START))}
LEVELS = [Place.POST_OFFICE_SUPPORT, Place.POST_OFFICE_X509, Place.POST_OFFICE_INTAKE]


@pytest.mark.parametrize("place", LEVELS)
def test_an_office_that_did_everything_lacks_nothing_on_its_first_day(place: Place) -> None:
    assert missing(place, DONE, DONE[Step.START]) == ()
    assert missing(place, DONE, DONE[Step.START] + DAY) == ()
    assert [each.step for each in missing(place, DONE, DONE[Step.START] - DAY)] == [Step.START]


@pytest.mark.parametrize("step", Step)
def test_each_step_alone_is_missed_with_all_that_rests_on_it(step: Step) -> None:
    done = {each: day for each, day in DONE.items() if each is not step}
    found = missing(Place.POST_OFFICE_INTAKE, done, TODAY)
    assert found[0] == Missing(step, ())
    assert all(each.too_early and each.waits_for for each in found[1:])
    assert found[-1].step is Step.START


@pytest.mark.parametrize("step", Step)
def test_a_step_is_done_from_its_day_on(step: Step) -> None:
    for day, is_missing in ((DONE[step] - DAY, True), (DONE[step], False), (DONE[step] + DAY, False)):
        found = {each.step for each in missing(Place.POST_OFFICE_X509, DONE, day)}
        assert (step in found) is is_missing


def test_help_with_the_form_needs_no_council() -> None:
    done: dict[Step, date] = {step: day for step, day in DONE.items() if step not in {Step.RESOLUTION, Step.NOTICE}}
    assert missing(Place.POST_OFFICE_SUPPORT, done, TODAY) == ()
    lacking = [each.step for each in missing(Place.POST_OFFICE_X509, done, TODAY)]
    assert lacking[0] is Step.RESOLUTION
    assert Step.NOTICE in lacking


def test_a_contract_before_the_resolution_has_to_be_made_again() -> None:
    early = DONE | {Step.CONTRACT: DONE[Step.RESOLUTION] - DAY}
    found = missing(Place.POST_OFFICE_INTAKE, early, TODAY)
    assert found[0] == Missing(Step.CONTRACT, (), too_early=True)
    assert missing(Place.POST_OFFICE_INTAKE, DONE | {Step.CONTRACT: DONE[Step.RESOLUTION]}, TODAY) == ()


def test_a_counter_has_no_such_steps() -> None:
    with pytest.raises(ValueError, match="no such steps"):
        missing(Place.MUNICIPAL_COUNTER, {}, TODAY)
