"""The case of X.509s and PINs, event by event: nothing raises, nothing of a PIN is known, and a card that was begun is
never let go unfinished without saying so."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card.model import SlotEvent, Usage
from hardware.card.writing.model import Standing as AtIssuer
from hardware.card.writing.steps import Goal, Step
from hardware.keypad.pin_rules import Weakness
from kiosk.counter.case import CaseEffectFailed, CaseWaits, FieldTyped, Happening, Resumed
from kiosk.counter.documents import DOCUMENTS, Document
from kiosk.counter.effects import DeskTimer
from kiosk.counter.elsewhere import Place
from kiosk.counter.pins import PATIENCE_S, BoardWay, Part, PinAsk, PinHeld, PinMisshapen, PinsDiffer, PinWeak
from kiosk.counter.rules import DeskRules
from kiosk.counter.slips import Slip, SlipSettled
from kiosk.counter.staff import Role, Staff
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.case import PACKAGE
from kiosk.counter.x509_pin.plan import plan
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import (
    CaseTakenUp,
    ComerChosen,
    Did,
    Do,
    DocumentMarked,
    LivesHere,
    UsageToggled,
    WayChosen,
    WishChosen,
)
from kiosk.counter.x509_pin.values import (
    Begins,
    CardSeen,
    Change,
    PairSeen,
    Reset,
    Settle,
    SwitchBack,
    WhyNot,
    Wish,
    Write,
)
from kiosk.flow.events import SlotChanged, TimerFired
from kiosk.flow.touches import PinTyped
from koufu.applying.words import Comer, ProcedureEnd

STAFF = Staff("clerk-1", Role.CLERK)
RULES = DeskRules()
ENDS = date(2026, 5, 20)
GOOD = PairSeen(in_use=True, tries_left=3, standing=AtIssuer.GOOD, last_day=ENDS)
SIGNING = PairSeen(in_use=True, tries_left=5, standing=AtIssuer.GOOD, last_day=ENDS)
NOTHING = PairSeen(in_use=False, tries_left=5)
NORMAL = CardSeen(GOOD, SIGNING)
FACE_AUTH = CardSeen(replace(GOOD, tries_left=0), NOTHING, face_auth=True)
BOTH = (Usage.USER_AUTH, Usage.SIGNING)
SHOWN = DocumentMarked("individual-number-card")
INSERTED, REMOVED = SlotChanged(SlotEvent.INSERTED), SlotChanged(SlotEvent.REMOVED)


def may(wish: Wish = Wish.RENEW, *, without_pin: bool = False) -> on.RulesSaid:
    """It was begun at the server."""
    return on.RulesSaid(1, of=Begins(wish, without_pin))


class Played:
    """A case that is played, with everything that it wanted done."""

    def __init__(self, wish: Wish = Wish.RENEW, usages: tuple[Usage, ...] = (Usage.USER_AUTH,)) -> None:
        self.case, effects = PACKAGE.begin(1, STAFF)
        self.effects = list(effects)
        self.hears(on.CaseNamed(1, "4Q7-K2M"), WishChosen(wish))
        for usage in (*(set(usages) - set(self.case.usages)), *(set(self.case.usages) - set(usages))):
            self.hears(UsageToggled(usage))

    def hears(self, *events: Happening) -> "Played":
        for event in events:
            self.case, effects = PACKAGE.advance(self.case, event, RULES)
            self.effects += effects
        return self

    def scene(self) -> object:
        return self.case.scene

    def until_card(self, card: CardSeen = NORMAL) -> "Played":
        self.hears(Did(Do.GO_ON), on.RulesSaid(1))
        if isinstance(self.case.scene, at.AskInsurance):
            self.hears(Did(Do.INSURANCE_DONE))
        self.hears(SHOWN, Did(Do.AGREE), Did(Do.GO_ON), INSERTED)
        assert self.case.wish is not None
        self.hears(may(self.case.wish), on.CardRead(1, card))
        last = self.effects[-1]
        return self.hears(on.RenewalSaid(1, last.last_days)) if isinstance(last, do.AskRenewal) else self

    def types(self, *answers: on.OwnEvent) -> "Played":
        for answer in answers:
            assert isinstance(self.case.scene, at.Typing), self.case.scene
            enough = 4 if self.case.scene.ask.usage is Usage.USER_AUTH else 8
            self.hears(PinTyped(enough), Did(Do.PIN_ENTERED), answer)
        return self

    def wanted(self, kind: type[object]) -> list[object]:
        return [each for each in self.effects if isinstance(each, kind)]


RIGHT, HELD, DONE = on.PinRight(1), PinHeld(1), on.JobEnded(1, on.Result.DONE)


def test_a_renewal_of_both() -> None:
    p = Played(usages=BOTH).until_card()
    p.types(RIGHT)
    assert p.scene() == at.Working()
    p.hears(on.StepBegun(1, Step.GENERATE), DONE)
    p.types(RIGHT).hears(DONE)
    assert p.scene() == at.Finished(at.Ending.DONE)
    assert p.wanted(do.DoJob) == [do.DoJob(1, Write(Goal.NEW_X509, usage), Wish.RENEW, BOTH) for usage in BOTH]
    assert p.wanted(do.CloseCase) == [do.CloseCase(1)]
    p.hears(SlipSettled(1, printed=True), Did(Do.END))
    assert p.scene() == at.Finished(at.Ending.DONE, Slip.OUT), "the card still lies there"
    p.hears(REMOVED, Did(Do.END))
    assert p.case.over


@pytest.mark.parametrize(
    ("wish", "usages", "card", "expected"),
    [
        (Wish.RENEW, BOTH, NORMAL, (Write(Goal.NEW_X509, BOTH[0]), Write(Goal.NEW_X509, BOTH[1]))),
        (Wish.RENEW, BOTH, FACE_AUTH, WhyNot.IS_FACE_AUTH),
        (Wish.RENEW, BOTH[:1], FACE_AUTH, (Write(Goal.NEW_X509, BOTH[0]),)),
        (Wish.RENEW, BOTH[1:], CardSeen(GOOD, NOTHING), WhyNot.NOTHING_THERE),
        (Wish.RENEW, BOTH[:1], CardSeen(replace(GOOD, tries_left=0), SIGNING), WhyNot.PIN_LOCKED),
        (Wish.RENEW, BOTH[:1], CardSeen(replace(GOOD, standing=AtIssuer.EXPIRED), SIGNING), WhyNot.EXPIRED),
        (Wish.RENEW, BOTH[1:], CardSeen(GOOD, replace(SIGNING, standing=AtIssuer.REVOKED)), WhyNot.EXPIRED),
        (Wish.ISSUE, BOTH[1:], NORMAL, WhyNot.THERE_ALREADY),
        (Wish.ISSUE, BOTH[1:], CardSeen(GOOD, NOTHING), (Reset(BOTH[1]), Write(Goal.NEW_X509, BOTH[1]))),
        (
            *(Wish.ISSUE, BOTH[1:], CardSeen(replace(GOOD, tries_left=0), NOTHING)),
            (Reset(BOTH[1], at_counter=True), Write(Goal.NEW_X509, BOTH[1])),
        ),
        (
            *(Wish.ISSUE, BOTH[:1], CardSeen(replace(GOOD, standing=AtIssuer.EXPIRED), SIGNING)),
            (Write(Goal.NEW_X509, BOTH[0]),),
        ),
        (Wish.REVOKE, BOTH[1:], NORMAL, (Write(Goal.NO_X509, BOTH[1]),)),
        (Wish.REVOKE, BOTH[1:], CardSeen(GOOD, NOTHING), WhyNot.NOTHING_THERE),
        (Wish.CHANGE_PIN, BOTH[:1], NORMAL, (Change(BOTH[0]),)),
        (Wish.CHANGE_PIN, BOTH[:1], FACE_AUTH, WhyNot.IS_FACE_AUTH),
        (Wish.CHANGE_PIN, BOTH[1:], CardSeen(GOOD, replace(SIGNING, tries_left=0)), WhyNot.PIN_LOCKED),
        (Wish.RESET_PIN, BOTH[:1], NORMAL, (Reset(BOTH[0]),)),
        (Wish.RESET_PIN, BOTH[1:], NORMAL, (Reset(BOTH[1]),)),
        (Wish.RESET_PIN, BOTH[:1], CardSeen(GOOD, NOTHING), (Reset(BOTH[0], at_counter=True),)),
        (Wish.RESET_PIN, BOTH, NORMAL, (Reset(BOTH[0], at_counter=True), Reset(BOTH[1], at_counter=True))),
        (Wish.RESET_PIN, BOTH[:1], FACE_AUTH, WhyNot.IS_FACE_AUTH),
        (Wish.FACE_AUTH_ON, BOTH[:1], NORMAL, (Write(Goal.FACE_AUTH, BOTH[1]),)),
        (Wish.FACE_AUTH_ON, BOTH[:1], replace(NORMAL, line_left=False), WhyNot.NO_LINE_LEFT),
        (Wish.FACE_AUTH_ON, BOTH[:1], FACE_AUTH, WhyNot.IS_FACE_AUTH),
        (Wish.FACE_AUTH_ON, BOTH[:1], CardSeen(NOTHING, SIGNING), WhyNot.NO_USER_AUTH_X509),
        (Wish.FACE_AUTH_OFF, BOTH[:1], FACE_AUTH, (SwitchBack(),)),
        (Wish.FACE_AUTH_OFF, BOTH[:1], replace(FACE_AUTH, line_left=False), WhyNot.NO_LINE_LEFT),
        (Wish.FACE_AUTH_OFF, BOTH[:1], NORMAL, WhyNot.NOT_FACE_AUTH),
    ],
)
def test_what_a_card_wants(wish: Wish, usages: tuple[Usage, ...], card: CardSeen, expected: object) -> None:
    assert plan(wish, usages, card) == expected


def test_what_the_server_does_not_allow_ends_with_a_slip_that_says_where() -> None:
    instead = (Place("municipal-counter"),)
    p = Played(Wish.REVOKE).hears(Did(Do.GO_ON), on.RulesSaid(1, WhyNot.NEVER_HERE, instead))
    assert p.scene() == at.NotHere(WhyNot.NEVER_HERE, instead)
    assert p.wanted(do.PrintGuide) == [do.PrintGuide(1, Wish.REVOKE, WhyNot.NEVER_HERE, instead)]
    assert not p.wanted(do.ReadCard)


def test_a_server_that_is_away_is_asked_again() -> None:
    p = Played().hears(Did(Do.GO_ON), on.RulesAway(1))
    assert p.scene() == at.Choosing(away=True)
    p.hears(Did(Do.GO_ON))
    assert p.scene() == at.Choosing(asking=True)
    assert len(p.wanted(do.AskRules)) == 2


def test_insurance_is_asked_about_before_a_switch_to_face_authentication() -> None:
    p = Played(Wish.FACE_AUTH_ON).hears(Did(Do.GO_ON), on.RulesSaid(1))
    assert p.scene() == at.AskInsurance()
    p.hears(Did(Do.INSURANCE_NOT_DONE))
    assert p.scene() == at.AskInsurance(told=True)
    p.hears(Did(Do.ALL_THE_SAME))
    assert p.scene() == at.Explained()


def test_a_renewal_waits_for_the_server_s_word_about_this_very_card() -> None:
    p = Played().hears(Did(Do.GO_ON), on.RulesSaid(1), SHOWN, Did(Do.AGREE), Did(Do.GO_ON), INSERTED, may())
    p.hears(on.CardRead(1, NORMAL))
    assert p.wanted(do.AskRenewal) == [do.AskRenewal(1, (ENDS,))]
    later = date(2031, 4, 1)
    p.hears(REMOVED, INSERTED, on.CardRead(1, CardSeen(replace(GOOD, last_day=later), SIGNING)))
    p.hears(on.RenewalSaid(1, (ENDS,)))
    assert isinstance(p.scene(), at.ReadingCard), "an answer about the card before"
    p.hears(on.RenewalSaid(1, (later,), WhyNot.TOO_EARLY, date(2031, 1, 2)))
    assert p.scene() == at.NotHere(WhyNot.TOO_EARLY, (), since=date(2031, 1, 2))
    assert not p.wanted(do.DoJob)


def test_without_the_server_s_word_nothing_is_renewed() -> None:
    p = Played().hears(Did(Do.GO_ON), on.RulesSaid(1), SHOWN, Did(Do.AGREE), Did(Do.GO_ON), INSERTED, may())
    p.hears(on.CardRead(1, NORMAL), CaseEffectFailed(do.AskRenewal(1, (ENDS,)), by_server=True))
    assert p.scene() == at.BrokenOff(on.CardTrouble.SERVER_AWAY, at.Standing.UNTOUCHED, way_back=False)
    p.hears(Did(Do.RETRY), on.CardRead(1, NORMAL), on.RenewalSaid(1, (ENDS,)))
    assert p.scene() == at.Typing(PinAsk(Usage.USER_AUTH, Part.CURRENT), tries_left=3)


def test_nothing_goes_on_before_identity_and_consent() -> None:
    p = Played().hears(Did(Do.GO_ON), on.RulesSaid(1), Did(Do.AGREE), Did(Do.GO_ON))
    assert isinstance(p.scene(), at.Explained)
    p.hears(SHOWN, Did(Do.GO_ON))
    assert p.scene() == at.AwaitCard()


def test_a_new_pin_is_typed_twice_and_a_weak_one_confirmed() -> None:
    p = Played(Wish.CHANGE_PIN).until_card().types(RIGHT)
    p.types(PinWeak(1, frozenset({Weakness.ALL_SAME}), refused=False))
    assert p.scene() == at.Weak(Usage.USER_AUTH, frozenset({Weakness.ALL_SAME}), refused=False)
    p.hears(Did(Do.OTHER_PIN))
    assert p.scene() == at.Typing(PinAsk(Usage.USER_AUTH, Part.NEW))
    p.types(PinWeak(1, frozenset({Weakness.ALL_SAME}), refused=False)).hears(Did(Do.KEEP_PIN))
    p.types(PinsDiffer(1))
    assert p.scene() == at.Typing(PinAsk(Usage.USER_AUTH, Part.NEW), differ=True)
    p.types(HELD, HELD)
    assert p.scene() == at.Working()
    judged = [each.judged for each in p.wanted(do.HoldPin) if isinstance(each, do.HoldPin)]
    assert judged == [True, True, False, True, False]


def test_a_weak_pin_that_is_refused_can_t_be_kept() -> None:
    p = Played(Wish.CHANGE_PIN).until_card().types(RIGHT)
    p.types(PinWeak(1, frozenset({Weakness.IN_A_ROW}), refused=True)).hears(Did(Do.KEEP_PIN))
    assert isinstance(p.scene(), at.Weak)


def test_a_wrong_pin_is_told_and_a_locked_one_leads_on() -> None:
    p = Played().until_card().types(on.PinWrong(1, 2))
    assert p.scene() == at.Typing(PinAsk(Usage.USER_AUTH, Part.CURRENT), tries_left=2, wrong=True)
    p.types(on.PinWrong(1, 0))
    assert p.scene() == at.NotHere(WhyNot.PIN_LOCKED, ())


def test_whoever_knows_no_pin_goes_to_the_counter_unless_the_terminal_lets_this_one() -> None:
    for allowed in (False, True):
        p = Played(Wish.RESET_PIN).until_card().hears(Did(Do.OTHER_PIN_UNKNOWN))
        p.hears(may(Wish.RESET_PIN, without_pin=True))
        assert p.wanted(do.AskTerminal) == [do.AskTerminal(1)]
        p.hears(on.TerminalAllows(1) if allowed else on.SaidNo(1, on.Says.TERMINAL, "purpose"))
        if allowed:
            assert p.scene() == at.Typing(PinAsk(Usage.USER_AUTH, Part.NEW))
        else:
            assert p.scene() == at.NotHere(WhyNot.BOTH_PINS_UNKNOWN, (Place("municipal-counter"),))


STANDINGS = {
    Step.GENERATE: (at.Standing.OLD_IN_USE, True),
    Step.CERTIFY_AND_WRITE: (at.Standing.OLD_IN_USE, True),
    Step.TRY_IT: (at.Standing.OLD_IN_USE, True),
    Step.SWITCH: (at.Standing.OLD_OR_NEW, True),
    Step.REVOKE_PREVIOUS: (at.Standing.NEW_IN_USE, False),
    Step.DISCARD_PREVIOUS: (at.Standing.NEW_IN_USE, False),
}


@pytest.mark.parametrize("step", STANDINGS)
def test_a_break_tells_how_the_card_stands_and_goes_on_with_it(step: Step) -> None:
    standing, way_back = STANDINGS[step]
    p = Played().until_card().types(RIGHT)
    p.hears(on.StepBegun(1, step), REMOVED, on.BrokeOff(1, on.CardTrouble.GONE))
    assert p.scene() == at.BrokenOff(on.CardTrouble.GONE, standing, way_back)
    assert not p.wanted(do.CloseCase)
    p.hears(INSERTED, on.BrokeOff(1, on.CardTrouble.OTHER_CARD))
    assert p.scene() == at.AwaitCard(other=True)
    p.hears(REMOVED, INSERTED, on.CardRead(1, NORMAL))
    assert p.scene() == at.Working(), "what is left to do is asked of the card first, no PIN of the resident"
    p.hears(on.JobEnded(1, on.Result.PIN_WANTED))
    assert p.scene() == at.Typing(PinAsk(Usage.USER_AUTH, Part.CURRENT), tries_left=3)
    p.types(RIGHT).hears(DONE)
    assert p.scene() == at.Finished(at.Ending.DONE)


def test_it_is_undone_or_left_open_as_the_resident_wants() -> None:
    p = Played().until_card().types(RIGHT).hears(on.StepBegun(1, Step.GENERATE))
    p.hears(on.BrokeOff(1, on.CardTrouble.ISSUER_AWAY), Did(Do.UNDO), on.CardRead(1, NORMAL))
    assert p.wanted(do.DoJob)[-1] == do.DoJob(1, Write(Goal.AS_BEFORE, Usage.USER_AUTH), Wish.RENEW, BOTH[:1])
    p.hears(DONE)
    assert p.scene() == at.Finished(at.Ending.UNDONE)

    p = Played().until_card().types(RIGHT).hears(on.StepBegun(1, Step.SWITCH))
    p.hears(REMOVED, on.BrokeOff(1, on.CardTrouble.GONE), Did(Do.LEAVE_OPEN))
    assert p.scene() == at.Finished(at.Ending.LEFT_OPEN)
    assert p.wanted(do.LeaveCaseOpen)
    assert not p.wanted(do.CloseCase)


def test_a_change_cut_in_its_command_asks_which_pin_is_in_force() -> None:
    p = Played(Wish.CHANGE_PIN).until_card().types(RIGHT, HELD, HELD)
    p.hears(REMOVED, on.JobEnded(1, on.Result.UNCLEAR))
    assert p.scene() == at.BrokenOff(on.CardTrouble.GONE, at.Standing.PIN_OLD_OR_NEW, way_back=False)
    p.hears(INSERTED, on.CardRead(1, NORMAL)).types(HELD, HELD)
    assert p.wanted(do.DoJob)[-1] == do.DoJob(1, Settle(Usage.USER_AUTH), Wish.CHANGE_PIN, BOTH[:1])
    p.hears(on.JobEnded(1, on.Result.OLD_IN_FORCE))
    assert p.scene() == at.Settled(Usage.USER_AUTH, old=True)
    p.hears(Did(Do.RETRY), on.CardRead(1, NORMAL))
    assert p.scene() == at.Typing(PinAsk(Usage.USER_AUTH, Part.CURRENT), tries_left=3)


def test_a_case_that_a_restart_cut_off_is_taken_up() -> None:
    case, _ = PACKAGE.begin(1, STAFF)
    p = Played()
    p.case = case
    unfinished = on.Unfinished("ABC-123", Wish.RENEW, BOTH[:1], "11:07")
    p.hears(on.UnfinishedSeen(1, (unfinished,)), CaseTakenUp("ABC-123"))
    assert do.TakeUpCase(1, "ABC-123") in p.effects
    p.hears(INSERTED, may(), on.CardRead(1, NORMAL))
    assert p.scene() == at.Working()


def test_the_server_is_asked_before_the_first_command_to_the_card() -> None:
    p = Played(Wish.RESET_PIN).hears(Did(Do.GO_ON), on.RulesSaid(1), SHOWN, Did(Do.AGREE), Did(Do.GO_ON))
    p.hears(INSERTED, on.CardRead(1, NORMAL))
    assert p.scene() == at.ReadingCard()
    begins = Begins(Wish.RESET_PIN)
    shown = (Document("individual-number-card"),)
    assert p.effects[-1] == do.BeginAtServer(1, begins, BOTH[:1], Comer.PERSON, shown)
    p.hears(on.RulesSaid(1), may(Wish.RENEW), may(Wish.RESET_PIN, without_pin=True))
    assert not p.wanted(do.ReadCard), "answers to something else"
    p.hears(on.RulesAway(1, begins))
    assert p.scene() == at.BrokenOff(on.CardTrouble.SERVER_AWAY, at.Standing.UNTOUCHED, way_back=False)
    p.hears(Did(Do.RETRY), on.RulesSaid(1, WhyNot.NOT_THIS_DESK, of=begins))
    assert p.scene() == at.NotHere(WhyNot.NOT_THIS_DESK, (Place("municipal-counter"),))
    assert not p.wanted(do.ReadCard)


def test_documents_that_say_nothing_lead_back_to_them() -> None:
    p = Played().hears(Did(Do.GO_ON), on.RulesSaid(1), SHOWN, Did(Do.AGREE), Did(Do.GO_ON), INSERTED)
    p.hears(on.Unproven(1, Begins(Wish.RENEW), ("A", "B+B"), ("passport",)))
    assert p.scene() == at.Explained(agreed=True, would_do=("A", "B+B"), expired=("passport",))
    p.hears(DocumentMarked("passport"), FieldTyped("until-passport", "2031"), Did(Do.GO_ON))
    assert isinstance(p.scene(), at.Explained), "no day"
    p.hears(FieldTyped("until-passport", "20310401"), Did(Do.GO_ON))
    told = p.effects[-1]
    assert isinstance(told, do.BeginAtServer)
    assert told.shown == (Document("individual-number-card"), Document("passport", "20310401"))


def test_a_pin_without_any_other_is_told_to_the_server_first() -> None:
    p = Played(Wish.RESET_PIN).until_card().hears(Did(Do.OTHER_PIN_UNKNOWN))
    begins = Begins(Wish.RESET_PIN, without_pin=True)
    p.hears(on.Unproven(1, begins, ("A+A",)))
    assert p.scene() == at.Explained(agreed=True, would_do=("A+A",))
    p.hears(DocumentMarked("passport"), Did(Do.GO_ON), on.CardRead(1, NORMAL))
    assert not p.wanted(do.AskTerminal)
    p.hears(on.RulesSaid(1, of=begins))
    assert p.wanted(do.AskTerminal) == [do.AskTerminal(1)]


def ends(p: Played) -> list[object]:
    return p.wanted(do.TellEnd)


def test_the_server_is_told_how_it_ended_whatever_it_was() -> None:
    p = Played().until_card().types(RIGHT).hears(DONE)
    assert ends(p) == [do.TellEnd(1, ProcedureEnd.DONE)]
    p = Played(usages=BOTH).until_card().types(RIGHT).hears(DONE).types(on.PinWrong(1, 0))
    assert ends(p) == [do.TellEnd(1, ProcedureEnd.IN_PART, "pin-locked")]
    assert p.wanted(do.CloseCase), "nothing of it waits for its card"
    p = Played(Wish.FACE_AUTH_ON).until_card(FACE_AUTH)
    assert ends(p) == [do.TellEnd(1, ProcedureEnd.NOT_HERE, "is-face-auth")]
    p = Played().until_card().hears(REMOVED, Did(Do.END))
    assert ends(p) == [do.TellEnd(1, ProcedureEnd.UNDONE)]
    p = Played().until_card().types(RIGHT).hears(on.StepBegun(1, Step.SWITCH), REMOVED)
    p.hears(on.BrokeOff(1, on.CardTrouble.GONE), Did(Do.LEAVE_OPEN))
    assert ends(p) == [do.TellEnd(1, ProcedureEnd.LEFT_OPEN)]
    p = Played().hears(Did(Do.GO_ON), on.RulesSaid(1), SHOWN, Did(Do.AGREE), Did(Do.GO_ON), INSERTED, REMOVED)
    p.hears(Did(Do.BACK), Did(Do.BACK), WishChosen(Wish.CHANGE_PIN), Did(Do.GO_ON))
    assert ends(p) == [do.TellEnd(1, ProcedureEnd.GIVEN_UP)]
    assert not ends(Played().hears(Did(Do.GO_ON), on.RulesSaid(1), Did(Do.BACK), Did(Do.END)))


def test_whoever_takes_a_case_up_is_asked_about_too() -> None:
    p = Played().until_card().types(RIGHT).hears(on.StepBegun(1, Step.SWITCH))
    p.hears(REMOVED, on.BrokeOff(1, on.CardTrouble.GONE), Resumed(Staff("helper-1", Role.HELPER)))
    read = len(p.wanted(do.ReadCard))
    refused = on.RulesSaid(1, WhyNot.NOT_THIS_DESK, of=Begins(Wish.RENEW))
    p.hears(INSERTED, refused)
    assert p.scene() == at.Declined(on.Says.SERVER, "not-this-desk", at.Standing.OLD_OR_NEW, way_back=True)
    p.hears(Did(Do.UNDO), on.CardRead(1, NORMAL))
    assert len(p.wanted(do.ReadCard)) == read, "nothing is undone either"
    p.hears(refused, REMOVED, Resumed(STAFF))
    p.hears(Did(Do.RETRY), INSERTED, may(), on.CardRead(1, NORMAL))
    assert p.scene() == at.Working()


def test_what_was_typed_waits_for_nobody() -> None:
    p = Played(Wish.CHANGE_PIN).until_card().types(RIGHT)
    p.hears(PinTyped(3))
    assert p.effects[-1] == CaseWaits(1, PATIENCE_S)
    p.hears(TimerFired(DeskTimer.CASE, 1))
    assert p.scene() == at.BrokenOff(on.CardTrouble.UNTOUCHED, at.Standing.UNTOUCHED, way_back=False)
    assert p.effects[-2:] == [do.ClearPads(1), do.ReleaseCard(1)]
    p.hears(Did(Do.RETRY), on.CardRead(1, NORMAL))
    assert p.scene() == at.Typing(PinAsk(Usage.USER_AUTH, Part.CURRENT), tries_left=3)
    p.types(RIGHT, HELD, HELD).hears(TimerFired(DeskTimer.CASE, 2))
    assert p.scene() == at.Working()


OTHER_CARDS = st.builds(
    CardSeen,
    st.builds(PairSeen, st.booleans(), st.integers(0, 3), st.sampled_from([*AtIssuer, None])),
    st.builds(PairSeen, st.booleans(), st.integers(0, 5), st.sampled_from([*AtIssuer, None])),
    st.booleans(),
    st.booleans(),
)
EVENTS: st.SearchStrategy[Happening] = st.one_of(
    st.sampled_from([Did(each) for each in Do]),
    st.sampled_from([WishChosen(each) for each in Wish]),
    st.sampled_from([*(UsageToggled(each) for each in Usage), *(ComerChosen(each) for each in Comer)]),
    st.sampled_from([*(DocumentMarked(each) for each in DOCUMENTS[:3]), FieldTyped("until-passport", "2031")]),
    st.sampled_from([*(may(each, without_pin=bare) for each in Wish for bare in (False, True))]),
    st.builds(on.Unproven, st.just(1), st.builds(Begins, st.sampled_from(Wish), st.booleans()), st.just(("A",))),
    st.sampled_from([LivesHere(here=False), *(WayChosen(each) for each in BoardWay), CaseTakenUp("x")]),
    st.builds(PinTyped, st.integers(0, 16)),
    st.sampled_from([SlotChanged(each) for each in SlotEvent]),
    st.builds(on.RulesSaid, st.integers(1, 2), st.sampled_from([None, None, None, WhyNot.NEVER_HERE])),
    st.builds(on.CardRead, st.just(1), OTHER_CARDS),
    st.builds(on.BrokeOff, st.just(1), st.sampled_from(on.CardTrouble)),
    st.builds(on.SaidNo, st.just(1), st.sampled_from(on.Says), st.just("refused")),
    st.sampled_from([RIGHT, HELD, PinMisshapen(1), PinsDiffer(1), on.TerminalAllows(1), on.RulesAway(1)]),
    st.builds(on.PinWrong, st.just(1), st.integers(0, 2)),
    st.builds(on.RenewalSaid, st.just(1), st.just((ENDS,)), st.sampled_from([None, None, WhyNot.TOO_EARLY])),
    st.builds(PinWeak, st.just(1), st.just(frozenset({Weakness.REPEATED})), st.booleans()),
    st.builds(on.StepBegun, st.just(1), st.sampled_from(Step)),
    st.builds(on.JobEnded, st.just(1), st.sampled_from(on.Result)),
    st.builds(SlipSettled, st.just(1), st.booleans()),
    st.just(TimerFired(DeskTimer.CASE, 1)),
    st.sampled_from([Resumed(STAFF), CaseEffectFailed(do.ReadCard(1), by_server=False)]),
)
LEADING = st.sampled_from(
    [
        [
            *(WishChosen(wish), Did(Do.GO_ON), on.RulesSaid(1), Did(Do.INSURANCE_DONE)),
            *(SHOWN, Did(Do.AGREE), Did(Do.GO_ON), INSERTED, may(wish), on.CardRead(1, card)),
            *(on.RenewalSaid(1, (ENDS,)),),
        ]
        for wish, card in product(Wish, (NORMAL, FACE_AUTH, CardSeen(GOOD, NOTHING)))
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.just([]), LEADING), st.lists(EVENTS, max_size=40))
def test_whatever_happens_it_never_raises_and_never_forgets_a_card(
    leading: list[Happening], events: list[Happening]
) -> None:
    case, _ = PACKAGE.begin(1, STAFF)
    begun = False
    for event in leading + events:
        before: X509PinCase = case
        case, effects = PACKAGE.advance(case, event, RULES)
        if any(isinstance(each, do.DoJob) for each in effects):
            begun = True
        ended = any(isinstance(each, do.CloseCase | do.LeaveCaseOpen) for each in effects)
        if case.over:
            assert not begun or isinstance(before.scene, at.Over | at.Finished | at.NotHere), before.scene
        # What is typed, or verified on a card, is gone wherever the case may be put aside.
        if case.holdable and not before.holdable:
            kinds = {type(each) for each in effects}
            assert {do.ClearPads, do.ReleaseCard} <= kinds
        begun = begun and not ended
