"""The register moves, a seal is cancelled, or a protective measure comes into force while the resident stands at the
machine: read again in the instant of release, before anything is issued (I3, I6)."""

import pytest
from sqlalchemy import Connection

from certserver.demo.people import MUNICIPALITY
from certserver.registers.model import Household, Withholding
from certserver.registers.repository import read_household
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal, write_household
from kiosk.flow import scenes as at
from koufu.evidence.words import RefusalReason
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey
from tests.support.sheets import text_of


def pays_for(j: Journey, card: str, purpose: str, municipality: Municipality, change: str) -> None:
    """Has put the money in when the register changes."""
    j.identifies(card)
    j.chooses(purpose)
    j.orders()
    j.inserts(1000)
    with municipality.server.database.writing() as connection:
        CHANGES[change](connection, card)
    j.touches("primary")


def moves_house(connection: Connection, resident_id: str) -> None:
    snapshot = read_household(connection, MUNICIPALITY, resident_id)
    assert snapshot is not None
    moved = Household(snapshot.orderer.household_id, "見本県見本市新町九丁目9番9号", snapshot.householder)
    write_household(connection, MUNICIPALITY, moved)


def has_the_seal_cancelled(connection: Connection, resident_id: str) -> None:
    cancel_registered_seal(connection, MUNICIPALITY, resident_id)


def is_protected(connection: Connection, resident_id: str) -> None:
    write_withholding(connection, MUNICIPALITY, resident_id, frozenset({Withholding.PROTECTIVE_MEASURE}))


CHANGES = {"moves": moves_house, "seal": has_the_seal_cancelled, "protected": is_protected}


def test_i3_who_moves_house_while_paying_gets_the_new_address(j: Journey, municipality: Municipality) -> None:
    pays_for(j, "katsuragi-yui", "employer", municipality, "moves")
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.office.wire.calls.count("Prepare") == 2
    assert (j.issued, j.delivered) == (1, 1)
    assert "新町九丁目9番9号" in text_of(j.office.documents[0])


@pytest.mark.parametrize(
    ("card", "purpose", "change", "reason", "what"),
    [
        (
            "kasai-masato",
            "bank",
            "seal",
            RefusalReason.SEAL_CANCELLED,
            ("印鑑の登録がなくなっています", "Your seal is no longer registered"),
        ),
        (
            "watanabe-shigeru",
            "employer",
            "protected",
            RefusalReason.WITHHELD,
            ("この証明書は、ここでは取れません", "This certificate is not available here"),
        ),
    ],
)
def test_i6_what_forbids_it_counts_in_the_instant_of_release(
    j: Journey,
    municipality: Municipality,
    card: str,
    purpose: str,
    change: str,
    reason: RefusalReason,
    what: tuple[str, str],
) -> None:
    pays_for(j, card, purpose, municipality, change)
    j.is_told(
        what=what,
        money=("1,000円をお返ししました", "We returned ¥1,000"),
        to_do=("見本市役所 1階 市民課", "Mihon City Hall"),
    )
    assert j.declined is reason
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.issued == 0
    assert not j.office.sheets


@pytest.mark.parametrize("reason", RefusalReason, ids=lambda reason: reason.value)
def test_every_refusal_ends_in_a_clear_screen(j: Journey, municipality: Municipality, reason: RefusalReason) -> None:
    j.office.wire.refuses(reason)
    j.arrives()
    j.puts_card("tsuji-kengo")
    assert j.shows(at.Declined), j.story()
    j.says_what_to_do()
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.issued == 0
