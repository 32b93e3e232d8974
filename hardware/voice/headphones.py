"""What one person alone hears: figures through the headphone jack. Never through the loudspeaker, and none while no
headphones are plugged in (decision 0011). The clips of the ten figures are made before the first figure is asked for;
which is played when is all there ever is of a number."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from hardware.errors import VoiceError
from hardware.voice.figures import FIGURES
from hardware.voice.model import Clip, Said, Tongue
from hardware.voice.sound import Player, Playing, Synthesiser, silence

GROUP = 4
"""So many figures are said, then there is a pause: time to write them down."""

PAUSE_S = 1.5
BETWEEN_S = 0.25


class Jack(Protocol):
    """The socket of the headphones."""

    def plugged(self) -> bool:
        """Whether headphones are in it; false where nobody can tell. Never raises."""
        ...


class Headphones(Protocol):
    """The headphones of whoever stands at the terminal. One caller at a time may `say`; `hush` may come from any
    thread."""

    def plugged(self) -> bool:
        """Whether headphones are there now; false where nobody can tell. Never raises."""
        ...

    def say(self, figures: Iterable[int], tongue: Tongue, wanted: Callable[[], bool]) -> Said:
        """Says the figures one by one, in groups of four, and returns when the last is out; `CUT` at the first moment
        they are no longer wanted or the headphones are pulled out. The next figure is asked for when the one before was
        heard. Keeps none. Raises `VoiceError`, and whatever `figures` raises."""
        ...

    def hush(self) -> None:
        """Cuts off what is being said. Never raises."""
        ...


class NoHeadphones:
    """A terminal without a jack: nothing is ever plugged in."""

    def plugged(self) -> bool:
        """Never."""
        return False

    def say(self, figures: Iterable[int], tongue: Tongue, wanted: Callable[[], bool]) -> Said:  # noqa: ARG002
        """Says nothing."""
        return Said.CUT

    def hush(self) -> None:
        """There is nothing to cut off."""


class SpokenHeadphones:
    """The real ones: a player of the jack's own device, and the jack."""

    def __init__(self, synthesisers: Mapping[Tongue, Synthesiser], player: Player, jack: Jack) -> None:
        self._synthesisers = synthesisers
        self._player = player
        self._jack = jack
        self._playing: Playing | None = None

    def plugged(self) -> bool:
        """What the jack says."""
        return self._jack.plugged()

    def say(self, figures: Iterable[int], tongue: Tongue, wanted: Callable[[], bool]) -> Said:
        """Asks the jack before each figure: what is pulled out hears no more."""
        clips, silences = self._clips(tongue), (silence(BETWEEN_S), silence(PAUSE_S))
        try:
            for place, figure in enumerate(figures):
                pause = silences[place % GROUP == 0]
                for clip in (pause, clips[figure]) if place else (clips[figure],):
                    if not self._played(clip, wanted):
                        return Said.CUT
            return Said.WHOLE
        finally:
            self._playing = None

    def hush(self) -> None:
        """Stops the clip that is played."""
        playing = self._playing
        if playing is not None:
            playing.stop()

    def _played(self, clip: Clip, wanted: Callable[[], bool]) -> bool:
        if not (wanted() and self._jack.plugged()):
            return False
        # Whoever hushes makes `wanted` false first: either this clip is known to `hush`, or it is asked below.
        self._playing = self._player.start(clip)
        if not wanted():
            self._playing.stop()
            return False
        return self._playing.finished() and wanted()

    def _clips(self, tongue: Tongue) -> tuple[Clip, ...]:
        synthesiser = self._synthesisers.get(tongue)
        if synthesiser is None:
            raise VoiceError(f"nothing speaks {tongue.value}")
        return tuple(synthesiser.speak(word) for word in FIGURES[tongue])
