"""A koseki kept elsewhere: where the visit goes, and applying for an enrolment there."""

from dataclasses import replace

from hardware.card.model import SlotEvent
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow import scenes as at
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Key, MunicipalityChosen, PrefectureChosen, Pressed, Tapped
from kiosk.flow.values.board import Municipality
from koufu.evidence.words import RefusalReason
from tests.support.kiosk_journey import Step, Walk
from tests.support.kiosk_samples import FACTS, open_terminal

HERE = Municipality("990001", "見本市", "Mihon City", "みほんし", "見本県", "Mihon Prefecture")
THERE = Municipality("992029", "例示市", "Reiji City", "れいじし", "例示県", "Reiji Prefecture")
NUMBER = "7081063380111455"
INSERTED = on.SlotChanged(SlotEvent.INSERTED)
NEXT = Pressed(Key.PRIMARY)


def terminal() -> Terminal:
    return replace(open_terminal(), koseki_at=(HERE, THERE))


def there() -> Walk:
    """Up to the card's session with the other municipality."""
    return Walk(terminal()).go(
        Step(Pressed(Key.START), at.ChooseWhere, (do.OpenVisit(1),)),
        on.VisitOpened(1, "4Q7-K2M"),
        Step(Pressed(Key.KOSEKI_ELSEWHERE), at.ChooseMunicipality(None)),
        Step(PrefectureChosen("例示県"), at.ChooseMunicipality("例示県")),
        Step(MunicipalityChosen(THERE.code), at.AwaitCard),
        Step(INSERTED, at.ReadingCard, (do.ReadCard(1),)),
        Step(on.CardRead(1, FACTS), None, (do.OpenSession(1, FACTS, THERE.code),)),
    )


def refused(reason: RefusalReason = RefusalReason.NOT_ENROLLED) -> Walk:
    """The card's holder is not enrolled there."""
    walk = there().go(Step(on.SessionOpened(1), at.EnterPin))
    walk.state = replace(walk.state, scene=at.CheckingPin())
    return walk.go(
        Step(on.PinRight(1, None), None, (do.AnswerChallenge(1),)),
        Step(on.ChallengeAnswered(1), None, (do.SendAnswer(1),)),
        on.Refused(1, reason, None, None),
    )


def typed(walk: Walk, *keys: int) -> None:
    walk.go(*(Tapped(key) for key in keys), NEXT)


def test_where_no_other_municipality_is_known_nobody_is_asked() -> None:
    Walk(replace(open_terminal(), koseki_at=(HERE,))).go(Step(Pressed(Key.START), at.AwaitCard))


def test_who_lives_here_goes_to_the_terminals_own_municipality() -> None:
    Walk(terminal()).go(
        Step(INSERTED, at.ChooseWhere),
        on.VisitOpened(1, "4Q7-K2M"),
        Step(Pressed(Key.LIVE_HERE), at.ReadingCard, (do.ReadCard(1),)),
        Step(on.CardRead(1, FACTS), None, (do.OpenSession(1, FACTS, None),)),
    )


def test_who_lives_here_with_an_unknown_card_is_not_offered_an_enrolment() -> None:
    walk = Walk(terminal()).go(
        Step(INSERTED, at.ChooseWhere),
        on.VisitOpened(1, "4Q7-K2M"),
        Step(Pressed(Key.LIVE_HERE), at.ReadingCard, (do.ReadCard(1),)),
        Step(on.CardRead(1, FACTS), None, (do.OpenSession(1, FACTS, None),)),
        Step(on.SessionOpened(1), at.EnterPin),
    )
    walk.state = replace(walk.state, scene=at.CheckingPin())
    walk.go(on.PinRight(1, None), on.ChallengeAnswered(1), on.Refused(1, RefusalReason.NOT_ENROLLED, None, None))
    assert isinstance(walk.state.scene, at.Declined)
    assert walk.state.scene.reason is RefusalReason.X509_UNKNOWN


def test_a_card_taken_away_too_early_leaves_the_municipality_chosen() -> None:
    walk = there().go(Step(on.SlotChanged(SlotEvent.REMOVED), at.AwaitCard))
    assert walk.state.visit is not None
    assert walk.state.visit.elsewhere == THERE


def test_somebody_applies_and_gets_a_number() -> None:
    walk = refused().go(Step(NEXT, at.Enrol))
    typed(walk, 8, 8)
    typed(walk, 6)
    typed(walk, 5)
    typed(walk, 0, 8, 8, 9, 9, 1, 1, 7)
    typed(walk, 9, 8, 8, 9, 9, 9, 9, 9, 9, 9)
    walk.go(
        Step(NEXT, at.ReviewEnrolment),
        Step(NEXT, at.ProvingEnrolment, (do.ProveEnrolment,)),
        Step(on.EnrolmentProven(1), None, (do.SendEnrolment(1),)),
        Step(on.EnrolmentTaken(1, NUMBER), at.Enrolled, (do.EraseVisit(1), do.PrintSlip)),
    )
    assert walk.state.visit is not None
    assert walk.state.visit.claims is None, "nothing that was typed outlives it"


def test_what_can_not_be_meant_goes_no_further() -> None:
    refused().go(Step(NEXT, at.Enrol), Step(NEXT, at.Enrol))


def test_a_card_reset_while_its_holder_types_wants_its_pin_again() -> None:
    walk = refused().go(Step(NEXT, at.Enrol), Step(on.SlotChanged(SlotEvent.REMOVED), at.Enrol))
    walk.state = replace(walk.state, scene=at.ReviewEnrolment())
    walk.go(Step(NEXT, at.AwaitCard(again=True)), Step(Pressed(Key.BACK), at.ReviewEnrolment))


def test_who_waits_already_is_told_so() -> None:
    assert isinstance(refused(RefusalReason.ENROLMENT_PENDING).state.scene, at.Declined)
