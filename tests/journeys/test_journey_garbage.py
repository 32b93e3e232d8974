"""Garbage on every port: from the card, in place of the server, in its answers, from both printers, and to the
server. The cash device has no line yet. Each ends in a clear screen, and nothing is taken, printed or kept."""

import socket
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.flow import scenes as at
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import DeclineReason, FaultKind
from koufu.evidence.words import RefusalReason
from printers.escpos.commands import TcpLine
from printers.escpos.conversation import EscposPace
from printers.escpos.slip_printer import EscposSlipPrinter
from printers.ipp.printer import IppPagePrinter
from printers.ipp.transport import HttpTransport, parse_address
from printers.ipp.watch import IppPace
from tests.support.escpos_line import CountedLine, PatientLine
from tests.support.escpos_peer import EscposDevice, on_tcp
from tests.support.ipp_peer import ScriptedPrinter
from tests.support.journey_noise import NoisyCard, a_noisy_port
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey
from tests.support.printer_clocks import LONGEST_S, JumpingClock, RealClock

NO_CONNECTION = ("市のシステムにつながりません", "No connection to the city's system")
PRINTER_AWAY = ("印刷機につながりません", "No connection to the printer")
NOISES = {
    "silence": b"",
    "http": b"HTTP/1.1 200 OK\r\n\r\nhello",
    "bytes": b"\xff\x00" * 500,
    "tls": b"\x16\x03\x03\x00\x05hello",
}
MESSAGES = {"text": b"\xff\xfe\x00garbage", "nothing": b"", "too-long": b"\x0a\xff\xff\xff\xff\x0f"}
every_noise = pytest.mark.parametrize("noise", NOISES.values(), ids=NOISES)
every_message = pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)

WHAT_TO_DO: dict[DeclineReason | RefusalReason, str] = {
    DeclineReason.CARD_UNREADABLE: "カードを取り、もう一度はじめてください",
    DeclineReason.FOREIGN_CARD: "マイナンバーカードで、もう一度はじめてください",
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("truthful", [0, 1, 3, 5, 7, 9, 11, 13])
def test_from_the_card(j: Journey, municipality: Municipality, truthful: int, seed: int) -> None:
    card = NoisyCard(municipality.persona("tsuji-kengo"), str(seed), truthful)
    j.arrives()
    j.puts(card)
    j.waits_while_it_works()
    if j.shows(at.EnterPin):
        j.types_pin()
        j.waits_while_it_works()
    assert j.declined is not None, j.story()
    j.sees(WHAT_TO_DO.get(j.declined, "窓口で"))
    assert card.tries_left == 3
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.issued == 0


@every_noise
def test_in_place_of_the_server(j: Journey, noise: bytes) -> None:
    j.arrives()
    with a_noisy_port(noise) as port:
        j.office.wire.leads_to(port)
        j.puts_card("tsuji-kengo")
        j.is_told(what=NO_CONNECTION, money=None, to_do=("しばらくしてから", "Please try again later"))
        j.takes_everything()
        j.touches("primary")
        j.ends_closed(OutOfService.SERVER_AWAY, says=NO_CONNECTION)
    j.office.wire.comes_back()
    j.ends_at_start()


@every_message
@pytest.mark.parametrize("method", ["OpenSession", "AnswerChallenge", "Prepare"])
def test_in_the_servers_answers_before_money(j: Journey, method: str, message: bytes) -> None:
    j.arrives()
    j.office.wire.tampers(lambda called, answers: [message] if called == method else answers)
    j.puts_card("tsuji-kengo")
    j.waits_while_it_works()
    if j.shows(at.EnterPin):
        j.types_pin()
        j.waits_while_it_works()
    if j.shows(at.ChoosePurpose):
        j.chooses()
        j.touches("primary")
        j.takes_card()
        j.waits_while_it_works()
    j.sees(*NO_CONNECTION)
    assert j.office.cash.state().inserted == 0
    j.takes_everything()
    j.office.wire.comes_back()
    j.touches("primary")
    j.ends_at_start()
    assert j.issued == 0


@every_message
def test_in_the_answer_to_the_release(j: Journey, message: bytes) -> None:
    j.comes_to(at.Pay)
    j.office.wire.tampers(lambda called, answers: [message] if called == "Release" else answers)
    j.pays()
    j.is_told(
        what=NO_CONNECTION,
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=("しばらくしてから", "Please try again later"),
    )
    j.takes_everything()
    j.office.wire.comes_back()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 0)


