"""Every kind of card, every way a card can disappoint, and a card that leaves at each step."""

from dataclasses import replace

import pytest

from hardware.card.model import CardFacts, CardKind
from hardware.sensors.model import PersonChanged
from kiosk.flow.effects import (
    AnswerChallenge,
    ClearPad,
    EraseVisit,
    OpenSession,
    OpenVisit,
    PrintSlip,
    ProveOrder,
    ReadCard,
    ResetCard,
    ServerCall,
    Timer,
    VerifyPin,
)
from kiosk.flow.events import (
    CardFailed,
    CardProblem,
    CardRead,
    ChallengeAnswered,
    EffectFailed,
    Event,
    Offered,
    OrderProven,
    PinForgotten,
    PinRight,
    PinWrong,
    Refused,
    ServerFailed,
    SessionOpened,
    SlipSettled,
)
from kiosk.flow.scenes import (
    AwaitCard,
    CheckingPin,
    ChooseKind,
    ChoosePurpose,
    Closed,
    Confirm,
    Declined,
    EnterPin,
    ProvingOrder,
    ReadingCard,
    Start,
    TakeBelongings,
    TakeCard,
)
from kiosk.flow.slips import GuidanceSlip
from kiosk.flow.touches import PinTyped
from kiosk.flow.values.service import Belonging, OutOfService
from kiosk.flow.values.trouble import DeclineReason
from koufu.evidence.words import RefusalReason
from tests.support.kiosk_journey import (
    BACK,
    INSERTED,
    PRIMARY,
    READER_BACK,
    READER_LOST,
    REMOVED,
    Fires,
    Step,
    Walk,
    chosen,
    identified,
    proven,
)
from tests.support.kiosk_samples import FACTS, OFFER, ORDER_ID, OTHER_X509, WINDOW, X509
from tests.support.kiosk_stages import GUIDANCE

CARD_ON_READER = (Step(INSERTED, ReadingCard),)
AT_PIN = (*CARD_ON_READER, Step(CardRead(1, FACTS)), Step(SessionOpened(1), EnterPin))
PIN_TYPED = (*AT_PIN, Step(PinTyped(4)), Step(PRIMARY, CheckingPin))


def test_a_challenge_that_the_card_must_not_answer_is_the_servers_fault_and_never_the_cards() -> None:
    rejected = EffectFailed(AnswerChallenge(1), by_server=True)
    asked_again = (Step(rejected, CheckingPin), Step(Fires(Timer.RETRY), CheckingPin, (OpenSession,)))
    walk = Walk().go(*PIN_TYPED, Step(PinRight(1, None), CheckingPin, (AnswerChallenge(1),)), *asked_again)
    walk.go(Step(SessionOpened(1), CheckingPin, (AnswerChallenge(1),)), *asked_again)
    walk.go(Step(SessionOpened(1), CheckingPin), Step(rejected, declined(DeclineReason.SERVER_AWAY)))


def declined(reason: DeclineReason | RefusalReason) -> Declined:
    return Declined(reason, None, WINDOW, slip=False)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (CardFacts(CardKind.FOREIGN, None, None), DeclineReason.FOREIGN_CARD),
        (CardFacts(CardKind.LOCKED, 0, X509), DeclineReason.PIN_LOCKED),
        (CardFacts(CardKind.FACE_AUTH, 0, X509), DeclineReason.FACE_AUTH),
        (CardFacts(CardKind.LOCKED_OR_FACE_AUTH, 0, None), DeclineReason.LOCKED_OR_FACE_AUTH),
    ],
)
def test_a_card_without_a_usable_pin_is_declined_before_any_pin(facts: CardFacts, reason: DeclineReason) -> None:
    walk = Walk().go(*CARD_ON_READER, Step(CardRead(1, facts), declined(reason)))
    assert not walk.wanted(OpenSession, VerifyPin)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Refused(1, RefusalReason.FACE_AUTH_CARD, None, WINDOW), DeclineReason.FACE_AUTH),
        (Refused(1, RefusalReason.X509_UNKNOWN, None, WINDOW), DeclineReason.LOCKED_OR_FACE_AUTH),
        (SessionOpened(1), DeclineReason.LOCKED_OR_FACE_AUTH),
    ],
)
def test_the_server_decides_between_a_locked_pin_and_a_face_card(
    answer: Refused | SessionOpened, reason: DeclineReason
) -> None:
    facts = CardFacts(CardKind.LOCKED_OR_FACE_AUTH, 0, X509)
    walk = Walk().go(
        *CARD_ON_READER,
        Step(CardRead(1, facts), ReadingCard, (OpenSession(1, facts),)),
        Step(answer, declined(reason)),
    )
    assert not walk.wanted(VerifyPin)


