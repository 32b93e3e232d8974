"""Says whether what is found after a strike is right: by the machine's own counts, the sheets and slips that came out,
and the server's ledger. Like the simulation's oracle it knows nothing of the terminal's own state but what it wrote
down for staff."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from certserver.demo.hard_cases import hard_cases
from certserver.ledger.audit import verify
from certserver.office.debts import debts_in
from certserver.storage.issued import ledger, municipality_state, outcomes, settlements
from kiosk.actions.notes import Note
from kiosk.actions.pages import read_faces
from kiosk.demo.stage.site import MUNICIPALITY, TERMINAL
from kiosk.flow.occasions import DEBTS, UNCONFIRMED, Occasion
from tests.kills import load
from tests.kills.office import OTHERS, Office
from tests.kills.plans import Instant, Victim
from tests.kills.printer import Sheet
from tests.kills.visit import Story
from tests.support.books_outside import Entry, Page, SlipRead, debts, entries_where, whole

IN_A_VISIT = frozenset(
    {
        "ReadingCard",
        "EnterPin",
        "CheckingPin",
        "ChoosePurpose",
        "ChooseKind",
        "ChooseOptions",
        "Confirm",
        "ProvingOrder",
        "TakeCard",
        "Preparing",
        "Pay",
        "Releasing",
        "Printing",
        "TakeSheets",
    }
)
DELIVERED = "delivered"
UNSEEN_S = 8.0
"""A sheet that came out so shortly before the strike may not have been seen: the job was not over yet, or not written
down."""


@dataclass(frozen=True)
class Found:
    """What there was before a visit: yen, numbers of papers and of entries."""

    inserted: int = 0
    handed_out: int = 0
    sheets: int = 0
    slips: int = 0
    notes: int = 0
    ledger: int = 0
    captured: int = 0


@dataclass(frozen=True)
class Verdict:
    """What is wrong, and figures for whoever reads on."""

    wrong: tuple[str, ...]
    issued: int
    delivered: int
    kept: int
    owed: int
    in_doubt: int
    sheets: int
    others: int
    """Orders that another terminal was answered until then."""


def now(office: Office) -> Found:
    """As it is, at rest."""
    state = office.machine.state()
    with _reading(office) as connection:
        (last,) = connection.execute(select(func.coalesce(func.max(ledger.c.ledger_seq), 0))).one()
        (captured,) = connection.execute(_CAPTURED).one()
    return Found(
        state.inserted,
        state.handed_out,
        len(office.sheets),
        len(office.slips.papers),
        len(office.journal().notes),
        last,
        int(captured),
    )


def judge(office: Office, instant: Instant, story: Story, before: Found) -> Verdict:
    """What is wrong with it."""
    state, wrong = office.machine.state(), list[str]()
    # Before the snapshot: what was answered by now stands in it.
    answered = _told_by_another(office)
    with _reading(office) as connection:
        _at_one_moment(office, connection)
        wrong += _chains(connection)
        entries = entries_where(connection, ledger.c.terminal == TERMINAL, ledger.c.ledger_seq > before.ledger)
        (captured,) = connection.execute(_CAPTURED).one()
        others, wrong_of_others = _others(office, connection, answered)
        wrong += wrong_of_others
        owing = {debt.reference: debt.due for debt in debts_in(connection, MUNICIPALITY, TERMINAL)}
        (alarms,) = connection.execute(select(func.sum(municipality_state.c.open_alarms))).one()
    pages = _pages(office, before, wrong)
    if alarms:
        wrong.append(f"{alarms} integrity alarms stand open (I9)")
    wrong += _papers(instant, entries, pages)
    delivered = {number for number, entry in entries.items() if entry.outcome == DELIVERED}
    wrong += _outcomes(instant, story, office.sheets[before.sheets :], pages, entries)
    notes = office.journal().notes[before.notes :]
    found = debts(notes)
    owed = sum(debt.yen for debt in found if debt.occasion is Occasion.DEBT)
    in_doubt = sum(debt.yen for debt in found if debt.occasion in UNCONFIRMED)
    inserted = state.inserted - before.inserted
    kept = inserted - (state.handed_out - before.handed_out)
    earned = sum(entries[number].fee for number in delivered)
    if not 0 <= kept - owed - earned <= in_doubt <= inserted:
        wrong.append(f"{kept} yen stayed in for {earned} yen of documents, {owed} owed and {in_doubt} in doubt (I7)")
    if captured - before.captured != earned:
        wrong.append(f"the server knows of {captured - before.captured} yen captured for {earned} yen delivered")
    wrong += _slips(office, before, notes, found)
    wrong += [
        f"a debt of {debt.yen} yen stands at the office with {owing.get(debt.reference.upper())} (I7)"
        for debt in found
        if debt.yen and owing.get(debt.reference.upper()) != debt.yen
    ]
    own = {debt.reference.upper(): debt.yen for debt in debts(office.journal().notes)}
    wrong += [
        f"the office would pay {due} yen out under {reference}, and the terminal knows of {own.get(reference)} (I7)"
        for reference, due in owing.items()
        if due and own.get(reference.upper()) != due
    ]
    wrong += _nothing_personal_is_kept(office, before)
    wrong += _afterwards(story)
    if instant.number < 0 and len(delivered) != len(instant.purposes):
        wrong.append(f"nothing was struck, and {len(delivered)} of {len(instant.purposes)} documents were delivered")
    return Verdict(tuple(wrong), len(entries), len(delivered), kept, owed, in_doubt, len(pages), others)


_LOSE_SIGHT = (Victim.TERMINAL, Victim.PRINTER, Victim.TERMINAL_DISK_FULL, Victim.TERMINAL_DISK_BROKEN)
"""Where a sheet may come out that nobody saw come out: it is void then, and its fee goes back."""
_CAPTURED = select(func.coalesce(func.sum(settlements.c.captured), 0)).where(
    settlements.c.order_id.in_(select(ledger.c.order_id).where(ledger.c.terminal == TERMINAL))
)


def _reading(office: Office) -> Any:
    return create_engine(office.database, poolclass=NullPool).connect()


def _at_one_moment(office: Office, connection: Any) -> None:
    """All that is read from now on is as of now."""
    if office.cluster is None:
        connection.exec_driver_sql("BEGIN")
    else:
        connection.execution_options(isolation_level="REPEATABLE READ")


def _chains(connection: Any) -> list[str]:
    try:
        verify(connection, MUNICIPALITY)
    except Exception as broken:  # noqa: BLE001 - whatever it is, it is told
        return [f"the audit log does not verify: {broken!r}"]
    count, last = connection.execute(select(func.count(), func.coalesce(func.max(ledger.c.ledger_seq), 0))).one()
    return [] if count == last else [f"the ledger has {count} entries, and the last is number {last}"]


def _told_by_another(office: Office) -> list[dict[str, Any]]:
    whole_lines = (office.logs / OTHERS).read_text().rpartition("\n")[0]
    return [json.loads(line) for line in whole_lines.splitlines()]


def _others(office: Office, connection: Any, answered: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The other terminal: what it was given is what the ledger has of each order, and of no order is there more."""
    given = {line["order"]: line["documents"] for line in answered if "order" in line}
    told = {line["reported"] for line in answered if "reported" in line}
    query = (
        select(ledger.c.order_id, ledger.c.document_no, outcomes.c.outcome)
        .select_from(ledger)
        .outerjoin(outcomes, outcomes.c.document_no == ledger.c.document_no)
        .where(ledger.c.terminal == load.TERMINAL)
    )
    had: dict[str, list[tuple[str, str | None]]] = {}
    for order, number, outcome in connection.execute(query):
        had.setdefault(order.hex(), []).append((number, outcome))
    # After it: what stands in it was asked for by now.
    asked = {line["begun"] for line in _told_by_another(office) if "begun" in line}
    wrong = [f"the ledger has an order of another terminal that it never sent: {order}" for order in had.keys() - asked]
    for order, documents in given.items():
        if sorted(number for number, _ in had.get(order, [])) != sorted(documents):
            wrong.append(f"another terminal was given {documents}, and the ledger has {had.get(order)} (I7)")
        elif order in told and any(outcome != DELIVERED for _, outcome in had[order]):
            wrong.append(f"another terminal told of {documents}, and the server has {had[order]}")
    wrong += [f"an order of another terminal was issued twice: {order}" for order, rows in had.items() if len(rows) > 1]
    return len(given), wrong


