"""Speech: what is said now, and nothing that is no longer wanted. It keeps no sentence: what waits is dropped as soon
as something else is to be said, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hardware.errors import VoiceError
from hardware.voice.model import Sentence, Tongue, Voice
from kiosk.actions.jobs import Job, Lane, Tell
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.texts.spoken import announcement


@dataclass(slots=True)
class VoiceActions:
    """Jobs run on the voice lane; everything else is called by the runner's thread and returns at once."""

    voice: Voice
    _turn: int = field(default=0, init=False)
    """Rises with everything that is to be said: a job of an older turn is silent."""

    def look(self, tell: Tell) -> None:
        """Which tongues can't be heard now."""
        tell(on.VoiceSeen(frozenset(Tongue) - self.voice.status().tongues))

    def announce(self, effect: do.Announce) -> Job:
        """Says it at once, over whatever is being read out."""
        return self.say(announcement(effect.what, effect.belongings, effect.language))

    def say(self, sentences: Sequence[Sentence]) -> Job:
        """Cuts off what is being said; the job says this instead, unless it is cut off before it runs."""
        self.hush()
        turn = self._turn
        return Job(Lane.VOICE, lambda tell: self._say(sentences, turn, tell))

    def hush(self) -> None:
        """Silence, at once."""
        self._turn += 1
        self.voice.hush()

    def _say(self, sentences: Sequence[Sentence], turn: int, tell: Tell) -> None:
        try:
            self.voice.say(sentences, lambda: self._turn == turn)
        except VoiceError:
            # The resident must not be promised a voice any longer, so this is told, and not only written down.
            self.look(tell)
