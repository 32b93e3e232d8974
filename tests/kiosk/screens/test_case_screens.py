"""Every case in every scene on the resident's window, in every look: what is there fits and can be touched."""

import pytest
from pytestqt.qtbot import QtBot

from kiosk.screens.gallery import LOOKS
from tests.kiosk.screens.geometry import Ruler, Sight, complaints
from tests.support.counter_screens import PANELS, CaseStage, cases


@pytest.mark.parametrize("look", [look for look in LOOKS if look not in ("-left", "-contrast")])
@pytest.mark.parametrize("panel", PANELS)
def test_everything_fits_and_can_be_touched(panel: str, look: str, qtbot: QtBot) -> None:
    stage = CaseStage(panel)
    wrong = {}
    for name, case in cases().items():
        stage.show(case, LOOKS[look])
        if found := complaints(Sight.of(stage.window, Ruler(stage.panel))):
            wrong[name] = found
    stage.window.close()
    assert not wrong
