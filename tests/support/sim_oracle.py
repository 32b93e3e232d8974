"""Says whether what was seen from outside a kiosk is right: coins, sheets, notes for staff, slips, screens and the
server's ledger. It knows nothing of the kiosk's own state but what it wrote down for staff."""

import re

from sqlalchemy import bindparam

from certserver.ledger.audit import verify
from certserver.storage.issued import ledger
from certserver.storage.statements import Query
from kiosk.flow import scenes as at
from kiosk.flow.occasions import DEBTS
from koufu.evidence.words import CertificateKind
from tests.support.books_outside import LEDGER, Entry, Page, SlipRead, debts, entries_of, entries_where, whole
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.sim_books import Allowed, check_books
from tests.support.sim_documents import faces_of
from tests.support.sim_world import World

NAMES = ("見本　kengo", "見本　taro", "見本　misaki")
"""Of residents, as the registers have them."""
JOB_NAME = re.compile("[0-9a-f]{32}")
FIRST = "kengo"
DELIVERED = "delivered"
_SINCE = Query(
    LEDGER.where(ledger.c.municipality == bindparam("municipality"), ledger.c.ledger_seq > bindparam("before"))
)


def ledger_now(world: World) -> dict[str, Entry]:
    """What was issued since the world began, by document number."""
    with world.server.database.reading() as connection:
        return entries_of(_SINCE.all(connection, {"municipality": MUNICIPALITY, "before": world.ledger_before}))


def check(world: World) -> None:
    """Raises `AssertionError` for anything that must never be. A sheet that came out unheard, or was at the printer
    when the power went, may not have been paid for: never the other way round."""
    entries = ledger_now(world)
    pages = pages_of(world)
    good = [page for out, page in zip(world.sheets, pages, strict=True) if not out.sheet.white_back]
    unheard = {page[0] for out, page in zip(world.sheets, pages, strict=True) if out.unheard}
    _each_page_once(pages)
    _only_what_was_issued_to_whom_it_was(world, pages, entries)
    _money(world, pages, entries, unheard)
    _debts_are_on_slips_and_told(world)
    assert not world.disk.begun, f"begun though the journal could not be written: {world.disk.begun} (I7)"
    _outcomes(world, pages, good, entries, unheard)
    _nothing_printed_at_rest(world, pages)
    _no_visit_over_things_left(world)
    _nothing_personal_is_kept(world)
    _no_cancelled_seal(world, entries)
    _no_try_of_a_pin_that_nobody_typed(world)


def check_chains(server: ServerForTests) -> None:
    """Raises `AssertionError` and `CertserverError` where the server's books do not hold together."""
    with server.database.reading() as connection:
        verify(connection, MUNICIPALITY)
        entries = entries_where(connection, ledger.c.municipality == MUNICIPALITY)
    assert sorted(entry.seq for entry in entries.values()) == list(range(1, len(entries) + 1)), "the ledger has gaps"
    assert len({entry.order for entry in entries.values()}) == len(entries), "one copy stands twice in the ledger (I7)"


def pages_of(world: World) -> list[Page]:
    """Of every sheet that came out, read from the sheets themselves."""
    found = []
    for out in world.sheets:
        faces = faces_of(out.sheet.job.document, out.sheet.job.sheets)
        assert faces is not None
        face = faces[out.sheet.sheet - 1]
        assert face is not None
        found.append((face.document_no, face.page, face.pages))
    return found


def _each_page_once(pages: list[Page]) -> None:
    assert len(set(pages)) == len(pages), "a page came out twice (I7)"


def _only_what_was_issued_to_whom_it_was(world: World, pages: list[Page], entries: dict[str, Entry]) -> None:
    copies: dict[tuple[bytes, int, int], str] = {}
    for out, (number, _, _) in zip(world.sheets, pages, strict=True):
        assert number in entries, "a sheet came out that is in no ledger (I7)"
        assert out.authenticated is not None
        assert entries[number].resident == out.authenticated, "a sheet of somebody else came out (I1)"
        assert copies.setdefault(entries[number].order, number) == number, "one copy came out twice (I7)"


