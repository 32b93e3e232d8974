"""`KOUFU_DEMO=postoffice koufu-kiosk demo`: the day of a post office's counter, act by act, by scripted people at the
real windows, with a server and simulators as processes of their own. Pictures of both windows, every paper and a
verdict on each act are left behind."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.composition.settings import TerminalSettings
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.demo.office.closing import CLOSING, HALL_CLOSING
from kiosk.demo.office.express import EXPRESS
from kiosk.demo.office.hijab import HIJAB
from kiosk.demo.office.mishap import MISHAP
from kiosk.demo.office.opening import OPENING
from kiosk.demo.office.order import ORDER
from kiosk.demo.office.proxy import PROXY
from kiosk.demo.office.refusals import REFUSALS
from kiosk.demo.office.renewal import RENEWAL
from kiosk.demo.office.site import OfficeSite, Ports, make_office
from kiosk.demo.office.stage import OfficeAct, Seen, Stage, words_of
from kiosk.demo.office.waits import WAITS
from kiosk.demo.playing.act_tray import ActTray
from kiosk.demo.playing.acts import Told, Watched, play_acts
from kiosk.demo.playing.witness import Whichever
from kiosk.demo.stage.machine import Machine
from kiosk.demo.stage.processes import Commands, Running, running_server, running_simulators
from kiosk.demo.stage.things import demo_devices
from kiosk.demo.stage.tray import clear
from kiosk.flow.rules import SiteRules
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.panel import PORTRAIT

OFFICE = "postoffice"


@dataclass(frozen=True, slots=True)
class Venue:
    """Acts at one counter: `settings` gives those of its terminal, by the ports of server and simulators."""

    name: str
    settings: Callable[[OfficeSite, Ports], TerminalSettings]
    acts: tuple[OfficeAct, ...]


POST_OFFICE = Venue("post-office", OfficeSite.settings, (OPENING, HIJAB, RENEWAL, ORDER, REFUSALS, MISHAP, CLOSING))

TOWN_HALL = Venue("town-hall", OfficeSite.counter_settings, (WAITS, PROXY, EXPRESS, HALL_CLOSING))

VENUES = (POST_OFFICE, TOWN_HALL)


def post_office_day(out: Path, say: Callable[[str], None]) -> int:
    """Plays the day, saying how it goes; returns 0 only when every act ended as it must."""
    clear(out)
    say("making a fictional municipality with 2,000 residents, and who works at its counters …")
    return play(make_office(out / "site"), out, say)


def play(office: OfficeSite, out: Path, say: Callable[[str], None], venues: Sequence[Venue] = VENUES) -> int:
    """The day on a site that is there. Returns as `post_office_day` does."""
    application = make_application(offscreen=True)
    log_qt_messages()
    end_on_exception()
    told = Told(out, say)
    folder = office.site.folder
    with (
        running_simulators(office.site.cards, folder / "simulators.log") as simulators,
        running_server(office.site.home, folder / "server.log", workers=1) as server,
        Commands("certserver.cli.main", {"KOUFU_SERVER_SIMULATED_PARTIES": f"127.0.0.1:{simulators.port}"}) as officers,
    ):
        office = replace(office, parties=f"127.0.0.1:{simulators.port}", say=officers.say)
        for venue in venues:
            settings = venue.settings(office, Ports(server.port, simulators.port))
            with _counter(office, settings, simulators) as (stage, tray):
                waited = play_acts(application, venue.name, stage, venue.acts, _watched(stage), tray, told)
            if waited:
                break
    return told.summed_up()


@contextmanager
def _counter(office: OfficeSite, settings: TerminalSettings, simulators: Running) -> Iterator[tuple[Stage, ActTray]]:
    tray = ActTray()
    devices, things = demo_devices(office.site, tray, pcsc=False, scripted=True)

    def built() -> TerminalProgram:
        if things.slot is not None:
            things.slot.restore()
        program = put_together(settings, devices, SiteRules(), panel=PORTRAIT, still=True)
        program.window.open(full_screen=False)
        if program.counter is not None:
            program.counter.window.open(full_screen=False)
        return program

    machine = Machine(built, (simulators,))
    try:
        yield Stage(office, machine, things), tray
    finally:
        machine.program.stop()


def _watched(stage: Stage) -> Watched[Seen]:
    windows = {"clerk": Whichever(lambda: stage.clerk), "resident": Whichever(lambda: stage.resident)}
    return Watched(windows, stage.now, words_of, stage.machine.observe, stage.program.start)
