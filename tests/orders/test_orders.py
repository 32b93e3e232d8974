"""A short stretch of `make orders` on each database, and that its judgement finds what it is there to find."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from certserver.ports import JST
from koufu.evidence.bitmap import Bitmap
from koufu.evidence.content import FIRST, PageContent, PageEntry, hash_of, picture_of
from koufu.evidence.numbers import document_number
from koufu.evidence.statement import Statement
from koufu.evidence.words import CertificateKind, Option, Scope
from tests.orders import expected
from tests.orders.campaign import Campaign, Pace
from tests.orders.changes import Journal
from tests.orders.expected import Wanted
from tests.orders.judge import Judging, Standing
from tests.orders.reading import read_sheets
from tests.orders.register import Home, Register, Step
from tests.orders.rows import By, Document, Row, Rows
from tests.orders.site import Size, open_site
from tests.orders.terminal import Line
from tests.orders.town import MUNICIPALITY, Who
from tests.support.cards import key_maker
from tests.support.databases import Kind, kinds, new_url, on
from tests.support.sheets import large_household
from tests.support.specimens import KEY

ORDERS, CUT_OFF = 24, 4
"""On each database; and so many of them are ordered by a run that is cut off."""

SIZE = Size(houses=6, terminals=8, workers=2)


class CutOff(Exception):
    """A run ends here."""


class Killed(Campaign):
    """Ends after a round, before anybody has judged it."""

    def _judge(self, lines: list[Line], *, cut_off: bool) -> None:
        raise CutOff


@pytest.fixture(params=kinds())
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new one of either kind."""
    kind: Kind = request.param
    with on(kind, in_memory=True):
        yield new_url(tmp_path, "orders")


@pytest.mark.timeout(900)
def test_i1_terminals_that_order_at_once_get_their_own_papers_while_registers_change(
    database: str, tmp_path: Path
) -> None:
    site, pace = open_site(tmp_path, SIZE, database, key_maker()), Pace(change_every=6, raster_every=10)
    with pytest.raises(CutOff):
        Killed(site, pace, 1).run(CUT_OFF, CUT_OFF, lambda _told: None)
    campaign = Campaign(site, pace, 1)
    assert campaign.orders == 0
    campaign.run(0, ORDERS, lambda _told: None)
    assert campaign.orders == CUT_OFF
    campaign.run(ORDERS, ORDERS, lambda _told: None)
    campaign.verify()
    assert campaign.faults == []
    counts = campaign.counts
    assert counts["orders"] == ORDERS
    assert counts["documents compared"] >= ORDERS / 2
    assert counts["documents read from a raster"] > counts["documents drawn by another renderer"] > 0
    assert sum(count for what, count in counts.items() if what.startswith("register: "))
    assert campaign.verified
    kept = tmp_path / "standing.json"
    kept.write_text(kept.read_text().replace(campaign.code, "of-earlier-code"))
    later = Campaign(open_site(tmp_path, SIZE, database, key_maker()), Pace(), 1)
    assert (later.orders, later.before["of-earlier-code"]["orders"]) == (0, ORDERS)


ORDER = bytes(range(16))
NUMBER = document_number(bytes(range(10)))
WHO = Who(house=24, place=0)
NAMESAKE = Who(house=30, place=0)
AT = 1_790_000_000
LINE = Wanted(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, frozenset({Option.RELATIONSHIP, Option.DOMICILE}))
SEAL = Wanted(CertificateKind.SEAL_REGISTRATION, Scope.SELF)


@dataclass(frozen=True)
class Entry:
    """Of the ledger, as far as it is looked at."""

    order_id: bytes
    line: int
    copy: int
    statement: bytes
    register_version: str


def paper(line: Wanted, who: Who, home: Home, imprint_of: Who | None = None) -> Document:
    """The document that a line must give, as a terminal reads it; with another's registered seal if wanted."""
    day = datetime.fromtimestamp(AT, UTC).astimezone(JST).date()
    imprint = expected.imprint_on(line, imprint_of or who, home)
    pages = tuple(
        PageContent(
            municipality=MUNICIPALITY,
            kind=line.kind,
            form="form/1",
            bundle=bytes(32),
            document_no=NUMBER,
            page=1,
            pages=1,
            previous=FIRST,
            issued_at=AT,
            ground="ground",
            entries=tuple(PageEntry(name, "", text) for name, text in page.items()),
            pictures=() if imprint is None else (picture_of("imprint", Bitmap(*imprint)),),
        ).to_bytes()
        for page in expected.pages_of(line, who, home, day)
    )
    hashes = tuple(map(hash_of, pages))
    statement = Statement(
        MUNICIPALITY,
        bytes(32),
        ORDER,
        0,
        0,
        line.kind,
        NUMBER,
        hashes,
        file_hash=bytes(32),
        file_length=1,
        issued_at=AT,
    )
    return Document(0, 0, NUMBER, statement.to_bytes(), pages)


