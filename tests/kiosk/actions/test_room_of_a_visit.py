"""The longest visit there can be, written by the real journal, has the room that was kept for it (I7)."""

from contextlib import nullcontext

import pytest

from hardware.cash.model import Payout
from hardware.cash.virtual import DENOMINATIONS
from kiosk.actions import room
from kiosk.actions.cash import paid
from kiosk.actions.journal import LONGEST_CHANGE, Journal
from kiosk.actions.log import OVERHEAD
from kiosk.actions.log_file import ROOM
from kiosk.actions.notes import Note
from kiosk.actions.saved import OpenPayout, SavedVisit
from kiosk.actions.server import OutcomeReport
from kiosk.flow.documents import Delivery, Outcome, WaitingDocument
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import Belonging
from koufu.evidence.order import MAX_COPIES, MAX_FEE_YEN, MAX_LINES
from koufu.evidence.words import CertificateKind
from tests.support.sim_log import SimLog

ATTEMPT = 10**6
MOMENT = "2026-06-10T10:00:00.123456+09:00"
KIND = max(CertificateKind, key=lambda kind: len(kind.value))
DOCUMENTS = tuple(
    WaitingDocument(line, copy, KIND, f"{line:08}{copy:08}", sheets=99)
    for line in range(MAX_LINES)
    for copy in range(MAX_COPIES)
)
VISIT = SavedVisit(attempt=ATTEMPT, reference="4Q7-K2M", municipality="992011", order_id="ab" * 16, token="cd" * 16)
LONGEST = max(Occasion, key=lambda occasion: len(occasion.value))


class Longest:
    """Each part of the longest visit; `bytes_of` says how much of the room it took."""

    def __init__(self) -> None:
        self.store = SimLog()
        self.journal = Journal(self.store, nullcontext(), lambda: MOMENT)
        assert self.journal.look()
        self.store.disk_full = True

    def bytes_of(self, part: str) -> int:
        before = self.store.room()
        getattr(self, part)()
        return before - self.store.room()

    def _now(self, **fields: object) -> None:
        self.journal.update(ATTEMPT, lambda visit: visit.model_copy(update=fields))

    def order(self) -> None:
        self.journal.begin(VISIT)
        self._now(paying=True)

    def pieces(self) -> None:
        """All in the smallest coin, with sums as long as a fee can be."""
        for number in range(room.MOST_PIECES):
            self._now(held=MAX_FEE_YEN + number * room.SMALLEST_YEN)

    def documents(self) -> None:
        """Each is issued, comes out, and is void after all; the server is told of all."""
        self._now(documents=DOCUMENTS)
        for document in DOCUMENTS:
            self._now(printing=document.document_no, unseen=True)
            visit = self.journal.visit
            assert visit is not None
            deliveries = (*visit.deliveries, Delivery(document, Outcome.NOT_PRINTED, 99))
            self._now(printing=None, deliveries=deliveries, fee=MAX_FEE_YEN + visit.fee + 1)
        self._now(deliveries=tuple(Delivery(each, Outcome.SPOILED, 99) for each in DOCUMENTS))
        told = tuple(Delivery(each, Outcome.NOT_PRINTED, 99) for each in DOCUMENTS)
        report = OutcomeReport("992011", b"o" * 16, b"t" * 16, told, MAX_FEE_YEN, "documents", "4Q7-K2M")
        self.journal.report(report)
        self.journal.refused(report)

    def notes(self) -> None:
        for number in range(room.MOST_NOTES):
            note = Note(moment=MOMENT, occasion=LONGEST, reference="4Q7-K2M", yen=MAX_FEE_YEN + number)
            self.journal.note(note.model_copy(update={"belongings": tuple(Belonging), "untold": True}))
            self.journal.staff_told(self.journal.untold())

    def settlement(self) -> None:
        """Change, a payout that breaks off, another, the debt, the end."""
        for _ in range(3):
            self._now(settling=True, fee=MAX_FEE_YEN, payout=OpenPayout(keeps=MAX_FEE_YEN), counted=10**9)
            self.journal.update(ATTEMPT, lambda visit: paid(visit, Payout(MAX_FEE_YEN, MAX_FEE_YEN)))
        self._now(unclear=True)
        self.journal.end(ATTEMPT)


@pytest.fixture(scope="module")
def taken() -> dict[str, int]:
    """Bytes that each part takes, with the disk full from the visit's begin on."""
    longest = Longest()
    parts = {part: longest.bytes_of(part) for part in ("order", "pieces", "documents", "notes", "settlement")}
    assert longest.journal.works, "all of it is on disk"
    assert longest.store.began == 1, "in the one file"
    return parts


def test_i7_the_longest_visit_has_its_room(taken: dict[str, int]) -> None:
    assert sum(taken.values()) <= room.ROOM_OF_A_VISIT


@pytest.mark.parametrize(
    ("parts", "most"),
    [
        (("pieces",), room.MOST_PIECES * room.BYTES_OF_A_PIECE),
        (("documents",), room.MOST_DOCUMENTS * room.BYTES_OF_A_DOCUMENT),
        (("notes",), room.MOST_NOTES * room.BYTES_OF_A_NOTE),
        (("order", "settlement"), room.BYTES_BESIDE),
    ],
)
def test_each_part_of_the_room_is_more_than_is_taken_and_not_twice_as_much(
    parts: tuple[str, ...], most: int, taken: dict[str, int]
) -> None:
    used = sum(taken[part] for part in parts)
    assert most / 2 < used <= most, (parts, used, most)


def test_a_file_has_that_room_and_more() -> None:
    assert room.ROOM_OF_A_VISIT + LONGEST_CHANGE < ROOM
    assert min(DENOMINATIONS) == room.SMALLEST_YEN
    assert OVERHEAD < room.BYTES_OF_A_PIECE
