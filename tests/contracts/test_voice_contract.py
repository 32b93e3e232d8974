"""What every `Voice` promises. The real one plays into ALSA's own `null` and `file` devices, and through a stand-in
program where a clip has to be cut off in the middle."""

from pathlib import Path
from typing import Protocol

import pytest

from hardware.errors import VoiceError
from hardware.voice.aplay import Aplay
from hardware.voice.espeak import Espeak
from hardware.voice.model import Said, Sentence, Tongue, Voice, VoiceProblem
from hardware.voice.none import NoVoice
from hardware.voice.openjtalk import OpenJTalk
from hardware.voice.sound import Synthesiser
from hardware.voice.spoken import SpokenVoice
from hardware.voice.virtual import VirtualVoice

TAKE = Sentence("証明書をお取りください。", Tongue.JAPANESE)
CHANGE = Sentence("Your change is 600 yen.", Tongue.ENGLISH)
REAL: dict[Tongue, Synthesiser] = {Tongue.JAPANESE: OpenJTalk(), Tongue.ENGLISH: Espeak()}


class Rig(Protocol):
    """A voice that works, and ways to get one that does not or that is still talking."""

    voice: Voice

    def without_sound(self) -> Voice: ...

    def without(self, tongue: Tongue) -> Voice: ...

    def talking(self) -> Voice: ...


class VirtualRig:
    def __init__(self, folder: Path) -> None:
        self.voice: Voice = VirtualVoice()

    def without_sound(self) -> Voice:
        voice = VirtualVoice()
        voice.unplug()
        return voice

    def without(self, tongue: Tongue) -> Voice:
        voice = VirtualVoice()
        voice.forget(tongue)
        return voice

    def talking(self) -> Voice:
        return VirtualVoice()


class RealRig:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.voice: Voice = SpokenVoice(REAL, Aplay("null"))

    def without_sound(self) -> Voice:
        return SpokenVoice(REAL, Aplay("a-device-that-is-not-there"))

    def without(self, tongue: Tongue) -> Voice:
        return SpokenVoice({each: REAL[each] for each in REAL if each is not tongue}, Aplay("null"))

    def talking(self) -> Voice:
        player = self.folder / "player"
        player.write_text("#!/bin/sh\nexec sleep 60\n")
        player.chmod(0o700)
        return SpokenVoice(REAL, Aplay("null", program=str(player)))


@pytest.fixture(params=[VirtualRig, RealRig])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    made: Rig = request.param(tmp_path)
    return made


def always() -> bool:
    return True


def test_a_working_voice_speaks_every_tongue(rig: Rig) -> None:
    status = rig.voice.status()
    assert status.tongues == frozenset(Tongue)
    assert not status.problems


def test_sentences_in_both_tongues_are_said_whole(rig: Rig) -> None:
    assert rig.voice.say((TAKE, CHANGE), always) is Said.WHOLE
    assert rig.voice.say((), always) is Said.WHOLE


def test_nothing_is_said_that_is_no_longer_wanted(rig: Rig) -> None:
    assert rig.voice.say((TAKE,), lambda: False) is Said.CUT


def test_a_sentence_is_cut_off_where_it_stands(rig: Rig) -> None:
    voice = rig.talking()
    asked: list[bool] = []

    def wanted() -> bool:
        """Asked for the second time once the first sentence has begun: then somebody hushes it."""
        asked.append(True)
        if len(asked) == 2:
            voice.hush()
        return True

    assert voice.say((TAKE, CHANGE), wanted) is Said.CUT


def test_what_began_as_it_was_hushed_is_cut_off_too(rig: Rig) -> None:
    """Hushed between the question and the sound: there was nothing to stop yet."""
    answers = [True, False]
    assert rig.talking().say((TAKE, CHANGE), lambda: answers.pop(0)) is Said.CUT


def test_a_hush_before_is_not_a_hush_of_what_follows(rig: Rig) -> None:
    rig.voice.hush()
    assert rig.voice.say((TAKE,), always) is Said.WHOLE


@pytest.fixture(params=[VirtualRig, RealRig, None], ids=["virtual", "real", "none"])
def soundless(request: pytest.FixtureRequest, tmp_path: Path) -> Voice:
    """A voice without a sound device, and that of a terminal which is to have none."""
    silent: Voice = NoVoice() if request.param is None else request.param(tmp_path).without_sound()
    return silent


def test_without_a_sound_device_nothing_can_be_heard_and_none_is_pretended(soundless: Voice) -> None:
    voice = soundless
    voice.hush()
    assert voice.say((), always) is Said.WHOLE
    assert voice.say((TAKE,), lambda: False) is Said.CUT
    assert voice.status().tongues == frozenset()
    assert VoiceProblem.NO_SOUND in voice.status().problems
    with pytest.raises(VoiceError):
        voice.say((TAKE,), always)


@pytest.mark.parametrize("tongue", Tongue)
def test_a_missing_tongue_leaves_the_other(rig: Rig, tongue: Tongue) -> None:
    voice = rig.without(tongue)
    status = voice.status()
    assert status.tongues == frozenset(Tongue) - {tongue}
    assert VoiceProblem.NO_SPEECH in status.problems
    missing, there = (TAKE, CHANGE) if tongue is Tongue.JAPANESE else (CHANGE, TAKE)
    assert voice.say((there,), always) is Said.WHOLE
    with pytest.raises(VoiceError):
        voice.say((missing,), always)
