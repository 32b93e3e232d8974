"""A terminal that is set mute. It promises no voice, and says nothing."""

from collections.abc import Callable, Sequence

from hardware.errors import VoiceError
from hardware.voice.model import Said, Sentence, VoiceProblem, VoiceStatus


class NoVoice:
    """Fulfils `Voice`; there is no sound device."""

    def status(self) -> VoiceStatus:
        """Nothing can be heard."""
        return VoiceStatus(frozenset(), frozenset({VoiceProblem.NO_SOUND}))

    def say(self, sentences: Sequence[Sentence], wanted: Callable[[], bool]) -> Said:
        """Raises `VoiceError` for the first sentence that is wanted."""
        if not sentences:
            return Said.WHOLE
        if not wanted():
            return Said.CUT
        raise VoiceError("this terminal has no voice")

    def hush(self) -> None:
        """There is nothing to cut off."""
