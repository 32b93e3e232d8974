"""`KOUFU_DEMO=postoffice koufu-kiosk demo`: the day of a post office's counter, act by act, by scripted people at the
real windows, with a server and simulators as processes of their own. Pictures of both windows, every paper and a
verdict on each act are left behind."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.composition.demo_office_act import GOOD, Act
from kiosk.composition.demo_office_closing import CLOSING, HALL_CLOSING
from kiosk.composition.demo_office_express import EXPRESS
from kiosk.composition.demo_office_hijab import HIJAB
from kiosk.composition.demo_office_machine import Machine
from kiosk.composition.demo_office_mishap import MISHAP
from kiosk.composition.demo_office_opening import OPENING
from kiosk.composition.demo_office_order import ORDER
from kiosk.composition.demo_office_proxy import PROXY
from kiosk.composition.demo_office_refusals import REFUSALS
from kiosk.composition.demo_office_renewal import RENEWAL
from kiosk.composition.demo_office_site import OfficeSite, Ports, make_office
from kiosk.composition.demo_office_stage import Seen, Stage, Window, words_of
from kiosk.composition.demo_office_tray import OfficeTray, leave
from kiosk.composition.demo_office_waits import WAITS
from kiosk.composition.demo_processes import Running, running_server, running_simulators
from kiosk.composition.demo_things import demo_devices
from kiosk.composition.demo_tray import clear
from kiosk.composition.scripted import ScriptedPerson, one_after_the_other
from kiosk.composition.settings import TerminalSettings
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.composition.witness import Witness
from kiosk.flow.rules import SiteRules
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.panel import PORTRAIT

OFFICE = "postoffice"
LOOKS_EVERY_MS = 200
"""People also look up when no screen changed: what they wait for may be a key."""


@dataclass(frozen=True, slots=True)
class Venue:
    """Acts at one counter: `settings` gives those of its terminal, by the ports of server and simulators."""

    name: str
    settings: Callable[[OfficeSite, Ports], TerminalSettings]
    acts: tuple[Act, ...]


POST_OFFICE = Venue("post-office", OfficeSite.settings, (OPENING, HIJAB, RENEWAL, ORDER, REFUSALS, MISHAP, CLOSING))

TOWN_HALL = Venue("town-hall", OfficeSite.counter_settings, (WAITS, PROXY, EXPRESS, HALL_CLOSING))

VENUES = (POST_OFFICE, TOWN_HALL)


@dataclass(slots=True)
class Told:
    """What is told of the acts, in their order."""

    acts: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether there were acts, and every one ended as it must."""
        return bool(self.acts) and all(act["verdict"] == GOOD for act in self.acts.values())


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
    told = Told()
    folder = office.site.folder
    with (
        running_simulators(office.site.cards, folder / "simulators.log") as simulators,
        running_server(office.site.home, folder / "server.log", workers=1) as server,
    ):
        office = replace(office, parties=f"127.0.0.1:{simulators.port}")
        for venue in venues:
            settings = venue.settings(office, Ports(server.port, simulators.port))
            with _counter(office, settings, simulators) as (stage, tray):
                waited = _play(application, stage, tray, venue, out, told, say)
            if waited:
                break
    (out / "summary.json").write_text(json.dumps({"acts": told.acts}, ensure_ascii=False, indent=2) + "\n")
    say(f"{len(told.acts)} acts. Everything is in {out}.")
    return 0 if told.good else 1


@contextmanager
def _counter(office: OfficeSite, settings: TerminalSettings, simulators: Running) -> Iterator[tuple[Stage, OfficeTray]]:
    tray = OfficeTray()
    devices, things = demo_devices(office.site, tray, pcsc=False, scripted=True)

    def built() -> TerminalProgram:
        if things.slot is not None:
            things.slot.restore()
        program = put_together(settings, devices, SiteRules(), panel=PORTRAIT, still=True)
        program.window.open(full_screen=False)
        if program.counter is not None:
            program.counter.window.open(full_screen=False)
        return program

    machine = Machine(built, simulators)
    try:
        yield Stage(office, machine, things), tray
    finally:
        machine.program.stop()


def _play(
    application: QGuiApplication,
    stage: Stage,
    tray: OfficeTray,
    venue: Venue,
    out: Path,
    told: Told,
    say: Callable[[str], None],
) -> str:
    """The acts at one counter. Returns what somebody waited for in vain."""
    witness: list[Witness] = []
    windows = {"clerk": Window(lambda: stage.clerk), "resident": Window(lambda: stage.resident)}

    def ended(act: Act, verdict: str | None) -> None:
        came = tray.take()
        leave(out / "papers" / f"{venue.name}-{act.name}", came)
        verdict = verdict or act.verdict(stage, came)
        steps = [{"name": step.name, "ms": step.ms} for step in witness[-1].took]
        told.acts[act.name] = {"at": venue.name, "verdict": verdict, "papers": len(came), "steps": steps}
        say(f"{act.name}: {verdict}")

    def people() -> Iterator[ScriptedPerson[Seen]]:
        for number, act in enumerate(venue.acts, start=1):
            folder = out / "screens" / f"{venue.name}-{number}-{act.name}"
            folder.mkdir(parents=True)
            witness.append(Witness(windows, folder))
            yield ScriptedPerson(witness[-1], act.steps(stage), words_of)
            ended(act, None)

    looking = QTimer()
    looking.setInterval(LOOKS_EVERY_MS)

    def observed(look_up: Callable[[], None]) -> None:
        stage.machine.observe(look_up)
        looking.timeout.connect(look_up)
        looking.start()

    waited = one_after_the_other(application, people(), stage.now, observed, stage.program.start)
    looking.stop()
    if waited:
        ended(venue.acts[len(witness) - 1], f"somebody waited for {waited}")
    return waited