def judged(line: Wanted, document: Document, register: Register) -> list[str]:
    """What is wrong with a document that was issued to `WHO` while the register stood so."""
    row = Row("kiosk-1", WHO.resident_id, ORDER, bytes(16), 200, [line], "issued", [document])
    judging = Judging(Standing(1, 0, register, 2), {ORDER: row}, {}, {})
    judging.begin()
    entry = Entry(ORDER, 0, 0, document.statement, f"2.{register.switches + 1}-0")
    judging.released({"order": ORDER.hex(), "line": 0, "copy": 0, "document_no": NUMBER}, entry)
    return judging.faults


def test_a_right_document_is_none_that_is_mixed() -> None:
    register = Register({WHO.house: Home(7)})
    for line in (LINE, SEAL):
        assert judged(line, paper(line, WHO, Home(7)), register) == []


def test_a_namesake_s_document_would_be_found() -> None:
    assert WHO.name == NAMESAKE.name
    assert WHO.born == NAMESAKE.born
    (fault,) = judged(LINE, paper(LINE, NAMESAKE, Home(7)), Register({WHO.house: Home(7)}))
    assert fault.startswith("mixed")


def test_a_namesake_s_seal_would_be_found() -> None:
    document = paper(SEAL, WHO, Home(7), imprint_of=NAMESAKE)
    assert judged(SEAL, document, Register({WHO.house: Home(7)})) == ["mixed: another registered seal"]


def test_what_the_register_said_before_would_be_found() -> None:
    (fault,) = judged(LINE, paper(LINE, WHO, Home(6)), Register({WHO.house: Home(7)}))
    assert fault.startswith("mixed")


@pytest.mark.parametrize(
    ("line", "register", "why"),
    [
        (LINE, Register({WHO.house: Home(7)}, held=frozenset({WHO.resident_id})), "withheld"),
        (LINE, Register({WHO.house: Home(7, leaving=frozenset({0}))}), "move-out-planned"),
        (SEAL, Register({WHO.house: Home(7)}, struck=frozenset({WHO.resident_id})), "seal-cancelled"),
    ],
)
def test_a_document_that_was_forbidden_would_be_found(line: Wanted, register: Register, why: str) -> None:
    assert f"issued though the register said {why}" in judged(line, paper(line, WHO, Home(7)), register)


def test_a_version_of_another_snapshot_would_be_found() -> None:
    register = Register({WHO.house: Home(7)}, switches=3)
    row = Row("kiosk-1", WHO.resident_id, ORDER, bytes(16), 200, [LINE], "issued", [paper(LINE, WHO, Home(7))])
    judging = Judging(Standing(1, 0, register, 5), {ORDER: row}, {}, {})
    judging.begin()
    entry = Entry(ORDER, 0, 0, row.documents[0].statement, "4.4-0")
    judging.released({"order": ORDER.hex(), "line": 0, "copy": 0, "document_no": NUMBER}, entry)
    assert judging.faults == ["the ledger names version 4.4-0, in force was 5.4-"]


def test_a_sheet_says_the_same_by_its_pictures_and_as_either_renderer_draws_it() -> None:
    rendered = large_household()
    for by in By:
        sheets = read_sheets(rendered.file, KEY.public_key, by)
        assert tuple(hash_of(sheet.content.to_bytes()) for sheet in sheets) == rendered.content_hashes
        assert [(sheet.face.document_no, sheet.face.page) for sheet in sheets] == [
            (rendered.document_no, page) for page in (1, 2)
        ]


def test_wherever_a_run_is_cut_off_a_round_is_judged_once(tmp_path: Path) -> None:
    row = Row("kiosk-1", WHO.resident_id, ORDER, bytes(16), 200, [LINE], "issued", [paper(LINE, WHO, Home(7))])
    rows = Rows(tmp_path)
    rows.begin(1, wrong=False)
    rows.add(row)
    not_judged = Rows(tmp_path)
    not_judged.begin(1, wrong=False)
    assert not_judged.read() == {ORDER: row}
    judged_and_not_put_away = Rows(tmp_path)
    judged_and_not_put_away.begin(2, wrong=False)
    assert judged_and_not_put_away.read() == {}


def test_steps_of_the_register_are_told_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    steps = [Step("hold", resident=WHO.resident_id), Step("lift", resident=WHO.resident_id)]
    for seq, step in enumerate(steps, 5):
        journal.intend(step)
        assert Journal(tmp_path).open_step() == step
        journal.done(seq)
        assert list(journal.steps()) == [(seq, step)]
    assert Journal(tmp_path).open_step() is None
    assert list(Journal(tmp_path).steps()) == list(enumerate(steps, 5))
