"""Paying without cash, as residents live it: paid, declined, nobody knows, a jam, a power cut. Every yen debited is a
document's, went back the same way, or stands on a slip until it does (I7)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.cashless.virtual import Lost
from kiosk.flow import scenes as at
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import OutOfService
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey

FEE = 200


@pytest.fixture
def j(municipality: Municipality, tmp_path: Path) -> Iterator[Journey]:
    with a_journey(municipality, tmp_path, takes_cashless=True) as journey:
        yield journey


def comes_to_the_choice(j: Journey) -> None:
    j.identifies()
    j.chooses()
    j.touches("primary")
    j.sees("カードをお取りください", "Take your card")
    j.takes_card()
    j.sees("お支払い方法をえらんでください", "How would you like to pay?")


def presents(j: Journey, *, covered: bool = True) -> None:
    j.touches("cashless")
    j.sees("決済端末にかざしてください", "Hold it to the payment terminal")
    j.office.cashless.present(covered=covered)


def paid_in_the_end(j: Journey) -> int:
    state = j.office.cashless.state()
    return state.debited - state.paid_back


def goes_home(j: Journey) -> None:
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()


def test_somebody_pays_cashless_and_the_receipt_says_so(j: Journey) -> None:
    comes_to_the_choice(j)
    presents(j)
    j.waits(10)
    assert j.shows(at.TakeSheets)
    j.reads_slip("お支払い方法", "キャッシュレス", f"{FEE}円", "公金の取扱", "見本中央郵便局")
    goes_home(j)
    assert (paid_in_the_end(j), j.delivered) == (FEE, 1)
    takings = j.kiosk.journal.saved.takings
    assert (takings.debits, takings.kept, takings.over) == (1, FEE, 0)


def test_where_there_is_no_change_it_is_said_before_the_card_and_cashless_pays(j: Journey) -> None:
    j.office.cash.empty_hoppers()
    j.arrives()
    j.waits(31)
    j.sees("現金は使えません", "Cashless only")
    j.comes_to(at.Confirm)
    j.sees("お支払いはキャッシュレスだけです", "No cash now: you pay cashless.")
    j.touches("primary")
    j.takes_card()
    j.sees("キャッシュレスでお支払いください", "Please pay cashless")
    j.sees("現金は、いま使えません", "Cash can't be paid now.")
    presents(j)
    j.waits(10)
    j.takes_everything()
    j.touches("primary")
    j.sees("現金は使えません", "Cashless only")
    assert (paid_in_the_end(j), j.delivered) == (FEE, 1)
    j.office.cashless.fall_silent()
    j.waits(31)
    j.ends_closed(OutOfService.NO_CHANGE, says=("つり銭が足りません", "Out of change"))


def test_where_the_payment_terminal_is_away_it_is_said_before_the_card_and_cash_pays(j: Journey) -> None:
    j.office.cashless.fall_silent()
    j.arrives()
    j.waits(31)
    j.sees("現金だけ使えます", "Cash only now")
    j.comes_to(at.Confirm)
    j.sees("お支払いは現金だけです", "you pay in cash")
    j.touches("primary")
    j.takes_card()
    j.sees("お金を入れてください", "Insert cash")
    j.pays()
    j.waits_while_it_works()
    j.waits(30)
    j.takes_everything()
    j.touches("primary")
    j.sees("現金だけ使えます", "Cash only now")
    j.office.cashless.answer_again()
    j.waits(31)
    j.ends_at_start()
    assert (paid_in_the_end(j), j.delivered) == (0, 1)


def test_declined_and_back_to_cash(j: Journey) -> None:
    comes_to_the_choice(j)
    presents(j, covered=False)
    j.sees("お支払いができませんでした", "The payment was declined.")
    j.touches("cashless", "back")
    j.sees("お支払い方法をえらんでください")
    j.touches("cash")
    j.sees("お金を入れてください", "Insert cash")
    j.pays()
    j.waits_while_it_works()
    j.waits(30)
    j.reads_slip("お支払い方法", "現金")
    goes_home(j)
    assert (paid_in_the_end(j), j.delivered) == (0, 1)


def test_nobody_knows_and_what_was_debited_goes_back_when_the_terminal_does(j: Journey) -> None:
    comes_to_the_choice(j)
    j.touches("cashless")
    j.office.cashless.lose_next(Lost.ANSWER)
    j.office.cashless.present()
    j.waits(1)
    j.sees("お支払いを確かめています", "Checking your payment")
    j.office.cashless.fall_silent()
    j.sees("決済端末の答えがありません", "The payment terminal does not answer")
    j.sees("同じ方法に戻します", "goes back the way you paid")
    j.waits(1)
    assert isinstance(j.kiosk.state.scene, at.Fault)
    reference = j.kiosk.state.scene.report.reference
    j.reads_slip(reference, f"{FEE}円", "払われていたときは、同じ支払い方法に戻します")
    j.takes_everything()
    j.touches("primary")
    j.waits(100)
    assert (j.issued, paid_in_the_end(j)) == (0, FEE)
    j.office.cashless.answer_again()
    j.waits(40)
    assert paid_in_the_end(j) == 0
    notes = [(note.occasion, note.reference, note.yen) for note in j.kiosk.journal.notes]
    assert notes == [(Occasion.UNCONFIRMED_CASHLESS_DEBT, reference, FEE), (Occasion.PAID_AFTER_ALL, reference, FEE)]
    j.ends_at_start()


def test_a_jam_gives_back_what_was_debited(j: Journey) -> None:
    comes_to_the_choice(j)
    j.office.printer.jam_on_sheet(1)
    presents(j)
    j.sees("紙がつまりました", "jammed")
    j.sees(f"{FEE}円をお返ししました", f"¥{FEE} returned")
    j.sees("同じ方法に戻しました", "went back the way you paid")
    j.sees_not("返却口", "return tray")
    j.waits(1)
    j.reads_slip("同じ支払い方法に戻しました")
    assert paid_in_the_end(j) == 0


@pytest.mark.parametrize("back", [True, False], ids=["terminal back", "terminal away"])
def test_the_power_fails_after_the_debit(j: Journey, back: bool) -> None:
    comes_to_the_choice(j)
    presents(j)
    j.waits(0.2)
    assert paid_in_the_end(j) == FEE
    j.power_fails()
    if not back:
        j.office.cashless.fall_silent()
    j.power_returns()
    j.sees("動きなおしました", "started again")
    if back:
        j.sees("同じ方法に戻しました", "went back the way you paid")
    else:
        j.sees("同じ方法に戻します", "goes back the way you paid")
        j.office.cashless.answer_again()
    j.takes_everything()
    j.touches("primary")
    j.waits(40)
    assert (paid_in_the_end(j), j.delivered) == (0, 0)
    j.ends_at_start()
