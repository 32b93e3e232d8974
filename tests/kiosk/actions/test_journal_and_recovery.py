"""What survives a restart: the visit that was cut off, its money, outcomes, notes (I7)."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

import pytest

from hardware.cash.model import CashProblem
from hardware.cash.virtual import VirtualCash
from kiosk.actions.cash import CashActions
from kiosk.actions.journal import REPORTS_KEPT, Journal
from kiosk.actions.notes import NOTES_KEPT, Note
from kiosk.actions.recovery import Recovery
from kiosk.actions.saved import SavedVisit
from kiosk.actions.server import OutcomeReport
from kiosk.errors import ConfigurationError
from kiosk.flow import effects as do
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.effects import BEFORE_RESTART
from kiosk.flow.events import Recovered
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import Belonging
from tests.support.kiosk_actions import Heard
from tests.support.kiosk_samples import RESIDENCE_DOCUMENT, SEAL_DOCUMENT
from tests.support.sim_log import SimLog, a_moment

ORDER_ID, TOKEN = b"o" * 16, b"t" * 16
VISIT = SavedVisit(attempt=1, reference="4Q7-K2M", municipality="992011", order_id=ORDER_ID.hex(), token=TOKEN.hex())
DELIVERED = Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1)
REPORT = OutcomeReport("992011", ORDER_ID, TOKEN, (DELIVERED,), 200, "proof")
NOTE = Note(
    moment="2026-06-10T10:00:00",
    occasion=Occasion.DEBT,
    reference="4Q7-K2M",
    yen=400,
    belongings=(Belonging.CARD,),
)


def journal(store: SimLog | None = None) -> Journal:
    return Journal(store or SimLog(), nullcontext(), a_moment)


def test_everything_is_there_again_after_a_restart() -> None:
    store = SimLog()
    first = journal(store)
    first.begin(VISIT)
    first.update(
        1, lambda visit: visit.model_copy(update={"documents": (RESIDENCE_DOCUMENT,), "deliveries": (DELIVERED,)})
    )
    first.report(REPORT)
    first.note(NOTE)
    second = journal(store)
    assert first.visit is not None
    assert second.visit == first.visit.model_copy(update={"attempt": BEFORE_RESTART})
    assert first.visit.reported
    assert (second.waiting(), second.notes) == ((REPORT,), (NOTE,))


def test_i9_an_alarm_is_remembered_until_the_server_has_it_or_a_person_closed_it() -> None:
    store = SimLog()
    kept = journal(store)
    kept.report(replace(REPORT, order_id=b"p" * 16, alarm=None))
    assert not kept.alarms_untold
    kept.report(REPORT)
    assert journal(store).alarms_untold
    kept.told(REPORT)
    assert not journal(store).alarms_untold
    kept.report(REPORT)
    kept.refused(REPORT)
    assert journal(store).alarms_untold
    kept.alarm_closed()
    assert not journal(store).alarms_untold


def test_only_so_many_notes_are_kept() -> None:
    kept = journal()
    for number in range(NOTES_KEPT + 3):
        kept.note(NOTE.model_copy(update={"yen": number}))
    assert (len(kept.notes), kept.notes[-1].yen) == (NOTES_KEPT, NOTES_KEPT + 2)


def test_i7_no_other_note_pushes_one_about_money_or_an_alarm_out() -> None:
    kept = journal()
    kept.note(NOTE)
    kept.note(NOTE.model_copy(update={"occasion": Occasion.ALARM}))
    for number in range(NOTES_KEPT + 3):
        kept.note(NOTE.model_copy(update={"occasion": Occasion.STAFF_WANTED, "reference": f"{number}"}))
    assert [each.occasion for each in kept.notes[:3]] == [Occasion.DEBT, Occasion.ALARM, Occasion.STAFF_WANTED]
    assert (len(kept.notes), kept.notes[-1].reference) == (NOTES_KEPT, f"{NOTES_KEPT + 2}")


@pytest.mark.parametrize("entry", [b"{", b"[]", b'{"at": "", "fields": {"held": 1}}', b'{"at": "", "unknown": 1}'])
def test_what_is_no_journal_stops_the_terminal(entry: bytes) -> None:
    with pytest.raises(ConfigurationError, match="journal can't be read"):
        journal(SimLog([entry]))


@pytest.mark.parametrize(
    "visit",
    [
        {"order_id": "no hex"},
        {"token": "abc"},
        {"held": -1},
        {"captured": -1},
    ],
)
def test_i7_a_journal_with_values_that_can_not_be_stops_the_terminal(visit: dict[str, object]) -> None:
    saved = {"at": "", "visit": {**VISIT.model_dump(mode="json"), **visit}}
    with pytest.raises(ConfigurationError):
        journal(SimLog([json.dumps(saved).encode()]))


def recovered(visit: SavedVisit | None, cash: VirtualCash) -> tuple[Recovered, Journal]:
    store, heard = SimLog(), Heard()
    if visit is not None:
        journal(store).begin(visit)
    kept = journal(store)
    Recovery(cash, kept).run(heard)
    (event,) = heard.events
    assert isinstance(event, Recovered)
    return event, kept


def holding(*pieces: int) -> VirtualCash:
    """A device that held so much when the power went."""
    cash = VirtualCash()
    if pieces:
        cash.accept(10_000, lambda _: None)
        for piece in pieces:
            assert cash.insert(piece)
        cash.inhibit()
    return cash


PAYING = VISIT.model_copy(update={"paying": True, "held": 1000})
PRINTED = PAYING.model_copy(
    update={"documents": (RESIDENCE_DOCUMENT, SEAL_DOCUMENT), "deliveries": (DELIVERED,), "fee": 200}
)
SETTLED = PRINTED.model_copy(update={"paid_out": 800, "asked": 800, "settling": True, "captured": 200})


@pytest.mark.parametrize(
    ("visit", "inside", "returned", "owed", "confirmed"),
    [
        pytest.param(None, (), 0, 0, True, id="nothing was open"),
        pytest.param(None, (500,), 500, 0, True, id="money without a visit"),
        pytest.param(VISIT, (), 0, 0, True, id="before paying"),
        pytest.param(PAYING, (1000,), 1000, 0, True, id="before the release"),
        pytest.param(PAYING, (1000, 500), 1500, 0, True, id="a coin nobody had written down"),
        pytest.param(PAYING, (), 0, 1000, False, id="a device that forgot"),
        pytest.param(PRINTED, (1000,), 800, 0, True, id="one of two printed"),
        pytest.param(PRINTED, (100,), 100, 700, False, id="less inside than was earned"),
        pytest.param(SETTLED, (), 0, 0, True, id="all settled"),
        pytest.param(SETTLED.model_copy(update={"paid_out": 300}), (), 0, 500, True, id="paid out in part"),
    ],
)
def test_i7_money_of_a_visit_that_was_cut_off(
    visit: SavedVisit | None, inside: tuple[int, ...], returned: int, owed: int, confirmed: bool
) -> None:
    event, _ = recovered(visit, holding(*inside))
    assert (event.returned, event.owed, event.confirmed) == (returned, owed, confirmed)
    assert event.reference == (visit.reference if visit is not None else "")


class Cut(BaseException):
    """The power goes."""


def cut_off(
    pieces: int, order: Callable[[CashActions], None], visit: SavedVisit = PAYING
) -> tuple[Journal, VirtualCash]:
    """The power went when so many pieces had come out of a payout. What the terminal knew by then, and the device."""
    left = pieces

    def hand_out(_yen: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Cut

    store, cash = SimLog(), VirtualCash(hand_out=hand_out)
    cash.accept(10_000, lambda _: None)
    assert cash.insert(1000)
    known = journal(store)
    known.begin(visit)
    with pytest.raises(Cut):
        order(CashActions(cash, known))
    return journal(store), cash


ORDERS: dict[str, tuple[Callable[[CashActions], None], SavedVisit, int, int]] = {
    "change": (lambda desk: desk.give_change(do.GiveChange(1, 200), Heard()), PAYING, 1000, 0),
    "a return": (lambda desk: desk.give_back(do.ReturnMoney(1), Heard()), PAYING, 1000, 0),
    "a settlement": (lambda desk: desk.settle(do.SettleMoney(1, 200), Heard()), PRINTED, 800, 0),
}


@pytest.mark.parametrize("order", ORDERS)
def test_i7_a_payout_that_was_cut_off_is_asked_of_the_device(order: str) -> None:
    deed, visit, due, _ = ORDERS[order]
    known, cash = cut_off(1, deed, visit)
    out, heard = cash.state().handed_out, Heard()
    Recovery(cash, known).run(heard)
    (event,) = heard.events
    assert isinstance(event, Recovered)
    assert event.confirmed
    assert cash.state().handed_out + event.owed == due
    assert event.returned == cash.state().handed_out
    assert out < due or event.owed == 0


@pytest.mark.parametrize("order", ORDERS)
def test_i7_what_the_device_can_not_say_of_a_payout_is_an_unconfirmed_debt(order: str) -> None:
    deed, visit, due, _ = ORDERS[order]
    known, cash = cut_off(1, deed, visit)
    out = cash.state().handed_out
    cash.forget_payouts()
    heard = Heard()
    Recovery(cash, known).run(heard)
    (event,) = heard.events
    assert isinstance(event, Recovered)
    assert not event.confirmed
    assert cash.state().handed_out + event.owed == due + out


def test_i7_a_recovery_that_is_cut_off_itself_pays_nothing_twice() -> None:
    known, cash = cut_off(1, ORDERS["change"][0])
    left = 1

    def cut_again(_yen: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Cut

    cash._hand_out = cut_again
    with pytest.raises(Cut):
        Recovery(cash, known).run(Heard())
    cash._hand_out = lambda _: None
    heard = Heard()
    Recovery(cash, known).run(heard)
    (event,) = heard.events
    assert isinstance(event, Recovered)
    assert cash.state().handed_out + event.owed == 1000


def test_i7_a_debt_that_staff_were_told_of_is_known_after_a_restart() -> None:
    store, heard = SimLog(), Heard()
    kept = journal(store)
    kept.begin(SETTLED.model_copy(update={"paid_out": 300}))
    kept.note(NOTE.model_copy(update={"occasion": Occasion.FAULT, "yen": 1}))
    kept.note(NOTE.model_copy(update={"reference": "7AB-12C", "yen": 2}))
    kept.note(NOTE.model_copy(update={"yen": 500}))
    Recovery(VirtualCash(), journal(store)).run(heard)
    assert heard.events == [Recovered(0, 500, "4Q7-K2M", confirmed=True, noted=500, kept=200)]


def test_i2_late_word_of_an_old_attempt_does_not_touch_the_visit_at_hand() -> None:
    kept = journal()
    kept.begin(VISIT.model_copy(update={"attempt": 2}))
    before = kept.visit
    kept.update(1, lambda visit: visit.model_copy(update={"paid_out": 600}))
    kept.end(1)
    assert kept.visit == before


def test_a_journal_that_can_not_be_written_says_so_and_loses_nothing_meanwhile() -> None:
    store = SimLog()
    kept = journal(store)
    assert kept.look()
    store.broken = True
    kept.begin(VISIT)
    kept.note(NOTE)
    assert (kept.works, kept.look()) == (False, False)
    assert (kept.visit, kept.notes) == (VISIT.model_copy(update={"noted": 400}), (NOTE,))
    store.broken = False
    assert kept.look()
    assert journal(store).notes == (NOTE,)


def test_i7_an_entry_that_failed_is_made_good_by_the_next() -> None:
    store = SimLog()
    kept = journal(store)
    kept.begin(VISIT)
    store.failing.add(store.writes + 1)
    kept.update(1, lambda visit: visit.model_copy(update={"held": 500}))
    failed = kept.works
    kept.update(1, lambda visit: visit.model_copy(update={"paying": True}))
    assert (failed, kept.works) == (False, True)
    assert journal(store).visit == VISIT.model_copy(update={"attempt": BEFORE_RESTART, "held": 500, "paying": True})


def test_i7_with_a_full_disk_a_visit_is_written_to_its_end_and_no_other_begins() -> None:
    store = SimLog()
    kept = journal(store)
    assert kept.look()
    store.disk_full = True
    kept.begin(VISIT)
    for yen in range(1, 100):
        kept.update(1, lambda visit, yen=yen: visit.model_copy(update={"held": yen}))  # type: ignore[misc]
    kept.note(NOTE)
    assert kept.works
    assert kept.notes == journal(store).notes == (NOTE,)
    kept.end(1)
    assert not kept.look()
    store.disk_full = False
    assert kept.look()


def test_a_journal_that_begins_anew_holds_all_that_it_held() -> None:
    store = SimLog()
    kept = journal(store)
    for number in range(REPORTS_KEPT + 20):
        kept.report(replace(REPORT, order_id=number.to_bytes(16)))
        assert kept.look() is (number < REPORTS_KEPT)
    assert store.began > 1
    assert journal(store).waiting() == kept.waiting()
    assert len(kept.waiting()) == REPORTS_KEPT + 20


def test_i7_what_a_broken_device_does_not_give_back_is_owed() -> None:
    cash = holding(500, 500)
    cash.fail(CashProblem.OFFLINE)
    event, _ = recovered(PAYING, cash)
    assert (event.returned, event.owed) == (0, 1000)


@pytest.mark.parametrize(
    ("visit", "deliveries"),
    [
        (VISIT, ()),
        (PRINTED, (DELIVERED, Delivery(SEAL_DOCUMENT, Outcome.NOT_PRINTED, 0))),
        (
            PRINTED.model_copy(update={"printing": SEAL_DOCUMENT.document_no}),
            (DELIVERED, Delivery(SEAL_DOCUMENT, Outcome.SPOILED, 0)),
        ),
    ],
)
def test_the_server_is_told_what_became_of_an_order_that_was_cut_off(
    visit: SavedVisit, deliveries: tuple[Delivery, ...]
) -> None:
    _, kept = recovered(visit, holding(1000))
    assert kept.waiting() == (OutcomeReport("992011", ORDER_ID, TOKEN, deliveries, visit.fee, None, "4Q7-K2M"),)


def test_an_order_that_was_reported_already_is_not_reported_twice() -> None:
    _, kept = recovered(VISIT.model_copy(update={"reported": True}), holding())
    assert kept.waiting() == ()


def test_an_outcome_is_dropped_once_told_or_refused() -> None:
    kept = journal()
    other = replace(REPORT, order_id=b"p" * 16)
    kept.report(REPORT)
    kept.report(other)
    kept.told(REPORT)
    assert kept.waiting() == (other,)
    kept.refused(other)
    assert (kept.waiting(), kept.set_aside) == ((), 1)


def test_a_write_that_is_under_way_is_none_that_failed() -> None:
    seen: list[bool] = []

    class Asked(SimLog):
        """Another lane asks meanwhile: what it heard would end a payment."""

        def append(self, entry: bytes) -> None:
            seen.append(kept.works)
            super().append(entry)

    kept = journal(Asked())
    kept.begin(VISIT)
    kept.note(NOTE)
    assert seen == [True]
