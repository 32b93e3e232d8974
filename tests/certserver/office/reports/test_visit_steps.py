"""How visits are told from the audit log, entry by entry."""

from collections import Counter
from datetime import datetime

import pytest

from certserver.ledger.audit import AuditEvent
from certserver.office.reports.visit_steps import Counts, Entry, Measure, Visit, follow, within
from certserver.ports import JST, unix

OPEN, OFFER, PREPARED = AuditEvent.SESSION_OPENED, AuditEvent.OFFER_SHOWN, AuditEvent.PREPARED
ISSUED, OUTCOME, REFUSED = AuditEvent.ISSUED, AuditEvent.OUTCOME, AuditEvent.REFUSED
NOON = unix(datetime(2026, 6, 10, 12, 0, tzinfo=JST))
MIDNIGHT = unix(datetime(2026, 6, 11, 0, 0, tzinfo=JST))


def played(*entries: Entry) -> Counts:
    visits: dict[str, Visit] = {}
    counts: Counts = Counter()
    for entry in entries:
        counts.update(follow(visits, entry))
    return counts


def told(counts: Counts, measure: Measure) -> dict[str, int]:
    return {word: times for (of, _, word), times in counts.items() if of is measure}


def at(seconds: int, event: AuditEvent, terminal: str = "kiosk-1", **more: str) -> Entry:
    return Entry(NOON + seconds, event, terminal, **more)


def test_terminals_do_not_end_each_others_visits() -> None:
    counts = played(
        at(0, OPEN), at(1, OPEN, "kiosk-2"), at(5, OFFER), at(9, ISSUED), at(50, OUTCOME, outcome="delivered")
    )
    assert told(counts, Measure.ENDED) == {"delivered": 1}
    assert told(counts, Measure.PAPER_WITHIN) == {"0060": 1}


def test_documents_of_one_visit_count_it_once() -> None:
    ends = [at(80, OUTCOME, outcome="delivered")] * 3
    counts = played(at(0, OPEN), at(5, OFFER), at(30, PREPARED), at(40, ISSUED), *ends, at(80, OUTCOME))
    assert counts.total() == 2


def test_whoever_is_refused_one_thing_and_gets_another_was_served() -> None:
    counts = played(
        at(0, OPEN),
        at(5, OFFER),
        at(9, REFUSED, reason="no-seal", step="prepare"),
        at(20, PREPARED),
        at(40, ISSUED),
        at(60, OUTCOME, outcome="delivered"),
    )
    assert told(counts, Measure.ENDED) == {"delivered": 1}
    assert told(counts, Measure.REFUSED) == {"prepare/no-seal": 1}


def test_whoever_is_turned_away_at_the_card_was_refused_and_ends_the_visit_before() -> None:
    counts = played(at(0, OPEN), at(5, OFFER), at(99, REFUSED, reason="x509-expired", step="open"))
    assert told(counts, Measure.ENDED) == {"refused": 1, "no-order": 1}


def test_a_refused_card_application_is_a_refusal_and_no_visit() -> None:
    counts = played(at(0, OPEN), at(3, REFUSED, reason="unknown", step="card application"), at(5, OFFER), at(9, OPEN))
    assert told(counts, Measure.REFUSED) == {"card application/unknown": 1}
    assert told(counts, Measure.ENDED) == {"no-order": 1}


def test_staff_who_mistype_a_password_are_no_refusal_to_a_resident() -> None:
    steps = ("staff", "staff second-person", "console password")
    assert not played(at(0, OPEN), *(at(3, REFUSED, reason="wrong", step=step) for step in steps))


def test_a_visit_counts_on_the_day_on_which_it_began() -> None:
    begun = MIDNIGHT - 60
    counts = played(
        Entry(begun, OPEN, "kiosk-1"),
        Entry(begun + 50, ISSUED, "kiosk-1"),
        Entry(begun + 90, OUTCOME, "kiosk-1", outcome="delivered"),
    )
    assert {day.isoformat() for _, day, _ in counts} == {"2026-06-10"}


@pytest.mark.parametrize(("seconds", "word"), [(0, "0030"), (30, "0030"), (31, "0045"), (900, "0900"), (901, "later")])
def test_times_are_kept_by_bounds(seconds: int, word: str) -> None:
    assert within(seconds) == word
