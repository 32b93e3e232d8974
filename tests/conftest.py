"""What every test stands on: no real screen, and the repository's root at hand."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

# Before anything imports Qt: tests never open a window on the machine's screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QT_QPA_UPDATE_IDLE_TIME"] = "0"


@pytest.fixture(scope="session")
def qapp_cls() -> "type[QCoreApplication]":
    """The one Qt application of a test process has no widgets, like the terminal's."""
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).parent.parent
