"""A refusal takes a whole number of half seconds, whatever was done for it (I14), here on a clock without time."""

import pytest

from certserver.service.pace import REFUSAL_S, Pace, is_refusal
from koufu.v1 import issuance_pb2 as wire


class Virtual:
    """A clock that waiting moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def elapsed(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds


@pytest.mark.parametrize(
    ("worked", "answered"),
    [(0.0, 0.5), (0.001, 0.5), (0.4999, 0.5), (0.5, 1.0), (0.75, 1.0), (1.25, 1.5)],
)
def test_i14_a_refusal_is_answered_at_the_end_of_a_half_second(worked: float, answered: float) -> None:
    time = Virtual()
    pace, arrived = Pace(time.elapsed, time.wait), time.now
    time.now += worked
    pace.hold(arrived)
    assert time.now - arrived == pytest.approx(answered)
    assert REFUSAL_S == 0.5


def test_only_refusals_are_held() -> None:
    refusal = wire.Refusal(reason="withheld")
    assert is_refusal(wire.OpenSessionReply(refusal=refusal))
    assert is_refusal(wire.AnswerChallengeReply(refusal=refusal))
    assert is_refusal(wire.PrepareReply(refusal=refusal))
    assert is_refusal(wire.ReleaseReply(refusal=refusal))
    assert not is_refusal(wire.AnswerChallengeReply(offer=wire.Offer(kinds=[wire.OfferedKind(refusal="withheld")])))
    assert not is_refusal(wire.ReleaseReply(prepare_again=True))
    assert not is_refusal(wire.HeartbeatReply())