def _pages(office: Office, before: Found, wrong: list[str]) -> list[Page]:
    pages = []
    for sheet in office.sheets[before.sheets :]:
        faces = read_faces(bytearray(sheet.document), sheet.sheets)
        face = faces[sheet.number - 1] if faces is not None else None
        if face is None:
            wrong.append("a sheet came out whose code can't be read")
        else:
            pages.append((face.document_no, face.page, face.pages))
    return pages


def _papers(instant: Instant, entries: dict[str, Entry], pages: list[Page]) -> list[str]:
    wrong = [f"page {page} came out {count} times (I7)" for page, count in Counter(pages).items() if count > 1]
    copies: dict[tuple[bytes, int, int], str] = {}
    for number in {number for number, _, _ in pages}:
        if number not in entries:
            wrong.append(f"a sheet of {number} came out, which is in no ledger (I7)")
        elif entries[number].resident != instant.resident:
            wrong.append(f"a sheet of somebody else came out (I1): {entries[number].resident}")
        elif copies.setdefault(entries[number].order, number) != number:
            wrong.append("one copy came out twice (I7)")
    return wrong


def _outcomes(
    instant: Instant, story: Story, sheets: list[Sheet], pages: list[Page], entries: dict[str, Entry]
) -> list[str]:
    """Only of what was at the printer when it struck, or came out afterwards, nobody may know that it came out."""
    came_out = whole(pages)
    since = None if story.struck_at is None else story.began + story.struck_at - UNSEEN_S
    loses_sight = instant.victim in _LOSE_SIGHT or instant.killed_too
    unseen = {
        number
        for sheet, (number, _, _) in zip(sheets, pages, strict=False)
        if loses_sight and since is not None and sheet.at >= since
    }
    wrong = []
    for number, entry in entries.items():
        if entry.outcome == DELIVERED and number not in came_out:
            wrong.append(f"{number} is called delivered and did not come out whole")
        if entry.outcome != DELIVERED and number in came_out - unseen:
            wrong.append(f"{number} came out whole and is called {entry.outcome}")
    told = {number for number, _, _ in pages if number in entries and entries[number].outcome is None}
    return wrong + [f"the server was never told of {number}" for number in told]


