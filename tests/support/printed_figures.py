"""The ministry's printed tables of May 2024, and figures to the last person that would print so, as a municipality
hands figures over. How a total lies among municipalities is made up; every total that is printed is kept exactly."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from certserver.applications.counted import BANDS, Sex
from certserver.check_digits import local_government_digit
from certserver.office.reports.handing_in import CARD_FIELDS
from certserver.office.reports.months import last_day

PRINTED = Path(__file__).parents[1] / "certserver" / "office" / "reports" / "printed"
APRIL = date(2024, 4, 30)
MAY = date(2024, 5, 23)
APPLIED_IN_MAY = 100_916_153
DELIVERED_IN_MAY = 99_423_938
POPULATION_OF_2023 = 125_416_877
POPULATION_OF_2022 = 125_927_902
"""Not in the slides, from memory: the rates of the first three months follow from about this many and from none near
`POPULATION_OF_2023`."""
_EXACTLY = {"R5.9": 1_176_000}
"""Were every month a whole number of ten thousands, the rate of August would be 75.8 % and not 75.9."""
_WITH_DESIGNATED_CITIES = ("01", "04", "11", "12", "14", "15", "22", "23", "26", "27", "28", "33", "34", "40", "43")

Margins = dict[str, int]
Cell = tuple[int, str]


def printed(name: str) -> list[list[str]]:
    """The lines of a table as they are printed, cut at spaces."""
    return [line.split() for line in (PRINTED / name).read_text().splitlines()]


def number(text: str) -> int:
    """A printed number."""
    return int(text.replace(",", ""))


def card_lines() -> Iterator[str]:
    """A file of card figures."""
    yield ",".join(CARD_FIELDS)
    by_age = _by_age()
    population, delivered, held = (_by_code(at) for at in (0, 1, 2))
    ended = {code: delivered[code] - held[code] for code in delivered}
    for code, (band, sex), people in _joined(population, {cell: each[0] for cell, each in by_age.items()}):
        yield f"{code},population,2023-07-01,2023-01-01,{band},{sex},{people}"
    yield f"{_code('13', '201')},population,2022-08-01,2022-01-01,30,male,{POPULATION_OF_2022}"
    gone = list(_joined(ended, {cell: each[1] - each[2] for cell, each in by_age.items()}))
    for code, (band, sex), cards in gone:
        yield f"{code},ended,{APRIL},,{band},{sex},{cards}"
    out: dict[tuple[str, Cell], int] = {}
    for code, cell, cards in (*gone, *_joined(held, {cell: each[2] for cell, each in by_age.items()})):
        out[code, cell] = out.get((code, cell), 0) + cards
    yield from _delivered(out)
    yield f"{_code('13', '201')},delivered,{MAY},,30,male,{DELIVERED_IN_MAY - sum(out.values())}"
    yield f"{_code('13', '201')},applied,{MAY},,30,male,{APPLIED_IN_MAY}"


def months() -> list[tuple[date, int]]:
    """Last days of the months that are printed, with cards delivered in each that are printed so."""
    found = []
    for name, cards, _ in printed("by-month.txt"):
        year, month = name.removeprefix("R").split(".")
        found.append((last_day(date(2018 + int(year), int(month), 1)), _EXACTLY.get(name, int(cards) * 10_000)))
    return found


def _delivered(out: Mapping[tuple[str, Cell], int]) -> Iterator[str]:
    """Cards by code and cell, cut into what came before the first month and the months."""
    wanted = months()
    before = sum(out.values()) - sum(cards for _, cards in wanted)
    days = iter([(date(2023, 3, 31), before), *wanted])
    day, left = next(days)
    for (code, (band, sex)), cards in out.items():
        while cards:
            part = min(cards, left)
            if part:
                yield f"{code},delivered,{day},,{band},{sex},{part}"
            cards, left = cards - part, left - part
            if not left and cards:
                day, left = next(days)


def _by_age() -> dict[Cell, tuple[int, int, int]]:
    """Population, cards delivered and held by band and sex."""
    with (PRINTED / "exact-by-age.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    assert [(int(row["age_from"]), row["sex"]) for row in rows] == [(band, sex.value) for band in BANDS for sex in Sex]
    return {
        (int(row["age_from"]), row["sex"]): (int(row["population"]), int(row["delivered"]), int(row["held"]))
        for row in rows
    }


def _by_code(column: int) -> Margins:
    """One printed number by a code for each prefecture and class, so that both tables come out."""
    names = [line.split(" = ")[1].strip('"') for line in _prefecture_names()]
    of_prefecture = {}
    for row in printed("by-prefecture.txt"):
        of_prefecture[f"{names.index(row[1]) + 1:02d}"] = number(row[2 + column])
    classes = [number(row[1 + column]) for row in printed("by-class.txt")]
    designated = _spread(classes[1], {key: of_prefecture[key] for key in _WITH_DESIGNATED_CITIES})
    rest = {key: total - designated.get(key, 0) for key, total in sorted(of_prefecture.items())}
    towns = _spread(classes[3], rest)
    by_code = {_code(key, "100"): each for key, each in designated.items()}
    by_code |= {_code(key, "201"): rest[key] - towns[key] for key in rest}
    return by_code | {_code(key, "301"): each for key, each in towns.items()}


def _prefecture_names() -> list[str]:
    texts = Path(__file__).parents[2] / "certserver" / "office" / "reports" / "texts" / "ja.toml"
    return texts.read_text().partition("[prefecture]\n")[2].partition("\n\n")[0].strip().splitlines()


def _spread(total: int, weights: Margins) -> Margins:
    """A total in the proportion of weights, in whole numbers."""
    whole, given, parts, seen = sum(weights.values()), 0, {}, 0
    for key, weight in weights.items():
        seen += weight
        parts[key] = total * seen // whole - given
        given += parts[key]
    return parts


def _joined(rows: Margins, columns: Mapping[Cell, int]) -> Iterator[tuple[str, Cell, int]]:
    """Numbers whose sums by row and column are these, with as few as can be."""
    assert sum(rows.values()) == sum(columns.values())
    cells = iter(columns.items())
    cell, free = next(cells)
    for code, wanted in rows.items():
        while wanted:
            if not free:
                cell, free = next(cells)
                continue
            part = min(wanted, free)
            yield code, cell, part
            wanted, free = wanted - part, free - part


def _code(prefecture: str, rest: str) -> str:
    return f"{prefecture}{rest}{local_government_digit(prefecture + rest)}"
