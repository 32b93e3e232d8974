"""What a resident of the faults demonstration has before them, and what staff and an auditor find out afterwards:
where every yen and sheet is, what the ledger says became of each document, and what is owed."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from hardware.sensors.model import Place
from kiosk.actions.journal import JOURNAL, saved_in
from kiosk.actions.log_file import LogFile
from kiosk.actions.saved import Saved
from kiosk.demo.playing.act import GOOD, Act, papers_and_slips
from kiosk.demo.playing.act_tray import Came
from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.demo.residents.script import PIN, is_a
from kiosk.demo.residents.walk import Errand, Want, chosen_steps, paying_steps
from kiosk.demo.stage.machine import Machine
from kiosk.demo.stage.processes import Running
from kiosk.demo.stage.site import MAIN_CARD, DemoSite
from kiosk.demo.stage.things import Things
from kiosk.flow import scenes
from kiosk.flow.occasions import DEBTS
from kiosk.flow.scenes import Scene
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind
from kiosk.screens.window import KioskWindow
from koufu.evidence.words import CertificateKind, Scope

ERRAND = Errand(
    "two-sheets",
    MAIN_CARD.name,
    (Want(CertificateKind.RESIDENCE, Scope.HOUSEHOLD), Want(CertificateKind.SEAL_REGISTRATION, choices=False)),
    400,
)
"""What is wanted in every act: two documents of one sheet and 200 yen each."""

OTHERWISE = {"english": Presentation(language=Language.ENGLISH), "large": Presentation(large=True)}
"""How else the last screen of an act is pictured: for whoever reads no Japanese, and in large type."""


@dataclass(frozen=True, slots=True)
class Count:
    """Since the last count: yen `inside` the machine more, `captured` by the municipality's word, `owed` by the
    terminal's notes; and what became of each document that the ledger has."""

    inside: int = 0
    captured: int = 0
    owed: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class FaultStage:
    """One terminal without a counter, its server, and whoever comes by."""

    site: DemoSite
    server: Running
    things: Things
    machine: Machine
    pictures: Path
    _before: Count = field(default_factory=Count, init=False)

    @property
    def window(self) -> KioskWindow:
        """The window of the program that runs now."""
        return self.machine.program.window

    def now(self) -> Scene:
        """What the window shows."""
        return self.machine.program.runner.state.scene

    def touch(self, *names: str) -> Callable[[], None]:
        """The resident touches these keys."""

        def touched() -> None:
            for name in names:
                self.window.settle()
                self.window.touch(name)

        return touched

    def type_pin(self) -> None:
        """The resident types four digits and enters them."""
        self.touch(*(f"digit-{digit}" for digit in PIN), "primary")()

    def picture(self, name: str) -> None:
        """The screen once more as others see it (`OTHERWISE`)."""
        state = self.machine.program.runner.state
        self.pictures.mkdir(parents=True, exist_ok=True)
        for how, presentation in OTHERWISE.items():
            self.window.picture_of(replace(state, presentation=presentation), self.pictures / f"{name}-{how}.png")
        self.window.show(self.machine.program.runner.state)

    def told(self, name: str, when: Callable[[Scene], bool], do: Callable[[], None]) -> ResidentDeed:
        """A screen that tells of a fault: it is pictured in every way before the person does anything."""

        def looked() -> None:
            self.picture(name)
            do()

        return Deed(name, when, looked)

    def ordered(self) -> tuple[ResidentDeed, ...]:
        """From the start until the order can be confirmed."""
        return ordered(self.window, self.things)

    def walks_away(self) -> None:
        """The resident goes without another touch, and leaves what lies there except money."""
        self.things.around.take(Place.CHANGE_TRAY)
        self.things.around.leave()

    def staff_clear_away(self) -> None:
        """Staff take card and papers; somebody else comes."""
        self.things.take_card()
        self.things.take_everything()
        self.things.around.arrive()

    def pays(self) -> tuple[ResidentDeed, ...]:
        """One note is put in, and paid with, as every day."""
        return tuple(replace(step, pictured=False) for step in paying_steps(self.window, self.things, ERRAND))

    def over(self) -> ResidentDeed:
        """The terminal serves the next person, and has told its server everything."""
        return Deed(
            "over", lambda scene: isinstance(scene, scenes.Start) and self._all_told(), lambda: None, pictured=False
        )

    def _saved(self) -> Saved:
        return saved_in(LogFile(self.site.folder / "journal.json", JOURNAL))

    def _all_told(self) -> bool:
        saved = self._saved()
        return saved.visit is None and not saved.reports and not any(note.untold for note in saved.notes)

    def counted(self) -> Count:
        """What changed since it was asked last."""
        now, before = self._count(), self._before
        self._before = now
        return Count(
            now.inside - before.inside,
            now.captured - before.captured,
            now.owed - before.owed,
            now.outcomes - before.outcomes,
        )

    def _count(self) -> Count:
        cash = self.things.cash.state()
        with closing(sqlite3.connect(f"file:{self.site.home / 'koufu.db'}?mode=ro", uri=True)) as ledger:
            (captured,) = ledger.execute("SELECT coalesce(sum(captured), 0) FROM settlements").fetchone()
            became = ledger.execute(
                "SELECT coalesce(outcome, 'untold') FROM ledger LEFT JOIN outcomes USING (municipality, document_no)"
            ).fetchall()
        owed = sum(note.yen for note in self._saved().notes if note.occasion in DEBTS)
        return Count(cash.inserted - cash.handed_out, captured, owed, Counter(outcome for (outcome,) in became))


def ordered(window: KioskWindow, things: Things) -> tuple[ResidentDeed, ...]:
    """From the start until the order can be confirmed, as every day: without pictures."""
    steps = (
        Deed("start", is_a(scenes.Start), lambda: window.touch("primary")),
        *chosen_steps(window, things, ERRAND),
    )
    return tuple(replace(step, pictured=False) for step in steps)


def fault_of(kind: FaultKind) -> Callable[[Scene], bool]:
    """The terminal tells of this fault, and its slip is out."""
    return lambda scene: (
        isinstance(scene, scenes.Fault) and scene.report.kind is kind and scene.slip is scenes.SlipState.OUT
    )


def left_behind(scene: Scene) -> bool:
    """The terminal is closed for what somebody left there."""
    return isinstance(scene, scenes.Closed) and OutOfService.LEFT_BEHIND in scene.reasons


FaultAct = Act[FaultStage, Scene]


def ends_with(count: Count, papers: int, slips: int) -> Callable[[FaultStage, Sequence[Came]], str]:
    """The verdict of an act after which just this is found."""

    def verdict(stage: FaultStage, came: Sequence[Came]) -> str:
        found = stage.counted()
        if found != count:
            return f"{found} was found, not {count}"
        if stage.things.around.occupied():
            return f"{stage.things.around.occupied()} is still occupied"
        return papers_and_slips(came, papers, slips) or GOOD

    return verdict
