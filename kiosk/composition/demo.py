"""`koufu-kiosk demo`: a fictional site, its server, one kiosk. With a display a person plays the resident at the bench,
without one a scripted resident does. Sheets, receipt, screens and a verdict are left behind."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID
from PySide6.QtGui import QGuiApplication

from hardware.card.jpki import read_facts
from hardware.card.pcsc import PcscReader
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.folder import CardFolder
from hardware.card.virtual.reader import VirtualReader
from hardware.cash.virtual import VirtualCash
from hardware.composition import SystemClock, spawn_thread
from hardware.errors import CardError
from hardware.sensors.model import Place
from hardware.sensors.virtual import VirtualSurroundings
from kiosk.composition.bench import DemoBench
from kiosk.composition.demo_site import (
    CARDS,
    MAIN_CARD,
    MUNICIPALITY,
    TERMINAL,
    DemoSite,
    Guest,
    RunningServer,
    make_site,
)
from kiosk.composition.devices import HOPPERS, Devices
from kiosk.composition.hand import HeldCard
from kiosk.composition.resident import Look, ScriptedResident
from kiosk.composition.settings import TerminalSettings
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.composition.witness import EveryScene, Took, Witness
from kiosk.errors import ConfigurationError
from kiosk.flow import scenes
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Scene
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.bench import Bench
from kiosk.screens.panel import PORTRAIT, Panel
from kiosk.screens.window import BENCH_WIDTH
from printers.slips.model import Paper
from printers.slips.picture import draw
from printers.virtual import SheetOut, VirtualPagePrinter, VirtualSlipPrinter

TEST_ISSUER = "JPKI-TEST"
PIN = "1234"
PATIENCE_S = 60.0
RASTER_DPI = 300
LEFT_BEHIND = frozenset({"certificate.pdf", "raster", "receipt.bin", "receipt.png", "screens", "site", "summary.json"})


@dataclass(slots=True)
class Tray:
    """What came out of the machine: documents as delivered to the printer, slips as bytes."""

    documents: list[bytes] = field(default_factory=list)
    slips: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Things:
    """The devices of a demonstration, to steer. `slot` is None with a reader of the machine's own; a script then has a
    `hand` at it."""

    slot: VirtualReader | None
    hand: HeldCard | None
    cash: VirtualCash
    pages: VirtualPagePrinter
    slips: VirtualSlipPrinter
    around: VirtualSurroundings
    tray: Tray


def demo(out: Path, say: Callable[[str], None]) -> int:
    """Runs the demonstration, saying how it goes; returns 0 only when the printed sheet was read back as good."""
    pcsc = os.environ.get("KOUFU_CARD", "virtual") == "pcsc"
    display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    display = display and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    _clear(out)
    (out / "screens").mkdir(parents=True)
    say("making a fictional municipality with 2,000 residents …")
    guest = _guest(scripted=not display) if pcsc else None
    site = make_site(out / "site", CARDS if display else (MAIN_CARD,), guest)
    application = make_application(offscreen=not display)
    log_qt_messages()
    end_on_exception()
    with RunningServer(site, workers=1) as server:
        devices, things = _devices(pcsc=pcsc, scripted=not display)
        program = put_together(
            _settings(site, server.port),
            devices,
            SiteRules(),
            panel=_panel(application) if display else PORTRAIT,
            bench=(lambda: _bench(site, server, things, application.quit)) if display else None,
            still=not display,
        )
        try:
            witness = Witness(program.window, out / "screens")
            if display:
                program.runner.observe(EveryScene(witness).sees)
                program.window.open(full_screen=True)
                program.start()
                application.exec()
            else:
                _played_by_script(application, program, witness, _main_job(program, things, site))
        finally:
            program.stop()
    if not things.tray.documents:
        raise ConfigurationError("nothing was printed, so there is nothing to check")
    summary = _leave_behind(out, things.tray, witness.took, site)
    verdict = summary["sheet_check"]["verdict"]
    say(f"document {summary['document_no']}: {verdict}. Everything is in {out}.")
    return 0 if verdict == "good" else 1


def _clear(out: Path) -> None:
    """Takes an earlier demonstration away, and nothing else: a folder with other things in it stays as it is."""
    if not out.exists():
        return
    strange = sorted(path.name for path in out.iterdir() if path.name not in LEFT_BEHIND)
    if strange:
        raise ConfigurationError(f"{out} holds other things ({strange[0]}): name an empty or a new folder with --out")
    shutil.rmtree(out)


def _panel(application: QGuiApplication) -> Panel:
    available = application.primaryScreen().availableSize()
    return PORTRAIT.shown_on(available.width() - BENCH_WIDTH, available.height())


def _devices(*, pcsc: bool, scripted: bool) -> tuple[Devices, Things]:
    clock, around, tray = SystemClock(), VirtualSurroundings(), Tray()
    around.arrive()

    def sheet_out(sheet: SheetOut) -> None:
        if sheet.sheet == 1:
            tray.documents.append(sheet.job.document)
        around.put(Place.SHEET_TRAY, sheet)

    def slip_out(slip: bytes) -> None:
        tray.slips.append(slip)
        around.put(Place.RECEIPT_SLOT, slip)

    slot = None if pcsc else VirtualReader(clock)
    reader = slot or PcscReader(spawn_thread, clock)
    hand = HeldCard(reader) if pcsc and scripted else None
    cash = VirtualCash(HOPPERS, hand_out=lambda yen: around.put(Place.CHANGE_TRAY, yen))
    pages = VirtualPagePrinter(clock, seconds_per_side=0.2 if scripted else 1.5, put_in_tray=sheet_out)
    slips = VirtualSlipPrinter(put_out=slip_out)
    devices = Devices(hand or reader, pages, slips, cash, around)
    return devices, Things(slot, hand, cash, pages, slips, around, tray)


def _settings(site: DemoSite, port: int) -> TerminalSettings:
    return TerminalSettings(
        municipality=MUNICIPALITY,
        terminal=TERMINAL,
        place="見本中央郵便局",
        place_en="Mihon Central Post Office",
        server_ca=site.terminal / "ca.pem",
        terminal_x509=site.terminal / "terminal.pem",
        terminal_key=site.terminal / "terminal.key",
        directory_address=f"localhost:{port}",
        directory_key=site.terminal / "directory.pub",
        journal=site.folder / "journal.json",
        printer="virtual:",
        slip_printer="virtual:",
    )


def _card(site: DemoSite, name: str) -> VirtualCard:
    return VirtualCard(CardFolder(site.cards).card(name), os.urandom)


def _bench(site: DemoSite, server: RunningServer, things: Things, finish: Callable[[], None]) -> Bench:
    def card(name: str) -> Callable[[], VirtualCard]:
        return lambda: _card(site, name)

    return DemoBench(
        slot=things.slot,
        cards={each.label: card(each.name) for each in CARDS},
        cash=things.cash,
        pages=things.pages,
        slips=things.slips,
        around=things.around,
        pause=server.pause,
        resume=server.resume,
        finish=finish,
    )


def _played_by_script(
    application: QGuiApplication, program: TerminalProgram, witness: Witness, steps: tuple[Look, ...]
) -> None:
    finished: list[bool] = []

    def done(everything: bool) -> None:
        finished.append(everything)
        application.quit()

    resident = ScriptedResident(witness, steps, done, PATIENCE_S)
    program.window.open(full_screen=False)
    program.runner.observe(resident.sees)
    program.start()
    application.exec()
    if finished != [True]:
        raise ConfigurationError(f"the scripted resident waited for {resident.stands_before}")


def _is_a(kind: type[Scene]) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, kind)


def _typed(digits: int) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.EnterPin) and scene.digits == digits


def _chosen(scene: Scene) -> bool:
    return isinstance(scene, scenes.ChoosePurpose) and scene.chosen is not None


def _two_options(scene: Scene) -> bool:
    return isinstance(scene, scenes.ChooseOptions) and len(scene.line.options) == 2


def _slots_open(scene: Scene) -> bool:
    return isinstance(scene, scenes.Pay) and bool(scene.accepted)


def _paid(yen: int) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.Pay) and scene.held >= yen


def _all_taken(scene: Scene) -> bool:
    return isinstance(scene, scenes.TakeSheets) and not scene.waiting


def _on_side(side: int) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.Printing) and scene.side == side


def _main_job(program: TerminalProgram, things: Things, site: DemoSite) -> tuple[Look, ...]:
    """One certificate of residence for a pension: two buttons more than the fewest, so that each screen is seen."""
    touch = program.window.touch

    def put_card() -> None:
        if things.slot is not None:
            things.slot.insert(_card(site, MAIN_CARD.name))
        if things.hand is not None:
            things.hand.put()

    def take_card() -> None:
        if things.slot is not None:
            things.slot.pull()
        if things.hand is not None:
            things.hand.take()

    def type_pin() -> None:
        for digit in PIN:
            touch(f"digit-{digit}")

    def take_everything() -> None:
        for place in Place:
            things.around.take(place)

    return (
        Look("start", _is_a(scenes.Start), lambda: touch("primary")),
        Look("put-card", _is_a(scenes.AwaitCard), put_card),
        Look("pin", _typed(0), type_pin),
        Look("pin-typed", _typed(len(PIN)), lambda: touch("primary")),
        Look("purpose", _is_a(scenes.ChoosePurpose), lambda: touch("purpose-pension")),
        Look("purpose-chosen", _chosen, lambda: touch("primary")),
        Look("options", _is_a(scenes.ChooseOptions), lambda: touch("show-domicile")),
        Look("options-chosen", _two_options, lambda: touch("primary")),
        Look("confirm", _is_a(scenes.Confirm), lambda: touch("primary")),
        Look("take-card", _is_a(scenes.TakeCard), take_card),
        Look("pay", _slots_open, lambda: _insert(things, 1000)),
        Look("pay-enough", _paid(200), lambda: touch("primary")),
        Look("printing-face", _on_side(1), lambda: None),
        Look("printing-back", _on_side(2), lambda: None),
        Look("take-sheets", _is_a(scenes.TakeSheets), take_everything),
        Look("taken", _all_taken, lambda: touch("primary")),
        Look("start-again", _is_a(scenes.Start), lambda: None),
    )


def _insert(things: Things, yen: int) -> None:
    if not things.cash.insert(yen):
        raise ConfigurationError(f"the virtual cash device did not take {yen} yen")


def _guest(*, scripted: bool) -> Guest:
    """The card on the first PC/SC reader. Raises `ConfigurationError` when there is none, or when a scripted PIN would
    go to a card that is not of the test hierarchy: any other card waits for a person at the PIN pad."""
    reader = PcscReader(spawn_thread, SystemClock())
    try:
        connection = reader.connect()
        try:
            found = read_facts(connection).user_auth_x509
        finally:
            connection.close()
    except CardError as error:
        raise ConfigurationError(f"no card could be read on the first PC/SC reader: {error}") from error
    finally:
        reader.stop()
    if found is None:
        raise ConfigurationError("the card on the first PC/SC reader shows no X.509 without a PIN: it can't be linked")
    if scripted and not _is_test_card(found):
        raise ConfigurationError(
            f"this card's X.509 was not issued by O={TEST_ISSUER}, so no scripted PIN is sent to it. "
            "Run the demonstration on a display: it asks the person at the PIN pad."
        )
    folder = Path(os.environ.get("KOUFU_CARD_CA", "build/cards/ca"))
    issuers, crls = tuple(sorted(folder.glob("user-auth-*.pem"))), tuple(sorted(folder.glob("user-auth-*.crl")))
    if not issuers or not crls:
        raise ConfigurationError(
            f"{folder} holds no user-auth-*.pem and user-auth-*.crl of who issued this card: name their folder with "
            "KOUFU_CARD_CA, or put a test card of `koufu-card --pcsc` on the reader"
        )
    return Guest(found, issuers, crls)


def _is_test_card(user_auth_x509: bytes) -> bool:
    try:
        issuer = x509.load_der_x509_certificate(user_auth_x509).issuer
    except ValueError:
        return False
    return [name.value for name in issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)] == [TEST_ISSUER]


def _leave_behind(out: Path, tray: Tray, steps: Sequence[Took], site: DemoSite) -> dict[str, Any]:
    """Sheets, receipt, summary. The verdict comes from a raster of the sheets, by the verifier a recipient has."""
    certificate = out / "certificate.pdf"
    certificate.write_bytes(tray.documents[0])
    if tray.slips:
        (out / "receipt.bin").write_bytes(tray.slips[-1])
        draw(tray.slips[-1], Paper.MM_80).save(out / "receipt.png")
    verdict = _sheet_check(certificate, out / "raster", site)
    summary = {
        "steps": [{"name": step.name, "ms": step.ms} for step in steps],
        "document_no": verdict.get("document_no"),
        "sheet_check": verdict,
    }
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
    return summary


def _sheet_check(certificate: Path, raster: Path, site: DemoSite) -> dict[str, Any]:
    raster.mkdir()
    drawing = ["/usr/bin/pdftoppm", "-r", str(RASTER_DPI), "-gray", "-png", str(certificate), str(raster / "page")]
    subprocess.run(drawing, check=True)
    verifier = str(Path(sys.executable).with_name("koufu-verify"))
    pictures = map(str, sorted(raster.glob("page-*.png")))
    checking = [verifier, "--key", str(site.home / "keys" / "statement.pub"), *pictures]
    done = subprocess.run(checking, capture_output=True, text=True, check=False)
    verdict: dict[str, Any] = json.loads(done.stdout) if done.stdout else {"verdict": "unreadable", "said": done.stderr}
    return verdict
