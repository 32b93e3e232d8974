"""Recalls: which sheets are called back, as criteria over the ledger up to the entry that was last when it was asked,
so that the sheets that were counted are the very ones that are marked. Who asked and who decided stands in its
proposal."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select

from certserver.errors import NoSuchEntry
from certserver.office.desk import Desk
from certserver.office.issued.refusing import NotDone, WhyNot
from certserver.office.issued.wanted import Wanted, all_of
from certserver.office.proposals import Outcome, ProposalKind, outcome_of, propose
from certserver.office.rights import Right
from certserver.storage.issued import ledger
from certserver.storage.office import office_proposals
from certserver.storage.recalls import recalls
from koufu.evidence.words import NUMBER_OPTIONS

LONGEST_REASON = 1_000
MOST_SHOWN = 200
_NUMBERS = frozenset(option.value for option in NUMBER_OPTIONS)
_CRITERIA = ("since", "until", "kind", "terminal", "terminal_build", "server_build")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a recall covers. Instants are Unix seconds; `by_person` says how many persons have so many sheets, `kinds`
    and `terminals` how many sheets are of each."""

    sheets: int
    persons: int
    with_numbers: int
    """Sheets that show an individual number or a resident-record code."""
    first: int
    last: int
    kinds: Mapping[str, int]
    terminals: Mapping[str, int]
    by_person: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Recall:
    """One recall. `outcome` is None while it waits; instants are Unix seconds."""

    recall_no: int
    wanted: Wanted
    why: str
    counted: Counted
    proposal_id: bytes
    asked_by: str
    asked_at: int
    outcome: Outcome | None
    decided_by: str | None
    decided_at: int | None


def ask(desk: Desk, wanted: Wanted, why: str) -> int:
    """Asks that all sheets of a kind, terminal, build or span of time are called back; its number. Raises
    `NotDone` without a criterion or reason, where no sheet was issued so, or where the same waits."""
    desk.demand(Right.RECALL)
    if all(getattr(wanted, name) is None for name in _CRITERIA):
        raise NotDone(WhyNot.NO_CRITERION)
    if not 0 < len(why.strip()) <= LONGEST_REASON:
        raise NotDone(WhyNot.NO_REASON)
    with desk.database.reading() as connection:
        up_to = _last(connection, desk.municipality)
        frozen = Wanted(**{name: getattr(wanted, name) for name in _CRITERIA}, up_to=up_to)
        # Counting takes seconds for a million sheets: entries up to one that stands never change.
        counted = count(connection, desk.municipality, frozen)
    if counted.sheets == 0:
        raise NotDone(WhyNot.NOTHING_ISSUED)
    with desk.changing() as (connection, _):
        number = 1 + (connection.scalar(select(func.max(recalls.c.recall_no)).where(_of(desk))) or 0)
        if any(_same(each.wanted, frozen) and each.outcome is None for each in _read(connection, desk)):
            raise NotDone(WhyNot.WAITS_ALREADY)
        proposal_id = propose(desk, connection, ProposalKind.RECALL, {"recall": str(number)})
        connection.execute(
            insert(recalls).values(
                municipality=desk.municipality,
                recall_no=number,
                proposal_id=proposal_id,
                **{name: getattr(frozen, name) for name in _CRITERIA},
                up_to=up_to,
                why=why.strip(),
                found=json.dumps(asdict(counted), sort_keys=True),
            )
        )
    return number


def all_recalls(desk: Desk) -> tuple[Recall, ...]:
    """All recalls, newest first."""
    desk.demand(Right.SEE_RECALLS)
    with desk.database.reading() as connection:
        return _read(connection, desk)


def one_recall(desk: Desk, number: int) -> Recall:
    """A recall. Raises `NoSuchEntry`."""
    desk.demand(Right.SEE_RECALLS)
    with desk.database.reading() as connection:
        return read_recall(connection, desk, number)


def read_recall(connection: Connection, desk: Desk, number: int) -> Recall:
    """The same in somebody's transaction."""
    found = connection.execute(_recalls(desk).where(recalls.c.recall_no == number)).one_or_none()
    if found is None:
        raise NoSuchEntry(f"there is no recall {number}")
    return _recall(found, desk.now())


def count(connection: Connection, municipality: str, wanted: Wanted) -> Counted:
    """Counts the sheets of some criteria, and the persons whose they are: by the keyed hash of their X.509, so that
    whoever had two cards counts twice."""
    table = ledger.c
    rows = connection.execute(
        select(table.kind, table.terminal, table.subject, table.options, table.issued_at)
        .where(all_of(connection, municipality, wanted))
        .execution_options(yield_per=1_000)
    )
    # One look at each entry: a database that groups them by person goes through the ledger in the order of persons.
    kinds, terminals, persons = Counter[str](), Counter[str](), Counter[bytes]()
    with_numbers, first, last = 0, None, 0
    for kind, terminal, subject, options, issued_at in rows:
        kinds[kind] += 1
        terminals[terminal] += 1
        persons[subject] += 1
        with_numbers += not _NUMBERS.isdisjoint(options.split(","))
        first = issued_at if first is None else min(first, issued_at)
        last = max(last, issued_at)
    return Counted(
        sheets=kinds.total(),
        persons=len(persons),
        with_numbers=with_numbers,
        first=first or 0,
        last=last,
        kinds=dict(kinds),
        terminals=dict(terminals),
        by_person=dict(sorted(Counter(persons.values()).items())),
    )


def _last(connection: Connection, municipality: str) -> int:
    return connection.scalar(select(func.max(ledger.c.ledger_seq)).where(ledger.c.municipality == municipality)) or 0


def _same(one: Wanted, other: Wanted) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _CRITERIA)


def _of(desk: Desk) -> Any:
    return recalls.c.municipality == desk.municipality


def _recalls(desk: Desk) -> Select[*tuple[Any, ...]]:
    proposals = office_proposals.c
    return (
        select(
            recalls,
            proposals.asked_by,
            proposals.asked_at,
            proposals.outcome,
            proposals.decided_by,
            proposals.decided_at,
        )
        .join(
            office_proposals,
            and_(proposals.municipality == recalls.c.municipality, proposals.proposal_id == recalls.c.proposal_id),
        )
        .where(_of(desk))
        .order_by(recalls.c.recall_no.desc())
    )


def _read(connection: Connection, desk: Desk) -> tuple[Recall, ...]:
    return tuple(_recall(row, desk.now()) for row in connection.execute(_recalls(desk).limit(MOST_SHOWN)))


def _recall(row: Any, now: int) -> Recall:
    found = json.loads(row.found)
    return Recall(
        recall_no=row.recall_no,
        wanted=Wanted(**{name: getattr(row, name) for name in _CRITERIA}, up_to=row.up_to),
        why=row.why,
        counted=Counted(
            **(found | {"by_person": {int(sheets): persons for sheets, persons in found["by_person"].items()}})
        ),
        proposal_id=row.proposal_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        outcome=outcome_of(row, now),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
