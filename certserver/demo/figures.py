"""Figures of the fictional municipality from before its software: two years of cards and certificates by month, so that
reports have something to tell. Made by arithmetic; the same day gives the same figures."""

from collections.abc import Iterator
from datetime import date, timedelta

from certserver.applications.counted import BANDS, Sex
from certserver.office.reports.handing_in import CARD_FIELDS, ISSUED_FIELDS
from certserver.office.reports.months import first_of_fiscal_year, fiscal_year, last_day, months_from

_PEOPLE = (41, 47, 51, 54, 58, 55, 57, 66, 76, 90, 93, 79, 73, 75, 86, 70, 118)
"""In each band, of either sex."""
_HELD_BEFORE = 55
"""Percent who had a card when the figures begin."""
_A_MONTH = {"residence": 61, "residence-items": 3, "seal-registration": 47, "income-tax": 9, "koseki-full": 8}
_FEES = {"residence": 200, "residence-items": 200, "seal-registration": 200, "income-tax": 200, "koseki-full": 450}


def card_figures(municipality: str, today: date) -> Iterator[str]:
    """A file of counts of cards and people until the end of the last month."""
    yield ",".join(CARD_FIELDS)
    months = _months(today)
    counted_on = months[0].replace(month=1, day=1)
    for band, people in zip(BANDS, _PEOPLE, strict=True):
        for sex in Sex:
            yield f"{municipality},population,{months[0]},{counted_on},{band},{sex.value},{people}"
            before = months[0] - timedelta(days=1)
            yield f"{municipality},delivered,{before},,{band},{sex.value},{people * _HELD_BEFORE // 100}"
            for at, month in enumerate(months):
                # More in spring, fewer as fewer are left.
                cards = people * (3 if month.month in (3, 4) else 2) // (70 + 4 * at)
                ended = people // 90 if (at + band) % 3 == 0 else 0
                if cards:
                    yield f"{municipality},applied,{last_day(month)},,{band},{sex.value},{cards}"
                    yield f"{municipality},delivered,{last_day(month)},,{band},{sex.value},{cards}"
                if ended:
                    yield f"{municipality},ended,{last_day(month)},,{band},{sex.value},{ended}"


def issued_figures(municipality: str, today: date) -> Iterator[str]:
    """A file of counts of issued certificates until the end of the last month."""
    yield ",".join(ISSUED_FIELDS)
    for at, month in enumerate(_months(today)):
        for kind, usual in _A_MONTH.items():
            copies = usual * (100 + 2 * at + (60 if month.month in (3, 4) else 0)) // 100
            yield f"{municipality},{last_day(month)},{kind},{copies},{copies * _FEES[kind]}"


def _months(today: date) -> tuple[date, ...]:
    """From the April before last to the month before this one."""
    begins = first_of_fiscal_year(fiscal_year(today) - 1)
    return months_from(begins, today.replace(day=1) - timedelta(days=1))
