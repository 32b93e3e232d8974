"""Whether screens are read out to the person in front. What is said is nobody's business here: the narrator of the
screens says it. Nothing that could not be heard is ever offered."""

from dataclasses import replace

from hardware.voice.model import Tongue
from kiosk.flow.change import Step, also, stay
from kiosk.flow.effects import LookAtVoice
from kiosk.flow.scenes import Start
from kiosk.flow.state import Terminal


def power_on(step: Step) -> Step:
    """Nothing can be heard before the voice was tried."""
    state, effects = step
    return replace(state, mute=frozenset(Tongue)), (*effects, LookAtVoice())


def look(step: Step) -> Step:
    """Tries the voice again, where nobody needs it: it would be in the way of what is being read out."""
    state, _ = step
    return step if state.visit is not None or state.presentation.voice else also(step, LookAtVoice())


def seen(state: Terminal, mute: frozenset[Tongue]) -> Step:
    """What can't be heard is no longer promised."""
    return stay(only_if_heard(replace(state, mute=mute)))


def only_if_heard(state: Terminal) -> Terminal:
    """The state with reading out switched off where it would not be heard."""
    return state if state.can_speak else _reading(state, on=False)


def toggled(state: Terminal) -> Step:
    """Screens are read out from now on, or no longer."""
    return stay(only_if_heard(_reading(state, on=not state.presentation.voice)))


def felt(state: Terminal) -> Step:
    """Whoever begins with the tactile keypad can't be asked to find a key on the glass first: the voice comes by
    itself."""
    begins = isinstance(state.scene, Start) and not state.presentation.voice
    return toggled(state) if begins else stay(state)


def _reading(state: Terminal, *, on: bool) -> Terminal:
    return replace(state, presentation=replace(state.presentation, voice=on))
