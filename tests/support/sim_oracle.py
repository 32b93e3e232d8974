"""Says whether what was seen from outside a kiosk is right: coins, sheets, notes for staff, screens and the server's
ledger. It knows nothing of the kiosk's own state."""

import re
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from certserver.storage.identity import card_links
from certserver.storage.issued import ledger, outcomes
from kiosk.actions.notes import Note
from kiosk.actions.pages import read_faces
from kiosk.flow import scenes as at
from kiosk.flow.occasions import DEBTS, Occasion
from koufu.evidence.words import CertificateKind
from tests.support.server_people import MUNICIPALITY
from tests.support.sim_world import World

NAMES = ("見本　kengo", "見本　taro", "見本　misaki")
"""Of residents, as the registers have them."""
JOB_NAME = re.compile("[0-9a-f]{32}")
FIRST = "kengo"
RESTING = (at.Start, at.Closed, at.TakeBelongings)


@dataclass(frozen=True)
class Entry:
    """A line of the ledger, with what the terminal reported of it."""

    order: tuple[bytes, int, int]
    resident: str
    fee: int
    outcome: str | None
    kind: str
    seq: int


_LEDGER = (
    select(
        ledger.c.document_no,
        ledger.c.order_id,
        ledger.c.line,
        ledger.c.copy,
        ledger.c.fee,
        ledger.c.kind,
        ledger.c.ledger_seq,
        card_links.c.resident_id,
        outcomes.c.outcome,
    )
    .select_from(ledger)
    .join(card_links, card_links.c.subject == ledger.c.subject)
    .outerjoin(outcomes, outcomes.c.document_no == ledger.c.document_no)
    .where(ledger.c.municipality == MUNICIPALITY, ledger.c.ledger_seq > bindparam("after"))
)


def ledger_now(world: World) -> dict[str, Entry]:
    """What was issued since the world began, by document number."""
    with world.server.database.reading() as connection:
        rows = connection.execute(_LEDGER, {"after": world.ledger_before}).all()
    return {
        row.document_no: Entry(
            (row.order_id, row.line, row.copy), row.resident_id, row.fee, row.outcome, row.kind, row.ledger_seq
        )
        for row in rows
    }


def check(world: World, *, printer_was_lost: bool = False) -> None:
    """Raises `AssertionError` for anything that must never be. With a printer that was lost sight of, or whose
    sheets came out when the power went, a sheet may have come out that was not paid for: never the other way round."""
    entries = ledger_now(world)
    pages = _pages(world)
    _each_page_once(world, pages)
    _only_what_was_issued_to_whom_it_was(world, pages, entries)
    _money(world, pages, entries, printer_was_lost=printer_was_lost)
    _debts_are_on_slips(world)
    _outcomes(world, pages, entries, printer_was_lost=printer_was_lost)
    _nothing_printed_at_rest(world, printer_was_lost=printer_was_lost)
    _no_visit_over_things_left(world)
    _nothing_personal_is_kept(world)
    _no_cancelled_seal(world, entries)


def _pages(world: World) -> list[tuple[str, int, int]]:
    """(document number, page, pages) of every sheet that came out, read from the sheets themselves."""
    found = []
    for out in world.sheets:
        faces = read_faces(bytearray(out.sheet.job.document), out.sheet.job.sheets)
        assert faces is not None
        face = faces[out.sheet.sheet - 1]
        assert face is not None
        found.append((face.document_no, face.page, face.pages))
    return found


def _each_page_once(world: World, pages: list[tuple[str, int, int]]) -> None:
    assert len(set(pages)) == len(pages), "a page came out twice (I7)"


def _only_what_was_issued_to_whom_it_was(
    world: World, pages: list[tuple[str, int, int]], entries: dict[str, Entry]
) -> None:
    copies: dict[tuple[bytes, int, int], str] = {}
    for out, (number, _, _) in zip(world.sheets, pages, strict=True):
        assert number in entries, "a sheet came out that is in no ledger (I7)"
        assert out.authenticated is not None
        assert entries[number].resident == out.authenticated, "a sheet of somebody else came out (I1)"
        assert copies.setdefault(entries[number].order, number) == number, "one copy came out twice (I7)"


def _whole(pages: list[tuple[str, int, int]]) -> set[str]:
    """Documents all of whose pages came out."""
    counts: dict[str, int] = {}
    for number, _, _ in pages:
        counts[number] = counts.get(number, 0) + 1
    return {number for number, _, of in pages if counts[number] == of}


