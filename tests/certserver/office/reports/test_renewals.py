"""How many renewals are to be expected: by month and prefecture, and never few people."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from certserver.office.reports.renewal_queries import endings
from certserver.office.reports.renewal_table import renewal_table
from certserver.office.reports.table import WITHHELD
from certserver.office.reports.words import Language, words_in
from certserver.ports import JST, unix
from certserver.storage.identity import card_links
from tests.support.card_applications import an_application_server
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

WORDS = words_in(Language.ENGLISH)
DECEMBER, JANUARY = date(2031, 12, 1), date(2032, 1, 1)
SPAN = (DECEMBER, date(2032, 1, 31))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


def link(server: ServerForTests, number: int, resident: str, ends: datetime, of_card: bytes | None = None) -> None:
    with server.database.writing() as connection:
        connection.execute(
            insert(card_links).values(
                municipality=MUNICIPALITY,
                subject=number.to_bytes(32, "big"),
                resident_id=resident,
                face_auth=False,
                issuer_key_id=bytes(32),
                crl_scope=b"",
                not_after=unix(ends),
                linked_at=0,
                of_card=of_card,
            )
        )


def test_of_each_person_the_one_that_ends_last_counts_by_its_day_in_japan(server: ServerForTests) -> None:
    link(server, 1, "a", datetime(2031, 12, 31, 23, 59, 59, tzinfo=JST))
    link(server, 2, "b", datetime(2032, 1, 1, 0, 0, 0, tzinfo=JST))
    link(server, 3, "c", datetime(2031, 12, 10, 23, 59, 59, tzinfo=JST))
    # Renewed already, and a telephone's.
    link(server, 4, "c", datetime(2036, 12, 10, 23, 59, 59, tzinfo=JST))
    link(server, 5, "d", datetime(2031, 12, 10, tzinfo=JST), of_card=bytes(32))
    with server.database.reading() as connection:
        found = endings(connection, MUNICIPALITY, *SPAN)
        assert dict(found) == {(DECEMBER, MUNICIPALITY[:2]): 1, (JANUARY, MUNICIPALITY[:2]): 1}
        assert endings(connection, None, *SPAN) == found


def test_the_first_day_of_renewal_stands_beside_each_month() -> None:
    table = renewal_table(WORDS, {(DECEMBER, "13"): 40, (JANUARY, "13"): 30}, *SPAN, small_cells=False)
    assert table.rows == (("2031-12", "2031-09-02", 40), ("2032-01", "2031-10-02", 30))
    assert table.foot == (("All", "", 70),)


def test_few_people_are_kept_back_and_follow_from_no_sum() -> None:
    ends = {(DECEMBER, "13"): 40, (JANUARY, "13"): 30, (DECEMBER, "14"): 3, (JANUARY, "14"): 25}
    public = renewal_table(WORDS, ends, *SPAN, small_cells=False)
    assert public.rows[0][3] is WITHHELD
    assert sum(value is WITHHELD for value in (*public.rows[0], *public.rows[1], *public.foot[0])) >= 4
    whole = renewal_table(WORDS, ends, *SPAN, small_cells=True)
    assert whole.rows[0] == ("2031-12", "2031-09-02", 40, 3, 43)
