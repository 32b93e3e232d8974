"""The Qt application of a terminal: one heap, fonts in a fixed order, the software renderer, and no fault that goes
unseen. Qt goes on after an exception in a slot; a kiosk must not, so it ends, and its service starts it again."""

import logging
import os
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QGuiApplication

from kiosk.screens.garbage import Collector
from koufu.heap import keep_one_heap

FAMILY = "BIZ UDPGothic"

FALLBACKS = ("IPAmjMincho", "Noto Sans CJK JP")
"""Names hold characters that BIZ UDPGothic has not; IPAmj Mincho has them with their variants."""

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_LOG = logging.getLogger(__name__)


def has_display() -> bool:
    """Whether there is a display to open a window on."""
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) and os.environ.get("QT_QPA_PLATFORM") != "offscreen"


def make_application(*, offscreen: bool) -> QGuiApplication:
    """The one application of this process. `offscreen` draws without a display."""
    keep_one_heap()
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    running = QGuiApplication.instance()
    application = running if isinstance(running, QGuiApplication) else QGuiApplication(["koufu-kiosk"])
    if application.findChild(Collector) is None:
        Collector(application)
    set_fonts()
    return application


def set_fonts() -> None:
    """Fixes where glyphs come from when BIZ UDPGothic lacks them."""
    QFont.insertSubstitutions(FAMILY, list(FALLBACKS))


def log_qt_messages() -> None:
    """Qt's own messages go to the log."""
    qInstallMessageHandler(_log)


def _log(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    _LOG.log(_LEVELS.get(kind, logging.ERROR), "qt: %s", message)


def end_on_exception(end: Callable[[int], object] = os._exit) -> None:
    """An exception that nobody caught, in a slot as anywhere else, is logged by its type and place and ends the
    process. Its text is not logged: it may quote what must not be."""

    def hook(kind: type[BaseException], _fault: BaseException, trace: TracebackType | None) -> None:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "?"
        _LOG.critical("ended by %s at %s", kind.__name__, where)
        end(1)

    sys.excepthook = hook
