"""The hand-over of a card at a counter, on both windows, over real gRPC: to the proxy of somebody of 78 at the
municipality's counter, refused at the post office with where to go, and to the holder."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hardware.card.model import Usage
from hardware.card.virtual.persona import PersonaKind
from kiosk.counter.day.day import Stage
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.values import CardTrouble
from tests.support.card_writing import WritingBench
from tests.support.hand_over_counter import CHOSEN
from tests.support.journey_cards import CardCounters, simulators
from tests.support.journey_hand_over import BORN_ON, READ, HandOverClerk, waits_for_kazuko
from tests.support.journey_server import Municipality
from tests.support.sheets import text_of


class Counters(CardCounters):
    def opened(self, *, hall: bool, case: str = "hand-over") -> HandOverClerk:
        clerk = HandOverClerk(*self.begun(simulators(), hall=hall), hall=hall)
        if case == "hand-over":
            clerk.opens()
        else:
            clerk.signs_in()
            clerk.presses("tab-cases", f"begin-{case}")
        return clerk


@pytest.fixture
def counters(municipality: Municipality, tmp_path: Path) -> Iterator[Counters]:
    with ExitStack() as stack:
        yield Counters(stack, municipality, tmp_path)


def test_a_proxy_of_somebody_of_78_at_the_municipality(counters: Counters) -> None:
    clerk = counters.opened(hall=True)
    waits_for_kazuko(clerk.j, clerk.outside.bench)
    delivered = clerk.cards_delivered()
    clerk.reads("どなたが来ましたか", "Who came?")
    clerk.comes("proxy")
    clerk.finds(name=READ, born=BORN_ON)
    clerk.presses("case-aged-75", "primary")
    clerk.j.sees("書類を見せてください", "Please show the documents")
    clerk.sees_documents("care-insurance-card", "disability-book")
    clerk.sees_documents("driving-licence", "passport")
    clerk.asks()
    clerk.reads("まだ、お渡しできません。足りないもの", "Not yet. What is missing")
    clerk.reads("封をした暗証番号設定依頼書。", "The sealed PIN form.")
    clerk.reads("委任状に、外出困難の記載", "The letter says that going out is hard")
    clerk.presses("flag-reply", "flag-letter-of-attorney", "flag-sealed-pin-form", "brought-letter-says-hard-to-go-out")
    clerk.asks()
    clerk.reads("お渡しできることを、市区町村のサーバーが確認しました", "it may be handed over")
    clerk.reads("封をした依頼書のとおりに、職員が入れる", "Staff enter them from the sealed form")
    clerk.presses("old-card-handed-in", "primary")
    clerk.reads("【模擬】", "[Simulated]")
    clerk.card_is_put()
    clerk.until(lambda: isinstance(clerk.handed.scene, at.Typing), "the first PIN")
    clerk.reads("依頼書の暗証番号を入れる", "Enter the PINs from the form")
    clerk.j.sees("係員が暗証番号を設定しています", "Staff are setting the PINs")
    clerk.enters_from_form()
    clerk.until(lambda: isinstance(clerk.handed.scene, at.Delivered), "the hand-over")
    clerk.j.sees("カードをお受け取りください", "Please take the card")
    assert "代理の方には、お知らせしていません" in clerk.slip()
    assert all(clerk.outside.bench.answers(usage, CHOSEN[usage]) for usage in Usage)
    clerk.j.takes_card()
    clerk.presses("resealed")
    clerk.ends()
    kept = [each.kind for each in clerk.desk.day.custody]
    assert kept == [CustodyKind.RETURNED_CARD, CustodyKind.SEALED_PIN_FORM]
    clerk.j.takes_everything()
    assert clerk.cards_delivered() == delivered + 1
    assert not clerk.office.faults


def test_a_case_put_aside_when_the_power_fails_is_told_to_be_lost_and_stands_open_at_the_close(
    counters: Counters,
) -> None:
    clerk = counters.opened(hall=True)
    waits_for_kazuko(clerk.j, clerk.outside.bench)
    clerk.comes("person")
    clerk.finds(name=READ, born=BORN_ON)
    mark = clerk.handed.mark
    clerk.presses("hold")
    clerk.until(lambda: len(clerk.desk.day.aside) == 1, "the book to have it")
    assert mark in clerk.slip()
    clerk.reads("保留中の手続き", "Put aside")
    clerk.j.power_fails()
    for file in clerk.office.folder.rglob("*"):
        words = file.read_bytes() if file.is_file() else b""
        assert "和子".encode() not in words, file
    clerk.j.power_returns()
    again = HandOverClerk(clerk.j, clerk.outside, hall=True)
    again.signs_in()
    again.presses("tab-cases")
    again.reads("端末が止まる前の手続き", "Before this terminal stopped")
    again.reads("カードをさがすところからはじめます", "begins with finding the card")
    again.presses("tab-day", "primary")
    again.counts(dict(again.desk.day.drawer.pieces))
    again.presses("primary")
    again.types("sheets", str(again.desk.day.blank))
    again.types("custody", "0")
    again.presses("primary")
    again.reads("終わっていない手続き", "Procedures still open")
    again.reads(mark)
    again.presses("primary")
    again.until(lambda: again.desk.day.stage is Stage.NONE, "the day to be closed")
    assert mark in again.slip()
    assert not again.office.faults


def test_a_proxy_at_the_post_office_is_told_where_to_go(counters: Counters) -> None:
    clerk = counters.opened(hall=False)
    clerk.comes("proxy")
    clerk.reads("代理の方へのカードの交付をしていません", "Cards are not handed over to a proxy")
    clerk.reads("お住まいの市区町村の窓口", "Your municipality's counter")
    clerk.j.sees("代理の受け取りは市区町村の窓口で", "For a proxy: the municipality")
    printed = clerk.slip()
    assert "お住まいの市区町村の窓口" in printed
    assert "委任状" in printed
    clerk.ends()
    clerk.j.takes_everything()
    assert not clerk.office.faults


def test_the_holder_chooses_pins_after_anothers_card_and_a_pulled_one(counters: Counters) -> None:
    clerk = counters.opened(hall=True)
    number = waits_for_kazuko(clerk.j, clerk.outside.bench)
    clerk.comes("person")
    clerk.finds(number=f"{number[:8]} {number[8:]}".upper())
    clerk.sees_documents("passport")
    clerk.asks()
    clerk.presses("old-card-none", "pin-setting-self", "primary")
    own, clerk.outside.bench.card = clerk.outside.bench.card, WritingBench(PersonaKind.CHILD).card
    clerk.card_is_put()
    clerk.until(lambda: clerk.handed.scene == at.AwaitCard(CardTrouble.OTHERS), "the server to know it for another's")
    clerk.reads("この申請で作られたカードではありません", "This card was not made for this application")
    clerk.j.sees("カードを", "card")
    clerk.j.takes_card()
    clerk.outside.bench.card = own
    clerk.card_is_put()
    clerk.until(lambda: isinstance(clerk.handed.scene, at.Typing), "the first PIN")
    clerk.j.sees("新しい暗証番号を決めてください", "Choose a new PIN")
    clerk.reads("ご本人が暗証番号を決めています", "The holder is choosing PINs")
    clerk.j.takes_card()
    clerk.until(lambda: clerk.handed.scene == at.AwaitCard(CardTrouble.GONE), "the card to be missed")
    clerk.reads("カードが途中で離れました", "The card was taken away")
    clerk.card_is_put()
    clerk.resident_chooses()
    clerk.until(lambda: isinstance(clerk.handed.scene, at.Delivered), "the hand-over")
    assert all(clerk.outside.bench.answers(usage, CHOSEN[usage]) for usage in Usage)
    assert "ご本人が設定しました" in clerk.slip()
    clerk.ends()
    clerk.j.takes_everything()
    assert not clerk.office.faults


def test_an_officer_prints_the_notice_that_a_card_has_come(counters: Counters) -> None:
    clerk = counters.opened(hall=True, case="papers")
    number = waits_for_kazuko(clerk.j, clerk.outside.bench)
    clerk.presses("paper-delivery-notice")
    clerk.reads("交付通知書", "Delivery notice")
    clerk.types("application-number", "0" * 32)
    clerk.presses("primary")
    clerk.reads("この番号の申請が見つからないか、カードがまだ届いていません。", "or its card has not come yet")
    clerk.presses("another", "paper-delivery-notice")
    clerk.types("application-number", f"{number[:8]} {number[8:].upper()}")
    clerk.presses("primary")
    clerk.reads("住所に送ってください", "send them to the registered address")
    said = "".join(text_of(clerk.office.documents[-1], "-raw").split())
    for part in ("交付通知書", "回答書", "暗証番号設定依頼書", "委任状", "𠮷田和子"):
        assert part in said, part
    assert number not in clerk.j.told[-1]
    clerk.j.takes_everything()
    clerk.presses("primary")


def test_a_clerk_of_a_post_office_is_offered_no_notice(counters: Counters) -> None:
    clerk = counters.opened(hall=False, case="papers")
    clerk.reads("用紙の印刷", "Print a paper")
    assert "paper-delivery-notice" not in clerk.model().touches()
