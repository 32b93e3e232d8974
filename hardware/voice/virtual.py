"""A voice without sound, and headphones that nobody wears: they keep what they were told to say. Steered by taking
sound or a tongue away, and by the plug; sentences can be written as WAV files for people to hear."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from hardware.errors import VoiceError
from hardware.voice.model import Said, Sentence, Tongue, VoiceProblem, VoiceStatus
from hardware.voice.sound import Synthesiser, wav


class VirtualVoice:
    """The `Voice` without a loudspeaker. `said` is all it ever said, in order; a sentence that was cut off is in it."""

    def __init__(self) -> None:
        self.said: list[Sentence] = []
        self.hushes = 0
        self._tongues = frozenset(Tongue)
        self._sound = True
        self._hushed = False

    # Steering

    def unplug(self) -> None:
        """The sound device is gone."""
        self._sound = False

    def plug(self) -> None:
        """The sound device is back."""
        self._sound = True

    def forget(self, tongue: Tongue) -> None:
        """Its synthesiser is missing."""
        self._tongues -= {tongue}

    def write(self, folder: Path, synthesisers: Mapping[Tongue, Synthesiser]) -> tuple[Path, ...]:
        """Everything said so far as WAV files `001.wav` and so on. Raises `VoiceError`, `OSError`."""
        folder.mkdir(parents=True, exist_ok=True)
        files = tuple(folder / f"{number:03}.wav" for number in range(1, len(self.said) + 1))
        for file, sentence in zip(files, self.said, strict=True):
            file.write_bytes(wav(synthesisers[sentence.tongue].speak(sentence.text)))
        return files

    # The device

    def status(self) -> VoiceStatus:
        """As it was steered."""
        problems = set() if self._sound else {VoiceProblem.NO_SOUND}
        if self._tongues != frozenset(Tongue):
            problems.add(VoiceProblem.NO_SPEECH)
        return VoiceStatus(self._tongues if self._sound else frozenset(), frozenset(problems))

    def say(self, sentences: Sequence[Sentence], wanted: Callable[[], bool]) -> Said:
        """Keeps the sentences; takes no time."""
        self._hushed = False
        for sentence in sentences:
            if not wanted():
                return Said.CUT
            if not self._sound or sentence.tongue not in self._tongues:
                raise VoiceError("the virtual voice was told to be silent")
            self.said.append(sentence)
            if not wanted() or self._hushed:
                return Said.CUT
        return Said.WHOLE

    def hush(self) -> None:
        """Cuts `say` off."""
        self._hushed = True
        self.hushes += 1


class VirtualHeadphones:
    """Headphones that nobody wears: `heard` are the figures that were said, each with its tongue. Steered by plugging
    them in and pulling them out."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, Tongue]] = []
        self.pull_after: int | None = None
        """After so many more figures they are pulled out."""
        self._plugged = False
        self._hushed = False

    def plug(self) -> None:
        """They are plugged in."""
        self._plugged = True

    def unplug(self) -> None:
        """They are pulled out."""
        self._plugged = False

    def plugged(self) -> bool:
        """As it was steered."""
        return self._plugged

    def say(self, figures: Iterable[int], tongue: Tongue, wanted: Callable[[], bool]) -> Said:
        """Hears the figures; takes no time."""
        self._hushed = False
        if not self._plugged:
            return Said.CUT
        for figure in figures:
            if not self._plugged or not wanted() or self._hushed:
                return Said.CUT
            self.heard.append((figure, tongue))
            if self.pull_after is not None:
                self.pull_after -= 1
                self._plugged = self.pull_after > 0
        return Said.WHOLE

    def hush(self) -> None:
        """Cuts `say` off."""
        self._hushed = True