def test_with_the_server_away_both_are_told() -> None:
    facts = CardFacts(CardKind.LOCKED_OR_FACE_AUTH, 0, X509)
    failed = Step(ServerFailed(1, ServerCall.OPEN_SESSION))
    Walk().go(
        *CARD_ON_READER,
        Step(CardRead(1, facts)),
        failed,
        Fires(Timer.RETRY),
        failed,
        Fires(Timer.RETRY),
        Step(failed.does, declined(DeclineReason.LOCKED_OR_FACE_AUTH)),
    )


def test_a_refused_x509_is_told_before_any_pin_with_a_slip_that_says_where_to_go() -> None:
    walk = Walk().go(
        *CARD_ON_READER,
        Step(CardRead(1, FACTS)),
        Step(Refused(1, RefusalReason.X509_REVOKED, None, WINDOW), declined(RefusalReason.X509_REVOKED), (PrintSlip,)),
        Step(SlipSettled(1, GUIDANCE, True), replace(declined(RefusalReason.X509_REVOKED), slip=True)),
    )
    (slip,) = (each for each in walk.effects if isinstance(each, PrintSlip))
    assert slip.slip == GuidanceSlip(RefusalReason.X509_REVOKED, None, WINDOW)
    assert not walk.wanted(VerifyPin)


def test_a_face_card_known_to_the_server_is_declined_before_any_pin() -> None:
    walk = Walk().go(
        *CARD_ON_READER,
        Step(CardRead(1, FACTS)),
        Step(Refused(1, RefusalReason.FACE_AUTH_CARD, None, WINDOW), declined(DeclineReason.FACE_AUTH)),
    )
    assert not walk.wanted(VerifyPin)


def test_an_unreadable_card_is_declined_without_a_slip() -> None:
    walk = Walk().go(
        *CARD_ON_READER,
        Step(CardFailed(1, CardProblem.UNREADABLE), declined(DeclineReason.CARD_UNREADABLE)),
    )
    assert not walk.wanted(PrintSlip)


def test_a_card_that_says_nothing_at_all_is_declined() -> None:
    Walk().go(*CARD_ON_READER, Step(Fires(Timer.SCENE), declined(DeclineReason.CARD_UNREADABLE)))


def test_a_wrong_pin_tells_the_tries_left_and_the_third_locks() -> None:
    walk = Walk().go(
        *PIN_TYPED,
        Step(PinWrong(1, 2), EnterPin(replace(FACTS, tries_left=2), 2, wrong=True), (ClearPad(),)),
        Step(PinTyped(1), EnterPin(replace(FACTS, tries_left=2), 2, digits=1)),
        Step(PinTyped(4)),
        Step(PRIMARY, CheckingPin),
        Step(PinWrong(1, 1), EnterPin(replace(FACTS, tries_left=1), 1, wrong=True)),
        Step(PinTyped(4)),
        Step(PRIMARY, CheckingPin),
        Step(PinWrong(1, 0), declined(DeclineReason.PIN_LOCKED), (EraseVisit(1),)),
    )
    assert len(walk.wanted(VerifyPin)) == 3


def test_a_phone_shows_its_x509_only_after_the_pin() -> None:
    phone = CardFacts(CardKind.ANDROID, 3, None)
    Walk().go(
        *CARD_ON_READER,
        Step(CardRead(1, phone), EnterPin),
        Step(PinTyped(4)),
        Step(PRIMARY, CheckingPin),
        Step(PinRight(1, X509), CheckingPin, (OpenSession(1, replace(phone, user_auth_x509=X509)),)),
        Step(SessionOpened(1), CheckingPin, (AnswerChallenge(1),)),
        Step(ChallengeAnswered(1)),
        Step(Offered(1, OFFER), ChoosePurpose),
    )


def test_a_lost_answer_opens_a_new_session_without_asking_for_the_pin_again() -> None:
    walk = Walk().go(
        *PIN_TYPED,
        Step(PinRight(1, None)),
        Step(ChallengeAnswered(1)),
        Step(ServerFailed(1, ServerCall.ANSWER_CHALLENGE), CheckingPin),
        Step(Fires(Timer.RETRY), CheckingPin, (OpenSession,)),
        Step(SessionOpened(1), CheckingPin, (AnswerChallenge(1),)),
        Step(ChallengeAnswered(1)),
        Step(Offered(1, OFFER), ChoosePurpose),
    )
    assert len(walk.wanted(VerifyPin)) == 1


