"""A scripted person: watches a window or two, touches the real buttons, puts in card and money, takes what comes out.
Knows nothing that a person in front of the terminal would not."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.demo.playing.witness import Witness
from kiosk.flow.scenes import Scene
from kiosk.screens.fingers import NoSuchControl

PATIENCE_S = 60.0

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Deed(Generic[S]):
    """What the person waits for (`when` judges what is seen), how the picture is called, and what they do then. No
    picture is taken where it is not `pictured`."""

    name: str
    when: Callable[[S], bool]
    do: Callable[[], None]
    pictured: bool = True


ResidentDeed = Deed[Scene]
"""A step of a resident, who has one window."""


class ScriptedPerson(Generic[S]):
    """Does the steps in order once it has begun. `words` says what is seen, for whoever finds them waiting."""

    def __init__(
        self,
        witness: Witness,
        steps: Iterable[Deed[S]],
        words: Callable[[S], str],
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._witness = witness
        self._waiting = list(steps)
        self._words = words
        self._done: Callable[[bool], None] | None = None
        self._seen: list[S] = []
        self._busy = False
        self._doing = False
        self._looked_away = False
        self._missed = ""
        self._patience = QTimer()
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(lambda: self._end(False))
        self._patience.setInterval(round(patience_s * 1000))

    def begin(self, done: Callable[[bool], None]) -> None:
        """From now on. `done` is called at the end with True, or with False when what a step waits for did not come
        within the person's patience, or a control is not there."""
        self._done = done
        self._patience.start()

    def _end(self, everything: bool) -> None:
        self._patience.stop()
        if self._done is not None:
            self._done(everything)

    @property
    def stands_before(self) -> str:
        """What the person waits for or can't touch, and what is there instead."""
        if self._missed:
            return self._missed
        wanted = self._waiting[0].name if self._waiting else "nothing"
        return f"{wanted}, but there is {self._words(self._seen[-1]) if self._seen else 'nothing'}"

    def sees(self, seen: S) -> None:
        """What is seen changed. What is to be done is done when it has been drawn."""
        self._seen[:] = [seen]
        if not self._busy:
            self._busy = True
            QTimer.singleShot(0, self._act)

    def _act(self) -> None:
        self._busy = False
        if self._doing:
            # Qt's events are handled while pictures are taken and keys pressed: what is seen then waits until then.
            self._looked_away = True
            return
        if not self._waiting or not self._seen or not self._waiting[0].when(self._seen[-1]):
            return
        step = self._waiting.pop(0)
        # Asked before the step is done: a touch can bring the next screen while it is still being done.
        last = not self._waiting
        self._patience.stop()
        self._doing = True
        try:
            self._witness.saw(step.name, pictured=step.pictured)
            step.do()
        except NoSuchControl as missing:
            self._missed = f"{step.name}: {missing}"
            self._end(False)
            return
        finally:
            self._doing = False
        if last:
            self._end(True)
            return
        # Not before: what they do themselves may take a while, and their patience is for what comes of it.
        self._patience.start()
        if self._looked_away:
            self._looked_away = False
            self.sees(self._seen[-1])


def scene_words(scene: Scene) -> str:
    """How a resident's screen is called."""
    return f"the screen {type(scene).__name__}"


def one_after_the_other(
    application: QGuiApplication,
    people: Iterable[ScriptedPerson[S]],
    now: Callable[[], S],
    observed: Callable[[Callable[[], None]], None],
    start: Callable[[], None],
) -> str:
    """Each person comes when the one before is done; `people` is asked for the next one only then. `now` is what is
    seen, `observed` takes whom to tell that it changed, `start` sets everything going. Returns what somebody waited
    for in vain, an empty text where nobody did."""
    coming: Iterator[ScriptedPerson[S]] = iter(people)
    here: list[ScriptedPerson[S]] = []
    waited: list[str] = []

    def next_one() -> None:
        here.clear()
        person = next(coming, None)
        if person is None:
            application.quit()
            return

        def done(everything: bool) -> None:
            if everything:
                # Not at once: the step that ended it is still being done.
                QTimer.singleShot(0, next_one)
            else:
                waited.append(person.stands_before)
                application.quit()

        person.begin(done)
        here.append(person)
        person.sees(now())

    def look_up() -> None:
        for person in here:
            person.sees(now())

    observed(look_up)
    QTimer.singleShot(0, next_one)
    start()
    application.exec()
    return waited[0] if waited else ""
