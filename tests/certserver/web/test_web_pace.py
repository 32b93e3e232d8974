"""Whoever asks too often is made to wait, and nobody else."""

from threading import Barrier, Lock, Thread

from certserver.web.pace import MOST_ADDRESSES, Pace


class Hand:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_few_at_once_then_one_after_the_other() -> None:
    hand = Hand()
    pace = Pace(hand, burst=3, every_s=10)
    assert [pace.wait("192.0.2.1") for _ in range(4)] == [0, 0, 0, 10]
    assert pace.wait("192.0.2.2") == 0
    hand.at = 10
    assert [pace.wait("192.0.2.1"), pace.wait("192.0.2.1")] == [0, 20]


def test_who_goes_on_waits_longer_each_time_and_is_forgiven_at_last() -> None:
    hand = Hand()
    pace = Pace(hand, burst=1, every_s=1000, shut_s=10, longest_s=60)
    assert pace.wait("192.0.2.1") == 0
    waits = []
    for _ in range(5):
        waits.append(pace.wait("192.0.2.1"))
        hand.at += waits[-1]
    assert waits == [10, 20, 40, 60, 60]
    hand.at += 2000
    assert pace.wait("192.0.2.1") == 0
    assert pace.wait("192.0.2.1") == 10


def test_a_network_of_ipv6_is_one_asker_and_the_memory_has_an_end() -> None:
    pace = Pace(Hand(), burst=1, every_s=10)
    assert pace.wait("2001:db8::1") == 0
    assert pace.wait("2001:db8::ffff:2") > 0
    assert pace.wait("2001:db8:0:1::1") == 0
    assert pace.wait("no address at all") == 0
    for at in range(MOST_ADDRESSES + 5):
        pace.wait(f"10.{at >> 16}.{at >> 8 & 255}.{at & 255}")
    assert len(pace._askers) == MOST_ADDRESSES


def test_threads_that_share_one_get_no_more_than_there_is() -> None:
    hand, lock = Hand(), Lock()
    held: list[bool] = []

    def elapsed() -> float:
        held.append(lock.locked())
        return hand()

    pace = Pace(elapsed, burst=3, every_s=1000, lock=lock)
    start, waits = Barrier(8), list[float]()

    def ask() -> None:
        start.wait()
        waits.append(pace.wait("192.0.2.1"))

    threads = [Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert waits.count(0) == 3
    assert held == [True] * 8
