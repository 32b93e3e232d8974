"""What each printer-state-reason means for a kiosk: a problem, a warning, or nothing. Pure. A reason that nobody knows
here stops printing unless the printer itself says that it does not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from printers.model import PrinterProblem, PrinterWarning

_SEVERITY = re.compile(r"-(error|warning|report)\Z")

_PROBLEMS: Mapping[PrinterProblem, tuple[str, ...]] = {
    PrinterProblem.JAM: ("media-jam", "media-path-jam"),
    PrinterProblem.PAPER_EMPTY: (
        "media-empty",
        "media-needed",
        "input-cannot-feed-size-selected",
        "input-manual-input-request",
        "input-media-size-change",
        "input-media-type-change",
        "input-media-weight-change",
        "input-media-color-change",
        "input-media-form-parts-change",
        "input-tray-elevation-failure",
        "input-tray-missing",
        "input-tray-position-failure",
    ),
    PrinterProblem.DOOR_OPEN: ("door-open", "cover-open", "interlock-open"),
    PrinterProblem.TONER_EMPTY: (
        "toner-empty",
        "developer-empty",
        "marker-developer-empty",
        "marker-ink-empty",
        "marker-print-ribbon-empty",
        "marker-supply-empty",
        "marker-supply-missing",
        "marker-toner-cartridge-missing",
    ),
    PrinterProblem.OUTPUT_FULL: (
        "output-area-full",
        "output-tray-missing",
        "output-mailbox-select-failure",
        "media-path-media-tray-full",
        "media-path-media-tray-missing",
    ),
    PrinterProblem.WORN_OUT: (
        "cleaner-life-over",
        "fuser-over-temp",
        "fuser-under-temp",
        "marker-fuser-thermistor-failure",
        "marker-fuser-timing-failure",
        "marker-waste-full",
        "marker-waste-ink-receptacle-full",
        "marker-waste-toner-receptacle-full",
        "opc-life-over",
    ),
    PrinterProblem.ONE_SIDED: ("media-path-cannot-duplex-media-selected",),
    PrinterProblem.PAUSED: ("paused", "moving-to-paused", "hold-new-jobs", "deactivated", "stopping"),
    PrinterProblem.OFFLINE: ("shutdown", "timed-out", "connecting-to-device", "power-down", "deleted"),
    PrinterProblem.OTHER: (
        "stopped-partly",
        "spool-area-full",
        "testing",
        "interpreter-resource-unavailable",
        "cups-missing-filter",
        "cups-insecure-filter",
    ),
}
"""RFC 8011, 5.4.12 and PWG 5100.9; `deactivated`, `deleted`, `hold-new-jobs` and `testing` PWG 5100.11 and 5100.22;
what begins with `cups-` is CUPS' own."""

_WARNINGS: Mapping[PrinterWarning, tuple[str, ...]] = {
    PrinterWarning.PAPER_LOW: ("media-low",),
    PrinterWarning.TONER_LOW: (
        "toner-low",
        "developer-low",
        "marker-developer-almost-empty",
        "marker-ink-almost-empty",
        "marker-print-ribbon-almost-empty",
        "marker-supply-low",
    ),
    PrinterWarning.OUTPUT_FILLING: ("output-area-almost-full", "media-path-media-tray-almost-full"),
    PrinterWarning.WEARING: (
        "cleaner-life-almost-over",
        "marker-waste-almost-full",
        "marker-waste-ink-receptacle-almost-full",
        "marker-waste-toner-receptacle-almost-full",
        "opc-near-eol",
    ),
    PrinterWarning.ASLEEP: (
        "deep-sleep",
        "energy-saver",
        "hibernate",
        "low-power",
        "power-save",
        "power-saver",
        "power-saver-mode",
        "sleep",
        "sleep-mode",
        "sleeping",
        "standby",
        "suspend",
        "suspended",
    ),
}
"""No standard names the sleep of a printer in this attribute; these are the words of makers, and of the power states of
PWG 5100.21."""

_NOTHING = frozenset(
    {
        "none",
        "alert-removal-of-binary-change-entry",
        "configuration-change",
        "identify-printer-requested",
        "interlock-closed",
        "interpreter-cartridge-added",
        "interpreter-cartridge-deleted",
        "interpreter-complex-page-encountered",
        "interpreter-memory-decrease",
        "interpreter-memory-increase",
        "interpreter-resource-added",
        "interpreter-resource-deleted",
        "marker-adjusting-print-quality",
        "power-up",
        "printer-manual-reset",
        "printer-nms-reset",
        "printer-ready-to-print",
        "resuming",
        "unknown",
        "cups-waiting-for-job-completed",
        "cups-remote-pending",
        "cups-remote-pending-held",
        "cups-remote-processing",
        "cups-remote-stopped",
        "cups-remote-canceled",
        "cups-remote-aborted",
        "cups-remote-completed",
    }
)
"""Events and states of work. `unknown` is the out-of-band word of a device that can't say."""

