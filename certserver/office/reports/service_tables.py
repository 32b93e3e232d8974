"""Service levels: how long until paper is out, how visits end, why something was refused, and what went wrong at which
terminal. Pure."""

from collections.abc import Mapping
from datetime import date

from certserver.office.reports.issued_figures import AtOutlet
from certserver.office.reports.table import Chart, Column, Ratio, Row, Shape, Table
from certserver.office.reports.visit_steps import LATER, WITHIN_S, Ended
from certserver.office.reports.words import Words


def time_table(words: Words, times: Mapping[str, int], since: date, until: date) -> Table:
    """Visits by the time from the card to paper, within bounds that add up."""
    total, so_far = sum(times.values()), 0
    rows: list[Row] = []
    for bound in (*WITHIN_S, LATER):
        number = times.get(bound if isinstance(bound, str) else f"{bound:04}", 0)
        so_far += number
        label = words("service.later") if bound == LATER else words("service.within", seconds=bound)
        rows.append((label, number, Ratio(so_far, total)))
    columns = (
        Column(words("service.time"), Shape.TEXT),
        Column(words("service.visits")),
        Column(words("service.so-far"), Shape.PERCENT),
    )
    notes = (_between(words, since, until), words("service.how-timed"))
    foot: Row = (words("issued.total"), total, "")
    return Table("time-to-paper", words("service.times"), columns, tuple(rows), notes, Chart(0, 1), foot=(foot,))


def ended_table(words: Words, ended: Mapping[str, int], since: date, until: date) -> Table:
    """Visits by how they ended: where people left."""
    total = sum(ended.values())
    rows: tuple[Row, ...] = tuple(
        (words(f"ended.{each.value}"), ended.get(each.value, 0), Ratio(ended.get(each.value, 0), total))
        for each in Ended
    )
    columns = (
        Column(words("service.ended"), Shape.TEXT),
        Column(words("service.visits")),
        Column(words("service.share"), Shape.PERCENT),
    )
    notes = (_between(words, since, until), words("service.how-ended"))
    foot: Row = (words("issued.total"), total, "")
    return Table("abandonment", words("service.abandonment"), columns, rows, notes, Chart(0, 1), foot=(foot,))


def refusal_table(words: Words, refused: Mapping[str, int], since: date, until: date) -> Table:
    """Refusals by step and reason, the most frequent first."""
    total = sum(refused.values())
    rows: list[Row] = []
    for word, number in sorted(refused.items(), key=lambda each: (-each[1], each[0])):
        step, _, reason = word.partition("/")
        labels = (words.either(f"reason.{reason}", reason), words.either(f"step.{step}", step))
        rows.append((*labels, number, Ratio(number, total)))
    columns = (
        Column(words("service.reason"), Shape.TEXT),
        Column(words("service.step"), Shape.TEXT),
        Column(words("service.times-refused")),
        Column(words("service.share"), Shape.PERCENT),
    )
    foot: Row = (words("issued.total"), "", total, "")
    title, notes = words("service.refusals"), (_between(words, since, until),)
    return Table("refusals", title, columns, tuple(rows), notes, Chart(0, 2), foot=(foot,))


def fault_table(
    words: Words,
    sums: Mapping[str, AtOutlet],
    alarms: Mapping[str, int],
    calls: Mapping[str, Mapping[str, int]],
    since: date,
    until: date,
) -> Table:
    """What went wrong, by terminal."""
    occasions = sorted({occasion for each in calls.values() for occasion in each})
    rows: list[Row] = []
    for terminal in sorted({*sums, *alarms, *calls}):
        own = sums.get(terminal, AtOutlet())
        told = calls.get(terminal, {})
        printed = own.delivered + own.spoiled + own.not_printed
        rows.append(
            (
                terminal,
                printed,
                own.spoiled,
                own.not_printed,
                Ratio(own.spoiled + own.not_printed, printed),
                alarms.get(terminal, 0),
                *(told.get(occasion, 0) for occasion in occasions),
            )
        )
    calling = words("service.calls")
    columns = (
        Column(words("service.terminal"), Shape.TEXT),
        Column(words("service.told-of")),
        Column(words("fees.spoiled")),
        Column(words("fees.not-printed")),
        Column(words("service.failed"), Shape.PERCENT),
        Column(words("service.alarms")),
        *(Column(words.either(f"occasion.{occasion}", occasion), group=calling) for occasion in occasions),
    )
    return Table("faults", words("service.faults"), columns, tuple(rows), (_between(words, since, until),))


def _between(words: Words, since: date, until: date) -> str:
    return words("issued.between", since=words.day(since), until=words.day(until))
