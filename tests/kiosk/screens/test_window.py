"""The window around the screens: pictures, the bench beside the panel, accessibility, QML that its linter accepts."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem

from hardware.keypad.pin import PinPad
from kiosk.flow.values.presentation import Presentation
from kiosk.screens import sample_visits, samples
from kiosk.screens.application import end_on_exception
from kiosk.screens.bench import BenchControl, BenchGroup
from kiosk.screens.fingers import NoSuchControl
from kiosk.screens.gallery import draw
from kiosk.screens.panel import LANDSCAPE, PORTRAIT
from kiosk.screens.window import KioskWindow
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.geometry import items


class PretendBench:
    """A bench that only remembers."""

    def __init__(self) -> None:
        self.card: str | None = None

    def groups(self) -> tuple[BenchGroup, ...]:
        def put(persona: str) -> None:
            self.card = persona

        personas = ("花子", "太郎")
        controls = tuple(
            BenchControl(f"card-{name}", f"{name}のカードを置く", lambda name=name: put(name), chosen=self.card == name)  # type: ignore[misc]
            for name in personas
        )
        return (BenchGroup("カード", (*controls, BenchControl("jam", "紙づまり", lambda: None, enabled=False))),)

    def lines(self) -> tuple[str, ...]:
        return (f"カード: {self.card or 'なし'}",)


def test_a_picture_is_the_panel_and_nothing_else(portrait: Stage, tmp_path: Path) -> None:
    portrait.window.show(samples.PICTURED["01-start"])
    portrait.window.picture(tmp_path / "start.png")
    image = QImage(str(tmp_path / "start.png"))
    assert (image.width(), image.height()) == (1080, 1920)
    with pytest.raises(FileNotFoundError, match="no-such-folder"):
        portrait.window.picture(tmp_path / "no-such-folder" / "start.png")


def test_a_picture_of_a_state_is_of_that_state_whatever_comes_meanwhile(portrait: Stage, tmp_path: Path) -> None:
    start, asked = samples.PICTURED["01-start"], samples.PICTURED["06-confirm"]
    for name, shown in (("start", start), ("asked", asked), ("start", start)):
        portrait.window.show(shown)
        portrait.window.picture(tmp_path / f"{name}.png")
    QTimer.singleShot(0, lambda: portrait.window.show(start))
    portrait.window.picture_of(asked, tmp_path / "picture.png")
    assert differing(tmp_path / "picture.png", tmp_path / "start.png") > 0.02
    assert differing(tmp_path / "picture.png", tmp_path / "asked.png") < 0.002


def differing(one: Path, other: Path) -> float:
    """The share of pixels that differ: more than a focus frame's is another screen."""
    first, second = (np.asarray(Image.open(file)) for file in (one, other))
    return float((first != second).any(axis=2).mean())


def test_the_bench_stands_beside_the_panel(qapp: QGuiApplication, tmp_path: Path) -> None:
    bench = PretendBench()
    panel = PORTRAIT.shown_on(1500, 1080)
    window = KioskWindow(
        panel, sample_visits.SITE, PinPad(), lambda _: None, lambda: sample_visits.NOW, bench=bench, still=True
    )
    window.open(full_screen=False)
    window.show(samples.PICTURED["02-put-card"])
    window.settle()
    assert "card-花子" in window.controls()
    assert "jam" not in window.controls()
    window.touch("card-花子")
    assert bench.card == "花子"
    window.picture(tmp_path / "panel.png")
    assert QImage(str(tmp_path / "panel.png")).width() == panel.width
    window.close()


def test_a_smaller_display_shows_the_same_panel_smaller() -> None:
    small = PORTRAIT.shown_on(1920, 1080)
    assert small.height == 1080
    assert small.width * small.pitch == pytest.approx(PORTRAIT.width * PORTRAIT.pitch, rel=0.01)
    assert LANDSCAPE.shown_on(3840, 2160) == LANDSCAPE


def test_every_key_has_a_role_and_a_name_for_those_who_do_not_see(portrait: Stage) -> None:
    for name, terminal in samples.PICTURED.items():
        portrait.window.show(terminal)
        portrait.window.settle()
        for item in items(portrait.window):
            if not item.objectName().startswith("key:") or not item.isEnabled():
                continue
            spoken = spoken_of(item)
            assert spoken is not None, (name, item.objectName())
            assert spoken.role() in (QAccessible.Role.Button, QAccessible.Role.RadioButton)
            assert spoken.text(QAccessible.Text.Name), (name, item.objectName())


def spoken_of(item: QQuickItem) -> QAccessibleInterface | None:
    """What a screen reader is told; nothing of most items, though the library's types promise an answer."""
    return QAccessible.queryAccessibleInterface(item)


def test_the_title_is_a_heading(portrait: Stage) -> None:
    portrait.window.show(samples.PICTURED["06-confirm"])
    portrait.window.settle()
    headings = [
        spoken.text(QAccessible.Text.Name)
        for item in items(portrait.window)
        if (spoken := spoken_of(item)) is not None and spoken.role() == QAccessible.Role.Heading
    ]
    assert headings == ["この内容で申し込みますか"]


def test_what_is_not_on_the_screen_can_t_be_touched(portrait: Stage) -> None:
    portrait.window.show(samples.PICTURED["07-take-card"])
    portrait.window.settle()
    with pytest.raises(NoSuchControl, match="primary"):
        portrait.window.touch("primary")


def test_high_contrast_stands_still(qapp: QGuiApplication) -> None:
    stage = Stage(PORTRAIT, still=False)
    stage.window.show(replace(samples.PICTURED["02-put-card"], presentation=Presentation(contrast=True)))
    before = stage.window.view.grabWindow()
    stage.window.settle()
    assert stage.window.view.grabWindow() == before
    stage.window.close()


def test_the_gallery_draws_what_is_asked_for(qapp: QGuiApplication, tmp_path: Path) -> None:
    assert draw(tmp_path, ("12-fault-landscape-e",)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["12-fault-landscape-english.png"]


def test_an_uncaught_exception_ends_the_process_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    ended: list[int] = []
    before = sys.excepthook
    end_on_exception(ended.append)
    try:
        fault = ValueError("a name that must not be logged")
        sys.excepthook(ValueError, fault, None)
    finally:
        sys.excepthook = before
    assert ended == [1]
    assert "ValueError" in caplog.text
    assert "a name" not in caplog.text


def test_the_linter_of_qml_finds_nothing(root: Path) -> None:
    folder = root / "kiosk/screens/qml"
    files = sorted(str(path) for path in folder.rglob("*.qml"))
    linter = Path(sys.executable).parent / "pyside6-qmllint"
    done = subprocess.run([linter, "-I", str(folder.parent), *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stdout + done.stderr


def test_nobody_keeps_the_window_alive(qapp: QGuiApplication) -> None:
    stage = Stage(PORTRAIT)
    gone: list[bool] = []
    view: QObject = stage.window.view
    view.destroyed.connect(lambda: gone.append(True))
    stage.window.show(samples.PICTURED["01-start"])
    stage.window.close()
    stage.window.settle()
    assert gone == [True]


def test_what_a_device_still_tells_after_the_end_draws_nothing(qapp: QGuiApplication) -> None:
    stage = Stage(PORTRAIT)
    stage.window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    stage.window.show(samples.ALL["at-counter"])  # raises nothing, of a window that is gone
