"""English speech with Debian's eSpeak NG, one short process a sentence. The text goes in by its standard input, never
on a command line, which other users of the machine could read."""

import io
import subprocess
import wave

from hardware.errors import VoiceError
from hardware.voice.model import Clip

PROGRAM = "/usr/bin/espeak-ng"
WORDS_A_MINUTE = 150
WITHIN_S = 5.0


class Espeak:
    """The `Synthesiser` for a language eSpeak NG knows by that tag."""

    def __init__(self, tag: str = "en-gb", program: str = PROGRAM) -> None:
        self._command = (program, "-v", tag, "-s", str(WORDS_A_MINUTE), "--stdin", "--stdout")

    def speak(self, text: str) -> Clip:
        """About 10 ms of work for a second of speech."""
        try:
            done = subprocess.run(  # noqa: S603 - our own command, no shell
                self._command, input=text.encode(), capture_output=True, timeout=WITHIN_S, check=True
            )
            with wave.open(io.BytesIO(done.stdout)) as reader:
                # Written to a pipe, its header can't know the length: everything that follows is sound.
                clip = Clip(reader.readframes(len(done.stdout) // 2), reader.getframerate())
        except (OSError, subprocess.SubprocessError, wave.Error, EOFError) as error:
            raise VoiceError(f"eSpeak NG: {type(error).__name__}") from error
        if not clip.samples:
            raise VoiceError("eSpeak NG made no sound of it")
        return clip
