"""The simulated card maker and mail: each stage in its time, nothing twice, and everything kept over a restart."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hardware.card.virtual.folder import FolderError
from kiosk.simulators.card_maker import SimulatedCardMaker
from kiosk.simulators.kept import ORDERS, keep_ledger, keep_letters, kept_ledger, kept_letters
from kiosk.simulators.mail import SimulatedMail
from kiosk.simulators.refusal import PartyRefused
from tests.support.server import HandClock

A_DAY = timedelta(days=1)
MIHON = "992011"
FIRST, SECOND = "1" * 23, "2" * 23


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


Made = Callable[..., SimulatedCardMaker]


@pytest.fixture
def maker(clock: HandClock, tmp_path: Path) -> Made:
    """The program, started anew with each call over one folder."""

    def started(takes: timedelta = timedelta(0)) -> SimulatedCardMaker:
        cards = {"taro": b"what his card bears"}

        def x509_of(card: str) -> bytes:
            if card not in cards:
                raise ValueError("no such card")
            return cards[card]

        def kept(ledger: object) -> None:
            keep_ledger(tmp_path, ledger)  # type: ignore[arg-type]

        return SimulatedCardMaker(clock.now, x509_of, takes, kept, kept_ledger(tmp_path))

    return started


def test_an_order_is_one_further_each_time_it_is_asked_about_and_over_restarts(maker: Made) -> None:
    assert maker().order(FIRST, MIHON, express=True) == ""
    assert [maker().ask(FIRST)[0] for _ in range(3)] == ["set-up", "mailed", "mailed"]


def test_with_a_pace_it_takes_its_time(maker: Made, clock: HandClock) -> None:
    maker(A_DAY).order(FIRST, MIHON, express=False)
    assert [maker(A_DAY).ask(FIRST)[0] for _ in range(3)] == ["making"] * 3
    clock.advance(A_DAY.total_seconds())
    assert maker(A_DAY).ask(FIRST)[0] == "made"


def test_the_named_card_is_the_next_order_s_alone(maker: Made) -> None:
    maker().name_next("taro")
    with pytest.raises(ValueError, match="no such card"):
        maker().name_next("nobody")
    assert maker().order(FIRST, MIHON, express=False, defect="photo") == "photo"
    assert maker().order(SECOND, MIHON, express=False) == ""
    assert maker().order("3" * 23, MIHON, express=False) == ""
    assert maker().ask(SECOND) == ("made", b"what his card bears")
    assert maker().ask("3" * 23) == ("made", b"")


def test_an_order_ordered_again_is_the_same_order(maker: Made) -> None:
    maker().order(FIRST, MIHON, express=False, defect="photo")
    assert maker().order(FIRST, MIHON, express=False) == "photo", "a defect is for good"
    maker().order(SECOND, MIHON, express=False)
    assert maker().order(SECOND, MIHON, express=False, defect="photo") == "", "so is what was accepted"
    with pytest.raises(ValueError, match="another order"):
        maker().order(SECOND, MIHON, express=True)
    with pytest.raises(ValueError, match="23 digits"):
        maker().order("12", MIHON, express=True)
    for unknown in (FIRST, "9" * 23):
        with pytest.raises(PartyRefused, match="unknown-order"):
            maker().ask(unknown)


@pytest.fixture
def mail(clock: HandClock, tmp_path: Path) -> Callable[..., SimulatedMail]:
    def started(takes: timedelta = timedelta(0)) -> SimulatedMail:
        return SimulatedMail(clock.now, takes, lambda letters: keep_letters(tmp_path, letters), kept_letters(tmp_path))

    return started


def test_a_letter_is_announced_or_comes_to_the_door(mail: Callable[..., SimulatedMail]) -> None:
    for letter, with_notice in (("a", True), ("b", False)):
        assert mail().hand_in(letter, with_notice=with_notice) == "handed-in"
    assert [mail().ask("a") for _ in range(3)] == ["announced", "delivered", "delivered"]
    assert mail().ask("b") == "delivered"
    assert mail().hand_in("a", with_notice=True) == "delivered", "it is the same letter"


def test_a_letter_comes_back_for_good_unless_it_was_delivered(
    mail: Callable[..., SimulatedMail], clock: HandClock
) -> None:
    mail(A_DAY).hand_in("a", with_notice=True)
    assert mail(A_DAY).bring_back("a") == "brought-back"
    clock.advance(9 * A_DAY.total_seconds())
    assert mail(A_DAY).ask("a") == "brought-back"
    mail().hand_in("b", with_notice=False)
    mail().ask("b")
    assert mail().bring_back("b") == "delivered"
    with pytest.raises(PartyRefused, match="unknown-letter"):
        mail().ask("nowhere")


def test_a_damaged_folder_is_no_empty_one(tmp_path: Path) -> None:
    (tmp_path / ORDERS).write_text('{"format": 1, "orders": [{"form_id": "1"}]}')
    with pytest.raises(FolderError, match="damaged"):
        kept_ledger(tmp_path)
    (tmp_path / ORDERS).write_text("{")
    with pytest.raises(FolderError, match="can't be read"):
        kept_ledger(tmp_path)
