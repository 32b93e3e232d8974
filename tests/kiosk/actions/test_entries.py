"""Entries of the journal: what they make together is what it held at each of them."""

from contextlib import nullcontext
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from kiosk.actions import entries
from kiosk.actions.charges import ChargeBook
from kiosk.actions.journal import Journal, saved_in
from kiosk.actions.notes import NOTES_KEPT, Note
from kiosk.actions.saved import OpenPayout, Saved, SavedVisit
from kiosk.actions.server import OutcomeReport
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.occasions import Occasion
from tests.support.kiosk_samples import RESIDENCE_DOCUMENT, SEAL_DOCUMENT
from tests.support.sim_log import SimLog, a_moment

VISIT = SavedVisit(attempt=1, reference="4Q7-K2M", municipality="992011", order_id="00" * 16, token="11" * 16)
DOCUMENTS = (RESIDENCE_DOCUMENT, SEAL_DOCUMENT)
REPORT = OutcomeReport("992011", bytes(16), bytes(16), (), 200, None, "4Q7-K2M")

NUMBERS = some.integers(0, 3)
FIELDS = some.fixed_dictionaries(
    {},
    optional={
        "held": some.integers(0, 9_999),
        "paying": some.booleans(),
        "captured": some.none() | some.integers(0, 900),
        "payout": some.none() | some.builds(OpenPayout, keeps=some.none() | NUMBERS),
        "documents": some.lists(some.sampled_from(DOCUMENTS), max_size=3).map(tuple),
        "deliveries": some.lists(
            some.builds(Delivery, some.sampled_from(DOCUMENTS), some.sampled_from(Outcome), NUMBERS), max_size=4
        ).map(tuple),
    },
)
NOTES = some.builds(
    Note,
    moment=some.just("2026-06-10T10:00:00"),
    occasion=some.sampled_from(Occasion),
    reference=some.sampled_from(("4Q7-K2M", "")),
    yen=NUMBERS,
    untold=some.booleans(),
)
REPORTS = some.builds(
    lambda number, alarm: replace(REPORT, order_id=bytes([number]) * 16, alarm=alarm),
    NUMBERS,
    some.sampled_from((None, "proof")),
)
DEEDS = some.one_of(
    some.tuples(some.just("begin"), NUMBERS),
    some.tuples(some.just("update"), FIELDS),
    some.tuples(some.just("end"), some.none()),
    some.tuples(some.just("note"), NOTES),
    some.tuples(some.just("staff_told"), some.none()),
    some.tuples(some.just("report"), REPORTS),
    some.tuples(some.just("told"), REPORTS),
    some.tuples(some.just("refused"), REPORTS),
    some.tuples(some.just("alarm_closed"), some.none()),
    some.tuples(some.just("charge"), NUMBERS),
    some.tuples(some.just("look"), some.none()),
)


def _do(journal: Journal, deed: str, what: object) -> None:
    book = ChargeBook(journal, a_moment)
    match deed, what:
        case "begin", int(number):
            journal.begin(VISIT.model_copy(update={"order_id": f"{number:032x}"}))
        case "update", dict(fields):
            journal.update(1, lambda visit: visit.model_copy(update=fields))
        case "end", _:
            journal.end(1)
        case "note", Note():
            journal.note(what)
        case "staff_told", _:
            journal.staff_told(journal.notes)
        case "report" | "told" | "refused", OutcomeReport():
            getattr(journal, deed)(what)
        case "alarm_closed", _:
            journal.alarm_closed()
        case "charge", int(number):
            charge = book.open(1, f"{number:032x}", 300)
            book.settle(charge, debited=bool(number), keeps=200, paid_back=100 * (number % 2))
        case _:
            journal.look()


@settings(max_examples=60, deadline=None)
@given(some.lists(DEEDS, max_size=25))
def test_i7_the_entries_up_to_any_moment_make_what_the_journal_held_then(deeds: list[tuple[str, object]]) -> None:
    log = SimLog()
    journal = Journal(log, nullcontext(), a_moment)
    held: list[tuple[tuple[bytes, ...], Saved]] = []
    for deed, what in deeds:
        _do(journal, deed, what)
        held.append((log.read(), journal.saved))
    for written, saved in held:
        if written:
            assert saved_in(SimLog(list(written))) == saved


def test_an_entry_says_only_what_changed_however_much_there_is() -> None:
    log = SimLog()
    journal = Journal(log, nullcontext(), a_moment)
    note = Note(moment=a_moment(), occasion=Occasion.DEBT, reference="4Q7-K2M", yen=100)
    for number in range(NOTES_KEPT + 5):
        journal.note(note.model_copy(update={"yen": number}))
    journal.look()
    journal.begin(VISIT)
    journal.update(1, lambda visit: visit.model_copy(update={"held": 500}))
    only = b'"steps":["money-in"],"fields":{"held":500}}'
    assert log.entries[-1] == b'{"at":"%s",' % a_moment().encode() + only
    journal.note(note)
    assert len(log.entries[-1]) < 1_000


def test_a_document_after_the_other_is_one_more_in_the_list() -> None:
    journal = Journal(log := SimLog(), nullcontext(), a_moment)
    journal.begin(VISIT.model_copy(update={"documents": DOCUMENTS}))
    for number in range(1, 50):
        deliveries = (Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1),) * number
        journal.update(1, lambda visit, each=deliveries: visit.model_copy(update={"deliveries": each}))  # type: ignore[misc]
    assert max(map(len, log.entries[1:])) < 1_000
    assert saved_in(log) == journal.saved
    assert entries.read(log.entries[-1]).steps == ()
