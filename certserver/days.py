"""Days in Japan as rules count them: full years of age, and days on which offices work. Pure."""

from datetime import date
from functools import lru_cache

import jpholiday

_SATURDAY = 5


def full_years(born: date, day: date) -> int:
    """Whole years on a day. A year is full as the birthday begins (年齢計算ニ関スル法律): for whoever was born on
    29 February, in a common year as 1 March begins."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@lru_cache(maxsize=512)
def is_business_day(day: date) -> bool:
    """Whether a day is from Monday to Friday and no public holiday."""
    return day.weekday() < _SATURDAY and not jpholiday.is_holiday(day)
