"""Screens that are gone leave nothing behind: a kiosk shows some million of them a year. What QML holds is counted by
Qt itself, whenever it frees what nobody holds any more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from kiosk.flow.values.presentation import Presentation
from kiosk.screens import samples
from kiosk.screens.panel import PORTRAIT
from tests.kiosk.screens.conftest import Stage

COUNTING = "qt.qml.gc.allocatorStats"
HELD = re.compile(r"memory after GC: (\d+)")
SCREENS = ("01-start", "over-idle", "06-confirm")


@contextmanager
def counted() -> Iterator[list[int]]:
    """The bytes that QML holds after each time it freed memory. Engines that are made meanwhile count."""
    bytes_held: list[int] = []

    def hear(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        if found := HELD.search(message or ""):
            bytes_held.append(int(found[1]))

    QLoggingCategory.setFilterRules(f"{COUNTING}=true")
    before = qInstallMessageHandler(hear)
    try:
        yield bytes_held
    finally:
        qInstallMessageHandler(before)
        QLoggingCategory.setFilterRules("")


def test_screens_that_are_gone_leave_nothing_in_qml(qapp: QGuiApplication) -> None:
    """Each left some 6 kB: `Loader.setSource` keeps the values that it is given, in Qt 6.11."""
    with counted() as bytes_held:
        stage = Stage(PORTRAIT)
        engine = stage.window.view.engine()

        def held_after(rounds: int) -> int:
            for name in SCREENS * rounds:
                stage.window.show(samples.ALL[name])
                stage.window.settle()
            for _ in range(3):  # one frees the items of the last screen, the next one what those held
                engine.collectGarbage()
                stage.window.settle()
            return bytes_held[-1]

        before, after = held_after(2), held_after(5)
        stage.window.close()
    assert before > 100_000, "nothing was counted"
    assert after - before < 2_000


def test_a_screen_that_is_gone_draws_nothing_when_the_look_changes(qapp: QGuiApplication) -> None:
    """Its keys lived on for a moment without the block they stood in: Qt warned of each."""
    stage = Stage(PORTRAIT)
    for look in (Presentation(), Presentation(large=True), Presentation(contrast=True)):
        stage.window.show(replace(samples.ALL["01-start"], presentation=look))
        stage.window.settle()
    stage.window.close()


def test_no_file_is_loaded_by_what_keeps_its_values(root: Path) -> None:
    folder = root / "kiosk/screens/qml"
    assert [path.name for path in folder.rglob("*.qml") if "setSource(" in path.read_text()] == []
