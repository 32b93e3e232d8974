"""Plays a demonstration without a person: scripted residents at the real buttons, one after the other, each waited for
with patience, never for ever."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from kiosk.composition.terminal import TerminalProgram
from kiosk.demo.playing.scripted import ScriptedPerson, one_after_the_other, scene_words
from kiosk.demo.playing.witness import Took, Witness
from kiosk.demo.residents.script import Hands, main_job
from kiosk.demo.residents.walk import Errand, errand_steps
from kiosk.errors import ConfigurationError
from kiosk.flow.scenes import Scene


def play_main_job(application: QGuiApplication, program: TerminalProgram, witness: Witness, hands: Hands) -> None:
    """One resident does the main job. Raises `ConfigurationError` when they waited in vain."""
    resident = ScriptedPerson(witness, main_job(program.window, hands), scene_words)
    program.window.open(full_screen=False)
    _by_residents(application, program, [resident])


def walk_errands(
    application: QGuiApplication, program: TerminalProgram, hands: Hands, errands: Sequence[Errand], pictures: Path
) -> list[list[Took]]:
    """One resident after the other, each with a witness of their own and a folder among the pictures; what each took.
    Raises `ConfigurationError` when one waited in vain."""
    witnesses = []
    for place, errand in enumerate(errands, start=1):
        folder = pictures / f"{place:02d}-{errand.name}"
        folder.mkdir()
        witnesses.append(Witness.of(program.window, folder))
    residents = [
        ScriptedPerson(witness, errand_steps(program.window, hands, errand), scene_words)
        for witness, errand in zip(witnesses, errands, strict=True)
    ]
    program.window.open(full_screen=False)
    _by_residents(application, program, residents)
    return [witness.took for witness in witnesses]


def _by_residents(
    application: QGuiApplication, program: TerminalProgram, residents: Sequence[ScriptedPerson[Scene]]
) -> None:
    waited = one_after_the_other(
        application,
        residents,
        lambda: program.runner.state.scene,
        lambda look_up: program.runner.observe(lambda _: look_up()),
        program.start,
    )
    if waited:
        raise ConfigurationError(f"the scripted resident waited for {waited}")
