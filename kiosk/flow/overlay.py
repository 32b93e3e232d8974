"""What lies over a scene, and the keys that work everywhere: language, text, voice, staff, cancel."""

from dataclasses import replace

from kiosk.flow import hearing
from kiosk.flow.change import Step, stay
from kiosk.flow.effects import CallStaff
from kiosk.flow.ending import finish
from kiosk.flow.occasions import Occasion
from kiosk.flow.pace import CHOOSING
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import (
    AskCancel,
    AwaitCard,
    ChooseMeans,
    ChooseMunicipality,
    ChooseWhere,
    EnterPin,
    IdleWarning,
    Languages,
    Overlay,
    Pay,
    PlugIn,
    Preparing,
    Present,
    SeeingAndHearing,
    StaffCalled,
    TakeCard,
    TellingNumber,
)
from kiosk.flow.state import Cancelled, Terminal
from kiosk.flow.touches import (
    CopiesChanged,
    Felt,
    Key,
    KindChosen,
    LanguageChosen,
    LineChanged,
    LineRemoved,
    MatterChosen,
    MemberToggled,
    MunicipalityChosen,
    OptionSet,
    PinTyped,
    PrefectureChosen,
    Pressed,
    PurposeChosen,
    ScopeChosen,
    Tapped,
    Touch,
)
from kiosk.flow.values.presentation import Presentation

CANCELLABLE = (
    ChooseWhere,
    ChooseMunicipality,
    PlugIn,
    AwaitCard,
    EnterPin,
    *CHOOSING,
    TellingNumber,
    TakeCard,
    Preparing,
    ChooseMeans,
    Present,
    Pay,
)
"""Scenes in which everything can still be stopped."""


def touched(state: Terminal, touch: Touch) -> Step | None:
    """The step when the touch is for the overlay or works everywhere; None when it is for the scene."""
    match touch:
        case PinTyped():
            return None
        case LanguageChosen(language):
            presentation = replace(state.presentation, language=language)
            return stay(hearing.only_if_heard(replace(state, presentation=presentation, overlay=None)))
        case Felt():
            return hearing.felt(state)
        case Pressed(key):
            step = _key(state, key)
            return step if step is not None or state.overlay is None else stay(state)
        case (
            PurposeChosen()
            | KindChosen()
            | MatterChosen()
            | ScopeChosen()
            | MemberToggled()
            | OptionSet()
            | CopiesChanged()
            | LineChanged()
            | LineRemoved()
            | PrefectureChosen()
            | MunicipalityChosen()
            | Tapped()
        ):
            return stay(state) if state.overlay is not None else None


def _key(state: Terminal, key: Key) -> Step | None:
    presentation = _toggled(state.presentation, key)
    if presentation is not None:
        return stay(replace(state, presentation=presentation))
    match key:
        case Key.VOICE:
            return hearing.toggled(state)
        case Key.CALL_STAFF if not isinstance(state.overlay, StaffCalled):
            reference = state.visit.reference if state.visit is not None else ""
            called = replace(state, overlay=StaffCalled())
            return stay(called, CallStaff(Occasion.STAFF_WANTED, reference))
        case Key.SEEING_AND_HEARING:
            return _over(state, SeeingAndHearing())
        case Key.LANGUAGES:
            return _over(state, Languages())
        case Key.CANCEL if isinstance(state.scene, CANCELLABLE):
            return _over(state, AskCancel())
        case Key.CANCEL_YES if isinstance(state.overlay, AskCancel):
            return give_up(replace(state, overlay=None))
        case Key.DISMISS:
            return _over(state, None)
        case _:
            return None


def _over(state: Terminal, overlay: Overlay | None) -> Step:
    return stay(replace(state, overlay=overlay))


def _toggled(now: Presentation, key: Key) -> Presentation | None:
    match key:
        case Key.LARGE:
            return replace(now, large=not now.large)
        case Key.CONTRAST:
            return replace(now, contrast=not now.contrast)
        case Key.LOW_REACH:
            return replace(now, low_reach=not now.low_reach)
        case Key.LEFT_HAND:
            return replace(now, left_hand=not now.left_hand)
        case _:
            return None


def warn(state: Terminal, rules: SiteRules) -> Step:
    """Nobody touched anything for long: are they still there?"""
    return _over(state, IdleWarning(rules.idle_warning_s))


def tick(state: Terminal) -> Step:
    """One second of the idle warning is over."""
    if not isinstance(state.overlay, IdleWarning):
        return stay(state)
    if state.overlay.seconds_left <= 1:
        return give_up(replace(state, overlay=None))
    return _over(state, IdleWarning(state.overlay.seconds_left - 1))


def give_up(state: Terminal) -> Step:
    """Stops the visit where it can be stopped: the order is voided, money goes back, everything is erased."""
    if state.visit is None or not isinstance(state.scene, CANCELLABLE):
        return stay(state)
    return finish(state, Cancelled())
