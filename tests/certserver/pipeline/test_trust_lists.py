"""A home's trust list: one number is one list, whoever asks and whenever."""

from dataclasses import replace
from pathlib import Path

import pytest

from certserver.ledger.book import open_book
from certserver.ledger.keys import begin_key
from certserver.ledger.state import found_municipality
from certserver.pipeline.bundles import keep_bundles
from certserver.pipeline.settings import SettingsCache
from certserver.pipeline.trust_lists import LIFETIME_S, RENEWED_AFTER_S, TrustLists
from certserver.storage.engine import Database
from koufu.evidence.bundle import SignedBundle
from koufu.evidence.trustlist import MAX_BUNDLES, ListedBundle, Period, open_trust_list
from tests.support.registers import MIHON, empty_database
from tests.support.server_people import enter_municipality
from tests.support.trust_lists import CENTRE, a_signatory

NOW = 1_800_000_000
KEY, NEXT = (bytes((n,)) * 32 for n in (1, 2))


@pytest.fixture
def database(either_database: None, tmp_path: Path) -> Database:
    made = empty_database(tmp_path)
    with made.writing() as connection:
        found_municipality(connection, MIHON)
        enter_municipality(connection, NOW - 100)
        with open_book(connection, MIHON) as book:
            begin_key(connection, book, KEY, NOW - 100, NOW - 100)
    return made


@pytest.fixture
def lists(database: Database) -> TrustLists:
    return TrustLists(database, SettingsCache(), CENTRE, MIHON)


def test_a_list_counts_for_its_lifetime_and_is_made_anew_each_day(lists: TrustLists) -> None:
    first = lists.in_force(NOW)
    opened = open_trust_list(first.evidence, first.signature, CENTRE.public_key)
    assert (opened.issued_at, opened.expires_at) == (NOW, NOW + LIFETIME_S)
    assert lists.in_force(NOW + RENEWED_AFTER_S - 1) == first
    renewed = lists.in_force(NOW + RENEWED_AFTER_S)
    assert renewed.trust_list.number > opened.number
    assert renewed.trust_list.signatories == opened.signatories


def test_every_node_hands_out_the_same(lists: TrustLists) -> None:
    other = replace(lists, settings=SettingsCache())
    assert other.in_force(NOW + 5) == lists.in_force(NOW + 6)


def test_a_new_key_is_a_new_list_within_the_same_second(lists: TrustLists) -> None:
    before = lists.in_force(NOW)
    with lists.database.writing() as connection, open_book(connection, MIHON) as book:
        begin_key(connection, book, NEXT, NOW + 1000, NOW)
    after = lists.in_force(NOW)
    assert after.trust_list.number == before.trust_list.number + 1
    (signatory,) = after.trust_list.signatories
    assert [key.raw for key in signatory.keys] == [KEY, NEXT]


def test_neighbours_stand_in_their_order_and_never_in_the_place_of_the_home(lists: TrustLists) -> None:
    neighbours = (a_signatory("992020", NEXT), a_signatory(MIHON, NEXT), a_signatory("001000", bytes(32)))
    made = replace(lists, neighbours=neighbours).in_force(NOW).trust_list
    assert [each.municipality for each in made.signatories] == ["001000", MIHON, "992020"]
    assert [key.raw for each in made.signatories for key in each.keys] == [bytes(32), KEY, NEXT]


def test_form_bundles_stand_in_the_list_from_their_first_use(lists: TrustLists) -> None:
    bundles = [SignedBundle(f"bundle {at}".encode(), bytes(64)) for at in range(MAX_BUNDLES + 1)]
    with lists.database.writing() as connection:
        for at, bundle in enumerate(bundles[:2]):
            keep_bundles(connection, MIHON, (bundle,), 100 + at)
    (signatory,) = lists.in_force(NOW).trust_list.signatories
    assert signatory.bundles == tuple(ListedBundle(b.hash, Period(100 + at)) for at, b in enumerate(bundles[:2]))
    with lists.database.writing() as connection:
        for at, bundle in enumerate(bundles):
            keep_bundles(connection, MIHON, (bundle,), 100 + at)
    (signatory,) = lists.in_force(NOW).trust_list.signatories
    assert len(signatory.bundles) == MAX_BUNDLES
    assert signatory.bundle(bundles[-1].hash) is not None
    assert signatory.bundle(bundles[0].hash) is None


def test_a_clock_that_went_back_gives_no_number_twice(lists: TrustLists) -> None:
    ahead = lists.in_force(NOW + 10_000)
    back = lists.in_force(NOW)
    assert back.trust_list.number == ahead.trust_list.number + 1
    assert back.trust_list.issued_at == NOW
