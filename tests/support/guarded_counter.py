"""`python -m tests.support.guarded_counter OUT`: counters whose processes are searched afterwards for what must be
nowhere. At the post office a resident sets a new PIN of the signing X.509, changes it by both pointing boards, buys a
certificate that shows the individual number, and hears that number twice through headphones. At the municipality's
counter an officer hands a card over to a proxy, with PINs from a sealed form. Then both windows stand still until a
line comes in. Before each, it waits for a line: site, number and cards are put there by whoever asked.

Nothing here ever holds a planted PIN as a whole: its signs are worked out one by one."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from hardware.card.model import Usage
from hardware.card.virtual.persona import NUMBER_PIN
from hardware.keypad.pointing import LETTERS_AND_DIGITS
from kiosk.composition.settings import TerminalSettings
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.counter import scenes as desk
from kiosk.counter.hand_over import scenes as giving
from kiosk.counter.kinds import CaseKind
from kiosk.counter.pins import BoardWay, Part, PinAsk
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.demo.office import proxy
from kiosk.demo.office.opening import opened
from kiosk.demo.office.site import OfficeSite, Ports, make_office
from kiosk.demo.office.stage import (
    OfficeDeed,
    Seen,
    Stage,
    both,
    case_at,
    desk_at,
    resident_at,
    words_of,
)
from kiosk.demo.playing.act_tray import ActTray
from kiosk.demo.playing.scripted import Deed, ResidentDeed, ScriptedPerson, one_after_the_other
from kiosk.demo.playing.witness import Witness
from kiosk.demo.residents.walk import Errand, Want, errand_steps
from kiosk.demo.stage.machine import Machine
from kiosk.demo.stage.processes import Running, running_server, running_simulators
from kiosk.demo.stage.things import demo_devices
from kiosk.flow import scenes
from kiosk.flow.rules import SiteRules
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.panel import PORTRAIT
from kiosk.screens.wire import desk_json, screen_json
from koufu.evidence.words import CertificateKind, Option, Scope

SIGNS = LETTERS_AND_DIGITS
PIN_SIGNS = 16
MADE, NEXT_CARD, AT_REST = "the site is made", "another card", "at rest"
SCREENS, CLERK_WHILE_POINTING = "screens.jsonl", "clerk-while-pointing.jsonl"
A_GROUP = 6
"""Signs on one big key of a pointing board."""
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


def pointed_signs() -> Iterator[str]:
    """Of the one that is changed to, by pointing boards: near a board's beginning, and one figure."""
    return (SIGNS[26 if place == 4 else (5 * place + 3) % 12] for place in range(8))


def form_signs(usage: Usage) -> Iterator[str]:
    """Of the ones that stand in the sealed form."""
    if usage is Usage.USER_AUTH:
        return (str((7 * place + 8) % 10) for place in range(4))
    return (SIGNS[(13 * place + 19) % len(SIGNS)] for place in range(PIN_SIGNS))


def setting(stage: Stage) -> Sequence[OfficeDeed]:
    """Clerk and resident set the planted PIN by the other one, and change it by pointing boards."""
    return (
        *opened(stage, stage.office.clerk),
        *_asked(stage, "wish-reset-pin", "usage-signing", "usage-user-auth"),
        _typing(stage, Usage.USER_AUTH, Part.CURRENT, _four(stage)),
        _typing(stage, Usage.SIGNING, Part.NEW, _by_keys(stage, planted_signs)),
        _typing(stage, Usage.SIGNING, Part.AGAIN, _by_keys(stage, planted_signs)),
        *_over(stage),
        *_asked(stage, "wish-change-pin", "usage-signing", "usage-user-auth"),
        _typing(stage, Usage.SIGNING, Part.CURRENT, _by_keys(stage, planted_signs)),
        _typing(stage, Usage.SIGNING, Part.NEW, _by_groups(stage, pointed_signs)),
        _typing(stage, Usage.SIGNING, Part.AGAIN, _one_by_one(stage, pointed_signs)),
        *_over(stage),
    )


