"""Reads screens out to whoever asked for it: watches the terminal as the window does, and hands over what is to be
said. Keeps the screen that was read last, and nothing once nobody listens."""

from collections.abc import Callable, Mapping

from hardware.voice.model import Sentence
from kiosk.flow.state import Terminal
from kiosk.screens.model import ScreenModel
from kiosk.screens.narration import feel, narrate
from kiosk.texts.catalogue import LayoutClass, Texts
from kiosk.texts.spoken import NO_READINGS, spoken


class Narrator:
    """`say` cuts off what is being said; `hush` says nothing instead. All methods are called by the runner's thread."""

    def __init__(
        self,
        present: Callable[[Terminal], ScreenModel],
        say: Callable[[tuple[Sentence, ...]], None],
        hush: Callable[[], None],
        readings: Mapping[str, str] = NO_READINGS,
    ) -> None:
        self._present = present
        self._say = say
        self._hush = hush
        self._readings = readings
        self._read: ScreenModel | None = None

    def sees(self, terminal: Terminal) -> None:
        """The terminal changed."""
        if not terminal.presentation.voice:
            if self._read is not None:
                self._read = None
                self._hush()
            return
        screen, before = self._present(terminal), self._read
        self._read = screen
        told = narrate(screen, before)
        if before is None:
            told = (Texts(screen.look.language, LayoutClass.PORTRAIT)("voice.on"), *told)
        self._tell(told, screen)

    def feels(self, name: str) -> None:
        """A tactile keypad moved to that key."""
        if self._read is not None:
            self._tell(feel(self._read, name), self._read)

    def _tell(self, told: tuple[str, ...], screen: ScreenModel) -> None:
        sentences = spoken(told, screen.look.language, self._readings)
        if sentences:
            self._say(sentences)
