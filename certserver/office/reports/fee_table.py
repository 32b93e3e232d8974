"""Fees by day and outlet: what was issued, what came out of the printer, and what was kept of it. As a file it is what
an accounting system takes in; see docs/reports.md. Pure."""

from collections.abc import Mapping
from datetime import date

from certserver.office.reports.certificate_tables import outlet_kind, outlet_word
from certserver.office.reports.issued_figures import AtOutlet, Place
from certserver.office.reports.table import Column, Row, Shape, Table
from certserver.office.reports.words import Words

_COUNTS = ("orders", "issued", "delivered", "spoiled", "not-printed")


def fee_table(words: Words, sums: Mapping[tuple[date, Place], AtOutlet], since: date, until: date) -> Table:
    """日別・拠点別の手数料."""
    labels = {place: (outlet_word(words, place), outlet_kind(words, place)) for _, place in sums}
    rows: list[Row] = [(day.isoformat(), *labels[place], *_numbers(each)) for (day, place), each in sums.items()]
    total = [sum(column) for column in zip(*map(_numbers, sums.values()), strict=True)]
    foot: Row = (words("issued.total"), "", "", *total)
    columns = (
        Column(words("fees.day"), Shape.TEXT),
        Column(words("issued.outlet"), Shape.TEXT),
        Column(words("issued.outlet-kind"), Shape.TEXT),
        *(Column(words(f"fees.{name}")) for name in _COUNTS),
        Column(words("fees.fee"), Shape.YEN),
        Column(words("fees.captured"), Shape.YEN),
    )
    notes = (words("issued.between", since=words.day(since), until=words.day(until)), words("fees.how-counted"))
    return Table(
        "fees", words("fees.title"), columns, tuple(rows), notes, label_columns=2, foot=(foot,) if total else ()
    )


def _numbers(each: AtOutlet) -> tuple[int, ...]:
    return (each.orders, each.issued, each.delivered, each.spoiled, each.not_printed, each.fee, each.captured)
