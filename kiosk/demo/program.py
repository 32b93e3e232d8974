"""`koufu-kiosk demo`: a fictional site, its server, one kiosk. With a display a person plays the resident at the bench,
without one a scripted resident does the main job, or with `KOUFU_DEMO=all` an errand for every kind; with
`KOUFU_DEMO=postoffice` the day of a post office is played, with `KOUFU_DEMO=faults` a resident meets eight faults.
Sheets, receipts, screens and a verdict are left behind."""

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from hardware.card.pcsc import PcscReader
from hardware.composition import SystemClock, spawn_thread
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.demo.bench.panel import DemoBench
from kiosk.demo.faults.play import FAULTS, faults
from kiosk.demo.office.play import OFFICE, post_office_day
from kiosk.demo.playing.witness import EveryScene, Took, Witness
from kiosk.demo.residents.play import play_main_job, walk_errands
from kiosk.demo.residents.walk import ERRANDS, Errand
from kiosk.demo.stage.guest import guest_on
from kiosk.demo.stage.processes import Running, running_server
from kiosk.demo.stage.settings import site_settings
from kiosk.demo.stage.site import (
    CARDS,
    ERRAND_CARDS,
    MAIN_CARD,
    DemoSite,
    Guest,
    export_trust_list,
    make_neighbour,
    make_site,
    running_neighbour,
)
from kiosk.demo.stage.things import Things, demo_devices
from kiosk.demo.stage.tray import AS_ISSUED, Tray, clear, leave_all_behind, leave_behind
from kiosk.errors import ConfigurationError
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.screens.application import end_on_exception, has_display, log_qt_messages, make_application
from kiosk.screens.bench import Bench
from kiosk.screens.panel import PORTRAIT, Panel
from kiosk.screens.window import BENCH_WIDTH


def demo(out: Path, say: Callable[[str], None]) -> int:
    """Runs the demonstration, saying how it goes; returns 0 only when the printed sheet was read back as good."""
    asked, pcsc = os.environ.get("KOUFU_DEMO", ""), os.environ.get("KOUFU_CARD", "virtual") == "pcsc"
    if asked == OFFICE:
        return post_office_day(out, say)
    if asked == FAULTS:
        return faults(out, say)
    errands = _errands(asked, pcsc=pcsc)
    display = has_display() and not errands
    clear(out)
    guest = _guest(scripted=not display) if pcsc else None
    say("making a fictional municipality with 2,000 residents …")
    cards = CARDS if display else ERRAND_CARDS if errands else (MAIN_CARD,)
    site = make_site(out / "site", cards, guest)
    if errands:
        make_neighbour(site)
    return show(site, out, say, Tray(), errands, display=display, pcsc=pcsc)


def _errands(asked: str, *, pcsc: bool) -> tuple[Errand, ...]:
    """The errands to walk; none for the main job alone."""
    if asked not in ("", "all"):
        raise ConfigurationError(f"KOUFU_DEMO is all, {FAULTS}, {OFFICE} or nothing at all, not {asked}")
    if asked and pcsc:
        raise ConfigurationError("KOUFU_DEMO=all uses several cards and the reader has one: leave KOUFU_CARD out")
    return ERRANDS if asked else ()


def show(
    site: DemoSite,
    out: Path,
    say: Callable[[str], None],
    tray: Tray,
    errands: Sequence[Errand] = (),
    *,
    display: bool,
    pcsc: bool,
) -> int:
    """The demonstration on a site that is there; `tray` catches what comes out. Returns as `demo` does."""
    (out / "screens").mkdir(parents=True)
    application = make_application(offscreen=not display)
    log_qt_messages()
    end_on_exception()
    with (
        running_neighbour(site) if errands else nullcontext(),
        running_server(site.home, site.folder / "server.log", workers=1) as server,
    ):
        devices, things = demo_devices(site, tray, pcsc=pcsc, scripted=not display)
        program = put_together(
            site_settings(site, server.port),
            devices,
            SiteRules(),
            panel=_panel(application) if display else PORTRAIT,
            bench=(lambda: _bench(server, things, application.quit)) if display else None,
            still=not display,
        )
        program.runner.observe(tray.sees)
        try:
            if errands:
                took = walk_errands(application, program, things, errands, out / "screens")
            else:
                witness = Witness.of(program.window, out / "screens")
                play = _played_by_hand if display else play_main_job
                play(application, program, witness, things)
                took = [witness.took]
        finally:
            program.stop()
    if errands:
        return _verdicts(out, tray, dict(zip(errands, took, strict=True)), site, say)
    return _verdict(out, tray, took[0], site, say)


def _verdicts(out: Path, tray: Tray, took: dict[Errand, list[Took]], site: DemoSite, say: Callable[[str], None]) -> int:
    steps = {errand.name: each for errand, each in took.items()}
    here, there = export_trust_list(site, site.home), export_trust_list(site, site.neighbour)
    trusts = {errand.name: there if errand.elsewhere else here for errand in took}
    verdicts = leave_all_behind(out, tray.finished, steps, trusts)
    for name, verdict in verdicts.items():
        say(f"{name}: {verdict}")
    say(f"{len(verdicts)} visits. Everything is in {out}.")
    return 0 if all(verdict == AS_ISSUED for verdict in verdicts.values()) else 1


def _verdict(out: Path, tray: Tray, steps: list[Took], site: DemoSite, say: Callable[[str], None]) -> int:
    visit = tray.last_visit
    if visit is None:
        raise ConfigurationError("nothing was printed, so there is nothing to check")
    summary = leave_behind(out, visit, steps, export_trust_list(site, site.home))
    verdict = summary["sheet_check"]["outcome"]
    say(f"document {summary['document_no']}: {verdict}. Everything is in {out}.")
    return 0 if verdict == AS_ISSUED else 1


def _guest(*, scripted: bool) -> Guest:
    reader = PcscReader(spawn_thread, SystemClock())
    try:
        return guest_on(reader, Path(os.environ.get("KOUFU_CARD_CA", "build/cards/ca")), scripted=scripted)
    finally:
        reader.stop()


def _panel(application: QGuiApplication) -> Panel:
    available = application.primaryScreen().availableSize()
    return PORTRAIT.shown_on(available.width() - BENCH_WIDTH, available.height())


def _bench(server: Running, things: Things, finish: Callable[[], None]) -> Bench:
    return DemoBench(things=things, cards=CARDS, server=server, finish=finish)


def _played_by_hand(application: QGuiApplication, program: TerminalProgram, witness: Witness, _things: Things) -> None:
    def look_again(_: Terminal) -> None:
        # Lamp, money and paper follow the screen: the bench shows them once the effects of a step have begun.
        QTimer.singleShot(0, lambda: program.window.show(program.runner.state))

    program.runner.observe(EveryScene(witness).sees)
    program.runner.observe(look_again)
    program.window.open(full_screen=True)
    program.start()
    application.exec()
