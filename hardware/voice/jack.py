"""The headphone jack as ALSA's mixer knows it: one short process of `amixer` a look. A jack that the sound card does
not report is an empty one."""

import subprocess

PROGRAM = "/usr/bin/amixer"
WITHIN_S = 2.0


class AmixerJack:
    """The `Jack` of a sound card: `card` as `amixer -c` takes it, `control` as `amixer contents` names it, such as
    "Headphone Jack"."""

    def __init__(self, card: str, control: str, program: str = PROGRAM) -> None:
        self._command = (program, "-c", card, "cget", f"iface=CARD,name='{control}'")

    def plugged(self) -> bool:
        """Whether the control is on."""
        try:
            done = subprocess.run(  # noqa: S603 - card and control are one argument each, no shell
                self._command, capture_output=True, timeout=WITHIN_S, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return any(line.strip() == b": values=on" for line in done.stdout.splitlines())
