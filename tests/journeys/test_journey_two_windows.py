"""The clerk's desk by both real windows: text is typed by keys, every press and touch lands on a key that is drawn."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from certserver.ports import unix
from certserver.staff.codes import code_at
from hardware.sensors.model import Place
from kiosk.counter import scenes as desk_at
from kiosk.counter.form import piece_field
from kiosk.flow import scenes as at
from kiosk.screens.clerk_window import ClerkWindow
from kiosk.screens.model import ScreenModel
from kiosk.screens.panel import PORTRAIT
from kiosk.screens.window import KioskWindow
from tests.support.journey_desk import Clerk
from tests.support.journey_server import Municipality
from tests.support.journey_steps import a_journey
from tests.support.staff import PASSWORD, secret_of

FLOAT = {500: 4, 100: 20}


class Hands:
    """A clerk's at keyboard and mouse, and a resident's fingers on the glass."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk, self.j = clerk, clerk.j
        kiosk, now = clerk.kiosk, clerk.office.now
        self.resident = KioskWindow(
            PORTRAIT,
            clerk.office.shown,
            kiosk.pad,
            kiosk.touched,
            now,
            still=True,
            by_desk=kiosk.by_desk,
            on_desk=clerk.put,
        )
        self.desk = ClerkWindow(clerk.office.shown, clerk.pad, clerk.put, now, self.resident.image, still=True)
        kiosk.runner.observe(lambda _: self._show())
        clerk.runner.observe(lambda _: self._show())

    def _show(self) -> None:
        terminal = self.clerk.kiosk.state
        self.resident.show(terminal)
        self.desk.show(self.clerk.desk, terminal, self.resident.screen(terminal))

    def settles(self) -> None:
        self.j.settles()
        self.desk.settle()

    def types(self, field: str, text: str) -> None:
        for character in text:
            self.desk.type(field, character)
            self.settles()

    def presses(self, *names: str) -> None:
        for name in names:
            self.desk.touch(name)
            self.settles()

    def touches(self, *names: str) -> None:
        for name in names:
            self.resident.touch(name)
            self.settles()

    def counts(self, pieces: dict[int, int]) -> None:
        for yen, count in pieces.items():
            self.types(piece_field(yen), str(count))

    def until(self, happened: Callable[[], bool], what: str) -> None:
        self.clerk.until(happened, what)
        self.settles()

    def close(self) -> None:
        self.desk.close()
        self.resident.close()


@pytest.fixture
def hands(municipality: Municipality, tmp_path: Path, qtbot: QtBot) -> Iterator[Hands]:
    municipality.forgets_failed_sign_ins()
    with a_journey(municipality, tmp_path, separate=True) as j:
        both = Hands(Clerk(j))
        both.resident.open(full_screen=False)
        both.desk.open(full_screen=False)
        qtbot.waitExposed(both.desk.view)
        try:
            yield both
        finally:
            both.close()


def test_a_clerk_opens_the_day_and_a_resident_gets_a_certificate(hands: Hands, tmp_path: Path) -> None:
    clerk, j = hands.clerk, hands.j
    mark = clerk.me
    hands.types("mark", mark)
    hands.types("secret", PASSWORD)
    hands.types("code", code_at(secret_of(mark), unix(clerk.office.now())))
    hands.presses("primary")
    hands.until(lambda: clerk.desk.signed_in, "the clerk to be signed in")
    hands.counts(FLOAT)
    hands.types("sheets", "50")
    hands.presses("primary")
    hands.until(lambda: clerk.desk.day.is_open, "the day to be open")
    j.arrives()
    hands.presses("tab-order", "primary")
    hands.touches("primary")
    j.puts_card("tsuji-kengo")
    hands.touches("digit-1", "digit-2", "digit-3", "digit-4")
    hands.desk.picture(tmp_path / "typing.png")
    assert "暗証番号を入れています" in str(hands.desk.model(clerk.desk, clerk.kiosk.state, _shown(hands))).replace(
        "|", ""
    )
    hands.touches("primary")
    j.sees("何に使いますか")
    hands.touches("purpose-pension", "primary", "show-domicile", "primary")
    j.sees("この内容で申し込みますか")
    hands.touches("primary")
    j.sees("カードをお取りください")
    j.takes_card()
    hands.until(lambda: clerk.desk.asked == 200, "the fee to be asked for")
    hands.counts({500: 1})
    hands.presses("primary")
    j.sees("お金がそろいました")
    hands.settles()
    hands.touches("primary")
    hands.until(lambda: clerk.desk.day.due == 300, "change to be given")
    hands.presses("primary")
    hands.until(lambda: clerk.desk.day.out == 1 and j.shows(at.LookAtSheets), "the sheet to be out")
    j.takes(*Place)
    hands.presses("primary")
    hands.touches("sheets-right")
    hands.until(lambda: clerk.desk.day.fees == 200, "the fee to be kept")
    hands.presses("primary")
    assert clerk.desk.scene == desk_at.Home(desk_at.Tab.ORDER)
    day = clerk.desk.day
    assert (day.handed, day.out, day.fees, day.due) == (1, 0, 200, 0)
    hands.until(lambda: j.shows(at.Start), "the start screen")
    assert not clerk.office.faults


def _shown(hands: Hands) -> ScreenModel:
    return hands.resident.screen(hands.clerk.kiosk.state)