_SUBUNIT = re.compile(
    r"(?:bander|binder|die-cutter|folder|imprinter|inserter|make-envelope|perforater|puncher|separation-cutter|"
    r"sheet-rotator|slitter|stacker|stapler|stitcher|subunit|trimmer|wrapper)-(.+)"
)
"""Finishers (PWG 5100.9, 8.1): nothing of what they do is asked of them, but a sheet passes through them."""

_OF_SUBUNITS: Mapping[str, PrinterProblem] = {
    "jam": PrinterProblem.JAM,
    "cover-open": PrinterProblem.DOOR_OPEN,
    "interlock-open": PrinterProblem.DOOR_OPEN,
    "opened": PrinterProblem.DOOR_OPEN,
    "full": PrinterProblem.OUTPUT_FULL,
    "at-limit": PrinterProblem.OUTPUT_FULL,
    "memory-exhausted": PrinterProblem.OTHER,
    "motor-failure": PrinterProblem.OTHER,
    "over-temperature": PrinterProblem.OTHER,
    "recoverable-failure": PrinterProblem.OTHER,
    "thermistor-failure": PrinterProblem.OTHER,
    "timing-failure": PrinterProblem.OTHER,
    "under-temperature": PrinterProblem.OTHER,
    "unrecoverable-failure": PrinterProblem.OTHER,
}

_QUIET_SUBUNITS = frozenset(
    {
        "added",
        "almost-empty",
        "almost-full",
        "closed",
        "configuration-change",
        "cover-closed",
        "empty",
        "interlock-closed",
        "life-almost-over",
        "life-over",
        "missing",
        "near-limit",
        "offline",
        "power-saver",
        "recoverable-storage-error",
        "removed",
        "resource-added",
        "resource-removed",
        "turned-off",
        "turned-on",
        "unrecoverable-storage-error",
        "warming-up",
    }
)
"""What a finisher that is not used may be. Unless it is told as an error."""

_PROBLEM_OF = {reason: problem for problem, reasons in _PROBLEMS.items() for reason in reasons}
_WARNING_OF = {reason: warning for warning, reasons in _WARNINGS.items() for reason in reasons}


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that a printer's reasons come to."""

    problems: frozenset[PrinterProblem]
    warnings: frozenset[PrinterWarning]


def read_reasons(told: Iterable[str]) -> Reasons:
    """A known problem counts whatever its severity, since printers misjudge it (CUPS' own calls a jam a warning). A
    reason without a severity is an error (RFC 8011, 5.4.12)."""
    meanings = {_meaning(reason.lower()) for reason in told if reason}
    return Reasons(
        frozenset(each for each in meanings if isinstance(each, PrinterProblem)),
        frozenset(each for each in meanings if isinstance(each, PrinterWarning)),
    )


def _meaning(reason: str) -> PrinterProblem | PrinterWarning | None:
    # A word of its own may end like a severity: `unrecoverable-storage-error`.
    known = _known(reason)
    return known[0] if known is not None else _by_severity(reason)


def _by_severity(reason: str) -> PrinterProblem | PrinterWarning | None:
    found = _SEVERITY.search(reason)
    severity = found.group(1) if found else "error"
    bare = reason[: found.start()] if found else reason
    known = _known(bare)
    if known is None or (known[0] is None and severity == "error" and _SUBUNIT.fullmatch(bare)):
        return PrinterProblem.OTHER if severity == "error" else None
    return known[0]


def _known(word: str) -> tuple[PrinterProblem | PrinterWarning | None] | None:
    """What a word means, where it is known here at all."""
    if word in _NOTHING:
        return (None,)
    subunit = _SUBUNIT.fullmatch(word)
    if subunit is None:
        meaning = _PROBLEM_OF.get(word) or _WARNING_OF.get(word)
        return None if meaning is None else (meaning,)
    of = subunit.group(1)
    if of in _OF_SUBUNITS:
        return (_OF_SUBUNITS[of],)
    return (None,) if of in _QUIET_SUBUNITS else None
