"""What a clerk does in the course of a day, as steps of journeys."""

from hardware.sensors.model import Place
from printers.slips.reader import read_strips
from tests.support.journey_desk import Clerk
from tests.support.journey_kiosk import SLIP_DOTS
from tests.support.journey_screen import in_one_piece

FLOAT = {1000: 10, 500: 10, 100: 30, 50: 10, 10: 50}


def opens(clerk: Clerk, sheets: int = 100) -> None:
    """The day is opened with `FLOAT` and so many sheets."""
    clerk.signs_in()
    clerk.reads("業務を始める", "Open the day")
    clerk.counts(FLOAT)
    clerk.types("sheets", str(sheets))
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.day.is_open, "the day to be open")
    clerk.j.arrives()


def orders(clerk: Clerk, *given: int, lines: int = 1) -> None:
    """The resident orders, pays into the clerk's hand, and takes the card along."""
    j = clerk.j
    clerk.presses("tab-order", "primary")
    clerk.reads("ご本人に始めてもらってください", "Ask the resident to begin")
    j.identifies()
    clerk.reads("ご本人が操作しています", "The resident is at work")
    j.chooses()
    for _ in range(1, lines):
        j.touches("add-line", "purpose-bank", "primary")
    j.touches("primary")
    j.sees("カードをお取りください")
    j.takes_card()
    clerk.reads("手数料をお預かりする", "Take the fee")
    for yen in given:
        clerk.counts({yen: 1})
        clerk.presses("primary")
    j.sees("お金がそろいました")
    clerk.reads("「支払う」を押してもらいます", "touches “Pay”")
    j.touches("primary")


def hands_over(clerk: Clerk) -> None:
    """The resident says that the sheets are right, and gets them."""
    j = clerk.j
    shows(clerk)
    j.touches("sheets-right")
    clerk.reads("「まちがいありません」と答えました", "they are right")
    clerk.presses("primary")


def shows(clerk: Clerk) -> None:
    """The sheets are out, and the clerk holds them before the resident."""
    j = clerk.j
    j.sees("証明書が出ました", "Your sheets are out")
    clerk.reads("証明書をお渡しする", "Hand the sheets over")
    j.takes(*Place)
    clerk.presses("primary")
    j.sees("お名前と枚数をお確かめください", "Check name and number of sheets")
    clerk.reads("答えを待っています", "Waiting for the resident")


def closes(clerk: Clerk, drawer: dict[int, int], sheets: int, custody: int = 0, reason: str = "") -> None:
    """Counted, deposited, closed."""
    clerk.presses("tab-day", "primary")
    clerk.reads("現金を数える", "Count the cash")
    clerk.counts(drawer)
    if reason:
        clerk.types("reason", reason)
    clerk.presses("primary")
    clerk.reads("用紙と預かり品を数える", "Count paper and custody")
    clerk.types("sheets", str(sheets))
    clerk.types("custody", str(custody))
    clerk.presses("primary")
    clerk.reads("入金して締める", "Deposit and close")
    clerk.presses("primary")


def slip(clerk: Clerk) -> str:
    """What the last slip says."""
    clerk.j.settles()
    return in_one_piece("".join(strip.text for strip in read_strips(clerk.office.slips[-1], SLIP_DOTS)))
