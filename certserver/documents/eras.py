"""Dates as documents print them: Japanese eras for residents, the Western calendar for foreign residents. A text in the
register always wins over the civil date."""

from datetime import date

from certserver.registers.model import RegisterDate

PAD = "\u2007"
"""Figure space: as wide as a digit, so that one-digit months and days align. It is never part of a value."""

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 10, 23), "明治"),
)
"""First day and name. The register holds dates before Meiji 6 (1873) with a text of their own: they are lunar."""


def era_date(day: date) -> str:
    """「令和 8年10月 1日」, 元年 for the first year of an era, the Western year before all eras."""
    for first, name in ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{name}{'元' if year == 1 else _padded(year)}年{_month_and_day(day)}"
    return western_date(day)


def full_width_date(day: date) -> str:
    """「令和８年１０月１日」: full-width digits without padding, as in a koseki."""
    return era_date(day).replace(PAD, "").translate(_FULL_WIDTH)


def western_date(day: date) -> str:
    """「1993年11月30日」."""
    return f"{day.year}年{_month_and_day(day)}"


def printed(registered: RegisterDate, *, western: bool = False) -> str:
    """A date of a register as it is printed."""
    if registered.text:
        return registered.text
    assert registered.day is not None
    return western_date(registered.day) if western else era_date(registered.day)


def printed_in_sentence(registered: RegisterDate) -> str:
    """A date of a register within a sentence, where nothing is to align: not padded."""
    return registered.text or printed(registered).replace(PAD, "")


def era_year(year: int) -> str:
    """「令和8年」, not padded; a year in which the era changed by its later era (whole fiscal 2019 is 令和元年度)."""
    first, era = next(era for era in ERAS if date(year, 12, 31) >= era[0])
    number = year - first.year + 1
    return f"{era}{'元' if number == 1 else number}年"


def printed_full_width(registered: RegisterDate) -> str:
    """A date of a koseki as it is printed."""
    if registered.text:
        return registered.text
    assert registered.day is not None
    return full_width_date(registered.day)


def _month_and_day(day: date) -> str:
    return f"{_padded(day.month)}月{_padded(day.day)}日"


def _padded(value: int) -> str:
    return f"{value}".rjust(2, PAD)
