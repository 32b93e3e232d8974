"""The commands for reports: report, figures."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from certserver.cli.opened import at_desk
from certserver.composition.clock import SystemClock
from certserver.errors import ConfigurationError
from certserver.office.reports.making import Wanted, enter_rate, hand_over_cards, hand_over_issued, make_report
from certserver.office.reports.months import first_of_fiscal_year, fiscal_year
from certserver.office.reports.rates import Rate, RateRow
from certserver.office.reports.words import Language
from certserver.office.reports.writing_csv import as_csv
from certserver.office.reports.writing_text import as_text
from certserver.ports import in_japan, unix


def report(parsed: argparse.Namespace) -> int:
    """Prints a report, or writes it as a file."""
    today = in_japan(unix(SystemClock().now())).date()
    until: date = parsed.until or today
    wanted = Wanted(
        parsed.name,
        parsed.since or first_of_fiscal_year(fiscal_year(until)),
        until,
        Language(parsed.language),
        nationwide=parsed.all_municipalities,
        ten_thousands=parsed.ten_thousands,
        public=parsed.public,
    )
    with at_desk(parsed) as desk:
        table = make_report(desk, wanted)
    if parsed.csv is None:
        sys.stdout.write(as_text(table))
        return 0
    try:
        with parsed.csv.open("wb") as file:
            file.writelines(as_csv(table))
    except OSError as error:
        raise ConfigurationError(f"can't write {parsed.csv}: {error.strerror}") from error
    print(f"Written: {parsed.csv}, {len(table.rows)} rows.")
    return 0


def cards(parsed: argparse.Namespace) -> int:
    """Takes in figures of cards and people."""
    with _lines(parsed.file) as lines, at_desk(parsed) as desk:
        taken = hand_over_cards(desk, lines, nationwide=parsed.all_municipalities)
    print(f"Taken in: {taken.lines} lines, {taken.count:,} in all.")
    return 0


def issued(parsed: argparse.Namespace) -> int:
    """Takes in figures of issued certificates."""
    with _lines(parsed.file) as lines, at_desk(parsed) as desk:
        taken = hand_over_issued(desk, lines)
    print(f"Taken in: {taken.lines} lines, {taken.count:,} copies.")
    return 0


def rate(parsed: argparse.Namespace) -> int:
    """Sets a rate that claims are reckoned with."""
    row = RateRow(Rate(parsed.rate), parsed.place, parsed.since, parsed.amount, parsed.confirmed, parsed.source)
    with at_desk(parsed) as desk:
        enter_rate(desk, row)
    print(f"Set: {row.rate.value} at {row.place} from {row.since}: {row.amount:,}.")
    return 0


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[str]]:
    """The lines of a file, read as they are wanted. Raises `ConfigurationError`."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            yield iter(lines)
    except OSError as error:
        raise ConfigurationError(f"can't read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8") from error