def _asked(stage: Stage, *wish: str) -> tuple[OfficeDeed, ...]:
    def check_and_agree() -> None:
        stage.press("document-individual-number-card")()
        stage.touch("primary")()

    return (
        *stage.begin(CaseKind.X509_PIN),
        Deed("choose", case_at(at.Choosing), stage.press(*wish, "comer-person", "lives-here", "primary")),
        Deed("explained", case_at(at.Explained), check_and_agree),
        Deed("agreed", both(case_at(at.Explained), stage.can_press("primary")), stage.press("primary")),
        Deed("put-card", case_at(at.AwaitCard), lambda: stage.things.put_card()),
    )


def _over(stage: Stage) -> tuple[OfficeDeed, ...]:
    return (
        Deed("finished", case_at(at.Finished), stage.things.take_card),
        Deed("taken", both(case_at(at.Finished), stage.can_press("primary")), stage.press("primary")),
        Deed("home", both(desk_at(desk.Home), resident_at(scenes.Start)), stage.things.take_everything),
    )


def _typing(stage: Stage, usage: Usage, part: Part, do: Callable[[], None]) -> OfficeDeed:
    def asked(seen: Seen) -> bool:
        case = seen.desk.case
        scene = getattr(case.case, "scene", None) if case is not None else None
        return isinstance(scene, at.Typing) and scene.ask == PinAsk(usage, part)

    return Deed(f"{usage.value}-{part.value}", asked, do)


def _four(stage: Stage) -> Callable[[], None]:
    def typed() -> None:
        stage.type_pin()
        stage.resident.settle()
        stage.resident.touch("primary")

    return typed


def _by_keys(stage: Stage, signs: Callable[[], Iterator[str]]) -> Callable[[], None]:
    def typed() -> None:
        for sign in signs():
            stage.resident.touch(f"sign-{sign}")
        stage.resident.settle()
        stage.resident.touch("primary")

    return typed


def _by_groups(stage: Stage, signs: Callable[[], Iterator[str]]) -> Callable[[], None]:
    """By few big keys: the group, then the sign in it. The clerk chose the board."""

    def typed() -> None:
        stage.press("way-big")()
        for sign in signs():
            group, key = divmod(SIGNS.index(sign), A_GROUP)
            stage.touch(f"board-{group}", f"board-{key}")()
        stage.resident.touch("primary")

    return typed


def _one_by_one(stage: Stage, signs: Callable[[], Iterator[str]]) -> Callable[[], None]:
    """One sign at a time, with two answers to it."""

    def typed() -> None:
        stage.press("way-one-by-one")()
        for sign in signs():
            stage.touch(*("board-other",) * SIGNS.index(sign), "board-this")()
        stage.resident.touch("primary")

    return typed


def handed_over(stage: Stage) -> Sequence[OfficeDeed]:
    """An officer hands the card over to the proxy, with the PINs of the sealed form, typed sign by sign."""

    def types(usage: Usage, part: str) -> Callable[[], None]:
        def typed() -> None:
            for sign in form_signs(usage):
                stage.clerk.type(f"pin-{usage.value}-{part}", sign)
            stage.clerk.settle()

        return typed

    pins = tuple(
        deed
        for usage in (Usage.USER_AUTH, Usage.SIGNING)
        for part in ("new", "again")
        for deed in (
            Deed(f"form-{usage.value}-{part}", stage.can_press(f"pin-{usage.value}-{part}"), types(usage, part)),
            stage.presses(f"form-{usage.value}-{part}-typed", giving.Typing, "primary"),
        )
    )
    return (*opened(stage, stage.office.officer), *proxy.admitted(stage), *pins, *proxy.delivered(stage))


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
    _waits(MADE)
    application = make_application(offscreen=True)
    log_qt_messages()
    end_on_exception()
    with (
        running_simulators(office.site.cards, out / "simulators.log") as simulators,
        running_server(office.site.home, out / "server.log", workers=1) as server,
    ):
        ports = Ports(server.port, simulators.port)
        heard: list[int] = []

        def at_the_post_office(stage: Stage) -> Iterator[ScriptedPerson[Seen]]:
            yield from _people(stage, out)
            heard.append(len(stage.things.headphones.heard))
            # They are the person's ears: what these know is none of the terminal's.
            stage.things.headphones.heard.clear()

        def at_the_hall(stage: Stage) -> Iterator[ScriptedPerson[Seen]]:
            yield ScriptedPerson(_witness(stage, out / "hall"), handed_over(stage), words_of)

        post = office.settings(ports).model_copy(update={"cash": "virtual:", "headphones": "virtual:"})
        hall = office.counter_settings(ports).model_copy(update={"cash": "virtual:"})
        program, waited = _played(application, office, simulators, post, out, at_the_post_office)
        if not waited and heard == [TWICE]:
            program.stop()
            _waits(NEXT_CARD)
            program, waited = _played(application, office, simulators, hall, out, at_the_hall)
        _waits(waited or (AT_REST if heard == [TWICE] else f"{heard} figures were heard"))
        program.stop()
    return 1 if waited else 0


