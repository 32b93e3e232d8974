"""The one file that knows python-escpos: its command words, and its connections as `Line`s. Text never goes through
the library, whose encoder writes GB18030 where a Japanese printer expects Shift_JIS."""

import logging
import os
import shutil
import socket
import termios
from abc import ABC, abstractmethod
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from escpos import constants, exceptions  # type: ignore[import-untyped]

from printers.escpos.line import LineDown

_BROKEN = (OSError, termios.error, exceptions.Error)

INITIALISE: bytes = constants.HW_INIT
LINE_FEED: bytes = constants.CTL_LF
SHIFT_JIS: bytes = constants.FS + b"C\x01"
"""FS C 1: two-byte characters are Shift_JIS."""
NO_KANJI_SPACING: bytes = constants.FS + b"S\x00\x00"
KATAKANA_PAGE: bytes = constants.ESC + b"t\x01"
USA_CHARACTERS: bytes = constants.ESC + b"R\x00"
"""ESC R 0: byte 5C stays a backslash and does not become a yen sign."""
SMOOTHING: bytes = constants.GS + b"b\x01"
NO_UNASKED_STATUS: bytes = constants.GS + b"a\x00"
CLEAR_BUFFERS: bytes = constants.DLE + constants.DC4 + b"\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4 8 with its fixed arguments, in real time: drops what is received and not yet printed."""
ASK_PAPER_IN_TURN: bytes = constants.GS + b"r\x01"
"""GS r 1: answered only when everything before it is printed."""
STATUS_QUESTIONS = tuple(constants.DLE + constants.EOT + bytes([kind]) for kind in (1, 2, 3, 4))
"""DLE EOT 1 to 4, answered at once with a byte each: printer, cause of offline, error, paper."""
ASK_STATUS: bytes = b"".join(STATUS_QUESTIONS)
CUT: bytes = constants.GS + b"V\x42\x00"
"""GS V 66 0: feeds to the knife and cuts, all but one point."""


def dots_as_unit(dots_per_inch: int) -> bytes:
    """GS P: distances are given in dots from now on."""
    return bytes(constants.GS + b"P" + bytes([dots_per_inch, dots_per_inch]))


def bold(on: bool) -> bytes:
    """ESC E."""
    return bytes(constants.TXT_STYLE["bold"][on])


def size(width: int, height: int) -> bytes:
    """GS !: both 1 to 8 times."""
    return bytes(constants.TXT_SIZE + bytes([(width - 1) << 4 | (height - 1)]))


def line_spacing(dots: int) -> bytes:
    """ESC 3: 0 to 255 dots from line to line."""
    return bytes(constants.ESC + b"3" + bytes([dots]))


def feed(dots: int) -> bytes:
    """ESC J, as often as it takes."""
    return b"".join(constants.ESC + b"J" + bytes([min(255, dots - done)]) for done in range(0, dots, 255))


def move_to(dots: int) -> bytes:
    """ESC $: the next character stands that far from the left."""
    return bytes(constants.ESC + b"$" + dots.to_bytes(2, "little"))


def raster(packed: bytes, width_bytes: int) -> bytes:
    """GS v 0: rows of `width_bytes`, one bit a dot, black is 1."""
    height = len(packed) // width_bytes
    return bytes(constants.GS + b"v0\x00" + width_bytes.to_bytes(2, "little") + height.to_bytes(2, "little") + packed)


class _LibraryLine(ABC):
    """A `Line` over one of the library's connections, which is made anew each time it is opened."""

    two_way = True

    def __init__(self) -> None:
        # Now, since the first import is too slow for the first status.
        self._connections = _connections()
        self._library: Any = None

    def write(self, data: bytes, within: float) -> None:
        """Sends all of it within so many seconds. Raises `LineDown`."""
        try:
            self._send(self._device(), data, within)
        except _BROKEN as fault:
            self.close()
            raise LineDown(str(fault)) from fault

    def read(self, limit: int, within: float) -> bytes:
        """At most `limit` bytes that come within so many seconds; empty when none come. Raises `LineDown`."""
        try:
            return self._receive(self._device(), limit, within)
        except _BROKEN as fault:
            self.close()
            raise LineDown(str(fault)) from fault

    def close(self) -> None:
        """Lets the line go; what was not sent yet is dropped."""
        library, self._library = self._library, None
        if library is not None:
            with suppress(*_BROKEN):
                self._drop_unsent(library.device)
            with suppress(*_BROKEN):
                library.close()

    def _device(self) -> Any:
        if self._library is None:
            self._library = self._connect()
        return self._library.device

    @abstractmethod
    def _connect(self) -> Any:
        """The library's connection, open."""

    @abstractmethod
    def _send(self, device: Any, data: bytes, within: float) -> None: ...

    @abstractmethod
    def _receive(self, device: Any, limit: int, within: float) -> bytes: ...

    @abstractmethod
    def _drop_unsent(self, device: Any) -> None: ...


class SerialLine(_LibraryLine):
    """A printer on a serial port, 8N1, with DTR/DSR flow control as receipt printers have it."""

    def __init__(self, port: str, baud: int = 38400) -> None:
        super().__init__()
        self._port = port
        self._baud = baud

    def _connect(self) -> Any:
        library = self._connections.Serial(devfile=self._port, baudrate=self._baud)
        library.open()
        return library

    def _send(self, device: Any, data: bytes, within: float) -> None:
        device.write_timeout = within
        device.write(data)

    def _receive(self, device: Any, limit: int, within: float) -> bytes:
        device.timeout = within
        first = device.read(1)
        return bytes(first + device.read(min(device.in_waiting, limit - 1))) if first else b""

    def _drop_unsent(self, device: Any) -> None:
        # The library drains on close, which would wait for ever for a printer that takes no more.
        device.reset_output_buffer()


class TcpLine(_LibraryLine):
    """A printer on the network, raw on port 9100."""

    def __init__(self, host: str, port: int = 9100, connect_within: float = 0.1) -> None:
        super().__init__()
        self._host = host
        self._port = port
        self._connect_within = connect_within

    def _connect(self) -> Any:
        # The library would leave its socket open when nobody answers, and knows no IPv6.
        link = socket.create_connection((self._host, self._port), timeout=self._connect_within)
        library = self._connections.Network(self._host, self._port)
        library.device = link
        return library

    def _send(self, device: Any, data: bytes, within: float) -> None:
        device.settimeout(max(within, 0.001))
        device.sendall(data)

    def _receive(self, device: Any, limit: int, within: float) -> bytes:
        device.settimeout(max(within, 0.0))
        try:
            data = bytes(device.recv(limit))
        except (TimeoutError, BlockingIOError):
            return b""
        if not data:
            raise ConnectionResetError("the printer closed the connection")
        return data

    def _drop_unsent(self, device: Any) -> None:
        device.settimeout(0.1)


class FileLine(_LibraryLine):
    """A file or a device file that takes bytes and answers nothing. Each slip replaces the one before."""

    two_way = False

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def _connect(self) -> Any:
        library = self._connections.File(str(self._path))
        library.open()
        return library

    def _send(self, device: Any, data: bytes, within: float) -> None:
        del within
        device.write(data)
        device.flush()

    def _receive(self, device: Any, limit: int, within: float) -> bytes:
        del device, limit, within
        return b""

    def _drop_unsent(self, device: Any) -> None:
        del device


@cache
def _connections() -> ModuleType:
    """The library's connection classes, imported when the first line is made: that takes a third of a second, sets up
    the root logger and leaves a folder behind in the temporary directory. The latter two are undone."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    from escpos import capabilities, printer

    root.handlers[:] = handlers
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return cast("ModuleType", printer)
