"""What every test stands on: no real screen, and the repository's root at hand."""

import os
from pathlib import Path

import pytest

# Before anything imports Qt: tests never open a window on the machine's screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QT_QPA_UPDATE_IDLE_TIME"] = "0"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).parent.parent