def _money(
    world: World, pages: list[tuple[str, int, int]], entries: dict[str, Entry], *, printer_was_lost: bool
) -> None:
    cash = world.cash.state()
    debts = _debts(world)
    owed = sum(debt.yen for debt in debts if debt.occasion is Occasion.DEBT)
    in_doubt = sum(debt.yen for debt in debts if debt.occasion is Occasion.UNCONFIRMED_DEBT)
    cashless = world.payment.state()
    inside = cash.inserted + cashless.debited - cash.handed_out - cashless.paid_back - owed
    kept = inside - world.stuck - world.cash.set_aside
    # A note that sticks on its way to the stacker was paid with, a coin that sticks in the slot was not: only a
    # person can tell which it was.
    kept_at_most = inside if world.notes_may_stick else kept
    earned = sum(entries[number].fee for number in _whole(pages))
    earned_seen = sum(entries[number].fee for number in _whole(pages) - world.cut_over)
    assert in_doubt >= 0, f"{-in_doubt} yen more came out than any slip says (I7)"
    assert kept <= earned + in_doubt, f"{kept} yen were kept for {earned} yen of documents (I7)"
    assert kept_at_most >= 0, f"{-kept_at_most} yen too much were given back (I7)"
    if not printer_was_lost:
        assert kept_at_most >= earned_seen, f"{kept_at_most} yen were kept for {earned_seen} yen of documents (I7)"
    if world.cash_always_spoke:
        assert not in_doubt, "a debt is called unconfirmed though the device said what came out (I7)"


def _debts_are_on_slips(world: World) -> None:
    for debt in _debts(world):
        if debt.yen and debt.reference and world.slips_always_came:
            number = debt.reference.encode()
            assert any(number in slip for slip in world.slip_printer.printed), "a debt stands on no slip (I7)"


def _debts(world: World) -> list[Note]:
    """What is owed by what staff were told last under each reference, less what came out after all."""
    debts: dict[str | int, Note] = {}
    told: dict[str, int] = {}
    for number, note in enumerate(world.kiosk.journal.notes):
        if note.occasion in DEBTS:
            debts[note.reference or number], told[note.reference] = note, note.yen
        elif note.occasion is Occasion.PAID_AFTER_ALL:
            owed = told[note.reference] - note.yen
            debts[note.reference] = debts[note.reference].model_copy(update={"yen": owed})
    return list(debts.values())


def _outcomes(
    world: World, pages: list[tuple[str, int, int]], entries: dict[str, Entry], *, printer_was_lost: bool
) -> None:
    whole = _whole(pages)
    for number, _, _ in pages:
        assert entries[number].outcome is not None, "the server was never told of a sheet that came out"
    for number, entry in entries.items():
        if entry.outcome == "delivered":
            assert number in whole, "a document is called delivered that never came out"
        elif number in whole and entry.outcome is not None:
            lost = printer_was_lost or number in world.cut_over
            assert lost, "a document that came out is not called delivered"


def _nothing_printed_at_rest(world: World, *, printer_was_lost: bool) -> None:
    for out in world.sheets:
        assert printer_was_lost or isinstance(out.scene, at.Printing), f"a sheet came out under {out.scene} (I2)"


def _no_visit_over_things_left(world: World) -> None:
    assert not world.visits_over_things_left, "a visit began while something lay there (I13)"
    assert not world.visits_not_to_begin, "a visit began on battery, with the cabinet open or the sensors silent"
    assert not world.money_over_a_card, "money was asked for while a card lay on the reader (I13)"


def _nothing_personal_is_kept(world: World) -> None:
    kept = [world.store.saved or b"", *world.slip_printer.printed, *(str(call).encode() for call in world.staff_calls)]
    for told in kept:
        for name in NAMES:
            assert name.encode() not in told, "a name stands in journal, slip or call (I11)"
    names = [out.sheet.job.name for out in world.sheets]
    assert all(JOB_NAME.fullmatch(name) for name in names), "a print job's name is not random (I4)"


def _no_cancelled_seal(world: World, entries: dict[str, Entry]) -> None:
    if world.seal_cancelled_at is not None:
        for entry in entries.values():
            seal = entry.kind == CertificateKind.SEAL_REGISTRATION.value and entry.resident == FIRST
            assert not seal or entry.seq <= world.seal_cancelled_at, "a cancelled seal was certified (I6)"
