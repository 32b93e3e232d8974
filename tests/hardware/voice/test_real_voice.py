"""The real voice: what arrives at the sound device, and what is done when a program is missing, broken or hangs."""

import wave
from pathlib import Path

import pytest

from hardware.errors import VoiceError
from hardware.voice.aplay import Aplay
from hardware.voice.espeak import Espeak
from hardware.voice.model import Said, Sentence, Tongue
from hardware.voice.openjtalk import LOUDEST, OpenJTalk
from hardware.voice.sound import silence, wav
from hardware.voice.spoken import SpokenVoice
from hardware.voice.virtual import VirtualVoice

TAKE = Sentence("証明書をお取りください。", Tongue.JAPANESE)


def program(folder: Path, lines: str) -> str:
    made = folder / "program"
    made.write_text(f"#!/bin/sh\n{lines}\n")
    made.chmod(0o700)
    return str(made)


def test_what_is_said_arrives_at_the_sound_device(tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    spoken = OpenJTalk().speak(TAKE.text)
    voice = SpokenVoice({Tongue.JAPANESE: OpenJTalk()}, Aplay(f"file:FILE={heard},FORMAT=wav"))
    assert voice.say((TAKE,), lambda: True) is Said.WHOLE
    with wave.open(str(heard)) as reader:
        played = reader.readframes(reader.getnframes())
    assert played[: len(spoken.samples)] == spoken.samples
    assert not any(played[len(spoken.samples) :]), "ALSA fills its last period with silence"


def test_every_clip_is_as_loud_as_the_others_and_none_is_clipped() -> None:
    for text in ("はい。", "4けたの暗証番号を入れてください。", TAKE.text):
        samples = memoryview(OpenJTalk().speak(text).samples).cast("h")
        assert max(map(abs, samples)) in (LOUDEST, LOUDEST - 1)


def test_english_ends_where_the_sentence_ends() -> None:
    clip = Espeak().speak("Your change is 600 yen.")
    assert 1 < clip.seconds < 4
    assert clip.rate == 22_050


def test_a_player_that_hangs_is_killed_and_told(tmp_path: Path) -> None:
    player = Aplay("null", program=program(tmp_path, "exec sleep 60"), patience_s=0.01)
    with pytest.raises(VoiceError, match="hangs"):
        player.start(silence(0.01)).finished()


def test_a_player_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="status 3"):
        Aplay("null", program=program(tmp_path, "exit 3")).start(silence(0.01)).finished()
    with pytest.raises(VoiceError, match="FileNotFoundError"):
        Aplay("null", program=str(tmp_path / "none")).start(silence(0.01))


@pytest.mark.parametrize("lines", ["exit 1", "exit 0", "echo no sound at all"])
def test_a_synthesiser_that_fails_is_told(tmp_path: Path, lines: str) -> None:
    with pytest.raises(VoiceError, match="eSpeak"):
        Espeak(program=program(tmp_path, f"cat >/dev/null; {lines}")).speak("Yes.")


def test_no_text_is_ever_on_a_command_line(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    made = program(tmp_path, f'echo "$@" > {seen}; cat >/dev/null; exit 1')
    with pytest.raises(VoiceError):
        Espeak(program=made).speak("Your change is 600 yen.")
    assert "change" not in seen.read_text()


def test_a_virtual_voice_writes_what_it_said(tmp_path: Path) -> None:
    voice = VirtualVoice()
    voice.say((TAKE, Sentence("Take your card.", Tongue.ENGLISH)), lambda: True)
    files = voice.write(tmp_path / "wavs", {Tongue.JAPANESE: OpenJTalk(), Tongue.ENGLISH: Espeak()})
    assert [file.name for file in files] == ["001.wav", "002.wav"]
    assert files[0].read_bytes() == wav(OpenJTalk().speak(TAKE.text))
