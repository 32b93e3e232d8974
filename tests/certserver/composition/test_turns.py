"""Turns: a few at once, a few that wait, and whoever comes beyond is told so at once."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event

import pytest

from certserver.composition.turns import Turns
from certserver.errors import Busy


def test_one_goes_on_one_waits_and_the_third_comes_back_later() -> None:
    turns, begun, ends = Turns(1, 1, longest_wait_s=60.0), Event(), Event()

    def first() -> str:
        with turns.one():
            begun.set()
            assert ends.wait(60)
        return "first"

    def next_one() -> str:
        with turns.one():
            return "next"

    with ThreadPoolExecutor(3) as pool:
        going_on = pool.submit(first)
        assert begun.wait(60)
        others = [pool.submit(next_one) for _ in range(2)]
        told = next(as_completed(others))
        assert isinstance(told.exception(), Busy)
        ends.set()
        assert going_on.result() == "first"
        assert [each.result() for each in others if each is not told] == ["next"]
    with turns.one():
        pass


def test_whoever_waits_too_long_is_told_when_to_come_back() -> None:
    turns = Turns(1, 1, longest_wait_s=0.0)
    with turns.one():
        with pytest.raises(Busy) as busy, turns.one():
            pytest.fail("it is another one's turn")
        assert busy.value.retry_s == 10
