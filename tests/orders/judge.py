"""Holds what terminals saw against the server's own books, in the one order that there is: that of the audit log. The
register is moved on where the log says so; each document must say what stood in it when it was issued, each refusal
must follow from it."""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from certserver.ledger.audit import AuditEvent
from certserver.ports import JST
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log, ledger, outcomes, settlements
from koufu.evidence.content import PageContent
from koufu.evidence.statement import Statement
from tests.orders import expected
from tests.orders.expected import Wanted
from tests.orders.register import Register, Step
from tests.orders.rows import By, Document, Row
from tests.orders.town import MUNICIPALITY, who_is

_CHANGED = (AuditEvent.REGISTER_CHANGED.value, AuditEvent.REGISTER_SWITCHED.value)
_BUSY, _LATE, _NOT_OFFERED = "register-busy", "session-expired", "not-offered"
_MOVES_OF_BUSY = 3
_BEFORE_OURS = 1
"""Switches before the first delivery: the home began with an empty register."""


@dataclass(slots=True)
class Standing:
    """How far the books are judged: the last entry of either, and the register as of it. `snapshot` is the number of
    the one in force."""

    audit_seq: int
    ledger_seq: int
    register: Register
    snapshot: int

    def told(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "audit_seq": self.audit_seq,
            "ledger_seq": self.ledger_seq,
            "register": self.register.told(),
            "snapshot": self.snapshot,
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Standing":
        """What `told` gave."""
        register = Register.read(told["register"])
        return cls(told["audit_seq"], told["ledger_seq"], register, told["snapshot"])


@dataclass(frozen=True, slots=True)
class _Moment:
    """The register from an entry of the log on."""

    seq: int
    register: Register


@dataclass(slots=True)
class Judging:
    """One stretch of the books. `faults` are all that is not as it must be, in words; `counts` what was judged."""

    standing: Standing
    rows: Mapping[bytes, Row]
    steps: Mapping[int, Step]
    residents: Mapping[str, str]
    """Whose card each subject of the log is."""
    cut_off: bool = False
    """Not every order was noted to its end."""
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _moments: list[_Moment] = field(default_factory=list)
    _opened: dict[str, int] = field(default_factory=dict)
    """By terminal, which of the moments its visit began in."""
    _prepared: dict[str, bytes] = field(default_factory=dict)
    _refused_for_good: set[tuple[bytes, str]] = field(default_factory=set)
    _ordered: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    _told: dict[str, Counter[str]] = field(default_factory=dict)
    _versions: dict[str, tuple[object, ...]] = field(default_factory=dict)
    _issued: dict[tuple[bytes, int, int], str] = field(default_factory=dict)

    def run(self, database: Database) -> None:
        """Judges all that came behind `standing`, and moves it on."""
        with database.reading() as connection:
            entries = connection.execute(
                select(audit_log)
                .where(audit_log.c.municipality == MUNICIPALITY, audit_log.c.audit_seq > self.standing.audit_seq)
                .order_by(audit_log.c.audit_seq)
            ).all()
            of_ledger = connection.execute(
                select(ledger)
                .where(ledger.c.municipality == MUNICIPALITY, ledger.c.ledger_seq > self.standing.ledger_seq)
                .order_by(ledger.c.ledger_seq)
            ).all()
            numbered = {entry.document_no: entry for entry in of_ledger}
            told = connection.execute(
                select(outcomes.c.document_no, outcomes.c.outcome).where(
                    outcomes.c.municipality == MUNICIPALITY, outcomes.c.document_no.in_(numbered)
                )
            )
            reported = dict(told.all())
            settled = connection.execute(
                select(settlements.c.order_id, settlements.c.captured).where(
                    settlements.c.municipality == MUNICIPALITY, settlements.c.order_id.in_(self.rows)
                )
            )
            kept = dict(settled.all())
        self.begin()
        for entry in entries:
            self._take(entry, json.loads(entry.detail), numbered)
            self.standing.audit_seq = entry.audit_seq
        if len(self._issued) != len(of_ledger):
            self._fault(f"{len(of_ledger)} documents stand in the ledger, {len(self._issued)} in the audit log")
        if of_ledger:
            self.standing.ledger_seq = of_ledger[-1].ledger_seq
        self.standing.register = self._moments[-1].register
        for row in self.rows.values():
            self._of_terminal(row, numbered, reported, kept)
        self._all_refusals_noted()

    def begin(self) -> None:
        """Before the first entry."""
        self._moments = [_Moment(self.standing.audit_seq, self.standing.register)]
        for row in self.rows.values():
            self._ordered.setdefault((row.terminal, row.resident), []).append(row)

    def _take(self, entry: Any, detail: Mapping[str, Any], numbered: Mapping[str, Any]) -> None:
        if entry.event in _CHANGED:
            self._changed(entry.audit_seq, detail["what"])
        elif entry.event == AuditEvent.SESSION_OPENED.value:
            self._opened[entry.actor] = len(self._moments) - 1
        elif entry.event == AuditEvent.PREPARED.value:
            self._prepared[entry.actor] = bytes.fromhex(detail["order"])
        elif entry.event == AuditEvent.ISSUED.value:
            self.released(detail, numbered.get(detail["document_no"]))
        elif entry.event == AuditEvent.REFUSED.value:
            self._told.setdefault(entry.actor, Counter())[detail["reason"]] += 1
            self._refused(entry, detail)
        elif entry.event == AuditEvent.ALARM_RAISED.value:
            self._fault("an integrity alarm was raised")

    def _changed(self, seq: int, what: str) -> None:
        step = self.steps.get(seq)
        if step is None:
            self._fault(f"the register changed, and nobody did it: {what}")
            return
        if step.do == "whole":
            self.standing.snapshot = int(what.split()[1])
        self._moments.append(_Moment(seq, self._now.after(step)))
        self.counts[f"register: {step.do}"] += 1

    def released(self, detail: Mapping[str, Any], entry: Any) -> None:
        """A document was issued, as the audit log tells; `entry` is what the ledger holds of it."""
        order_id = bytes.fromhex(detail["order"])
        which = (order_id, int(detail["line"]), int(detail["copy"]))
        if which in self._issued:
            self._fault("one copy was issued twice")
        self._issued[which] = detail["document_no"]
        if entry is None or (entry.order_id, entry.line, entry.copy) != which:
            return self._fault("the audit log tells of another document than the ledger")
        row = self.rows.get(order_id)
        if row is None:
            return self._fault("a document was issued that no terminal ordered")
        self.counts["documents issued"] += 1
        against = expected.refusal_of(self._now, row.resident, row.lines)
        if against is not None:
            self._fault(f"issued though the register said {against}")
        self._version(row, entry.register_version)
        if row.documents:
            document = next((each for each in row.documents if (each.line, each.copy) == which[1:]), None)
            if document is None or document.statement != entry.statement:
                return self._fault("the terminal has another statement than the ledger")
            self._content(row, document, row.lines[document.line])
        else:
            self.counts["documents whose bytes no terminal has"] += 1
            if row.end not in ("gave-up", "cut-off"):
                self._fault(f"a document was issued to an order that was {row.end}")
        return None

    def _version(self, row: Row, version: str) -> None:
        """It names the snapshot in force, and never two contents."""
        prefix = f"{self.standing.snapshot}.{self._now.switches + _BEFORE_OURS}-"
        if not version.startswith(prefix):
            self._fault(f"the ledger names version {version}, in force was {prefix}")
        who = who_is(row.resident)
        home = self._now.homes[who.house]
        content = (who.house, home)
        if self._versions.setdefault(version, content) != content:
            self._fault("one version of the register stands for two contents")

    def _content(self, row: Row, document: Document, line: Wanted) -> None:
        """Word for word what the register said at the release, of the person who ordered, as they ordered it."""
        who = who_is(row.resident)
        home = self._now.homes[who.house]
        statement = Statement.from_bytes(document.statement)
        pages = list(map(PageContent.from_bytes, document.pages))
        day = _day(pages[0].issued_at)
        if day != _day(statement.issued_at):
            self._fault("a document bears another day than its release")
        wanted = expected.pages_of(line, who, home, day)
        said = [{entry.name: entry.text for entry in page.entries} for page in pages]
        if said != wanted:
            self._fault(f"mixed: {_first_difference(said, wanted)}")
        imprint = expected.imprint_on(line, who, home)
        found = [(each.bitmap.width, each.bitmap.height, each.bitmap.rows) for page in pages for each in page.pictures]
        if found != ([] if imprint is None else [imprint]):
            self._fault("mixed: another registered seal")
        missing = [number for number in expected.numbers_on(line, who, home) if number not in document.words]
        if missing or any(page.kind is not line.kind for page in pages):
            self._fault("mixed: another person's number, or another kind")
        self.counts["documents compared"] += 1
        self.counts["documents read from a raster"] += document.by is not By.PICTURES
        self.counts["documents drawn by another renderer"] += document.by is By.OTHER_RENDERER
        self.counts["pages compared"] += len(pages)

    def _refused(self, entry: Any, detail: Mapping[str, Any]) -> None:
        """Somewhere between the visit's beginning and now the register explains it; at a release, now."""
        reason, step, terminal = detail["reason"], detail["step"], entry.actor
        self.counts[f"refused at {step}: {reason}"] += 1
        if reason == _LATE:
            return  # whether anybody came late, the terminal says
        if step == "release":
            moments, orders = self._moments[-1:], self._last_prepared(terminal)
            since = self._opened.get(terminal, 0)
            if any((order.order_id, reason) in self._refused_for_good for order in orders):
                return  # it is told again, whatever the register says by now
            self._refused_for_good.update((order.order_id, reason) for order in orders)
        else:
            since = self._opened.get(terminal, 0)
            moments = self._moments[since:]
            orders = self._ordered.get((terminal, self.residents.get(detail.get("subject", ""), "")), [])
        if not orders and self.cut_off:
            self.counts["refusals whose order nobody noted"] += 1
        elif not any(
            _explains(reason, step, moment, self._moments[since:], order) for order in orders for moment in moments
        ):
            self._fault(f"refused at {step} for {reason}, which the register does not explain")

    def _last_prepared(self, terminal: str) -> list[Row]:
        order = self.rows.get(self._prepared.get(terminal, b""))
        return [] if order is None else [order]

    def _of_terminal(
        self, row: Row, numbered: Mapping[str, Any], reported: Mapping[str, str], kept: Mapping[bytes, int]
    ) -> None:
        """What the terminal saw is what the books hold, and its report has arrived."""
        self.counts["orders"] += 1
        self.counts[f"orders {row.end}"] += 1
        self.faults += row.faults
        outcome = "delivered" if row.end == "issued" else "not-printed"
        for document in row.documents:
            if document.document_no not in numbered:
                self._fault("a terminal has a document that is not in the ledger")
            elif reported.get(document.document_no) != outcome:
                self._fault(f"a document that was {outcome} is reported as {reported.get(document.document_no)}")
        ordered = {(at, copy) for at, line in enumerate(row.lines) for copy in range(line.copies)}
        if row.documents and {(each.line, each.copy) for each in row.documents} != ordered:
            self._fault(f"{len(row.documents)} documents were issued for an order of {len(ordered)}")
        if row.end == "issued" and not row.documents:
            self._fault("an order that was issued has no documents")
        # Of one that was cut off nobody noted whether its report had gone out.
        may_be = {"issued": {row.fee}, "cut-off": {0, row.fee}}.get(row.end, {0})
        if (kept.get(row.order_id) or 0) not in may_be:
            self._fault("another sum was kept than the fees")

    def _all_refusals_noted(self) -> None:
        """Whatever a terminal was told stands in the log (I12)."""
        heard: dict[str, Counter[str]] = {}
        for row in self.rows.values():
            heard.setdefault(row.terminal, Counter()).update(row.refusals)
        for terminal, reasons in heard.items():
            for reason, count in (reasons - self._told.get(terminal, Counter())).items():
                self._fault(f"{terminal} was refused {count} times more for {reason} than the audit log tells")

    @property
    def _now(self) -> Register:
        return self._moments[-1].register

    def _fault(self, what: str) -> None:
        self.faults.append(what)


def _day(at: int) -> date:
    return datetime.fromtimestamp(at, UTC).astimezone(JST).date()


def _explains(reason: str, step: str, moment: _Moment, moments: list[_Moment], row: Row) -> bool:
    """Whether the register of that moment gives this reason at this step; `moments` are those since the visit began."""
    register, who = moment.register, who_is(row.resident)
    home = register.homes[who.house]
    if step == "answer":
        return expected.standing_of(home, who) == reason
    if reason == _NOT_OFFERED:
        return expected.lacks_member(home, row.resident, row.lines)
    if reason == _BUSY:
        at = bisect_right(moments, moment.seq, key=lambda each: each.seq)
        before = [(each.register.homes[who.house], each.register.held, each.register.switches) for each in moments[:at]]
        return len(set(before)) > _MOVES_OF_BUSY
    return expected.refusal_of(register, row.resident, row.lines) == reason


def _first_difference(said: list[dict[str, str]], wanted: list[dict[str, str]]) -> str:
    if len(said) != len(wanted):
        return f"{len(said)} pages, not {len(wanted)}"
    for page, (one, other) in enumerate(zip(said, wanted, strict=True), 1):
        for name in one.keys() | other.keys():
            if one.get(name) != other.get(name):
                return f"page {page}, {name}: {one.get(name)!r}, not {other.get(name)!r}"
    return "nothing"
