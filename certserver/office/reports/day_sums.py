"""What a portion of ledger and audit log adds to the sums by day, gathered first and then written table by table."""

from collections import Counter

from sqlalchemy import Connection, Table

from certserver.office.reports.visit_steps import Counts
from certserver.ports import in_japan
from certserver.storage.adding import add_to
from certserver.storage.reports import issued_days, outlet_days, outlet_months, outlet_totals, visit_days

HERE = "here"
"""The source of sums that follow rows of this database."""

_NUMBERS = ("orders", "issued", "fee", "captured", "delivered", "spoiled", "not_printed", "sheets")
_OUTCOMES = {"delivered": "delivered", "spoiled": "spoiled", "not-printed": "not_printed"}

Key = tuple[str, ...]


class DaySums:
    """What a portion adds."""

    def __init__(self, municipality: str, outlets: dict[str, tuple[str, str]]) -> None:
        self._municipality = municipality
        self._outlets = outlets
        self._numbers: dict[tuple[Table, Key], Counter[str]] = {}
        self._visits: Counts = Counter()

    def issued(self, terminal: str, kind: str, scope: str, options: str, fee: int, issued_at: int) -> None:
        """A document in the ledger."""
        day = in_japan(issued_at).date().isoformat()
        outlet, outlet_kind = self._outlets.get(terminal, ("", ""))
        self._add(issued_days, (day, HERE, kind, scope, options), copies=1, fee=fee)
        self._add(outlet_months, (day[:7], outlet, outlet_kind, kind), copies=1)
        self._at_outlet(day, terminal, issued=1, fee=fee)

    def outcome(self, at: int, terminal: str, detail: dict[str, str | int]) -> None:
        """The end of a document, or of an order's money."""
        day = in_japan(at).date().isoformat()
        if "captured" in detail:
            self._at_outlet(day, terminal, orders=1, captured=int(detail["captured"]))
        else:
            self._at_outlet(day, terminal, **{_OUTCOMES[str(detail["outcome"])]: 1, "sheets": int(detail["sheets"])})

    def visited(self, counts: Counts) -> None:
        """How visits went."""
        self._visits.update(counts)

    def write(self, connection: Connection) -> None:
        """Adds everything, table by table."""
        for table in (issued_days, outlet_days, outlet_months, outlet_totals):
            names = [column.name for column in table.primary_key.columns][1:]
            rows = [
                {"municipality": self._municipality, **dict(zip(names, key, strict=True)), **numbers}
                for (of, key), numbers in self._numbers.items()
                if of is table
            ]
            add_to(connection, table, rows)
        visited = [
            {
                "municipality": self._municipality,
                "measure": measure.value,
                "day": day.isoformat(),
                "word": word,
                "times": times,
            }
            for (measure, day, word), times in self._visits.items()
        ]
        add_to(connection, visit_days, visited)

    def _at_outlet(self, day: str, terminal: str, **numbers: int) -> None:
        key = (day, terminal, *self._outlets.get(terminal, ("", "")))
        numbers = dict.fromkeys(_NUMBERS, 0) | numbers
        self._add(outlet_days, key, **numbers)
        self._add(outlet_totals, (day[:7], *key[2:]), **numbers)

    def _add(self, table: Table, key: Key, **numbers: int) -> None:
        self._numbers.setdefault((table, key), Counter(dict.fromkeys(numbers, 0))).update(numbers)