@every_message
def test_in_the_answer_to_a_heartbeat(j: Journey, message: bytes) -> None:
    j.arrives()
    j.office.wire.tampers(lambda called, answers: [message] if called == "Heartbeat" else answers)
    j.waits(120)
    if not j.shows(at.Start):
        assert isinstance(j.kiosk.state.scene, at.Closed)
    j.office.wire.comes_back()
    j.ends_at_start()


@every_noise
def test_from_the_printers_port(municipality: Municipality, tmp_path: Path, noise: bytes) -> None:
    with a_noisy_port(noise) as port:
        address = parse_address(f"ipp://127.0.0.1:{port}/ipp/print")
        printer = IppPagePrinter(HttpTransport(address, RealClock(), patience=1.0), RealClock())
        with a_journey(municipality, tmp_path, pages=printer) as j:
            j.ends_closed(OutOfService.PRINTER, says=PRINTER_AWAY)
            j.puts_card("tsuji-kengo")
            assert j.shows(at.Closed)


@pytest.mark.parametrize("from_answer", range(3, 12, 2))
def test_from_the_printer_while_it_prints(municipality: Municipality, tmp_path: Path, from_answer: int) -> None:
    answered: list[bytes] = []
    noisy = False

    def garble(answer: bytes) -> bytes:
        answered.append(answer)
        return b"\xff" * 9 if noisy and len(answered) > from_answer else answer

    peer = ScriptedPrinter(sides=[0, 1, 1, 2, 2, 2], garble=garble)
    with a_journey(municipality, tmp_path) as j:
        j.kiosk.cut()
        j.office.pages = IppPagePrinter(peer, j.office.time, IppPace(look_every=1, clear_within=5))
        j.power_returns()
        j.comes_to(at.Pay)
        answered.clear()
        noisy = True
        j.pays()
        j.waits(400)
        noisy = False
        assert isinstance(j.kiosk.state.scene, (at.Fault, at.TakeSheets, at.Closed)), j.story()
        if isinstance(j.kiosk.state.scene, at.Fault):
            assert j.kiosk.state.scene.report.kind in (FaultKind.PRINTER_AWAY, FaultKind.PRINTER_STOPPED)
            j.sees("1,000円をお返ししました", "¥1,000 returned")


@every_noise
def test_from_the_slip_printers_port(municipality: Municipality, tmp_path: Path, noise: bytes) -> None:
    with a_noisy_port(noise) as port, closing(TcpLine("127.0.0.1", port)) as line:
        printer = EscposSlipPrinter(line, RealClock())
        with a_journey(municipality, tmp_path, slips=printer) as j:
            j.settles()
            assert isinstance(j.kiosk.state.scene, at.Closed)
            assert j.kiosk.state.scene.reasons <= {OutOfService.SLIPS, OutOfService.SLIP_PAPER}
            j.puts_card("tsuji-kengo")
            assert j.shows(at.Closed)


@every_noise
def test_from_the_slip_printer_while_documents_come_out(
    municipality: Municipality, tmp_path: Path, noise: bytes
) -> None:
    device = EscposDevice()
    clock = JumpingClock()
    with on_tcp(device) as port, closing(TcpLine("127.0.0.1", port, connect_within=LONGEST_S)) as line:
        patient = PatientLine(CountedLine(line, device), clock)
        printer = EscposSlipPrinter(patient, clock, EscposPace(on_paper_within=0.3))
        with a_journey(municipality, tmp_path, slips=printer) as j:
            j.comes_to(at.Pay)
            device.garbage = noise
            j.pays()
            j.sees("証明書をお取りください", "Take your sheet")
            j.takes_everything()
            j.touches("primary")
            assert j.delivered == 1
            assert not device.papers
            j.settles()
            assert isinstance(j.kiosk.state.scene, at.Closed)
            assert j.kiosk.state.scene.reasons <= {OutOfService.SLIPS, OutOfService.SLIP_PAPER}
            device.garbage = None
            j.ends_at_start()


def test_to_the_server_while_a_visit_goes_on(j: Journey) -> None:
    j.identifies()
    for noise in NOISES.values():
        with socket.create_connection(("127.0.0.1", j.office.municipality.wire.port), timeout=30) as line:
            line.sendall(noise or b"\x00")
    j.chooses()
    j.orders()
    j.pays()
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.delivered == 1
