"""Japanese speech with Open JTalk and the voice "Mei" (CC BY 3.0, Nagoya Institute of Technology), both from the
package pyopenjtalk-plus. The only file that knows it; it is loaded when first used, and asks no network."""

import io
from contextlib import redirect_stdout
from types import ModuleType

from hardware.errors import VoiceError
from hardware.voice.model import Clip

LOUDEST = 26_000
"""The peak every clip is brought to, of 32,767: sentences are equally loud and none is clipped."""


class OpenJTalk:
    """The `Synthesiser` for Japanese. `speed` 1.0 is about seven syllables a second."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed

    def speak(self, text: str) -> Clip:
        """About 60 ms of work for a second of speech."""
        library = _library()
        try:
            labels = library.extract_fullcontext(text, use_sudachi_kanji_yomi=False, predict_nani=False)
            wave, rate = library.synthesize(labels, speed=self._speed)
        except (OSError, RuntimeError, ValueError) as error:
            raise VoiceError(f"Open JTalk: {type(error).__name__}") from error
        peak = float(abs(wave).max(initial=0.0))
        if peak == 0.0:
            raise VoiceError("Open JTalk made no sound of it")
        return Clip((wave * (LOUDEST / peak)).astype("<i2").tobytes(), int(rate))

    def reading(self, text: str) -> str:
        """How the text is read, in katakana: what the tests of our sentences look at. Raises `VoiceError`."""
        return str(_library().g2p(text, kana=True, use_sudachi_kanji_yomi=False, predict_nani=False))


def _library() -> ModuleType:
    try:
        # It prints which of its options are not installed. This takes standard output from the whole process, in every
        # thread, while the package is loaded for the first time; the terminal's log goes to standard error.
        with redirect_stdout(io.StringIO()):
            import pyopenjtalk
    except (ImportError, OSError) as error:
        raise VoiceError("pyopenjtalk-plus is not installed, or broken") from error
    return pyopenjtalk
