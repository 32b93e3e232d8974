"""Which card and device of the machine an ALSA name ends at: `default` and `plughw:0` may be the same loudspeaker. ALSA
itself is asked, since names are whatever a machine's configuration makes of them."""

import os
import re
import subprocess

from hardware.voice.aplay import PROGRAM

WITHIN_S = 5.0
_HARDWARE = re.compile(r"^\s*(?:Slave: )?Hardware PCM card (\d+) '.*' device (\d+) subdevice \d+$", re.MULTILINE)
"""As alsa-lib's `snd_pcm_dump` tells it, which `aplay -v` prints."""


def hardware_behind(name: str, program: str = PROGRAM) -> frozenset[tuple[int, int]]:
    """Card and device, by their numbers, of everything that a device that `aplay -L` names plays on. Empty where ALSA
    does not tell: no such device, one that is busy, or a sound server in between. Nothing is heard: the clip is
    empty."""
    command = (program, "-v", "-D", name, "-t", "raw", "-f", "S16_LE", "-r", "48000", "-c", "2", "/dev/null")
    try:
        done = subprocess.run(  # noqa: S603 - the device's name is one argument, no shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=WITHIN_S,
            check=True,
            env=os.environ | {"LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    found = _HARDWARE.findall(done.stdout + done.stderr)
    return frozenset((int(card), int(device)) for card, device in found)


def heard_apart(one: str, other: str, program: str = PROGRAM) -> bool:
    """Whether two names surely end at different devices. What ALSA does not tell of either can't be told apart."""
    first, second = hardware_behind(one, program), hardware_behind(other, program)
    return bool(first) and bool(second) and not first & second