def test_an_expired_challenge_is_opened_anew_once_or_twice_and_no_more() -> None:
    expired = Step(Refused(1, RefusalReason.SESSION_EXPIRED, None, None))
    again = (Step(SessionOpened(1)), Step(ChallengeAnswered(1)))
    Walk().go(
        *PIN_TYPED,
        Step(PinRight(1, None)),
        Step(ChallengeAnswered(1)),
        replace(expired, sees=CheckingPin, wants=(OpenSession,)),
        *again,
        replace(expired, sees=CheckingPin),
        *again,
        replace(expired, sees=declined(RefusalReason.SESSION_EXPIRED)),
    )


def test_a_server_that_stays_away_closes_the_terminal_after_the_visit() -> None:
    failed = ServerFailed(1, ServerCall.OPEN_SESSION)
    walk = Walk().go(
        *CARD_ON_READER,
        Step(CardRead(1, FACTS)),
        failed,
        Fires(Timer.RETRY),
        failed,
        Fires(Timer.RETRY),
        Step(failed, declined(DeclineReason.SERVER_AWAY)),
        Step(REMOVED),
        Step(PRIMARY, Closed(frozenset({OutOfService.SERVER_AWAY}))),
    )
    assert len(walk.wanted(OpenSession)) == walk.rules.server_tries


@pytest.mark.parametrize("journey", [CARD_ON_READER, AT_PIN, PIN_TYPED])
@pytest.mark.parametrize("leaves", [REMOVED, READER_LOST])
def test_a_card_taken_before_anything_was_chosen_begins_anew(journey: tuple[Step, ...], leaves: Event) -> None:
    walk = Walk().go(*journey, Step(leaves, AwaitCard(again=False), (EraseVisit(1), OpenVisit(2))))
    late = Walk(walk.state).go(Step(SessionOpened(1), AwaitCard), Step(CardRead(1, FACTS), AwaitCard))
    assert late.state == walk.state


AT_CONFIRM = (*identified(), *chosen())
CARD_BACK = (
    Step(INSERTED, ReadingCard, (ReadCard(1),)),
    Step(CardRead(1, FACTS), EnterPin(FACTS, 3, again=True), (ClearPad(),)),
    Step(PinTyped(4)),
    Step(PRIMARY, CheckingPin),
    Step(PinRight(1, None), ProvingOrder, (ProveOrder,)),
    Step(OrderProven(1, ORDER_ID), TakeCard),
)


def test_a_card_taken_while_choosing_is_asked_for_at_the_end_with_its_pin() -> None:
    walk = Walk().go(
        *identified(),
        Step(REMOVED, ChoosePurpose, (ResetCard(1),)),
        *chosen(),
        Step(PRIMARY, AwaitCard(again=True)),
        *CARD_BACK,
    )
    assert len(walk.wanted(OpenSession)) == 1


def test_a_card_taken_while_it_proves_is_asked_for_again() -> None:
    Walk().go(
        *AT_CONFIRM,
        Step(PRIMARY, ProvingOrder),
        Step(REMOVED, AwaitCard(again=True)),
        Step(OrderProven(1, ORDER_ID), AwaitCard),
        *CARD_BACK,
    )


def test_a_card_put_back_before_confirming_still_wants_its_pin() -> None:
    Walk().go(
        *AT_CONFIRM,
        Step(REMOVED, Confirm),
        Step(INSERTED, Confirm),
        Step(PRIMARY, ReadingCard, (ReadCard(1),)),
        *CARD_BACK[1:],
    )


@pytest.mark.parametrize(
    "facts",
    [
        CardFacts(CardKind.STANDARD, 3, OTHER_X509),
        CardFacts(CardKind.LOCKED, 0, OTHER_X509),
        CardFacts(CardKind.FOREIGN, None, None),
    ],
)
def test_i1_another_card_than_the_one_that_ordered_ends_the_visit(facts: CardFacts) -> None:
    walk = Walk().go(
        *AT_CONFIRM,
        Step(REMOVED, Confirm),
        Step(PRIMARY, AwaitCard(again=True)),
        Step(INSERTED, ReadingCard),
        Step(CardRead(1, facts), declined(DeclineReason.OTHER_CARD), (EraseVisit(1),)),
    )
    assert not walk.wanted(ProveOrder)


def test_i1_another_phone_than_the_one_that_ordered_ends_the_visit() -> None:
    phone = CardFacts(CardKind.ANDROID, 3, None)
    Walk().go(
        *AT_CONFIRM,
        Step(REMOVED),
        Step(PRIMARY, AwaitCard),
        Step(INSERTED, ReadingCard),
        Step(CardRead(1, phone), EnterPin),
        Step(PinTyped(4)),
        Step(PRIMARY, CheckingPin),
        Step(PinRight(1, OTHER_X509), declined(DeclineReason.OTHER_CARD)),
    )


