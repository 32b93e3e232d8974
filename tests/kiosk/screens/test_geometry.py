"""Every screen in every look: targets a finger can hit and an arm can reach, words that fit, nothing over anything, no
warning from Qt."""

from collections.abc import Iterator
from dataclasses import replace
from math import inf

import pytest

from kiosk.screens import samples
from kiosk.screens.gallery import LOOKS
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.geometry import Ruler, Sight, complaints

EVERYWHERE = {**samples.PICTURED, **samples.BETWEEN}
"""Dead ends stand where they stand in any reach and for either hand."""

SEEN = {
    "-low": EVERYWHERE,
    "-low-large": EVERYWHERE,
    "-left": samples.PICTURED,
    "-contrast": samples.PICTURED,
}
"""What is measured in looks that change only places or only colours; all else in all others."""


REACH = {"": (237.5, inf), "-low": (295, 469), "-low-large": (295, 469)}
"""Between which heights of an upright panel all targets stand, in mm: none above 238, in low reach all from 300 to
466."""


def out_of_reach(sight: Sight, look: str) -> Iterator[str]:
    highest, lowest = REACH.get(look, (-inf, inf))
    for key in sight.keys:
        top, bottom = key.rect.top(), key.rect.bottom()
        if top < highest or bottom > lowest:
            yield f"key {key.name} stands from {top:.1f} to {bottom:.1f} mm"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("panel", ["portrait", "landscape"])
def test_everything_fits_and_can_be_touched_and_reached(panel: str, look: str, stages: dict[str, Stage]) -> None:
    stage = stages[panel]
    ruler = Ruler(stage.panel)
    wrong = {}
    for name, terminal in SEEN.get(look, samples.ALL).items():
        stage.window.show(replace(terminal, presentation=LOOKS[look]))
        stage.window.settle()
        sight = Sight.of(stage.window, ruler)
        found = complaints(sight)
        if panel == "portrait" and name in EVERYWHERE:
            found += out_of_reach(sight, look)
        if found:
            wrong[name] = found
    assert not wrong