def _money(world: World, pages: list[Page], entries: dict[str, Entry], unheard: set[str]) -> None:
    allowed = Allowed(world.notes_may_stick, frozenset(world.cut_over | unheard), world.cash_always_spoke)
    for books in (*world.begun, world.books()):
        so_far = zip(world.sheets[: books.sheets], pages[: books.sheets], strict=True)
        good = [page for out, page in so_far if not out.sheet.white_back]
        check_books(books, good, entries, allowed, end=books.at == world.time.now)


def _debts_are_on_slips_and_told(world: World) -> None:
    notes = world.kiosk.journal.notes
    last = {note.reference: note for note in notes if note.occasion in DEBTS and note.reference}
    slips = [SlipRead.of(slip) for slip in world.slip_printer.printed]
    told = {(call.occasion, call.reference, call.yen) for call in world.staff_calls}
    for debt in debts(notes):
        if debt.yen and debt.reference and world.slips_always_came:
            sums = [slip.owed for slip in slips if debt.reference in slip.text and slip.owed is not None]
            assert sums, "a debt stands on no slip (I7)"
            assert last[debt.reference].yen in sums, f"{debt.yen} yen are owed, and the slip says {sums} (I7)"
    for note in last.values():
        assert (note.occasion, note.reference, note.yen) in told, "staff were not told of a debt (I7)"
    assert not world.slips_not_on_disk, "the power went over a slip that nobody had written down (I7)"
    for slip in slips:
        owing = any(reference in slip.text for reference in last)
        assert slip.owed is None or owing, "a slip promises money that nobody wrote down (I7)"


def _outcomes(world: World, pages: list[Page], good: list[Page], entries: dict[str, Entry], unheard: set[str]) -> None:
    came_out = whole(good)
    for number, _, _ in pages:
        assert entries[number].outcome is not None, "the server was never told of a sheet that came out"
    for number, entry in entries.items():
        if entry.outcome == DELIVERED:
            assert number in came_out, "a document is called delivered that never came out whole"
        elif number in came_out and entry.outcome is not None:
            assert number in unheard | world.cut_over, "a document that came out is not called delivered"


def _nothing_printed_at_rest(world: World, pages: list[Page]) -> None:
    for out, (number, _, _) in zip(world.sheets, pages, strict=True):
        expected = isinstance(out.scene, at.Printing) or out.unheard or number in world.cut_over
        assert expected, f"a sheet came out under {out.scene} (I2)"


def _no_visit_over_things_left(world: World) -> None:
    assert not world.visits_over_things_left, "a visit began while something lay there (I13)"
    assert not world.visits_not_to_begin, "a visit began on battery, with the cabinet open or the sensors silent"
    assert not world.money_over_a_card, "money was asked for while a card lay on the reader (I13)"


def _nothing_personal_is_kept(world: World) -> None:
    kept = [saved.decode() for saved in world.store.all_saved]
    kept += [SlipRead.of(slip).text for slip in world.slip_printer.printed]
    kept += [str(call) for call in world.staff_calls]
    kept += [sentence.text for sentence in world.voice.said]
    for told in kept:
        for name in NAMES:
            assert name not in told, "a name stands in journal, slip, speech or call (I11)"
    names = [out.sheet.job.name for out in world.sheets]
    assert all(JOB_NAME.fullmatch(name) for name in names), "a print job's name is not random (I4)"


def _no_cancelled_seal(world: World, entries: dict[str, Entry]) -> None:
    if world.seal_cancelled_at is not None:
        for entry in entries.values():
            seal = entry.kind == CertificateKind.SEAL_REGISTRATION.value and entry.resident == FIRST
            assert not seal or entry.seq <= world.seal_cancelled_at, "a cancelled seal was certified (I6)"


def _no_try_of_a_pin_that_nobody_typed(world: World) -> None:
    # Two who stand there at once type for each other.
    gone = sum(person.tries_at_first - person.tries_left for person in world.people)
    typed = sum(person.wrongly_typed for person in world.people)
    assert gone <= typed, f"cards lost {gone} tries, and {typed} wrong PINs were typed (I11)"
