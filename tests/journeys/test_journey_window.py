"""The common journey by the real window: every touch lands on a key that is drawn, every screen is one that QML
shows."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.flow import scenes as at
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from kiosk.screens.window import KioskWindow
from tests.support.journey_screen import SITE
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey


class Hands:
    """Fingers on the glass."""

    def __init__(self, j: Journey, window: KioskWindow) -> None:
        self._j = j
        self._window = window

    def touch(self, *names: str) -> None:
        for name in names:
            self._window.touch(name)
            self._j.settles()


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_the_common_journey_by_touch(municipality: Municipality, tmp_path: Path, qtbot: QtBot, panel: Panel) -> None:
    with a_journey(municipality, tmp_path) as j:
        window = KioskWindow(panel, SITE, j.kiosk.pad, j.kiosk.put, j.office.now, still=True)
        hands = Hands(j, window)
        try:
            j.kiosk.runner.observe(window.show)
            window.open(full_screen=False)
            qtbot.waitExposed(window.view)
            j.arrives()
            hands.touch("primary")
            j.puts_card("tsuji-kengo")
            hands.touch("digit-1", "digit-2", "digit-3", "digit-4", "primary")
            j.sees("何に使いますか")
            hands.touch("purpose-pension", "primary", "show-domicile", "primary")
            j.sees("この内容で申し込みますか")
            hands.touch("primary")
            j.takes_card()
            j.inserts(1000)
            j.sees("お金がそろいました")
            hands.touch("primary")
            j.sees("証明書をお取りください")
            j.takes_everything()
            j.settles()
            hands.touch("primary")
            assert j.shows(at.Start)
            j.ends_at_start()
            assert j.delivered == 1
        finally:
            window.close()
