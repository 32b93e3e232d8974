"""The options of the commands for reports. It imports nothing that is slow."""

from datetime import date
from pathlib import Path
from typing import Any

from certserver.cli.application_commands import Adds

REPORT_NAMES = (
    "abandonment",
    "cards",
    "cards-by-age",
    "cards-by-class",
    "cards-by-month",
    "cards-by-prefecture",
    "certificates-by-month",
    "certificates-by-option",
    "certificates-by-outlet",
    "certificates-by-year",
    "contract-claims",
    "cost-per-certificate",
    "faults",
    "fees",
    "refusals",
    "renewals",
    "subsidy-claims",
    "time-to-paper",
)
"""Names of `certserver.office.reports.catalogue.REPORTS`; that module is slow to import."""

_RATES = ("commission", "fixed", "intake", "subsidy")
"""Values of `certserver.office.reports.rates.Rate`."""


def add_report(commands: Any, add: Adds) -> None:
    """Adds report."""
    showing = add(commands, "report", "reports.report", "show a report, or write it as a CSV file")
    showing.add_argument("name", choices=REPORT_NAMES, metavar="NAME", help=", ".join(REPORT_NAMES))
    showing.add_argument(
        "--since", type=date.fromisoformat, metavar="DAY", help="first day (default: 1 April of the fiscal year)"
    )
    showing.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="last day (default: today)")
    showing.add_argument("--csv", type=Path, metavar="FILE", help="write it to this file, for a spreadsheet")
    showing.add_argument("--language", choices=("ja", "en"), default="ja", help="default: ja")
    showing.add_argument("--public", action="store_true", help="keep back numbers that tell of a few people")
    showing.add_argument(
        "--ten-thousands", action="store_true", help="cards by month and by age in 万, as the ministry prints them"
    )
    showing.add_argument(
        "--all-municipalities", action="store_true", help="cards of all municipalities that the database knows of"
    )


def add_figures(group: Any, add: Adds) -> None:
    """Adds cards, issued and rate."""
    handing = add(group, "cards", "reports.cards", "take in counts of cards and people from before this software")
    handing.add_argument(
        "--all-municipalities", action="store_true", help="the file may name other municipalities than this one"
    )
    issued = add(group, "issued", "reports.issued", "take in counts of certificates issued before this software")
    for parser in (handing, issued):
        parser.add_argument("--file", type=Path, required=True, metavar="FILE.csv", help="see docs/reports.md")
    setting = add(group, "rate", "reports.rate", "set what claims are reckoned with, from a day on")
    setting.add_argument("rate", choices=_RATES, metavar="RATE", help=", ".join(_RATES))
    setting.add_argument(
        "--place", default="*", metavar="PLACE", help="an outlet, a kind such as *post-office, or * (default)"
    )
    setting.add_argument("--since", required=True, type=date.fromisoformat, metavar="DAY", help="the first day")
    setting.add_argument(
        "--amount", required=True, type=int, metavar="YEN", help="yen; of a subsidy hundredths of a percent"
    )
    setting.add_argument("--source", required=True, help="where it stands: a contract, a notice")
    setting.add_argument("--confirmed", action="store_true", help="somebody looked it up there")
