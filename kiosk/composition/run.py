"""`koufu-kiosk run`: one terminal, full screen, until it is told to stop."""

import signal
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.composition.devices import open_devices
from kiosk.composition.settings import load_settings
from kiosk.composition.terminal import put_together
from kiosk.flow.rules import SiteRules
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application

HEED_SIGNALS_MS = 250
"""Python runs signal handlers between byte codes, and Qt's loop runs none while nothing happens."""


def run(settings_file: Path) -> int:
    """Runs the terminal; returns its exit status."""
    settings = load_settings(settings_file)
    application = make_application(offscreen=False)
    log_qt_messages()
    end_on_exception()
    program = put_together(settings, open_devices(settings), SiteRules())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: application.quit())
    heed = QTimer()
    heed.timeout.connect(lambda: None)
    heed.start(HEED_SIGNALS_MS)
    try:
        program.window.open(full_screen=True)
        if program.counter is not None:
            program.counter.window.open(full_screen=True)
        program.start()
        return application.exec()
    finally:
        program.stop()
