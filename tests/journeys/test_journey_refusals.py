"""Residents who can't have what they came for: told before any money, with the window that can help. A
protective measure reads exactly like any other hold (I14)."""

from pathlib import Path

import pytest

from kiosk.flow import scenes as at
from kiosk.flow.values import OutOfService
from koufu.evidence.words import RefusalReason
from tests.support.journey_screen import words
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, Said, a_journey

HOLD: Said = ("この証明書は、ここでは取れません", "This certificate is not available here")
AT_THE_COUNTER: Said = ("おそれいりますが、窓口でお取りください", "Please get it at the counter")


def asks(j: Journey, card: str, purpose: str = "pension") -> None:
    """Goes as far as the terminal lets this person go: to the refusal."""
    j.arrives()
    j.puts_card(card)
    j.types_pin()
    if j.shows(at.ChoosePurpose):
        j.touches(f"purpose-{purpose}", "primary")
    if j.shows(at.ChooseOptions):
        j.touches("primary")
    if j.shows(at.Confirm):
        j.touches("primary")


def goes_home(j: Journey) -> None:
    assert j.office.cash.state().inserted == 0, "money was asked for before the refusal"
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.issued == 0


@pytest.mark.parametrize("card", ["ono-riko", "tsuji-haruto"])
def test_a_child_under_15(j: Journey, card: str) -> None:
    asks(j, card)
    j.is_told(
        what=("15歳になるまで、ここで取れません", "From age 15 only"),
        money=None,
        to_do=("窓口でお取りください", "Please use the counter"),
    )
    j.sees("見本市役所 1階 市民課", "Mihon City Hall")
    goes_home(j)


@pytest.mark.parametrize(
    ("card", "what"),
    [
        ("hayashi-takumi", ("引っ越しの届けが出ています", "A move has been reported")),
        ("harada-jun", ("見本市に住所がありません", "No address in Mihon City")),
        ("nishimura-shozo", HOLD),
    ],
)
def test_somebody_who_moves_or_is_gone(j: Journey, card: str, what: Said) -> None:
    asks(j, card)
    j.sees(*what)
    goes_home(j)


@pytest.mark.parametrize("card", ["okada-mika", "fujita-emi"])
def test_no_registered_seal_is_told_where_it_is_chosen(j: Journey, card: str) -> None:
    j.identifies(card)
    j.touches("by-name")
    j.sees("印鑑の登録がありません", "No seal")
    j.touches("kind-residence", "primary", "primary")
    j.orders()
    j.pays()
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert j.delivered == 1


def test_a_character_that_no_font_has_is_refused_before_money(j: Journey) -> None:
    asks(j, "tsuji-akira")
    j.is_told(
        what=("この機械では印刷できません", "This machine cannot print it"),
        money=None,
        to_do=("ほかの字に変えて印刷することは、しません。窓口でお取りください", "Please use the counter"),
    )
    goes_home(j)


WITHHELD = ("mori-sayaka", "mori-kazue", "ueda-hiroshi")
"""The protected person, somebody of the same household, and an ordinary hold."""


def test_i14_a_protective_measure_reads_like_any_other_hold(municipality: Municipality, tmp_path: Path) -> None:
    read: set[tuple[object, ...]] = set()
    for card in WITHHELD:
        (tmp_path / card).mkdir()
        with a_journey(municipality, tmp_path / card) as j:
            asks(j, card)
            j.is_told(what=HOLD, money=None, to_do=AT_THE_COUNTER)
            screens = tuple(line.split(maxsplit=1)[1] for line in j.told)
            slips = tuple(j.office.slips)
            read.add((words(j.kiosk.state, j.office.now()), screens, slips, tuple(j.office.wire.calls)))
            goes_home(j)
    assert len(read) == 1


def test_a_municipality_that_the_directory_does_not_name(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path, code="992020") as j:
        j.ends_closed(
            OutOfService.NOT_SERVED,
            says=("この機械に登録のない市区町村です", "This machine does not serve your municipality"),
        )
        j.puts_card("tsuji-kengo")
        assert j.shows(at.Closed)


def test_a_municipality_that_knows_no_such_terminal(municipality: Municipality, tmp_path: Path) -> None:
    with a_journey(municipality, tmp_path) as j:
        j.arrives()
        municipality.withdraw_terminal()
        try:
            j.puts_card("tsuji-kengo")
            j.is_told(
                what=("この機械は、いま使えません", "This machine is not available now"),
                money=None,
                to_do=("お客さまのカードに、問題はありません。窓口でお取りください", "Nothing is wrong with your card"),
            )
            assert j.declined is RefusalReason.TERMINAL_NOT_ADMITTED
            j.takes_everything()
            j.touches("primary")
            j.waits(60)
            j.ends_closed(OutOfService.NOT_ADMITTED, says=("この機械を点検しています", "This machine is being checked"))
        finally:
            municipality.admit_terminal()
        j.ends_at_start()
