"""What a resident does at the bench: card, money, and what they take or leave."""

from collections.abc import Sequence
from functools import partial

from hardware.card.virtual.reader import VirtualReader
from hardware.cash.model import CashProblem
from hardware.cashless.virtual import Lost
from hardware.sensors.model import Place
from kiosk.demo.bench.switch import Switches
from kiosk.demo.stage.site import DemoCard
from kiosk.demo.stage.things import Things
from kiosk.screens.bench import BenchControl, BenchGroup

MONEY = (1000, 500, 100, 50, 10)
PLACES = {Place.SHEET_TRAY: "証明書", Place.CHANGE_TRAY: "おつり", Place.RECEIPT_SLOT: "領収書・控え"}
SLOW_CARD_S = 3.0


def card_group(things: Things, slot: VirtualReader, cards: Sequence[DemoCard], switches: Switches) -> BenchGroup:
    """Cards to put and take, and what a card or its reader can do wrong."""
    lies = card_on(things, slot)
    there = slot.card is not None
    return BenchGroup(
        "カード  Card",
        (
            *(
                BenchControl(
                    f"bench-card-{each.name}", each.label, partial(things.put_card, each.name), chosen=each.name == lies
                )
                for each in cards
            ),
            BenchControl("bench-pull", "カードを取る", slot.pull, enabled=there),
            BenchControl(
                "bench-pull-in-command", "通信中に取る", partial(slot.pull_after, 0), enabled=there, fault=True
            ),
            BenchControl("bench-card-mute", "応答しない", slot.mute, enabled=there, fault=True),
            switches.switch("bench-card-slow", "応答が遅い", partial(slot.slow, SLOW_CARD_S), partial(slot.slow, 0)),
            switches.switch("bench-reader-away", "リーダーを外す", slot.lose, slot.restore),
        ),
    )


def card_on(things: Things, slot: VirtualReader) -> str:
    """The name of the card on the reader; empty when there is none."""
    return next((name for name, card in things.cards.items() if card is slot.card), "")


def money_group(things: Things, switches: Switches) -> BenchGroup:
    """Notes and coins, and what the money device can do wrong."""
    cash = things.cash

    def drop(yen: int) -> None:
        if not cash.insert(yen):
            things.around.put(Place.CHANGE_TRAY, yen)

    def forget() -> None:
        cash.forget_money()
        cash.forget_payouts()

    def mend() -> None:
        for problem in CashProblem:
            cash.mend(problem)
        switches.put_out("bench-cash")

    def empty_or_fill() -> None:
        if short:
            cash.fill_hoppers()
        else:
            cash.empty_hoppers()

    short = CashProblem.NO_CHANGE in cash.status().problems
    return BenchGroup(
        "お金  Cash",
        (
            *(BenchControl(f"bench-yen-{yen}", f"{yen:,}円", partial(drop, yen)) for yen in MONEY),
            BenchControl("bench-cash-jam", "つぎで詰まる", cash.jam_on_next_insert, fault=True),
            BenchControl("bench-cash-payout", "払い出しで詰まる", partial(cash.fail_payout_after, 1), fault=True),
            BenchControl(
                "bench-cash-change", "おつりを補充" if short else "おつりなし", empty_or_fill, chosen=short, fault=True
            ),
            switches.switch(
                "bench-cash-full",
                "満杯",
                partial(cash.fail, CashProblem.FULL),
                partial(cash.mend, CashProblem.FULL),
            ),
            switches.switch(
                "bench-cash-offline",
                "応答しない",
                partial(cash.fail, CashProblem.OFFLINE),
                partial(cash.mend, CashProblem.OFFLINE),
            ),
            BenchControl("bench-cash-reset", "記憶が消える", forget, fault=True),
            BenchControl("bench-cash-mend", "直す", mend),
        ),
    )


def payment_group(things: Things, switches: Switches) -> BenchGroup:
    """What is held to the payment terminal, and what that can do wrong."""
    terminal = things.payment
    return BenchGroup(
        "キャッシュレス  Cashless",
        (
            BenchControl("bench-pay-covered", "かざす", terminal.present),
            BenchControl("bench-pay-declined", "残高不足でかざす", partial(terminal.present, covered=False)),
            BenchControl("bench-pay-answer", "答えが失われる", partial(terminal.lose_next, Lost.ANSWER), fault=True),
            BenchControl("bench-pay-request", "依頼が失われる", partial(terminal.lose_next, Lost.REQUEST), fault=True),
            switches.switch("bench-pay-offline", "応答しない", terminal.fall_silent, terminal.answer_again),
        ),
    )


def taking_group(things: Things) -> BenchGroup:
    """What lies there is taken, or its owner goes."""
    around = things.around

    def take(place: Place) -> None:
        around.take(place)

    return BenchGroup(
        "受け取る・立ち去る  Take, leave",
        (
            *(
                BenchControl(f"bench-take-{place.value}", word, partial(take, place), enabled=bool(there))
                for place, word in PLACES.items()
                for there in (around.lying(place),)
            ),
            BenchControl(
                "bench-person",
                "立ち去る" if around.present else "戻ってくる",
                around.leave if around.present else around.arrive,
            ),
        ),
    )
