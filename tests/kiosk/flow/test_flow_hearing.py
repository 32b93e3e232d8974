"""Reading out: never promised where nothing would be heard; there by itself for whoever begins with the tactile keypad;
over with the visit."""

from dataclasses import replace

import pytest

from hardware.voice.model import Tongue
from kiosk.flow.effects import LookAtVoice, Timer
from kiosk.flow.events import PoweredOn, VoiceSeen
from kiosk.flow.scenes import IdleWarning
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Felt, Key, LanguageChosen, Pressed
from kiosk.flow.values.presentation import Language
from tests.support.kiosk_journey import CANCEL, CANCEL_YES, Fires, Step, Walk, identified
from tests.support.kiosk_samples import open_terminal

VOICE = Pressed(Key.VOICE)
ALL_MUTE = VoiceSeen(frozenset(Tongue))
ALL_HEARD = VoiceSeen(frozenset())
NO_ENGLISH = VoiceSeen(frozenset({Tongue.ENGLISH}))


def test_nothing_is_promised_before_the_voice_was_tried() -> None:
    walk = Walk(Terminal()).go(Step(PoweredOn(), wants=(LookAtVoice,)))
    assert not walk.state.can_speak
    walk.go(ALL_HEARD)
    assert walk.state.can_speak


def test_a_mute_terminal_does_not_read_out() -> None:
    walk = Walk().go(ALL_MUTE, VOICE, Felt())
    assert not walk.state.presentation.voice


def test_a_voice_that_breaks_is_no_longer_promised() -> None:
    walk = Walk().go(VOICE)
    assert walk.state.presentation.voice
    walk.go(ALL_MUTE)
    assert not walk.state.presentation.voice


def test_the_voice_is_switched_off_again() -> None:
    assert not Walk().go(VOICE, VOICE).state.presentation.voice


def test_a_language_that_can_t_be_spoken_is_not_read_out() -> None:
    walk = Walk().go(NO_ENGLISH, VOICE, LanguageChosen(Language.ENGLISH))
    assert not walk.state.presentation.voice
    walk.go(LanguageChosen(Language.JAPANESE), VOICE)
    assert walk.state.presentation.voice


def test_the_tactile_keypad_brings_the_voice_by_itself_at_the_start_only() -> None:
    assert Walk().go(Felt()).state.presentation.voice
    assert not Walk().go(*identified(), Felt()).state.presentation.voice


def test_fingers_on_the_tactile_keypad_are_somebody_who_is_there() -> None:
    walk = Walk().go(*identified(), Fires(Timer.SCENE))
    assert isinstance(walk.state.overlay, IdleWarning)
    walk.go(Felt())
    assert walk.state.overlay is None


def test_the_voice_ends_with_the_visit() -> None:
    walk = Walk().go(VOICE, *identified(), CANCEL, CANCEL_YES)
    assert walk.state.visit is None
    assert not walk.state.presentation.voice


@pytest.mark.parametrize(("reads_out", "tried"), [(False, True), (True, False)])
def test_the_voice_is_tried_again_while_nobody_needs_it(reads_out: bool, tried: bool) -> None:
    state = open_terminal()
    state = replace(state, presentation=replace(state.presentation, voice=reads_out), armed=((Timer.HEARTBEAT, 1),))
    walk = Walk(state).go(Fires(Timer.HEARTBEAT))
    assert bool(walk.wanted(LookAtVoice)) is tried
