"""The commands about money that terminals owe on slips: debts list, debts pay."""

import argparse

from certserver.cli.opened import at_desk
from certserver.office.debts import Debt, all_debts, pay
from certserver.ports import in_japan


def debt_list(parsed: argparse.Namespace) -> int:
    """Shows debts."""
    with at_desk(parsed) as desk:
        known = all_debts(desk)
    shown = [debt for debt in known if parsed.all or debt.due or debt.twice]
    for debt in shown:
        print(f"{debt.reference}  {debt.terminal}  {_day(debt.told_at)}  {_standing(debt)}")
    due = sum(debt.due for debt in shown)
    print(f"{due} yen are due." if due else "Nothing is due.")
    return 0


def debt_pay(parsed: argparse.Namespace) -> int:
    """Notes that one was paid back."""
    with at_desk(parsed) as desk:
        debt = pay(desk, parsed.number, parsed.yen, parsed.terminal, looked=parsed.looked)
    print(f"{debt.due} yen against slip {debt.reference} of {debt.terminal} are noted as paid back.")
    return 0


def _standing(debt: Debt) -> str:
    if debt.paid_at is not None:
        also = f"; {debt.twice} yen of it came out of the terminal as well: paid twice" if debt.twice else ""
        return f"{debt.paid} yen, paid back {_day(debt.paid_at)} by {debt.paid_by}{also}"
    if not debt.due:
        return f"{debt.told} yen, nothing is due any more: it came out after all, or was never paid"
    of = f" of {debt.told}, the rest came out after all" if debt.came_out else ""
    return f"{debt.due} yen{of} are due{_sure(debt)}"


def _sure(debt: Debt) -> str:
    if debt.confirmed:
        return ""
    return ", not confirmed, cashless: wait" if debt.cashless else ", not confirmed, cash: compare first"


def _day(at: int) -> str:
    return f"{in_japan(at):%Y-%m-%d %H:%M}"
