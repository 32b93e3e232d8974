"""Two names of a sound device: whether ALSA tells them apart."""

from pathlib import Path

import pytest

from hardware.voice.sound_device import hardware_behind, heard_apart

ONE = "Hardware PCM card 0 'HDA Intel PCH' device 0 subdevice 0"
HDMI = "Hardware PCM card 0 'HDA Intel PCH' device 3 subdevice 0"
USB = "Slave: Hardware PCM card 1 'USB Audio' device 0 subdevice 0"
SAYS = {
    "default": f"Plug PCM: Rate conversion PCM (48000, sformat=S32_LE)\\nSlave: {ONE}\\nIts setup is:",
    "plughw:0": ONE,
    "hw:0,3": HDMI,
    "usb": USB,
    "both": f"Multi PCM\\n{ONE}\\n{USB}",
    "server": "ALSA <-> PulseAudio PCM I/O Plugin\\nIts setup is:",
}


@pytest.fixture
def aplay(tmp_path: Path) -> str:
    """Says what alsa-lib says of a device, on standard error as aplay does."""
    for name, said in SAYS.items():
        (tmp_path / name.replace(",", "_")).write_text(said.replace("\\n", "\n") + "\n")
    made = tmp_path / "aplay"
    made.write_text(f'#!/bin/sh\n[ "$1 $2" = "-v -D" ] && cat "{tmp_path}/$(echo "$3" | tr , _)" >&2\n')
    made.chmod(0o700)
    return str(made)


@pytest.mark.parametrize(
    ("name", "found"),
    [("default", {(0, 0)}), ("hw:0,3", {(0, 3)}), ("both", {(0, 0), (1, 0)}), ("server", set()), ("nowhere", set())],
)
def test_what_a_name_ends_at(aplay: str, name: str, found: set[tuple[int, int]]) -> None:
    assert hardware_behind(name, aplay) == found


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("default", "plughw:0", False),
        ("default", "both", False),
        ("default", "server", False),
        ("server", "usb", False),
        ("nowhere", "usb", False),
        ("default", "hw:0,3", True),
        ("default", "usb", True),
    ],
)
def test_i11_only_what_alsa_tells_apart_is_apart(aplay: str, one: str, other: str, apart: bool) -> None:
    assert heard_apart(one, other, aplay) is apart
    assert heard_apart(other, one, aplay) is apart


def test_real_alsa_tells_no_hardware_of_the_device_that_is_none() -> None:
    assert not hardware_behind("null")
