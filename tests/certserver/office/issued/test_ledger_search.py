"""The ledger is searched page by page, by all that an officer may ask; every page that is shown is noted."""

from dataclasses import replace

import pytest

from certserver.errors import NotAllowed
from certserver.ledger.state import found_municipality
from certserver.office.desk import Desk
from certserver.office.issued import searching
from certserver.office.issued.marking import mark
from certserver.office.issued.searching import PAGE, Found, search
from certserver.office.issued.wanted import EndedAs, Wanted
from certserver.office.purposes import Purpose, Reason
from certserver.office.rights import OfficeRole
from certserver.pipeline.sheet_status import SheetState
from koufu.evidence.words import CertificateKind
from tests.support.card_applications import entries_of, verified
from tests.support.ledger_entries import EVERY_S, Made, enter
from tests.support.office import a_desk
from tests.support.server import TERMINALS, ServerForTests
from tests.support.server_people import MUNICIPALITY

INCIDENT = Purpose(Reason.INCIDENT, "2026-17")
SEAL = CertificateKind.SEAL_REGISTRATION
COUNT = 130


@pytest.fixture
def begin(server: ServerForTests, registrar: Desk) -> int:
    """The ledger has entries, of which every third is of another terminal, every fifth of another kind, and the first
    forty of another build; when the first of them was issued."""
    begin = registrar.now() - COUNT * EVERY_S
    made = [
        Made(
            kind=SEAL if at % 5 == 0 else CertificateKind.RESIDENCE,
            terminal=TERMINALS[at % 3 == 0],
            build="0.9.0" if at <= 40 else "1.0.0",
        )
        for at in range(1, COUNT + 1)
    ]
    enter(server.database, MUNICIPALITY, made, begin)
    return begin


def numbers(desk: Desk, wanted: Wanted) -> list[int]:
    """Of all pages, one after the other."""
    found: list[int] = []
    while True:
        page = search(desk, wanted, INCIDENT)
        assert len(page.entries) <= PAGE
        found += [entry.ledger_seq for entry in page.entries]
        if page.further is None:
            return found
        wanted = replace(wanted, before=page.further)


EVERYTHING = range(1, COUNT + 1)


@pytest.mark.parametrize("looked_at", [searching.LOOKED_AT, 7])
def test_pages_hold_every_entry_that_fits_once_newest_first(
    looked_at: int, begin: int, registrar: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", looked_at)
    asked = {
        Wanted(): list(EVERYTHING),
        Wanted(terminal="kiosk-2"): [at for at in EVERYTHING if at % 3 == 0],
        Wanted(kind=SEAL.value): [at for at in EVERYTHING if at % 5 == 0],
        Wanted(terminal="kiosk-2", kind=SEAL.value): [at for at in EVERYTHING if at % 15 == 0],
        Wanted(terminal_build="0.9.0"): list(range(1, 41)),
        Wanted(terminal_build="0.9.0", terminal="kiosk-1", kind=SEAL.value): [
            at for at in range(1, 41) if at % 5 == 0 and at % 3
        ],
        Wanted(server_build="no such build"): [],
        Wanted(since=begin + 9 * EVERY_S, until=begin + 20 * EVERY_S): list(range(10, 21)),
        Wanted(since=begin + COUNT * EVERY_S): [],
        Wanted(until=begin): [],
        Wanted(up_to=12): list(range(1, 13)),
    }
    for wanted, fits in asked.items():
        assert numbers(registrar, wanted) == sorted(fits, reverse=True), wanted


def test_entries_are_found_by_what_became_of_them(server: ServerForTests, registrar: Desk) -> None:
    told = {}
    for outcome in ("delivered", "spoiled", "not-printed", ""):
        visit = server.visit("kengo")
        (document,) = visit.issue()
        if outcome:
            visit.report(outcome)
        told[outcome or "unreported"] = document.statement.document_no
    marked = told["delivered"]

    def found(ended: EndedAs) -> list[str]:
        page: Found = search(registrar, Wanted(ended=ended), INCIDENT)
        return [entry.document_no for entry in page.entries]

    for ended in (EndedAs.DELIVERED, EndedAs.SPOILED, EndedAs.NOT_PRINTED, EndedAs.UNREPORTED):
        assert found(ended) == [told[ended.value]]
    assert found(EndedAs.MARKED_VOIDED) == []
    mark(registrar, marked, SheetState.VOIDED, "窓口に返された。")
    assert found(EndedAs.MARKED_VOIDED) == [marked]
    assert found(EndedAs.MARKED_SPOILED) == []
    (entry,) = search(registrar, Wanted(ended=EndedAs.DELIVERED), INCIDENT).entries
    assert (entry.outcome, entry.marks) == ("delivered", (SheetState.VOIDED,))


def test_a_clock_that_is_behind_hides_no_entry(server: ServerForTests, registrar: Desk) -> None:
    now = registrar.now() - 3_600
    enter(server.database, MUNICIPALITY, [Made()], now)
    enter(server.database, MUNICIPALITY, [Made()], now - 400, first=2)
    enter(server.database, MUNICIPALITY, [Made()], now + 1, first=3)
    assert numbers(registrar, Wanted(since=now - 400, until=now - 399)) == [2]
    assert numbers(registrar, Wanted(since=now, until=now + 1)) == [1]


def test_i12_each_page_is_noted_with_what_was_shown_and_for_what(
    begin: int, server: ServerForTests, registrar: Desk
) -> None:
    search(registrar, Wanted(terminal="見本　葵"), INCIDENT)
    search(registrar, Wanted(), INCIDENT)
    views = [detail for event, detail in entries_of(server) if event == "viewed"]
    assert views == [
        {
            "officer": "mihon-roku",
            "what": "ledger",
            "reason": "incident 2026-17",
            "about": f"{COUNT - PAGE + 1}-{COUNT}",
        }
    ]
    verified(server)


def test_only_some_roles_search_and_only_their_own_ledger(begin: int, server: ServerForTests) -> None:
    for role in OfficeRole:
        desk = a_desk(server, "mihon-ta", role)
        if role in (OfficeRole.REGISTRAR, OfficeRole.AUDITOR):
            assert len(search(desk, Wanted(), INCIDENT).entries) == PAGE
        else:
            with pytest.raises(NotAllowed):
                search(desk, Wanted(), INCIDENT)
    with server.database.writing() as connection:
        found_municipality(connection, "131016")
    elsewhere = a_desk(server, "mihon-ta", OfficeRole.REGISTRAR, municipality="131016")
    assert search(elsewhere, Wanted(), INCIDENT) == Found((), None)
