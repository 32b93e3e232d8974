"""Money, dates and hours as each language writes them. Pure; knows no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.flow.values.presentation import Language

_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_ERAS = (("令和", 2019), ("平成", 1989), ("昭和", 1926))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in yen in three parts, because figure and unit differ in size."""

    before: str
    figure: str
    after: str

    @property
    def text(self) -> str:
        """All in one."""
        return f"{self.before}{self.figure}{self.after}"


def amount(yen: int, language: Language) -> Amount:
    """An amount in yen: 1,000円 or ¥1,000."""
    if language is Language.JAPANESE:
        return Amount("", f"{yen:,}", "円")
    return Amount("¥", f"{yen:,}", "")


def money(yen: int, language: Language) -> str:
    """An amount in yen as one text."""
    return amount(yen, language).text


def denominations(yen: Sequence[int], language: Language, *, on_a_line: int) -> str:
    """A list of coins or notes, so many on a line: 500円・100円 or ¥500, ¥100."""
    between, end = ("・", "") if language is Language.JAPANESE else (", ", ",")
    each = [money(one, language) for one in yen]
    return f"{end}\n".join(between.join(each[at : at + on_a_line]) for at in range(0, len(each), on_a_line))


def notes(yen: Sequence[int], language: Language) -> str:
    """Notes inside a sentence: 5,000円札・10,000円札 or ¥5,000 or ¥10,000."""
    if language is Language.JAPANESE:
        return "・|".join(f"{each:,}円札" for each in yen)
    figures = [money(each, language) for each in yen]
    if len(figures) > 1:
        figures[-2:] = [f"{figures[-2]} or {figures[-1]}"]
    return ", ".join(figures)


def day_short(day: date, language: Language) -> str:
    """A day for the header: 11月24日（火） or Tue 24 Nov."""
    if language is Language.JAPANESE:
        return f"{day.month}月{day.day}日（{_WEEKDAYS_JA[day.weekday()]}）"
    return f"{_WEEKDAYS_EN[day.weekday()][:3]} {day.day} {_MONTHS_EN[day.month - 1][:3]}"


def day_long(day: date, language: Language) -> str:
    """A day in a sentence: 12月6日（日） or Sunday 6 December."""
    if language is Language.JAPANESE:
        return day_short(day, language)
    return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}"


def day_with_year(day: date, language: Language) -> str:
    """A day of any year, as that of a birth: 1948年3月31日 or 31 March 1948."""
    if language is Language.JAPANESE:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def days(since: date, until: date, language: Language, *, short: bool = False) -> str:
    """A day or a stretch of days. A line may break between two days, never inside one."""
    written = day_short if short else day_long
    whole = [written(day, language).replace(" ", "\N{NO-BREAK SPACE}") for day in (since, until)]
    if since == until:
        return whole[0]
    return ("～|" if language is Language.JAPANESE else " to\N{NO-BREAK SPACE}").join(whole)


def year(of: int, language: Language) -> str:
    """A year: 令和7年 or 2025. The year in which an era began is that era's 元年."""
    if language is not Language.JAPANESE:
        return str(of)
    era, since = next((era, since) for era, since in _ERAS if of >= since)
    return f"{era}{'元' if of == since else of - since + 1}年"


def time_of_day(at: datetime) -> str:
    """17:40."""
    return f"{at.hour}:{at.minute:02}"


def minutes_of_day(minutes: int) -> str:
    """23:00 of 1380."""
    return f"{minutes // 60}:{minutes % 60:02}"


def hours(opens_at: int, closes_at: int, language: Language) -> str:
    """9:00～17:00 or 9:00–17:00."""
    joined = "～" if language is Language.JAPANESE else "–"
    return f"{minutes_of_day(opens_at)}{joined}{minutes_of_day(closes_at)}"
