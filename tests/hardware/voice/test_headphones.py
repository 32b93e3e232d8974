"""Figures in the headphones: through ALSA's own devices, a jack that stands for `amixer`, and the virtual ones."""

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.errors import VoiceError
from hardware.voice.aplay import Aplay
from hardware.voice.espeak import Espeak
from hardware.voice.headphones import Headphones, NoHeadphones, SpokenHeadphones
from hardware.voice.jack import AmixerJack
from hardware.voice.model import Clip, Said, Tongue
from hardware.voice.sound import Synthesiser
from hardware.voice.virtual import VirtualHeadphones

MIXER = "numid=1,iface=CARD,name='Headphone Jack'\n  ; type=BOOLEAN,access=r-------,values=1\n  : values={}\n"


class Blips:
    """Each figure is a sound of a length of its own, so that what was played can be told by it."""

    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

    def speak(self, text: str) -> Clip:
        return Clip(bytes((1, 0)) * (10 + self.words.index(text)), 48_000)


class Plug:
    def __init__(self, looks: int = 1000) -> None:
        self.looks = looks

    def plugged(self) -> bool:
        self.looks -= 1
        return self.looks >= 0


def spoken(plug: Plug, device: str = "null", speaks: Synthesiser | None = None) -> SpokenHeadphones:
    return SpokenHeadphones({Tongue.ENGLISH: speaks or Blips()}, Aplay(device), plug)


def asked(figures: list[int], of: list[int]) -> Iterator[int]:
    for figure in of:
        figures.append(figure)
        yield figure


def test_figures_are_asked_for_one_by_one_and_played(tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    headphones = spoken(Plug(), f"file:FILE={heard},FORMAT=wav")
    assert headphones.say([7], Tongue.ENGLISH, lambda: True) is Said.WHOLE
    with wave.open(str(heard)) as reader:
        played = reader.readframes(reader.getnframes())
    assert played.rstrip(b"\0").count(b"\x01") == 17


@pytest.mark.parametrize(("looks", "came"), [(0, 1), (1, 2), (3, 3)])
def test_nothing_is_said_once_they_are_pulled_out(looks: int, came: int) -> None:
    figures: list[int] = []
    assert spoken(Plug(looks)).say(asked(figures, [1, 2, 3]), Tongue.ENGLISH, lambda: True) is Said.CUT
    assert len(figures) == came, "the next is asked for when the one before was heard"


def test_nothing_is_said_that_is_no_longer_wanted() -> None:
    figures: list[int] = []
    assert spoken(Plug()).say(asked(figures, [1, 2]), Tongue.ENGLISH, lambda: False) is Said.CUT
    assert figures == [1]


def test_without_its_tongue_no_figure_is_asked_for() -> None:
    figures: list[int] = []
    with pytest.raises(VoiceError, match="nothing speaks ja"):
        spoken(Plug()).say(asked(figures, [1]), Tongue.JAPANESE, lambda: True)
    assert figures == []


def test_the_figures_are_words_that_english_can_say() -> None:
    headphones = spoken(Plug(), speaks=Espeak())
    assert headphones.say([0, 9], Tongue.ENGLISH, lambda: True) is Said.WHOLE


@pytest.mark.parametrize(("says", "plugged"), [(MIXER.format("on"), True), (MIXER.format("off"), False), ("", False)])
def test_the_jack_is_what_the_mixer_says(tmp_path: Path, says: str, plugged: bool) -> None:
    (tmp_path / "says").write_text(says)
    mixer = tmp_path / "amixer"
    mixer.write_text(f'#!/bin/sh\n[ "$4" = "iface=CARD,name=\'Headphone Jack\'" ] && cat {tmp_path}/says\n')
    mixer.chmod(0o700)
    assert AmixerJack("0", "Headphone Jack", str(mixer)).plugged() is plugged


def test_a_mixer_that_fails_or_is_missing_tells_of_an_empty_jack(tmp_path: Path) -> None:
    mixer = tmp_path / "amixer"
    mixer.write_text("#!/bin/sh\nexit 1\n")
    mixer.chmod(0o700)
    assert not AmixerJack("0", "Headphone Jack", str(mixer)).plugged()
    assert not AmixerJack("0", "Headphone Jack", str(tmp_path / "none")).plugged()


@pytest.mark.parametrize("headphones", [NoHeadphones(), VirtualHeadphones()])
def test_what_is_not_plugged_in_hears_nothing(headphones: Headphones) -> None:
    figures: list[int] = []
    assert not headphones.plugged()
    assert headphones.say(asked(figures, [1]), Tongue.ENGLISH, lambda: True) is Said.CUT
    assert figures == []
