"""Months and fiscal years (年度, from April) as reports count them. Pure."""

from datetime import date, timedelta

_APRIL = 4


def months_from(first: date, until: date) -> tuple[date, ...]:
    """First days of the months from that of one day to that of another."""
    months = []
    month = first.replace(day=1)
    while month <= until:
        months.append(month)
        month = next_month(month)
    return tuple(months)


def next_month(month: date) -> date:
    """The first day of the month after that of a day."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def last_day(month: date) -> date:
    """The last day of the month of a day."""
    return next_month(month) - timedelta(days=1)


def whole_months(since: date, until: date) -> tuple[date, ...]:
    """First days of the months that lie whole between two days, both included."""
    return tuple(month for month in months_from(since, until) if since <= month and last_day(month) <= until)


def fiscal_year(day: date) -> int:
    """The year in which the fiscal year of a day begins."""
    return day.year - (day.month < _APRIL)


def first_of_fiscal_year(year: int) -> date:
    """1 April."""
    return date(year, _APRIL, 1)
