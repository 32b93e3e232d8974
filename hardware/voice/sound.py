"""Between text and loudspeaker: what a synthesiser and a player promise, and the WAV form of a clip. Pure."""

import io
import wave
from typing import Protocol

from hardware.voice.model import Clip


class Synthesiser(Protocol):
    """Makes sound of text in one tongue, on this machine alone: it never asks a network."""

    def speak(self, text: str) -> Clip:
        """The text as sound. Raises `VoiceError`."""
        ...


class Playing(Protocol):
    """A clip that is being played."""

    def finished(self) -> bool:
        """Waits for its end and says whether it was played whole; false when it was stopped. Raises `VoiceError` when
        the device failed or says nothing for too long."""
        ...

    def stop(self) -> None:
        """Cuts it off, from any thread. Never raises."""
        ...


class Player(Protocol):
    """Plays clips through one device, one at a time."""

    def start(self, clip: Clip) -> Playing:
        """Begins to play and returns at once. Raises `VoiceError`."""
        ...


def wav(clip: Clip) -> bytes:
    """A clip as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(clip.rate)
        writer.writeframes(clip.samples)
    return file.getvalue()


def silence(seconds: float, rate: int = 48_000) -> Clip:
    """Nothing to hear, for so long."""
    return Clip(bytes(2 * round(seconds * rate)), rate)
