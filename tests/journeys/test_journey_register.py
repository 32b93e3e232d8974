"""The register moves, a seal is cancelled, or a protective measure comes into force while the resident stands at the
machine: read again in the instant of release, before anything is issued (I3, I6)."""

import pytest
from sqlalchemy import Connection

from certserver.demo.people import MUNICIPALITY
from certserver.registers.model import Household, Withholding
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal, write_household
from kiosk.flow import scenes as at
from koufu.evidence.words import RefusalReason
from tests.support.journey_refusals import goes_home
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey
from tests.support.register_changes import read_household
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


def moves_house(connection: Connection, resident_id: str, to: str = "9番9号") -> None:
    snapshot = read_household(connection, MUNICIPALITY, resident_id)
    assert snapshot is not None
    moved = Household(snapshot.orderer.household_id, f"見本県見本市新町九丁目{to}", snapshot.householder)
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
        pytest.param(
            "kasai-masato",
            "bank",
            "seal",
            RefusalReason.SEAL_CANCELLED,
            ("印鑑の登録がなくなっています", "Your seal is no longer registered"),
            marks=pytest.mark.reaches(RefusalReason.SEAL_CANCELLED),
        ),
        pytest.param(
            "kuroda-hana",
            "employer",
            "protected",
            RefusalReason.WITHHELD,
            ("この証明書は、ここでは取れません", "This certificate is not available here"),
            marks=pytest.mark.reaches(RefusalReason.WITHHELD),
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


@pytest.mark.reaches(RefusalReason.REGISTER_BUSY)
def test_a_register_that_does_not_stand_still_gives_the_money_back(j: Journey, municipality: Municipality) -> None:
    def moves_again(method: str, answers: list[bytes]) -> list[bytes]:
        if method == "Prepare":
            with municipality.server.database.writing() as connection:
                moves_house(connection, "watanabe-chieko", f"{len(j.office.wire.calls)}番地")
        return answers

    j.identifies("watanabe-chieko")
    j.chooses("employer")
    j.office.wire.tampers(moves_again)
    j.orders()
    j.pays(1000)
    j.is_told(
        what=("ただいま証明書を作れません", "No certificates at the moment"),
        money=("1,000円をお返ししました", "We returned ¥1,000"),
        to_do=("しばらくしてから、もう一度お試しください", "Please try again in a little while"),
    )
    assert j.declined is RefusalReason.REGISTER_BUSY
    j.reads_slip("登録の内容が変わっているところです", "見本市役所")
    goes_home(j)
    assert not j.office.sheets


@pytest.mark.reaches(RefusalReason.SUSPENDED)
def test_an_alarm_elsewhere_in_the_municipality_gives_the_money_back(j: Journey, municipality: Municipality) -> None:
    j.identifies("tsuji-kengo")
    j.chooses("employer")
    j.orders()
    j.inserts(1000)
    municipality.raise_alarm()
    j.touches("primary")
    j.is_told(
        what=("ただいま証明書を取れません", "No certificates at the moment"),
        money=("1,000円をお返ししました", "We returned ¥1,000"),
        to_do=("安全を確かめています。おそれいりますが、窓口でお取りください", "A safety check is under way"),
    )
    assert j.declined is RefusalReason.SUSPENDED
    j.reads_slip("安全を確かめるため、証明書の発行を止めています", "平日")
    municipality.close_alarms()
    goes_home(j)
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
