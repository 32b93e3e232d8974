"""What officers do with terminals, and how each of them is seen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from certserver.composition.desks import operators_desk
from certserver.errors import ConfigurationError, NoSuchEntry, NotAllowed
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.rights import Officer, OfficeRole
from certserver.office.terminals.changing import (
    WouldStop,
    admit,
    allow_terminals,
    let_serve,
    offer_enrolment,
    revoke,
    want_log,
    withdraw,
)
from certserver.office.terminals.reading import all_terminals, one_terminal, to_look_after
from certserver.office.terminals.standing import Standing
from certserver.outlets import Outlet, OutletKind
from certserver.pipeline.terminals.codes import LIVES_S
from certserver.pipeline.terminals.logs import LogLine
from certserver.pipeline.terminals.seen import SILENT_S
from certserver.pipeline.terminals.told import Owed, Told
from certserver.signing.tls import make_ca, make_terminal_x509
from tests.support.card_applications import entries_of
from tests.support.server import ServerForTests, a_server
from tests.support.server_settings import POST_OFFICE
from tests.support.terminals import OWED, WELL, beats

LINE = LogLine(1_790_000_000, "error", "action broke", effect="PrintDocument", fault="PrinterError")

CHANGES: dict[str, Callable[[Desk], object]] = {
    "code": lambda desk: offer_enrolment(desk, "kiosk-9", POST_OFFICE),
    "withdraw": lambda desk: withdraw(desk, "kiosk-1"),
    "serve": lambda desk: let_serve(desk, "kiosk-1"),
    "log": lambda desk: want_log(desk, "kiosk-1"),
    "revoke": lambda desk: revoke(desk, "kiosk-1", one_terminal(desk, "kiosk-1").x509s[0].x509_hash),
    "build": lambda desk: allow_terminals(desk, "0.0.1"),
}


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path, admitted=False) as made:
        yield made


@pytest.fixture
def desk(server: ServerForTests) -> Desk:
    return operators_desk(server.home, server.node.settings, server.database, server.clock)


def as_role(desk: Desk, role: OfficeRole) -> Desk:
    return replace(desk, who=Officer("aoi", frozenset({role})), actor="officer aoi")


def standings(desk: Desk) -> dict[str, Standing]:
    return {each.terminal: each.standing for each in all_terminals(desk).states}


@pytest.mark.parametrize("change", CHANGES)
def test_only_who_keeps_terminals_changes_one(change: str, desk: Desk, server: ServerForTests) -> None:
    for role in OfficeRole:
        asking = as_role(desk, role)
        before = len(entries_of(server))
        if role is OfficeRole.CONFIGURER:
            CHANGES[change](asking)
            assert len(entries_of(server)) == before + 1
        else:
            with pytest.raises(NotAllowed):
                CHANGES[change](asking)
            assert len(entries_of(server)) == before
            assert len(all_terminals(asking).states) >= 2


def test_a_terminal_is_awaited_serves_is_closed_silent_and_stopped(server: ServerForTests, desk: Desk) -> None:
    assert standings(desk) == {"kiosk-1": Standing.AWAITED, "kiosk-2": Standing.AWAITED}
    beats(server, "kiosk-1", Told(WELL, (), None, Owed()))
    beats(server, "kiosk-2", Told(WELL, ("paper",)))
    assert standings(desk) == {"kiosk-1": Standing.SERVES, "kiosk-2": Standing.CLOSED}
    server.clock.advance(SILENT_S)
    beats(server, "kiosk-2", Told(WELL))
    assert standings(desk) == {"kiosk-1": Standing.SILENT, "kiosk-2": Standing.SERVES}
    withdraw(desk, "kiosk-1")
    beats(server, "kiosk-1", Told(WELL))
    assert standings(desk)["kiosk-1"] is Standing.STOPPED
    let_serve(desk, "kiosk-1")
    beats(server, "kiosk-1", Told(WELL))
    assert standings(desk)["kiosk-1"] is Standing.SERVES


def test_a_terminal_of_another_municipality_is_never_silent(server: ServerForTests, desk: Desk) -> None:
    beats(server, "kiosk-1", Told(WELL, (), 12, OWED))
    beats(server, "kiosk-2", Told(WELL))
    assert standings(desk)["kiosk-2"] is Standing.SERVES
    server.clock.advance(SILENT_S)
    assert standings(desk) == {"kiosk-1": Standing.SILENT, "kiosk-2": Standing.ELSEWHERE}
    assert to_look_after(desk)[0] == 1


def test_what_a_terminal_owes_is_seen_as_it_told_it(server: ServerForTests, desk: Desk) -> None:
    beats(server, "kiosk-1", Told(WELL, (), 12, OWED))
    told = one_terminal(desk, "kiosk-1").state.told
    assert (told.sheets, told.owed) == (12, OWED)
    beats(server, "kiosk-1", Told(WELL, (), 11, Owed()))
    told = one_terminal(desk, "kiosk-1").state.told
    assert (told.sheets, told.owed) == (11, Owed())


def test_documents_without_an_outcome_are_counted_once_their_visit_is_over(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        desk = operators_desk(server.home, server.node.settings, server.database, server.clock)
        visit = server.visit("kengo")
        visit.offer()
        visit.prepare(visit.order())
        visit.release()
        assert one_terminal(desk, "kiosk-1").unreported.documents == 0
        issued_at = desk.now()
        server.clock.advance(3600)
        unreported = one_terminal(desk, "kiosk-1").unreported
        assert (unreported.documents, unreported.since) == (1, issued_at)
        assert one_terminal(desk, "kiosk-2").unreported.documents == 0


def test_the_least_build_stops_nobody_unless_that_is_meant(server: ServerForTests, desk: Desk) -> None:
    beats(server, "kiosk-1", Told(WELL), build="1.2.0")
    beats(server, "kiosk-2", Told(WELL), build="1.10.0")
    assert allow_terminals(desk, "1.3.0") == WouldStop(("kiosk-1",))
    assert standings(desk) == {"kiosk-1": Standing.SERVES, "kiosk-2": Standing.SERVES}
    assert allow_terminals(desk, "1.3.0", although=True) is None
    assert standings(desk) == {"kiosk-1": Standing.OLD, "kiosk-2": Standing.SERVES}
    assert all_terminals(desk).minimum_build == "1.3.0"
    with pytest.raises(ConfigurationError, match="three numbers"):
        allow_terminals(desk, "newest")


def test_a_log_is_asked_for_and_sent_once(server: ServerForTests, desk: Desk) -> None:
    assert not beats(server, "kiosk-1", Told(WELL), log=(LINE,))
    assert one_terminal(desk, "kiosk-1").log is None
    want_log(desk, "kiosk-1")
    assert beats(server, "kiosk-1", Told(WELL))
    assert not beats(server, "kiosk-2", Told(WELL))
    assert not beats(server, "kiosk-1", Told(WELL), log=(LINE,))
    assert not beats(server, "kiosk-1", Told(WELL), log=())
    log = one_terminal(desk, "kiosk-1").log
    assert log is not None
    assert (log.asked_by, log.sent_at, log.lines) == ("operator", desk.now(), (LINE,))


def test_a_code_is_made_for_a_name_that_can_be_and_shows_as_awaited_while_it_counts(desk: Desk) -> None:
    shop = Outlet("mihon-ekimae", OutletKind.CONVENIENCE_STORE)
    for name, outlet, why in (
        ("", shop, Objection.NO_TERMINAL_NAME),
        ("見本", shop, Objection.NO_TERMINAL_NAME),
        ("a/../b", shop, Objection.NO_TERMINAL_NAME),
        ("a" * 64, shop, Objection.NO_TERMINAL_NAME),
        ("kiosk-9", Outlet("*", OutletKind.MUNICIPAL), Objection.NO_OUTLET_NAME),
        ("kiosk-9", Outlet("駅前", OutletKind.MUNICIPAL), Objection.NO_OUTLET_NAME),
        ("kiosk-1", shop, Objection.TERMINAL_ENROLLED),
    ):
        with pytest.raises(Objected) as refused:
            offer_enrolment(desk, name, outlet)
        assert refused.value.why is why
    der = make_terminal_x509(make_ca(desk.clock.now()), "kiosk-9", desk.clock.now()).x509
    with pytest.raises(Objected, match="name"):
        admit(desk, "a/../b", shop, der)
    made = offer_enrolment(desk, "kiosk-9", shop)
    assert made.code not in repr(made)
    state = one_terminal(desk, "kiosk-9").state
    assert (state.standing, state.outlet, state.code_until) == (Standing.AWAITED, shop, desk.now() + LIVES_S)
    withdraw(desk, "kiosk-1")
    with pytest.raises(Objected, match="stopped"):
        offer_enrolment(desk, "kiosk-1", shop, anew=True)


def test_a_code_that_ended_leaves_nothing_to_be_seen(server: ServerForTests, desk: Desk) -> None:
    offer_enrolment(desk, "kiosk-9", POST_OFFICE)
    server.clock.advance(LIVES_S)
    assert "kiosk-9" not in standings(desk)
    with pytest.raises(NoSuchEntry):
        one_terminal(desk, "kiosk-9")


def test_what_there_is_not_is_told(desk: Desk) -> None:
    for change in (withdraw, let_serve, want_log):
        with pytest.raises(NoSuchEntry):
            change(desk, "kiosk-9")
    with pytest.raises(NoSuchEntry):
        revoke(desk, "kiosk-1", bytes(32))
