"""What the screens offer and what the flow takes agree: no key is dead."""

from dataclasses import replace

import pytest

from kiosk.flow.effects import StartTimer, StopTimer
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.flow.step import step
from kiosk.flow.touches import LineRemoved, Touch
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens import sample_visits, samples
from kiosk.screens.presenter import present


def _settled(state: Terminal) -> Terminal:
    """Without what only tells when something last happened."""
    return replace(state, armed=(), timer_runs=0)


@pytest.mark.parametrize(
    "presentation", [Presentation(), Presentation(large=True), Presentation(language=Language.ENGLISH)], ids=repr
)
def test_every_key_on_a_screen_means_something_to_the_flow(presentation: Presentation) -> None:
    dead = []
    for name, sample in samples.ALL.items():
        terminal = replace(sample, presentation=presentation)
        screen = present(terminal, sample_visits.SITE, now=sample_visits.NOW, landscape=False)
        chosen = {control.name for control in screen.controls() if control.chosen}
        for key, touch in screen.touches().items():
            assert isinstance(touch, Touch)
            after, effects = step(terminal, touch, SiteRules())
            done = [effect for effect in effects if not isinstance(effect, StartTimer | StopTimer)]
            if key not in chosen and _settled(after) == _settled(terminal) and not done:
                dead.append((name, key))
    assert not dead


def test_a_line_that_is_being_changed_can_be_taken_out() -> None:
    terminal = samples.ALL["options-editing"]
    after, _ = step(terminal, LineRemoved(0), SiteRules())
    assert after.visit is not None
    assert after.visit.basket == (sample_visits.SEAL_LINE,)