def test_a_card_locked_meanwhile_is_told_as_locked() -> None:
    Walk().go(
        *AT_CONFIRM,
        Step(REMOVED),
        Step(PRIMARY, AwaitCard),
        Step(INSERTED, ReadingCard),
        Step(CardRead(1, CardFacts(CardKind.LOCKED, 0, X509)), declined(DeclineReason.PIN_LOCKED)),
    )


def test_a_card_that_forgot_its_pin_asks_the_person() -> None:
    walk = Walk().go(
        *AT_CONFIRM,
        Step(PRIMARY, ProvingOrder),
        Step(PinForgotten(1), EnterPin(FACTS, 3, again=True), (ClearPad(),)),
        Step(PinTyped(4)),
        Step(PRIMARY, CheckingPin, (VerifyPin(1),)),
        Step(PinRight(1, None), ProvingOrder),
    )
    assert len(walk.wanted(VerifyPin)) == 2


def test_back_from_the_second_pin_and_from_the_card_wanted_back_keeps_the_order() -> None:
    walk = Walk().go(
        *AT_CONFIRM,
        Step(PRIMARY, ProvingOrder),
        Step(PinForgotten(1), EnterPin),
        Step(BACK, Confirm, (ClearPad(),)),
        Step(REMOVED, Confirm),
        Step(PRIMARY, AwaitCard(again=True)),
        Step(BACK, Confirm),
    )
    assert walk.state.visit is not None
    assert len(walk.state.visit.basket) == 1


@pytest.mark.parametrize("why", [Fires(Timer.CARD_UNTOUCHED), PersonChanged(present=False)])
def test_an_unwatched_card_is_reset_and_wants_its_pin_again(why: Fires | PersonChanged) -> None:
    Walk().go(
        *AT_CONFIRM,
        Step(why, Confirm, (ResetCard(1),)),
        Step(PRIMARY, ReadingCard, (ReadCard(1),)),
        *CARD_BACK[1:],
    )


def test_the_card_counts_as_untouched_after_20_s() -> None:
    walk = Walk().go(*identified())
    assert walk.seconds(Timer.CARD_UNTOUCHED) == 20


def test_a_reader_that_comes_back_reads_the_card_that_lies_there() -> None:
    Walk().go(
        *AT_PIN,
        Step(READER_LOST, AwaitCard),
        Step(READER_BACK, AwaitCard),
        Step(INSERTED, ReadingCard, (ReadCard(2),)),
    )


def test_i13_a_lost_reader_does_not_count_as_a_card_taken() -> None:
    Walk().go(
        *AT_CONFIRM,
        *proven(),
        Step(READER_LOST, TakeCard),
        Step(READER_BACK, TakeCard),
        Step(INSERTED, TakeCard),
        Step(READER_LOST, TakeCard),
        Step(Fires(Timer.SCENE), Closed(frozenset({OutOfService.CARD_READER, OutOfService.LEFT_BEHIND}))),
    )


def test_after_a_decline_another_card_begins_a_new_visit() -> None:
    Walk().go(
        *CARD_ON_READER,
        Step(CardRead(1, CardFacts(CardKind.FOREIGN, None, None)), Declined),
        Step(REMOVED, Declined),
        Step(INSERTED, ReadingCard, (EraseVisit(1), OpenVisit(2), ReadCard(2))),
    )


def test_a_declined_card_left_on_the_reader_must_be_taken() -> None:
    Walk().go(
        *CARD_ON_READER,
        Step(CardRead(1, CardFacts(CardKind.FOREIGN, None, None)), Declined),
        Step(PRIMARY, TakeBelongings(frozenset({Belonging.CARD}))),
        Step(REMOVED, Start),
    )


@pytest.mark.parametrize("problem", [CardProblem.GONE, CardProblem.READER_GONE])
def test_a_card_gone_in_the_middle_of_a_step_is_asked_for(problem: CardProblem) -> None:
    Walk().go(*PIN_TYPED, Step(CardFailed(1, problem), AwaitCard(again=False), (EraseVisit(1), OpenVisit(2))))


def test_everything_refused_for_one_reason_is_declined_and_for_several_is_shown() -> None:
    young = replace(OFFER, kinds=tuple(replace(kind, refusal=RefusalReason.UNDER_AGE) for kind in OFFER.kinds))
    mixed = replace(
        OFFER,
        kinds=(
            replace(OFFER.kinds[0], refusal=RefusalReason.WITHHELD),
            replace(OFFER.kinds[1], refusal=RefusalReason.NO_SEAL),
        ),
        purposes=(),
    )
    Walk().go(*identified()[:-1], Step(Offered(1, young), declined(RefusalReason.UNDER_AGE)))
    Walk().go(*identified()[:-1], Step(Offered(1, mixed), ChooseKind))
    Walk().go(*identified()[:-1], Step(Offered(1, replace(OFFER, kinds=())), declined(RefusalReason.NOT_OFFERED)))
