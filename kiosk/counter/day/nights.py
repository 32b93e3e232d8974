"""From one day to the next: what the count at the close says is what the opening is held against, so that no yen, sheet
or paper comes or goes over the night without a reason and two who counted."""

from dataclasses import replace

from kiosk.counter.day import entries as on
from kiosk.counter.day.day import Day, NotRecorded, Stage

MOST_SHEETS = 5_000

Recorded = Day | NotRecorded
Count = on.Opened | on.CountedCash | on.CountedThings


def opened(day: Day, entry: on.Opened) -> Recorded:
    """A day begins with what the one before left. The very first entry of a book has nothing beside it to be held
    against: what it was held against when it was written stands in it."""
    if not 0 <= entry.sheets <= MOST_SHEETS:
        return NotRecorded("sheets")
    before = entry.before
    if day.date and before != day.overnight:
        return NotRecorded("before")
    begun = Day(
        stage=Stage.OPEN,
        date=entry.day,
        opening=entry,
        drawer=entry.drawer,
        sheets_opened=entry.sheets,
        blank=entry.sheets,
        custody=before.custody,
        next_custody=before.next_custody,
        owed=before.owed,
        next_owed=before.next_owed,
        appointments=before.appointments,
        next_appointment=before.next_appointment,
    )
    return (_unexplained(entry) if begun.appeared != (0, 0) else None) or begun


def counted_cash(day: Day, entry: on.CountedCash) -> Recorded:
    """From here on no money moves."""
    if day.open_ends():
        return NotRecorded(day.open_ends()[0])
    if entry.drawer.total != day.drawer.total and (missing := _unexplained(entry)):
        return missing
    return replace(day, stage=Stage.COUNTED, cash=entry)


def counted_things(day: Day, entry: on.CountedThings) -> Recorded:
    """After the cash."""
    differs = entry.sheets != day.blank or entry.custody != len(day.custody)
    return (_unexplained(entry) if differs else None) or replace(day, things=entry)


def closed(day: Day, entry: on.Closed) -> Recorded:
    """All that was counted stays or goes to the bank; what stays is what the next day begins with. Of whoever was
    expected by today it stands in the book what became of them."""
    if day.cash is None or day.things is None:
        return NotRecorded("things")
    if day.expected:
        return NotRecorded("appointment")
    if entry.stays.plus(entry.deposit) != day.cash.drawer:
        return NotRecorded("deposit")
    left = on.Overnight(
        drawer=entry.stays,
        sheets=day.things.sheets,
        custody=day.custody,
        next_custody=day.next_custody,
        owed=day.owed,
        next_owed=day.next_owed,
        appointments=day.appointments,
        next_appointment=day.next_appointment,
    )
    return Day(date=day.date, overnight=left, custody=day.custody, owed=day.owed, last_deposit=entry.deposit)


def _unexplained(entry: Count) -> NotRecorded | None:
    if not entry.reason.strip():
        return NotRecorded("reason")
    return None if entry.second else NotRecorded("second")
