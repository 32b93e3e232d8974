"""The real voice: synthesises each sentence while the one before is heard, and keeps neither. It knows no library and
no program by name; those are `openjtalk`, `espeak` and `aplay` beside it."""

from collections.abc import Callable, Mapping, Sequence

from hardware.errors import VoiceError
from hardware.voice.model import Clip, Said, Sentence, Tongue, VoiceProblem, VoiceStatus
from hardware.voice.sound import Player, Playing, Synthesiser, silence

TRIED_WITH = {Tongue.JAPANESE: "はい。", Tongue.ENGLISH: "Yes."}
TRIED_FOR_S = 0.05


class SpokenVoice:
    """The `Voice` of a synthesiser for each tongue and one player."""

    def __init__(self, synthesisers: Mapping[Tongue, Synthesiser], player: Player) -> None:
        self._synthesisers = synthesisers
        self._player = player
        self._playing: Playing | None = None

    def status(self) -> VoiceStatus:
        """Plays a moment of silence, and synthesises a word in each tongue."""
        tongues = frozenset(tongue for tongue in Tongue if self._speaks(tongue))
        problems = set() if tongues == frozenset(Tongue) else {VoiceProblem.NO_SPEECH}
        try:
            sound = self._player.start(silence(TRIED_FOR_S)).finished()
        except VoiceError:
            sound = False
        if not sound:
            problems.add(VoiceProblem.NO_SOUND)
        return VoiceStatus(tongues if sound else frozenset(), frozenset(problems))

    def say(self, sentences: Sequence[Sentence], wanted: Callable[[], bool]) -> Said:
        """Says them, with no more of a pause between two than the first of them needs to be heard."""
        try:
            for sentence in sentences:
                if not wanted():
                    return Said.CUT
                clip = self._clip(sentence)
                if not self._heard():
                    return Said.CUT
                # Whoever hushes makes `wanted` false first: either this clip is known to `hush`, or it is asked below.
                self._playing = self._player.start(clip)
                if not wanted():
                    return Said.CUT
            return Said.WHOLE if self._heard() else Said.CUT
        finally:
            if self._playing is not None:
                self._playing.stop()
                self._playing = None

    def hush(self) -> None:
        """Stops the clip that is played."""
        playing = self._playing
        if playing is not None:
            playing.stop()

    def _clip(self, sentence: Sentence) -> Clip:
        synthesiser = self._synthesisers.get(sentence.tongue)
        if synthesiser is None:
            raise VoiceError(f"nothing speaks {sentence.tongue.value}")
        return synthesiser.speak(sentence.text)

    def _heard(self) -> bool:
        """Waits for the sentence before; whether it was heard to its end."""
        playing = self._playing
        return playing is None or playing.finished()

    def _speaks(self, tongue: Tongue) -> bool:
        try:
            return self._clip(Sentence(TRIED_WITH[tongue], tongue)).seconds > 0
        except VoiceError:
            return False