def _slips(office: Office, before: Found, notes: tuple[Note, ...], found: list[Note]) -> list[str]:
    """Each debt stands on a slip with the sum that staff were told; and no slip promises anything else."""
    without = {note.reference for note in notes if note.occasion is Occasion.DEBT_WITHOUT_SLIP}
    last = {note.reference: note.yen for note in notes if note.occasion in DEBTS}
    slips = [SlipRead.of(slip) for slip in office.slips.papers[before.slips :]]
    wrong = []
    for debt in found:
        sums = {slip.owed for slip in slips if debt.reference in slip.text and slip.owed is not None}
        if debt.yen and debt.reference not in without and last[debt.reference] not in sums:
            wrong.append(f"a debt of {debt.yen} yen stands on slips with {sorted(sums)} (I7)")
    promised = [slip for slip in slips if slip.owed is not None and not any(number in slip.text for number in last)]
    return wrong + [f"a slip promises {slip.owed} yen that nobody wrote down (I7)" for slip in promised]


def _nothing_personal_is_kept(office: Office, before: Found) -> list[str]:
    """Neither in what the terminal keeps, nor in what either program says, nor on a slip (I11)."""
    kept = {each.name: each.read_bytes() for each in office.kept.iterdir() if each.is_file() and each.name != "filler"}
    kept |= {each.name: each.read_bytes() for each in office.logs.iterdir()}
    wrong = [f"a name stands in {file} (I11)" for file, told in kept.items() if any(name in told for name in _NAMES)]
    slips = [SlipRead.of(slip).text.encode() for slip in office.slips.papers[before.slips :]]
    return wrong + ["a name stands on a slip (I11)" for slip in slips if any(name in slip for name in _NAMES)]


_NAMES = tuple(
    name.encode()
    for household in hard_cases()
    for person in household.people
    for name in (person.resident.name, person.resident.name_kana)
    if name
)


def _afterwards(story: Story) -> list[str]:
    wrong = [f"after the restart the terminal showed {scene}" for scene in story.after if scene in IN_A_VISIT]
    if story.jobs_after:
        wrong.append(f"{story.jobs_after} jobs were sent to the printer after the restart")
    wrong += [f"a program ended by itself: {ended}" for ended in story.ended_alone]
    return wrong
