"""Plays a demonstration without a person: scripted residents at the real buttons, one after the other, each waited for
with patience, never for ever."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.composition.demo_script import Hands, main_job
from kiosk.composition.demo_walk import Errand, errand_steps
from kiosk.composition.resident import ScriptedResident
from kiosk.composition.terminal import TerminalProgram
from kiosk.composition.witness import Took, Witness
from kiosk.errors import ConfigurationError
from kiosk.flow.state import Terminal

PATIENCE_S = 60.0


def play_main_job(application: QGuiApplication, program: TerminalProgram, witness: Witness, hands: Hands) -> None:
    """One resident does the main job. Raises `ConfigurationError` when they waited in vain."""
    steps = main_job(program.window, hands)
    program.window.open(full_screen=False)
    _by_residents(application, program, [ScriptedResident(witness, steps, PATIENCE_S)])


def walk_errands(
    application: QGuiApplication, program: TerminalProgram, hands: Hands, errands: Sequence[Errand], pictures: Path
) -> list[list[Took]]:
    """One resident after the other, each with a witness of their own and a folder among the pictures; what each took.
    Raises `ConfigurationError` when one waited in vain."""
    witnesses = []
    for place, errand in enumerate(errands, start=1):
        folder = pictures / f"{place:02d}-{errand.name}"
        folder.mkdir()
        witnesses.append(Witness(program.window, folder))
    residents = [
        ScriptedResident(witness, errand_steps(program.window, hands, errand), PATIENCE_S)
        for witness, errand in zip(witnesses, errands, strict=True)
    ]
    program.window.open(full_screen=False)
    _by_residents(application, program, residents)
    return [witness.took for witness in witnesses]


def _by_residents(
    application: QGuiApplication, program: TerminalProgram, residents: Sequence[ScriptedResident]
) -> None:
    """Each comes when the one before is done. Raises `ConfigurationError` when one waited in vain."""
    coming = iter(residents)
    here: list[ScriptedResident] = []
    waited: list[str] = []

    def next_one() -> None:
        resident = next(coming, None)
        if resident is None:
            application.quit()
            return

        def done(everything: bool) -> None:
            if everything:
                next_one()
            else:
                waited.append(resident.stands_before)
                application.quit()

        resident.begin(done)
        here.clear()
        here.append(resident)
        resident.sees(program.runner.state)

    def look_up(terminal: Terminal) -> None:
        for resident in here:
            resident.sees(terminal)

    program.runner.observe(look_up)
    QTimer.singleShot(0, next_one)
    program.start()
    application.exec()
    if waited:
        raise ConfigurationError(f"the scripted resident waited for {waited[0]}")
