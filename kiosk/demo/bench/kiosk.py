"""The kiosk with its bench as a program of its own, so that a power cut can take it away: `python -m
kiosk.demo.bench.kiosk SITE PORT SERVER OUT [SCENARIO]`. `SERVER` is the process group of the server, which it
never starts or ends."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.demo.bench.panel import DemoBench
from kiosk.demo.bench.scenario import Scenario, deeds, read_scenario
from kiosk.demo.playing.act_tray import ActTray, leave
from kiosk.demo.playing.acts import LOOKS_EVERY_MS
from kiosk.demo.playing.scripted import ScriptedPerson, one_after_the_other, scene_words
from kiosk.demo.playing.witness import Witness
from kiosk.demo.stage.machine_left import cut_power, put_back
from kiosk.demo.stage.settings import site_settings
from kiosk.demo.stage.site import CARDS, DemoSite
from kiosk.demo.stage.things import demo_devices
from kiosk.errors import ConfigurationError
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.screens.application import end_on_exception, has_display, log_qt_messages, make_application
from kiosk.screens.panel import PORTRAIT, Panel
from kiosk.screens.window import BENCH_WIDTH


@dataclass(frozen=True, slots=True)
class ServerGroup:
    """A server that another program runs."""

    group: int

    def pause(self) -> None:
        """Its processes stand still."""
        os.killpg(self.group, signal.SIGSTOP)

    def resume(self) -> None:
        """They go on."""
        os.killpg(self.group, signal.SIGCONT)


@dataclass(slots=True)
class Script:
    """How far a scenario has come."""

    scenario: Scenario
    done: int = field(default=0)


def main(arguments: Sequence[str]) -> int:
    """Until a person ends it, or to the end of a scenario. Raises `ConfigurationError` where a step of that waited in
    vain."""
    folder, port, group, out, *scenarios = arguments
    site, script = DemoSite(Path(folder)), Script(read_scenario(Path(scenarios[0]))) if scenarios else None
    display = has_display()
    application = make_application(offscreen=not display)
    log_qt_messages()
    end_on_exception()
    tray = ActTray()
    devices, things = demo_devices(site, tray, pcsc=False, scripted=script is not None or not display)
    before = put_back(site.folder, things)
    bench = DemoBench(
        things=things,
        cards=[each for each in CARDS if (site.cards / "cards" / each.name).is_dir()],
        server=ServerGroup(int(group)),
        finish=application.quit,
        cut=lambda: cut_power(site.folder, things, script.done if script is not None else 0),
    )
    program = put_together(
        site_settings(site, int(port)).model_copy(update={"cashless": "virtual:"}),
        devices,
        SiteRules(),
        panel=_panel(application) if display else PORTRAIT,
        bench=lambda: bench,
        still=script is not None,
    )
    program.runner.observe(lambda _: _look_again(program))
    program.window.open(full_screen=display)
    try:
        if script is None:
            program.start()
            application.exec()
        else:
            _play(application, program, script, bench, Path(out) / "screens", before)
    finally:
        program.stop()
    leave(Path(out) / "papers" / f"from-step-{before + 1}", tray.take())
    return 0


def _look_again(program: TerminalProgram) -> None:
    """Lamp, money and paper follow the screen: the bench shows them once the effects of a step have begun."""

    def shown() -> None:
        state: Terminal = program.runner.state
        program.window.show(state)

    QTimer.singleShot(0, shown)


def _play(
    application: QGuiApplication,
    program: TerminalProgram,
    script: Script,
    bench: DemoBench,
    pictures: Path,
    before: int,
) -> None:
    pictures.mkdir(parents=True, exist_ok=True)

    def done(steps: int) -> None:
        script.done = steps

    steps = deeds(script.scenario, program.window, bench, pictures, done)[before:]
    looking = QTimer()

    def observed(look_up: Callable[[], None]) -> None:
        program.runner.observe(lambda _: look_up())
        looking.timeout.connect(look_up)
        looking.start(LOOKS_EVERY_MS)

    person = ScriptedPerson(Witness.of(program.window, pictures), steps, scene_words)
    waited = one_after_the_other(application, [person], lambda: program.runner.state.scene, observed, program.start)
    if waited:
        raise ConfigurationError(f"the scenario waited for {waited}")


def _panel(application: QGuiApplication) -> Panel:
    available = application.primaryScreen().availableSize()
    return PORTRAIT.shown_on(available.width() - BENCH_WIDTH, available.height())


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ConfigurationError as error:
        sys.exit(f"koufu-kiosk: {error}")
