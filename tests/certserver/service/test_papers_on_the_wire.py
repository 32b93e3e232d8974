"""Papers of the counter over gRPC and mutual TLS: who may have which, that looking is noted, and what the terminal
makes of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from certserver.papers.kinds import PAPERS, About, PaperKind
from certserver.pipeline.card_applications.erasing import erase_on_schedule
from kiosk.actions.counter.paper_wire import WirePapers
from kiosk.actions.counter.papers import (
    WHERE_TO_GO,
    CounterPaper,
    Matter,
    PaperPrinting,
    PaperRefused,
    WantedPaper,
    page_pictures,
)
from kiosk.actions.wire import GrpcTransport
from kiosk.errors import RequestRejected
from printers.model import Printed
from printers.virtual import VirtualPagePrinter
from tests.support import sheets
from tests.support.card_applications import (
    FORM,
    NEIGHBOUR,
    POST_OFFICE_CALLED,
    Counter,
    an_application_server,
    entries_of,
    on_the_wire,
    verified,
)
from tests.support.papers import jpeg
from tests.support.printer_clocks import JumpingClock
from tests.support.server import WireServer
from tests.support.server_people import MUNICIPALITY


@pytest.fixture
def running(tmp_path: Path) -> Iterator[WireServer]:
    with an_application_server(tmp_path) as server, server.on_the_wire() as made:
        yield made


def at_terminal(running: WireServer, terminal: str, counter: Counter) -> WirePapers:
    """What a terminal fetches papers with, for whoever stands at a counter."""
    files = running.bundle(terminal)
    keys = (files.server_ca.read_bytes(), files.x509.read_bytes(), files.key.read_bytes())
    transport = GrpcTransport(running.address, *keys)
    running.channels.append(transport._channel)
    return WirePapers(lambda: transport, counter.works_for, lambda: counter.desk.session)


def wanted(counter: Counter, kind: str = "application-form") -> WantedPaper:
    return WantedPaper(kind, counter.residence, counter.application)


def fetched(source: WirePapers, paper: WantedPaper) -> CounterPaper:
    found = source.paper(paper)
    assert isinstance(found, CounterPaper), found
    return found


def reason(source: WirePapers, paper: WantedPaper) -> str:
    found = source.paper(paper)
    assert isinstance(found, PaperRefused)
    return found.reason


def views(running: WireServer) -> list[str]:
    return [str(detail["what"]) for event, detail in entries_of(running.server) if event == "viewed"]


def test_a_clerk_shows_and_prints_the_form_that_a_resident_fills_in(running: WireServer) -> None:
    clerk = on_the_wire(running)
    papers = at_terminal(running, "kiosk-1", clerk)
    clerk.open("kengo")
    clerk.attach(content=jpeg())
    before = fetched(papers, wanted(clerk))
    clerk.tell({**FORM, "phone": "090-0000-0000"})
    after = fetched(papers, wanted(clerk))

    assert "090-0000-0000" not in sheets.text_of(before.document)
    said = "".join(sheets.text_of(after.document).split())
    for told in ("見本健吾", "見本県見本市本町", "090-0000-0000", clerk.application, POST_OFFICE_CALLED, "口頭"):
        assert told in said, told
    assert views(running) == ["paper application-form"] * 2

    (shown,) = page_pictures(after, 900)
    assert (shown.width, shown.height, len(shown.grey)) == (637, 900, 637 * 900)
    assert 0 < shown.grey.count(0) < len(shown.grey) / 4

    printer = VirtualPagePrinter(JumpingClock())
    assert PaperPrinting(printer, bytes).print(after) == Printed(1)
    assert len(printer.delivered) == 1
    verified(running.server)


def test_looking_is_over_when_the_application_is_sent_and_others_have_none(running: WireServer) -> None:
    clerk, shop = on_the_wire(running), on_the_wire(running, "shop-1")
    papers = at_terminal(running, "kiosk-1", clerk)
    assert clerk.taken_in("kengo") == "sent-to-municipality"
    hall = on_the_wire(running, "hall-1", place="municipal-counter", staff="officer-7", role="officer")
    hall.application = clerk.application
    at_hall = at_terminal(running, "hall-1", hall)
    assert fetched(at_hall, wanted(clerk)).sheets == 1
    hidden = replace(clerk, application="0" * 32)
    assert reason(papers, wanted(hidden)) == "unknown-application"
    assert reason(at_terminal(running, "shop-1", shop), wanted(clerk)) == "not-signed-in"
    foreign = on_the_wire(running, "hall-1", place="municipal-counter", role="officer", works_for=NEIGHBOUR)
    assert reason(at_terminal(running, "hall-1", foreign), wanted(clerk)) == "municipality-unknown"


def test_blank_it_is_for_any_counter_and_nobody_was_looked_at(running: WireServer) -> None:
    clerk = on_the_wire(running)
    papers = at_terminal(running, "kiosk-1", clerk)
    blank = fetched(papers, WantedPaper("application-form"))
    assert "見本市長" in sheets.text_of(blank.document)
    assert views(running) == []
    shop = on_the_wire(running, "shop-1")
    assert reason(at_terminal(running, "shop-1", shop), WantedPaper("application-form")) == "not-signed-in"


def test_where_to_go_is_told_by_the_rules_of_the_place(running: WireServer) -> None:
    clerk = on_the_wire(running)
    papers = at_terminal(running, "kiosk-1", clerk)
    express = WantedPaper(WHERE_TO_GO, matter=Matter("express", "person", MUNICIPALITY))
    said = "".join(sheets.text_of(fetched(papers, express).document).split())
    for told in ("特急発行", "ここではできません", "見本市役所市民課", "099-000-0000"):
        assert told in said, told
    elsewhere = WantedPaper(WHERE_TO_GO, matter=Matter("card-application", "person", NEIGHBOUR))
    said = "".join(sheets.text_of(fetched(papers, elsewhere).document).split())
    assert "この市区町村に住んでいる方" in said
    assert "見本市役所" not in said
    assert reason(papers, WantedPaper(WHERE_TO_GO, matter=Matter("card-application", "person", MUNICIPALITY))) == (
        "not-now"
    )
    assert views(running) == []


def test_what_is_for_officers_is_for_no_clerk_and_only_while_the_card_is_there(running: WireServer) -> None:
    clerk = on_the_wire(running)
    papers = at_terminal(running, "kiosk-1", clerk)
    clerk.open("kengo")
    assert reason(papers, wanted(clerk, "delivery-notice")) == "role-not-here"
    hall = on_the_wire(running, "hall-1", place="municipal-counter", staff="officer-7", role="officer")
    assert reason(at_terminal(running, "hall-1", hall), wanted(clerk, "delivery-notice")) == "not-now"
    sealed = fetched(papers, wanted(clerk, "pin-request"))
    assert "見本kengo" in "".join(sheets.text_of(sealed.document).split())
    assert views(running) == ["paper pin-request"]


@pytest.mark.parametrize(
    "kind", [kind for kind, row in PAPERS.items() if row.about in (About.APPLICATION, About.NOBODY)]
)
def test_blank_papers_and_explanations_have_their_pictures(running: WireServer, kind: PaperKind) -> None:
    papers = at_terminal(running, "kiosk-1", on_the_wire(running))
    paper = fetched(papers, WantedPaper(kind.value))
    assert paper.title == PAPERS[kind].title.replace("　", " ")
    assert paper.sheets <= len(page_pictures(paper, 300)) <= 2 * paper.sheets


@pytest.mark.parametrize(
    "paper",
    [
        WantedPaper("readiness"),
        WantedPaper("posted-notice"),
        WantedPaper("no-such-paper"),
        WantedPaper(WHERE_TO_GO),
        WantedPaper("application-form", language="en"),
        WantedPaper("pins-explained", language="xx"),
        WantedPaper("pin-request", matter=Matter("express", "person")),
        WantedPaper("pins-explained", MUNICIPALITY, "0" * 32),
        WantedPaper(WHERE_TO_GO, matter=Matter("anything", "person")),
    ],
)
def test_what_is_no_paper_of_a_counter_is_refused_plainly(running: WireServer, paper: WantedPaper) -> None:
    with pytest.raises(RequestRejected):
        at_terminal(running, "kiosk-1", on_the_wire(running)).paper(paper)


def test_i10_a_character_without_a_glyph_names_the_field(running: WireServer) -> None:
    clerk = on_the_wire(running)
    clerk.open("kengo")
    clerk.tell({**FORM, "intent-witness": "\U000f0000"})
    found = at_terminal(running, "kiosk-1", clerk).paper(wanted(clerk))
    assert found == PaperRefused("character-missing", ("intent-witness",))


def test_what_was_erased_is_on_no_paper(running: WireServer) -> None:
    clerk = on_the_wire(running)
    clerk.open("kengo")
    clerk.move("withdraw")
    running.server.clock.advance(40 * 86400)
    erase_on_schedule(running.server.node.application_parts)
    hall = on_the_wire(running, "hall-1", place="municipal-counter", staff="officer-7", role="officer")
    assert reason(at_terminal(running, "hall-1", hall), wanted(clerk)) == "erased"
