"""Sound out through ALSA's own player, one supervised process a clip. The sound stands in memory only: no file of it is
ever on a disk."""

import os
import subprocess

from hardware.errors import VoiceError
from hardware.voice.model import Clip
from hardware.voice.sound import wav

PROGRAM = "/usr/bin/aplay"
PATIENCE_S = 3.0
"""How much longer than a clip lasts its player may take before it is taken for hung."""


class Aplay:
    """The `Player` for a device that `aplay -L` names."""

    def __init__(self, device: str, program: str = PROGRAM, patience_s: float = PATIENCE_S) -> None:
        self._program = program
        self._device = device
        self._patience_s = patience_s

    def start(self, clip: Clip) -> "PlayingProcess":
        """One process, which reads the clip from memory it inherits."""
        memory = os.memfd_create("clip")
        try:
            with os.fdopen(os.dup(memory), "wb") as file:
                file.write(wav(clip))
            process = subprocess.Popen(  # noqa: S603 - the device's name is one argument, no shell
                (self._program, "-q", "-D", self._device, f"/dev/fd/{memory}"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(memory,),
            )
        except OSError as error:
            raise VoiceError(f"aplay: {type(error).__name__}") from error
        finally:
            os.close(memory)
        return PlayingProcess(process, clip.seconds + self._patience_s)


class PlayingProcess:
    """The `Playing` of one process."""

    def __init__(self, process: "subprocess.Popen[bytes]", within_s: float) -> None:
        self._process = process
        self._within_s = within_s
        self._stopped = False

    def finished(self) -> bool:
        """Waits for the process; a hung one is killed."""
        try:
            status = self._process.wait(self._within_s)
        except subprocess.TimeoutExpired as error:
            self.stop()
            raise VoiceError("the sound device hangs") from error
        if status != 0 and not self._stopped:
            raise VoiceError(f"aplay ended with status {status}")
        return status == 0

    def stop(self) -> None:
        """Kills the process if it still runs."""
        if self._process.poll() is None:
            self._stopped = True
            self._process.kill()
            self._process.wait()
