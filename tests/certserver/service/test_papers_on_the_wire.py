"""Papers of the counter over gRPC and mutual TLS: who may have which, that looking is noted, and what the terminal
makes of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.pipeline.card_applications.erasing import erase_on_schedule
from kiosk.actions.counter.paper_wire import WirePapers
from kiosk.actions.counter.papers import CounterPaper, PaperPrinting, PaperRefused, WantedPaper, page_pictures
from kiosk.actions.wire import GrpcTransport
from printers.model import Printed
from printers.virtual import VirtualPagePrinter
from tests.support import sheets
from tests.support.card_applications import (
    FORM,
    NEIGHBOUR,
    Counter,
    an_application_server,
    entries_of,
    on_the_wire,
    verified,
)
from tests.support.papers import jpeg
from tests.support.printer_clocks import JumpingClock
from tests.support.server import WireServer


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
    return WirePapers(transport, lambda: counter.desk)


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
    for told in ("見本健吾", "見本県見本市本町", "090-0000-0000", clerk.application, "post-office", "口頭"):
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
    hidden = Counter(None, application="0" * 32)
    assert reason(papers, wanted(hidden)) == "unknown-application"
    assert reason(at_terminal(running, "shop-1", shop), wanted(clerk)) == "role-not-here"
    foreign = on_the_wire(running, "hall-1", place="municipal-counter", role="officer", works_for=NEIGHBOUR)
    assert reason(at_terminal(running, "hall-1", foreign), wanted(clerk)) == "municipality-unknown"


def test_blank_it_is_for_any_counter_and_nobody_was_looked_at(running: WireServer) -> None:
    clerk = on_the_wire(running)
    papers = at_terminal(running, "kiosk-1", clerk)
    blank = fetched(papers, WantedPaper("application-form"))
    assert "見本市長" in sheets.text_of(blank.document)
    assert views(running) == []
    shop = on_the_wire(running, "shop-1")
    assert reason(at_terminal(running, "shop-1", shop), WantedPaper("application-form")) == "role-not-here"


def test_i10_a_character_without_a_glyph_names_the_field(running: WireServer) -> None:
    clerk = on_the_wire(running)
    clerk.open("kengo")
    clerk.tell({**FORM, "substitute-characters": "\U000f0000"})
    found = at_terminal(running, "kiosk-1", clerk).paper(wanted(clerk))
    assert found == PaperRefused("character-missing", ("substitute-characters",))


def test_what_was_erased_is_on_no_paper(running: WireServer) -> None:
    clerk = on_the_wire(running)
    clerk.open("kengo")
    clerk.move("withdraw")
    running.server.clock.advance(40 * 86400)
    erase_on_schedule(running.server.node.application_parts)
    hall = on_the_wire(running, "hall-1", place="municipal-counter", staff="officer-7", role="officer")
    assert reason(at_terminal(running, "hall-1", hall), wanted(clerk)) == "erased"
