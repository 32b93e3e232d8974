"""`python -m tests.support.guarded_counter OUT`: a counter whose processes are searched afterwards for what must be
nowhere. A resident sets a new PIN of the signing X.509 at the clerk's desk, buys a certificate that shows the
individual number, and hears that number twice through headphones; then both windows stand still until a line comes in.
Before, it waits for a line once the site is made: number and card are put there by whoever asked.

Nothing here ever holds the planted PIN as a whole: its signs are worked out one by one."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from hardware.card.virtual.persona import NUMBER_PIN
from kiosk.composition.demo_office_opening import opened
from kiosk.composition.demo_office_site import OfficeSite, Ports, make_office
from kiosk.composition.demo_office_stage import (
    OfficeDeed,
    Seen,
    Stage,
    both,
    case_at,
    desk_at,
    home,
    resident_at,
    words_of,
)
from kiosk.composition.demo_office_tray import OfficeTray
from kiosk.composition.demo_processes import running_server, running_simulators
from kiosk.composition.demo_things import demo_devices
from kiosk.composition.demo_walk import Errand, Want, errand_steps
from kiosk.composition.scripted import Deed, ResidentDeed, ScriptedPerson, one_after_the_other
from kiosk.composition.terminal import put_together
from kiosk.composition.witness import Witness
from kiosk.counter import scenes as desk
from kiosk.counter.pins import Part
from kiosk.counter.scenes import Tab
from kiosk.counter.x509_pin import scenes as at
from kiosk.flow import scenes
from kiosk.flow.rules import SiteRules
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.panel import PORTRAIT
from kiosk.screens.wire import desk_json, screen_json
from koufu.evidence.words import CertificateKind, Option, Scope

SIGNS = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PIN_SIGNS = 16
MADE, AT_REST = "the site is made", "at rest"
SCREENS = "screens.jsonl"
TWICE = 24
"""Figures that are heard when a number is read out twice."""

NUMBER = Errand(
    "with-number",
    "tsuji-kengo",
    (Want(CertificateKind.RESIDENCE, Scope.SELF, (Option.INDIVIDUAL_NUMBER,)),),
    200,
)


def planted_signs() -> Iterator[str]:
    """The signs of the planted PIN, one by one."""
    return (SIGNS[(11 * place + 5) % len(SIGNS)] for place in range(PIN_SIGNS))


def steps(stage: Stage) -> Sequence[OfficeDeed]:
    """What clerk and resident do."""

    def type_new() -> None:
        for sign in planted_signs():
            stage.resident.touch(f"sign-{sign}")
        stage.resident.settle()
        stage.resident.touch("primary")

    def type_four() -> None:
        stage.type_pin()
        stage.resident.settle()
        stage.resident.touch("primary")

    def check_and_agree() -> None:
        stage.press("document-individual-number-card")()
        stage.touch("primary")()

    def typing(part: Part) -> OfficeDeed:
        def asked(seen: Seen) -> bool:
            case = seen.desk.case
            scene = getattr(case.case, "scene", None) if case is not None else None
            return isinstance(scene, at.Typing) and scene.ask.part is part

        return Deed(part.value, asked, type_four if part is Part.CURRENT else type_new)

    return (
        *opened(stage, stage.office.clerk),
        Deed("cases", home(Tab.QUEUE), stage.press("tab-cases")),
        Deed("begin", home(Tab.CASES), stage.press("begin-x509-pin")),
        Deed(
            "choose",
            case_at(at.Choosing),
            stage.press("wish-reset-pin", "usage-signing", "usage-user-auth", "comer-person", "lives-here", "primary"),
        ),
        Deed("explained", case_at(at.Explained), check_and_agree),
        Deed("agreed", both(case_at(at.Explained), stage.can_press("primary")), stage.press("primary")),
        Deed("put-card", case_at(at.AwaitCard), lambda: stage.things.put_card()),
        typing(Part.CURRENT),
        typing(Part.NEW),
        typing(Part.AGAIN),
        Deed("finished", case_at(at.Finished), stage.things.take_card),
        Deed("taken", both(case_at(at.Finished), stage.can_press("primary")), stage.press("primary")),
        Deed("home", both(desk_at(desk.Home), resident_at(scenes.Start)), lambda: None),
    )


def hearing(stage: Stage) -> Sequence[OfficeDeed]:
    """What the resident does to hear their number."""
    touch, headphones = stage.resident.touch, stage.things.headphones

    def ask() -> None:
        headphones.plug()
        touch("voice")
        stage.resident.settle()
        touch("hear-number")

    def type_pin() -> None:
        for digit in NUMBER_PIN:
            touch(f"digit-{digit}")
        stage.resident.settle()
        touch("primary")

    def ready(times: int) -> Callable[[Seen], bool]:
        return lambda seen: seen.terminal.scene == scenes.NumberReady(times)

    return (
        Deed("hear", both(resident_at(scenes.Start), lambda seen: seen.terminal.can_speak), ask),
        Deed("put-card-to-hear", resident_at(scenes.AwaitCard), stage.things.put_card),
        Deed("number-pin", resident_at(scenes.EnterPin), type_pin),
        Deed("listen", ready(2), lambda: touch("primary")),
        Deed("once-more", ready(1), lambda: touch("primary")),
        Deed("heard", ready(0), lambda: touch("primary")),
        Deed("take-card-heard", resident_at(scenes.TakeBelongings), stage.things.take_card),
        Deed("end", resident_at(scenes.Start), lambda: None),
    )


def main(out: Path) -> int:
    office = make_office(out / "site")
    print(MADE, flush=True)
    sys.stdin.readline()
    application = make_application(offscreen=True)
    log_qt_messages()
    end_on_exception()
    with (
        running_simulators(office.site.cards, out / "simulators.log") as simulators,
        running_server(office.site.home, out / "server.log", workers=1) as server,
    ):
        return _play(application, office, Ports(server.port, simulators.port), out)


def _play(application: QGuiApplication, office: OfficeSite, ports: Ports, out: Path) -> int:
    devices, things = demo_devices(office.site, OfficeTray(), pcsc=True, scripted=True)
    settings = office.settings(ports).model_copy(update={"cash": "virtual:", "headphones": "virtual:"})
    program = put_together(settings, devices, SiteRules(), panel=PORTRAIT, still=True)
    counter = program.counter
    assert counter is not None
    program.window.open(full_screen=False)
    counter.window.open(full_screen=False)
    stage = Stage(office, program, counter, things)
    pictures = out / "screens"
    pictures.mkdir()
    witness = Witness({"clerk": stage.clerk, "resident": stage.resident}, pictures)
    looking = QTimer()
    looking.setInterval(200)

    def observed(look_up: Callable[[], None]) -> None:
        program.runner.observe(lambda _: look_up())
        counter.runner.observe(lambda _: look_up())
        looking.timeout.connect(look_up)
        looking.start()

    def said(_: object) -> None:
        """Everything both windows ever say, as they say it."""
        seen = stage.now()
        resident = program.window.screen(seen.terminal)
        with (out / SCREENS).open("a") as told:
            told.write(
                screen_json(resident)
                + "\n"
                + desk_json(counter.window.model(seen.desk, seen.terminal, resident))
                + "\n"
            )

    program.runner.observe(said)
    counter.runner.observe(said)

    def people() -> Iterator[ScriptedPerson[Seen]]:
        yield ScriptedPerson(witness, steps(stage), words_of)
        bought = [step for step in errand_steps(program.window, things, NUMBER) if step.name != "where"]
        resident = [_of_both(step) for step in bought]
        yield ScriptedPerson(witness, resident, words_of)
        yield ScriptedPerson(witness, hearing(stage), words_of)

    waited = one_after_the_other(application, people(), stage.now, observed, program.start)
    heard = len(things.headphones.heard)
    things.headphones.heard.clear()  # they are the person's ears: what these know is none of the terminal's
    print(waited or (AT_REST if heard == TWICE else f"{heard} figures were heard"), flush=True)
    sys.stdin.readline()
    program.stop()
    return 1 if waited else 0


def _of_both(step: ResidentDeed) -> OfficeDeed:
    """What a resident does without the clerk."""
    return Deed(step.name, lambda seen: step.when(seen.terminal.scene), step.do)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
