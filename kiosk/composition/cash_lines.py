"""The cash report in lines, for whoever reads it on a screen or in a file. Pure."""

from collections.abc import Iterator

from hardware.cash.cctalk.settlement import Row, Settlement
from kiosk.actions.open_charges import OpenCharge, Takings


def lines(told: Settlement, moment: str) -> Iterator[str]:
    """The whole report."""
    yield f"{told.since or 'the beginning'} to {moment}"
    for row in told.rows:
        yield _row(row)
    yield f"came in {told.came_in} yen, went out {told.went_out} yen, fees kept {told.kept} yen"
    yield f"a customer's {told.held} yen, over (owed or unexplained) {told.over} yen"
    if told.found is not None:
        yield f"box {told.box} yen, found {told.found} yen, difference {told.found - told.box} yen"
    for doubt in told.doubts:
        yield f"to be looked into: {doubt.value}"


def cashless(takings: Takings, charges: tuple[OpenCharge, ...]) -> Iterator[str]:
    """What was paid without cash since the journal began, and what stands open."""
    yield (
        f"cashless: {takings.debits} payments, {takings.debited} yen debited, {takings.paid_back} yen paid back, "
        f"fees kept {takings.kept} yen, over (owed) {takings.over} yen"
    )
    if charges:
        yield f"cashless: {len(charges)} charges of {sum(each.yen for each in charges)} yen stand open"


def summed(told: Settlement, moment: str) -> str:
    """One line of what was counted."""
    found = "".join(f" {row.yen}={row.found}/{row.box}" for row in told.rows if row.found or row.box)
    doubts = ",".join(doubt.value for doubt in told.doubts) or "none"
    return (
        f"{moment} counted since={told.since or '-'} in={told.came_in} out={told.went_out} kept={told.kept} "
        f"over={told.over} box={told.box} found={told.found} pieces(found/box):{found or ' none'} doubts={doubts}"
    )


def begun(told: Settlement) -> str:
    """One line of what the account begins with."""
    hoppers = " ".join(f"{row.yen}={row.hopper}" for row in told.rows)
    return f"{told.since} begun hoppers: {hoppers or 'none'}"


def _row(row: Row) -> str:
    found = "" if row.found is None else f" (found {row.found})"
    return f"{row.yen} yen: in {row.came_in}, out {row.went_out}, box {row.box}{found}, hopper {row.hopper}"
