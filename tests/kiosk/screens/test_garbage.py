"""Cycles with Qt objects in them are freed by the window's thread, whoever fills memory."""

import gc
import threading
from pathlib import Path
from weakref import ref

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.screens.application import make_application
from kiosk.screens.garbage import ALL_EVERY, EVERY_MS, Collector


class Ring(QObject):
    """Keeps itself alive."""

    def __init__(self, freed: list[threading.Thread]) -> None:
        super().__init__()
        self.me = self
        self.destroyed.connect(lambda: freed.append(threading.current_thread()), Qt.ConnectionType.DirectConnection)


def fill() -> None:
    """Asks for more memory than Python lets pass without a search."""
    kept: list[list[object]] = []
    for _ in range(200_000):
        kept.append([kept])


def test_a_thread_that_fills_memory_frees_no_qt_object(qapp: QGuiApplication, qtbot: QtBot) -> None:
    collector = Collector(qapp)
    freed: list[threading.Thread] = []
    Ring(freed)
    other = threading.Thread(target=fill)
    other.start()
    other.join()
    assert freed == []
    qtbot.waitUntil(lambda: bool(freed), timeout=30 * EVERY_MS)
    assert freed == [threading.main_thread()]
    collector.deleteLater()


class Kept:
    """Stands in a cycle."""

    def __init__(self) -> None:
        self.me = self


def test_what_was_in_use_for_long_is_freed_as_well(qapp: QGuiApplication) -> None:
    parent = QObject()
    collector = Collector(parent)
    kept = Kept()
    gc.collect()  # from now on it is old
    seen = ref(kept)
    del kept
    collector.look()
    assert seen() is not None
    for _ in range(ALL_EVERY):
        collector.look()
    assert seen() is None


def test_free_memory_between_what_stays_is_given_back(qapp: QGuiApplication) -> None:
    parent = QObject()
    collector = Collector(parent)
    in_use = [bytearray(100_000) for _ in range(600)]
    full = held()
    stays = in_use[-1]
    del in_use
    for _ in range(ALL_EVERY):
        collector.look()
    assert len(stays) == 100_000
    assert full - held() > 50_000_000


def held() -> int:
    """Bytes of this process that are of no file."""
    told = Path("/proc/self/smaps_rollup").read_text().split("Anonymous:")[1]
    return int(told.split()[0]) * 1024


def test_an_application_has_one() -> None:
    make_application(offscreen=True)
    assert len(make_application(offscreen=True).findChildren(Collector)) == 1
    assert not gc.isenabled()
