"""Plays acts one after the other at one stage, each by a scripted person, and asks for a verdict on each: pictures and
papers of every act are left behind in folders of their own."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.demo.playing.act import GOOD, Act
from kiosk.demo.playing.act_tray import ActTray, leave
from kiosk.demo.playing.scripted import ScriptedPerson, one_after_the_other
from kiosk.demo.playing.witness import Pictured, Witness

LOOKS_EVERY_MS = 200
"""People also look up when no screen changed: what they wait for may be a key."""

T = TypeVar("T")
S = TypeVar("S")


@dataclass(slots=True)
class Told:
    """What is told of the acts, in their order. Everything is left in the folder `out`, papers also as pictures where
    they are to be `drawn`."""

    out: Path
    say: Callable[[str], None]
    drawn: bool = True
    acts: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether there were acts, and every one ended as it must."""
        return bool(self.acts) and all(act["verdict"] == GOOD for act in self.acts.values())

    def summed_up(self) -> int:
        """Leaves the summary; returns 0 only when every act ended as it must."""
        text = json.dumps({"acts": self.acts}, ensure_ascii=False, indent=2)
        (self.out / "summary.json").write_text(text + "\n")
        self.say(f"{len(self.acts)} acts. Everything is in {self.out}.")
        return 0 if self.good else 1


@dataclass(frozen=True, slots=True)
class Watched(Generic[S]):
    """What the people of an act have before them: windows by name, what all of it shows `now` and how that is called
    (`words`), whom to tell of changes (`observe`), and how everything is set going (`start`)."""

    windows: Mapping[str, Pictured]
    now: Callable[[], S]
    words: Callable[[S], str]
    observe: Callable[[Callable[[], None]], None]
    start: Callable[[], None]


def play_acts(
    application: QGuiApplication,
    at: str,
    stage: T,
    acts: Sequence[Act[T, S]],
    watched: Watched[S],
    tray: ActTray,
    told: Told,
) -> str:
    """The acts at one place. Returns what somebody waited for in vain, an empty text where nobody did."""
    witness: list[Witness] = []

    def ended(act: Act[T, S], verdict: str | None) -> None:
        came = tray.take()
        leave(told.out / "papers" / f"{at}-{act.name}", came, drawn=told.drawn)
        verdict = verdict or act.verdict(stage, came)
        steps = [{"name": step.name, "ms": step.ms} for step in witness[-1].took]
        told.acts[act.name] = {"at": at, "verdict": verdict, "papers": len(came), "steps": steps}
        told.say(f"{act.name}: {verdict}")

    def people() -> Iterator[ScriptedPerson[S]]:
        for number, act in enumerate(acts, start=1):
            folder = told.out / "screens" / f"{at}-{number}-{act.name}"
            folder.mkdir(parents=True)
            witness.append(Witness(watched.windows, folder))
            yield ScriptedPerson(witness[-1], act.steps(stage), watched.words)
            ended(act, None)

    looking = QTimer()
    looking.setInterval(LOOKS_EVERY_MS)

    def observed(look_up: Callable[[], None]) -> None:
        watched.observe(look_up)
        looking.timeout.connect(look_up)
        looking.start()

    waited = one_after_the_other(application, people(), watched.now, observed, watched.start)
    looking.stop()
    if waited:
        ended(acts[len(witness) - 1], f"somebody waited for {waited}")
    return waited