def _waits(why: str) -> None:
    print(why, flush=True)
    sys.stdin.readline()


def _people(stage: Stage, out: Path) -> Iterator[ScriptedPerson[Seen]]:
    witness = _witness(stage, out / "post-office")
    yield ScriptedPerson(witness, setting(stage), words_of)
    bought = [step for step in errand_steps(stage.program.window, stage.things, NUMBER) if step.name != "where"]
    yield ScriptedPerson(witness, [_of_both(step) for step in bought], words_of)
    yield ScriptedPerson(witness, hearing(stage), words_of)


def _witness(stage: Stage, pictures: Path) -> Witness:
    pictures.mkdir()
    return Witness({"clerk": stage.clerk, "resident": stage.resident}, pictures)


def _played(
    application: QGuiApplication,
    office: OfficeSite,
    simulators: Running,
    settings: TerminalSettings,
    out: Path,
    people: Callable[[Stage], Iterator[ScriptedPerson[Seen]]],
) -> tuple[TerminalProgram, str]:
    """What is played at one counter, whose program goes on running; and what somebody waited for in vain."""
    devices, things = demo_devices(office.site, ActTray(), pcsc=True, scripted=True)

    def built() -> TerminalProgram:
        program = put_together(settings, devices, SiteRules(), panel=PORTRAIT, still=True)
        assert program.counter is not None
        program.window.open(full_screen=False)
        program.counter.window.open(full_screen=False)
        return program

    machine = Machine(built, (simulators,))
    stage = Stage(office, machine, things)
    looking = QTimer()
    looking.setInterval(200)

    def said() -> None:
        """Everything both windows ever say, as they say it; and what the clerk's says while somebody points."""
        seen = stage.now()
        resident = stage.resident.screen(seen.terminal)
        desk_says = desk_json(stage.clerk.model(seen.desk, seen.terminal, resident))
        with (out / SCREENS).open("a") as told:
            told.write(f"{screen_json(resident)}\n{desk_says}\n")
        case = seen.desk.case.case if seen.desk.case is not None else None
        if isinstance(case, X509PinCase) and isinstance(case.scene, at.Typing) and case.way is not BoardWay.KEYS:
            with (out / CLERK_WHILE_POINTING).open("a") as told:
                told.write(f"{case.way.value}/{case.scene.ask.part.value} {desk_says}\n")

    def observed(look_up: Callable[[], None]) -> None:
        machine.observe(look_up)
        looking.timeout.connect(look_up)
        looking.start()

    machine.observe(said)
    waited = one_after_the_other(application, people(stage), stage.now, observed, machine.program.start)
    looking.stop()
    return machine.program, waited


def _of_both(step: ResidentDeed) -> OfficeDeed:
    """What a resident does without the clerk."""
    return Deed(step.name, lambda seen: step.when(seen.terminal.scene), step.do)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
