"""Reads the dates of a delivery: civil (2026-10-01) or by era (令和8年10月1日, R8.10.1). A date with unknown parts
has a text instead, which nobody interprets."""

import re
import unicodedata
from datetime import date

from certserver.documents.eras import ERAS
from certserver.intake.findings import Broken, Rule

_CIVIL = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_BY_ERA = re.compile(r"(明治|大正|昭和|平成|令和|[MTSHR])(元|\d{1,2})[年.](\d{1,2})[月.](\d{1,2})日?", re.ASCII)
_SHORT = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_FIRST = {name: first for first, name in ERAS}
_LAST = {name: ERAS[at - 1][0] for at, (_, name) in enumerate(ERAS) if at > 0}
"""The day after the last one of each era that has ended."""


FIRST_DAY = date(1873, 1, 1)
"""Of the Western calendar in Japan (Meiji 6). A day before it is printed by the text that stands beside it: it was
lunar."""

EARLIEST, LATEST = date(1800, 1, 1), date(2200, 12, 31)
"""No register has a day outside these: it is a typing error, which would be printed and make somebody old enough."""


def read_day(text: str) -> date:
    """The day. Digits may be full-width. Raises `Broken`: `Rule.DATE`, `Rule.ERA` for 昭和64年1月8日, `Rule.RANGE` for
    days that no register has."""
    try:
        day = date.fromisoformat(text) if _CIVIL.fullmatch(text) else _by_era(text)
    except ValueError as error:
        if isinstance(error, Broken):
            raise
        raise Broken(Rule.DATE) from None
    if not EARLIEST <= day <= LATEST:
        raise Broken(Rule.RANGE)
    return day


def _by_era(text: str) -> date:
    found = _BY_ERA.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        raise Broken(Rule.DATE)
    name = _SHORT.get(found[1], found[1])
    year = 1 if found[2] == "元" else int(found[2])
    day = date(_FIRST[name].year + year - 1, int(found[3]), int(found[4]))
    if year < 1 or not _FIRST[name] <= day < _LAST.get(name, date.max):
        raise Broken(Rule.ERA)
    return day
