"""What happened between two states of the journal, in words for staff: one for each step that changes who owns what.
Pure."""

from collections.abc import Iterator

from kiosk.actions.notes import Note, as_told
from kiosk.actions.saved import Saved, SavedVisit
from kiosk.flow.documents import Delivery


def steps(before: Saved, after: Saved) -> tuple[str, ...]:
    """The steps from the one to the other; none when nothing of that kind changed."""
    return tuple(_steps(before, after))


def _steps(before: Saved, after: Saved) -> Iterator[str]:
    yield from _visit(before.visit, after.visit)
    if before.charges is not after.charges:
        yield from _charges(before, after)
    if before.notes is not after.notes:
        yield from _notes(before.notes, after.notes)
    if before.reports is not after.reports:
        known, waiting = set(before.reports), set(after.reports)
        yield from ("outcome-to-tell" for _ in waiting - known)
        yield from ("outcome-refused" if report in after.set_aside else "outcome-told" for report in known - waiting)
    if before.alarms_set_aside - after.alarms_set_aside:
        yield "alarm-closed"


def _visit(before: SavedVisit | None, after: SavedVisit | None) -> Iterator[str]:
    if before is after:
        return
    if after is None:
        yield "visit-over"
        return
    if before is None or before.order_id != after.order_id:
        yield "order-sent"
        before = SavedVisit(
            attempt=after.attempt,
            reference=after.reference,
            municipality=after.municipality,
            order_id=after.order_id,
            token=after.token,
        )
    yield from _money(before, after)
    yield from _paper(before, after)
    if after.settling and not before.settling:
        yield "settling"
    if after.reported and not before.reported:
        yield "outcome-decided"


def _money(before: SavedVisit, after: SavedVisit) -> Iterator[str]:
    if after.paying and not before.paying:
        yield "slots-open"
    if after.held > before.held:
        yield "debited" if after.cashless else "money-in"
    if after.payout is not None and before.payout is None:
        yield "payout-begins"
    if after.paid_out > before.paid_out:
        yield "paid-back" if after.cashless else "money-out"
    elif before.payout is not None and after.payout is None:
        yield "payout-over"
    if after.captured is not None and before.captured is None:
        yield "fee-kept" if after.captured else "nothing-kept"
    if after.unclear and not before.unclear:
        yield "money-unclear"


def _paper(before: SavedVisit, after: SavedVisit) -> Iterator[str]:
    if after.documents and not before.documents:
        yield "released"
    if after.printing is not None and after.printing != before.printing:
        yield "to-printer"
    yield from (f"document-{each.outcome.value}" for each in _more(before.deliveries, after.deliveries))
    if before.unseen and not after.unseen:
        yield "said-to-be-right"


def _more(before: tuple[Delivery, ...], after: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
    return tuple(each for each in after if each not in before)


def _charges(before: Saved, after: Saved) -> Iterator[str]:
    known = {each.number: each for each in before.charges}
    for each in after.charges:
        if each.number not in known:
            yield "charge-asked-for"
        elif each.debited and not known[each.number].debited:
            yield "charge-debited"
    left = {each.number for each in after.charges}
    if known.keys() - left:
        yield "charge-settled"


def _notes(before: tuple[Note, ...], after: tuple[Note, ...]) -> Iterator[str]:
    known = {as_told(each) for each in before}
    yield from (f"noted-{each.occasion.value}" for each in after if as_told(each) not in known)
    if sum(each.untold for each in after) < sum(each.untold for each in before):
        yield "staff-told"
