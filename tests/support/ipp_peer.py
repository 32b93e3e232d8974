"""An IPP printer of a few lines, inside the test: answers what it is told to answer, and may lose answers, print them
wrong or forget jobs. For what `ippeveprinter` never does."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from printers.errors import AnswerLost, PrinterAway

_TEXT, _INTEGER, _ENUM, _BOOLEAN = 0x44, 0x21, 0x23, 0x22


@dataclass
class ScriptedPrinter:
    """An `IppTransport`. Each look at a job moves it on by one entry of `sides`; when they are used up it completes."""

    sides: list[int] = field(default_factory=list)
    reasons: str = "none"
    stopped: bool = False
    scaling: bool = True
    ignored: tuple[str, ...] = ()
    completed_with_errors: bool = False
    refuse: int = 0
    lose: Callable[[int], bool] = lambda _: False
    away: bool = False
    cancel_works: bool = True
    forget_settled: bool = False
    garble: Callable[[bytes], bytes] = lambda answer: answer
    requests: list[tuple[int, bytes]] = field(default_factory=list)
    jobs: dict[int, tuple[str, int]] = field(default_factory=dict)
    one_by_one: bool = True
    """Whether Cancel-Job works where Cancel-My-Jobs does."""
    asleep: int = 0
    """So many looks after it was asked for something it still sleeps; below 0 it is awake."""
    hides: str = "none"
    """Its reasons once it is awake."""
    roused: bool = False
    refuse_trial: int = 0
    sheets_told: int | None = None
    job_sides: str = "two-sided-long-edge"

    printer_uri = "ipp://printer.example/ipp/print"

    def exchange(self, request: bytes) -> bytes:
        if self.away:
            raise PrinterAway("away")
        _, operation, number = struct.unpack_from(">HHI", request)
        self.requests.append((operation, request))
        status, body = self._answer(operation, request)
        if self.lose(operation):
            raise AnswerLost("lost")
        return self.garble(struct.pack(">HHI", 0x0200, status, number) + body + b"\x03")

    def operations(self) -> list[int]:
        return [operation for operation, _ in self.requests]

    def _answer(self, operation: int, request: bytes) -> tuple[int, bytes]:
        if operation in (0x04, 0x39, 0x3C):
            return self._obey(operation)
        match operation:
            case 0x0B:
                return 0, b"\x04" + self._printer()
            case 0x02:
                if self.refuse:
                    return self.refuse, b""
                number = len(self.jobs) + 1
                self.jobs[number] = (_text_of(request, b"job-name"), 5)
                ignored = b"\x05" + b"".join(_value(_TEXT, name, b"x") for name in self.ignored)
                return 0, (ignored if self.ignored else b"") + b"\x02" + self._job(number)
            case 0x0A:
                settled = b"not-completed" not in request
                listed = [number for number, (_, state) in self.jobs.items() if (state >= 7) == settled]
                return 0, b"".join(b"\x02" + self._job(number) for number in listed)
        number = struct.unpack(">I", request[request.index(b"job-id") + 8 :][:4])[0]
        if number not in self.jobs or (self.forget_settled and self.jobs[number][1] >= 7):
            return 0x0406, b""
        name, state = self.jobs[number]
        if operation == 0x08:
            if self.cancel_works and self.one_by_one and state < 7:
                self.jobs[number] = (name, 7)
            return 0, b""
        if state < 7 and len(self.sides) <= 1 and not self.stopped:
            self.jobs[number] = (name, 9)
        answer = self._job(number)
        if len(self.sides) > 1 and not self.stopped:
            self.sides.pop(0)
        if self.forget_settled and self.jobs[number][1] >= 7:
            return 0x0406, b""
        return 0, b"\x02" + answer

    def _job(self, number: int) -> bytes:
        name, state = self.jobs[number]
        reason = b"job-completed-with-errors" if self.completed_with_errors and state == 9 else b"none"
        told = _value(_INTEGER, "job-id", struct.pack(">i", number)) + _value(0x42, "job-name", name.encode())
        told += _value(_ENUM, "job-state", struct.pack(">i", state)) + _value(_TEXT, "job-state-reasons", reason)
        told += _value(_TEXT, "sides", self.job_sides.encode())
        if self.sheets_told is not None:
            told += _value(_INTEGER, "job-media-sheets-completed", struct.pack(">i", self.sheets_told))
        if self.sides:
            told += _value(_INTEGER, "job-impressions-completed", struct.pack(">i", self.sides[0]))
        return told

    def _obey(self, operation: int) -> tuple[int, bytes]:
        if operation == 0x39 and self.cancel_works:
            self.jobs = {number: (name, max(state, 7)) for number, (name, state) in self.jobs.items()}
        self.roused = self.roused or operation != 0x39
        return self.refuse_trial if operation == 0x04 else 0, b""

    def _reasons(self) -> str:
        if self.asleep > 0:
            self.asleep -= self.roused
            return "deep-sleep-report"
        return self.hides if self.hides != "none" else self.reasons

    def _printer(self) -> bytes:
        state = 5 if self.stopped else 4
        told = _value(_ENUM, "printer-state", struct.pack(">i", state))
        told += _value(_TEXT, "printer-state-reasons", self._reasons().encode())
        told += _value(_BOOLEAN, "printer-is-accepting-jobs", b"\x01")
        told += _value(_TEXT, "media-supported", b"iso_a4_210x297mm")
        told += _value(_TEXT, "sides-supported", b"two-sided-long-edge")
        told += _value(0x49, "document-format-supported", b"application/pdf")
        return told + (_value(_TEXT, "print-scaling-supported", b"none") if self.scaling else b"")


def _value(tag: int, name: str, octets: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(octets)) + octets


def _text_of(request: bytes, name: bytes) -> str:
    at = request.index(name) + len(name)
    (length,) = struct.unpack_from(">H", request, at)
    return request[at + 2 : at + 2 + length].decode()
