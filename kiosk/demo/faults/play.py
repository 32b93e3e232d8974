"""`KOUFU_DEMO=faults koufu-kiosk demo`: what a resident sees of eight faults, act by act, by scripted people at the
real window, with a server as a process of its own. Pictures, papers and a verdict on each act are left behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.demo.faults.card import CARD_LEFT, CARD_PULLED
from kiosk.demo.faults.money import NOTE_STUCK, SERVER_LOST
from kiosk.demo.faults.paper import JAM, PAPER_EMPTY, SHEET_LEFT
from kiosk.demo.faults.power import POWER_CUT
from kiosk.demo.faults.stage import FaultAct, FaultStage
from kiosk.demo.playing.act_tray import ActTray
from kiosk.demo.playing.acts import Told, Watched, play_acts
from kiosk.demo.playing.scripted import scene_words
from kiosk.demo.playing.witness import Whichever
from kiosk.demo.stage.machine import Machine
from kiosk.demo.stage.processes import running_server
from kiosk.demo.stage.settings import site_settings
from kiosk.demo.stage.site import MAIN_CARD, DemoSite, make_site
from kiosk.demo.stage.things import demo_devices
from kiosk.demo.stage.tray import clear
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Scene
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.panel import PORTRAIT

FAULTS = "faults"


@dataclass(frozen=True, slots=True)
class Shop:
    """Acts at a terminal with these rules."""

    name: str
    rules: SiteRules
    acts: tuple[FaultAct, ...]


WITH_SOMEBODY_THERE = Shop(
    "kiosk", SiteRules(heartbeat_s=2, retry_s=0.2), (JAM, POWER_CUT, SERVER_LOST, CARD_PULLED, NOTE_STUCK, PAPER_EMPTY)
)

LEFT_ALONE = Shop(
    "left", SiteRules(attention_s=1, staff_s=2, abandon_s=3, heartbeat_s=2, retry_s=0.2), (CARD_LEFT, SHEET_LEFT)
)
"""What is left lying closes a terminal after a minute: nobody who only looks on waits so long."""

SHOPS = (WITH_SOMEBODY_THERE, LEFT_ALONE)


def faults(out: Path, say: Callable[[str], None]) -> int:
    """Plays the faults, saying how it goes; returns 0 only when every act ended as it must."""
    clear(out)
    say("making a fictional municipality with 2,000 residents …")
    return play(make_site(out / "site", (MAIN_CARD,)), out, say)


def play(site: DemoSite, out: Path, say: Callable[[str], None]) -> int:
    """The faults on a site that is there. Returns as `faults` does."""
    application = make_application(offscreen=True)
    log_qt_messages()
    end_on_exception()
    told = Told(out, say, drawn=False)
    with running_server(site.home, site.folder / "server.log", workers=1) as server:
        tray = ActTray()
        devices, things = demo_devices(site, tray, pcsc=False, scripted=True)
        for shop in SHOPS:

            def built(rules: SiteRules = shop.rules) -> TerminalProgram:
                if things.slot is not None:
                    things.slot.restore()
                program = put_together(site_settings(site, server.port), devices, rules, panel=PORTRAIT, still=True)
                program.window.open(full_screen=False)
                return program

            with _machine(built) as machine:
                stage = FaultStage(site, server, things, machine, out / "screens" / "otherwise")
                stage.counted()
                if play_acts(application, shop.name, stage, shop.acts, _watched(stage), tray, told):
                    break
    return told.summed_up()


@contextmanager
def _machine(built: Callable[[], TerminalProgram]) -> Iterator[Machine]:
    machine = Machine(built)
    try:
        yield machine
    finally:
        machine.program.stop()


def _watched(stage: FaultStage) -> Watched[Scene]:
    windows = {"": Whichever(lambda: stage.window)}
    return Watched(windows, stage.now, scene_words, stage.machine.observe, lambda: stage.machine.program.start())
