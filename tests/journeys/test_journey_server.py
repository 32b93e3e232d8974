"""The server is away, its answer is lost or comes too late, at each call of a visit. A lost answer's request
has had its effect: then nothing is ordered, issued or paid for twice."""

from collections.abc import Callable

import pytest

from kiosk.flow import scenes as at
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import Scene
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import DeclineReason, FaultKind
from tests.support.journey_steps import Journey
from tests.support.journey_wire import RPCS, Trouble

NO_CONNECTION = ("市のシステムにつながりません", "No connection to the city's system")
TRY_LATER = ("しばらくしてから、もう一度お試しください", "Please try again later")


def goes_as_far_as_it_goes(j: Journey) -> None:
    """The common journey, step by step, until a screen says that it ends."""
    j.arrives()
    j.touches("primary")
    j.puts_card("tsuji-kengo")
    j.waits_while_it_works()
    steps: tuple[tuple[type[Scene], Callable[[], None]], ...] = (
        (at.EnterPin, j.types_pin),
        (at.ChoosePurpose, lambda: j.touches("purpose-pension", "primary")),
        (at.ChooseOptions, lambda: j.touches("primary")),
        (at.Confirm, lambda: j.touches("primary")),
        (at.TakeCard, j.takes_card),
    )
    for scene, deed in steps:
        if not j.shows(scene):
            return
        deed()
        j.waits_while_it_works()
    if j.shows(at.Pay):
        j.pays()


@pytest.mark.parametrize("method", ["OpenSession", "AnswerChallenge", "Prepare"])
def test_the_server_is_away_before_any_money(j: Journey, method: str) -> None:
    j.arrives()
    j.office.wire.goes_away(method)
    goes_as_far_as_it_goes(j)
    j.is_told(what=NO_CONNECTION, money=None, to_do=TRY_LATER)
    j.sees("お客さまのカードに、問題はありません", "Nothing is wrong with your card")
    assert j.declined is DeclineReason.SERVER_AWAY
    assert j.office.cash.state().inserted == 0
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(OutOfService.SERVER_AWAY, says=NO_CONNECTION)
    j.office.wire.comes_back()
    j.ends_at_start()
    assert j.issued == 0


def test_the_server_is_away_when_the_money_is_in(j: Journey) -> None:
    j.arrives()
    j.office.wire.goes_away("Release")
    goes_as_far_as_it_goes(j)
    j.is_told(
        what=NO_CONNECTION,
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=TRY_LATER,
    )
    j.sees("出ていません", "Did not come out")
    assert isinstance(j.kiosk.state.scene, at.Fault)
    assert j.kiosk.state.scene.report.kind is FaultKind.SERVER_AWAY
    j.takes_everything()
    j.touches("primary")
    j.office.wire.comes_back()
    j.ends_at_start()
    assert (j.issued, j.delivered) == (0, 0)
    j.reads_slip("市のシステム", "1,000円")


def test_the_server_is_away_when_the_outcome_is_told(j: Journey) -> None:
    j.arrives()
    j.office.wire.goes_away("ReportOutcome")
    goes_as_far_as_it_goes(j)
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.waits(10)
    assert j.kiosk.journal.waiting()
    j.office.wire.comes_back()
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 1)


def test_the_server_is_away_between_visits(j: Journey) -> None:
    j.arrives()
    j.office.wire.goes_away()
    j.waits(40)
    j.ends_closed(OutOfService.SERVER_AWAY, says=NO_CONNECTION)
    j.sees("つながると、自動でもどります", "Service resumes by itself")
    j.puts_card("tsuji-kengo")
    assert isinstance(j.kiosk.state.scene, at.Closed)
    j.takes_card()
    j.office.wire.comes_back()
    j.ends_at_start()


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("method", RPCS)
def test_an_answer_is_lost_or_late_once(j: Journey, method: str, trouble: Trouble) -> None:
    j.arrives()
    j.office.wire.trouble(method, trouble)
    goes_as_far_as_it_goes(j)
    j.sees("証明書をお取りください", "Take your sheet")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 1)
    assert j.office.cash.state().handed_out == 800
    assert not [call for call in j.office.staff if call.occasion is Occasion.DEBT]


def test_every_answer_to_release_is_lost_though_it_was_issued(j: Journey) -> None:
    j.arrives()
    j.office.wire.goes_away("Release")
    j.office.wire.trouble("Release", Trouble.LOST_ANSWER)
    goes_as_far_as_it_goes(j)
    j.is_told(what=NO_CONNECTION, money=("1,000円をお返ししました", "¥1,000 returned"), to_do=TRY_LATER)
    j.takes_everything()
    j.touches("primary")
    j.office.wire.comes_back()
    j.arrives()
    assert (j.issued, j.delivered) == (1, 0)
    j.ends_at_start()
