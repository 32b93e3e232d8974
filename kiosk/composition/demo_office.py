"""`KOUFU_DEMO=postoffice koufu-kiosk demo`: the day of a post office's counter, act by act, by scripted people at the
real windows, with a server and simulators as processes of their own. Pictures of both windows, every paper and a
verdict on each act are left behind."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.composition.demo_act_tray import ActTray
from kiosk.composition.demo_acts import Told, Watched, play_acts
from kiosk.composition.demo_machine import Machine
from kiosk.composition.demo_office_closing import CLOSING, HALL_CLOSING
from kiosk.composition.demo_office_express import EXPRESS
from kiosk.composition.demo_office_hijab import HIJAB
from kiosk.composition.demo_office_mishap import MISHAP
from kiosk.composition.demo_office_opening import OPENING
from kiosk.composition.demo_office_order import ORDER
from kiosk.composition.demo_office_proxy import PROXY
from kiosk.composition.demo_office_refusals import REFUSALS
from kiosk.composition.demo_office_renewal import RENEWAL
from kiosk.composition.demo_office_site import OfficeSite, Ports, make_office
from kiosk.composition.demo_office_stage import OfficeAct, Seen, Stage, words_of
from kiosk.composition.demo_office_waits import WAITS
from kiosk.composition.demo_processes import Commands, Running, running_server, running_simulators
from kiosk.composition.demo_things import demo_devices
from kiosk.composition.demo_tray import clear
from kiosk.composition.settings import TerminalSettings
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.composition.witness import Whichever
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
