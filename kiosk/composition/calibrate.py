"""`koufu-kiosk calibrate`: prints the calibration sheet, measures scans of it, and stores the ground that was chosen in
the site's settings. Touches neither card, money nor journal."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

from hardware.composition import SystemClock
from hardware.sensors.virtual import VirtualSurroundings
from kiosk.calibration.choose import EVEN_WITHIN, PLAIN, Judged, Proposal, propose
from kiosk.calibration.measure import measure
from kiosk.calibration.plan import Field, plan_for
from kiosk.calibration.scans import read_scan
from kiosk.calibration.sheet import document
from kiosk.composition.devices import known_resolution, open_page_printer
from kiosk.composition.settings import TerminalSettings, load_settings
from kiosk.composition.settings_file import store_setting
from kiosk.errors import ConfigurationError
from koufu.ground.profiles import RESOLUTIONS
from printers.errors import PrinterError
from printers.model import PagePrinter, Printed, PrintJob

JOB_NAME_BYTES = 16
SETTING = "printer_profile"
_USUAL_DPI = 600


def print_sheet(settings_file: Path, dpi: int | None) -> Iterator[str]:
    """Prints the sheet on the site's printer; tells what to do with it. Raises `ConfigurationError` when it does not
    come out."""
    settings = load_settings(settings_file)
    plan = plan_for(_resolution(settings, dpi))
    printer = open_page_printer(settings, SystemClock(), VirtualSurroundings())
    try:
        _print(printer, PrintJob(os.urandom(JOB_NAME_BYTES).hex(), document(plan), 1))
    except PrinterError as error:
        raise ConfigurationError(f"the calibration sheet was not printed: {error}") from error
    yield f"printed the sheet for {plan.dpi} dpi with fields 1 to {len(plan.fields)}; it says how to choose"


def write_sheet(settings_file: Path, dpi: int | None, file: Path) -> Iterator[str]:
    """Leaves the sheet as a PDF instead of printing it. Never replaces a file."""
    plan = plan_for(_resolution(load_settings(settings_file), dpi))
    try:
        with file.open("xb") as written:
            written.write(document(plan))
    except PrinterError as error:
        raise ConfigurationError(f"the calibration sheet can't be drawn: {error}") from error
    except OSError as error:
        raise ConfigurationError(f"{file} can't be written: {error.strerror}") from error
    yield f"{file}: print it at {plan.dpi} dpi, at 100 %, black, without any smoothing or toner saving"


def choose(settings_file: Path, dpi: int | None, number: int) -> Iterator[str]:
    """Stores a person's choice."""
    field = plan_for(_resolution(load_settings(settings_file), dpi)).field(number)
    yield from _store(settings_file, field)


def choose_by_scans(settings_file: Path, original: Path, copy: Path, *, store: bool) -> Iterator[str]:
    """Measures both scans, tells each field that comes near and the best; stores it when asked to. Raises
    `ConfigurationError` when they can't be measured or are not of this site's printer, and then stores nothing."""
    settings = load_settings(settings_file)
    proposal = _proposed(original, copy)
    best = proposal.best
    known = known_resolution(settings)
    if known is not None and known not in best.field.profile.resolutions:
        raise ConfigurationError(
            f"the sheet is not for this site's printer of {known} dpi: print one here and scan that"
        )
    yield from _told(proposal)
    if store:
        yield from _store(settings_file, best.field)
    else:
        yield f"nothing is stored yet: the same with --store stores {best.field.profile.profile_id}"


def _proposed(original: Path, copy: Path) -> Proposal:
    measured = []
    for name, file in (("original", original), ("copy", copy)):
        try:
            measured.append(measure(read_scan(file)))
        except ConfigurationError as error:
            raise type(error)(f"--{name}: {error}") from error
    return propose(*measured)


def _told(proposal: Proposal) -> Iterator[str]:
    near = sorted(proposal.judged, key=lambda each: abs(each.difference))[:6]
    for each in sorted(near, key=lambda each: each.field.number):
        yield f"field {each.field.number}: {_in_words(each)}"
    if proposal.unmeasured:
        yield f"not measured, for shadows, stains or too little ink: {', '.join(map(str, proposal.unmeasured))}"
    best = proposal.best
    yield f"best: field {best.field.number} ({best.field.profile.profile_id})"
    if not best.is_even:
        yield f"no field is within {EVEN_WITHIN:.0%} on the original: on this printer the message shows a little"
    elif not best.is_plain:
        yield f"no even field reaches {PLAIN} to 1 on the copy: on this printer copies show the message only weakly"


def _in_words(judged: Judged) -> str:
    return f"original {judged.difference:+.1%}, copy {judged.ratio:.1f} to 1"


def _store(settings_file: Path, field: Field) -> Iterator[str]:
    store_setting(settings_file, SETTING, field.profile.profile_id)
    yield f'{settings_file} now has {SETTING} = "{field.profile.profile_id}"; it counts from the terminal\'s next start'


def _resolution(settings: TerminalSettings, said: int | None) -> int:
    """Raises `ConfigurationError` for a resolution at which the printer is not driven."""
    known = known_resolution(settings)
    if said is not None and known is not None and said != known:
        raise ConfigurationError(f"--dpi: the site's printer is driven at {known} dpi; leave --dpi out")
    dpi = known or said or _USUAL_DPI
    if dpi not in RESOLUTIONS:
        raise ConfigurationError(f"--dpi: there is no ground for {dpi} dpi")
    return dpi


def _print(printer: PagePrinter, job: PrintJob) -> None:
    """Prints one sheet; Ctrl-C takes it back. Raises `ConfigurationError`, `PrinterError`."""
    interrupted = []
    before = signal.signal(signal.SIGINT, lambda *_: interrupted.append(True))
    try:
        settled = printer.print(job, lambda _: None, lambda: bool(interrupted))
    finally:
        signal.signal(signal.SIGINT, before)
    if not isinstance(settled, Printed):
        raise ConfigurationError(
            f"the calibration sheet was not printed: {settled.problem.value}; see to the printer and try again"
        )
