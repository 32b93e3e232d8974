"""The screens as they were last looked at and found good, compared tile by tile at half size. After looking at a
change: KOUFU_GOLDEN=write makes these pictures anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.screens import samples
from kiosk.screens.gallery import LOOKS
from tests.kiosk.screens.conftest import Stage
from tests.support.golden_screens import looks_as_before

_CHOOSING = ("advised-window", "matter-year", "options-many", "number", "confirm-full")

_CASHLESS = ("means-declined", "present", "asking-debit", "fault-cashless-doubt")

_ELSEWHERE = (
    "where",
    "where-prefecture",
    "where-municipality",
    "enrol-offer",
    "enrol-domicile",
    "enrol-review",
    "enrolled",
)

LOOKED_AT = (
    *((name, "portrait", "") for name in samples.PICTURED),
    *((name, "landscape", "") for name in samples.PICTURED),
    *((name, "portrait", "-english") for name in samples.PICTURED),
    *((name, "portrait", "-large") for name in ("01-start", "03-pin", "06-confirm", "08-pay", "12-fault")),
    *((name, "portrait", "-contrast") for name in ("01-start", "03-pin", "06-confirm")),
    *((name, "portrait", "-low") for name in ("03-pin", "04-purpose")),
    ("06-confirm", "portrait", "-left"),
    *((name, panel, "") for name in _CHOOSING for panel in ("portrait", "landscape")),
    *((name, panel, "") for name in _CASHLESS for panel in ("portrait", "landscape")),
    *((name, panel, "") for name in _ELSEWHERE for panel in ("portrait", "landscape")),
    *((name, "portrait", "-english") for name in _ELSEWHERE),
    *((name, "portrait", "-large") for name in ("where-municipality", "enrol-domicile", "enrol-review")),
    ("where-prefecture", "landscape", "-large-english"),
    ("enrol-born", "portrait", ""),
    ("purpose-nine", "portrait", ""),
    ("matter-refused", "portrait", ""),
    ("options-many", "portrait", "-english"),
    ("advised-paper", "portrait", ""),
    ("confirm-free", "portrait", ""),
    ("over-idle", "portrait", ""),
    ("closed-two", "portrait", ""),
    ("declined-card-lies", "portrait", ""),
    ("start-short-board", "portrait", ""),
    ("01-start", "landscape", "-large"),
    ("at-counter", "portrait", ""),
    ("at-counter", "landscape", "-english"),
)


@pytest.mark.parametrize(("name", "panel", "look"), LOOKED_AT)
def test_a_screen_looks_as_it_was_found_good(
    name: str, panel: str, look: str, stages: dict[str, Stage], root: Path, tmp_path: Path
) -> None:
    window = stages[panel].window
    window.show(replace(samples.ALL[name], presentation=LOOKS[look]))
    window.picture(tmp_path / "shown.png")
    golden = f"{name}{'-landscape' if panel == 'landscape' else ''}{look}.png"
    assert looks_as_before(tmp_path / "shown.png", root / "tests/golden/screens" / golden)
